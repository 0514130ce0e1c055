import { once } from 'node:events'
import { createReadStream, fstatSync, openSync } from 'node:fs'
import type { DecisionWithGrant } from '../../decision/decision.js'
import { type Decide, type Engine, engines } from '../../decision-test/engine.js'
import { derivedKeyErrors } from '../../evaluate/derived-key-errors.js'
import type { Diagnostic } from '../../policy/diagnostic.js'
import { parseRequest } from '../../request/parse-request.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import { type ExitCode, exitCode, InputError } from '../exit-code.js'
import { linesOf } from '../lines.js'
import { startProgress } from '../progress.js'
import { decodeUtf8, describeFileError, loadRequest, loadSnapshot } from '../read-input.js'
import { decisionRecord } from '../render/decision.js'
import { printableJson } from '../render/printable.js'
import type { Terminal } from '../terminal.js'

export interface CheckOptions {
  readonly snapshot: string
  readonly request?: string
  readonly requests?: string
  readonly engine: Engine
}

/** Decides one request, or each line of many, and writes a line of JSON each. */
export async function check({ snapshot: path, request, requests, engine }: CheckOptions, terminal: Terminal): Promise<ExitCode> {
  if ((request === undefined) === (requests === undefined))
    throw new InputError('give either --request FILE or --requests FILE; see `grantree check --help`')
  const snapshot = loadSnapshot(path, terminal)
  const prepare = engines[engine]
  if (requests !== undefined) return checkMany(snapshot, prepare(snapshot), requests, terminal)
  const decision = prepare(snapshot)(loadRequest(request as string, snapshot, terminal))
  terminal.out.write(`${printableJson(decisionRecord(decision))}\n`)
  return decision.verdict === 'Allow' ? exitCode.fine : exitCode.no
}

/** A line that is no valid request gets an error record in its place; the others are decided all the same. */
async function checkMany(snapshot: Snapshot, decide: Decide, path: string, terminal: Terminal): Promise<ExitCode> {
  const { stream, size } = path === '-' ? { stream: terminal.input, size: 0 } : openFile(path)
  const progress = startProgress(size, terminal)
  let hasInvalid = false
  let done = 0
  try {
    for await (const line of linesOf(stream as AsyncIterable<Uint8Array>)) {
      const record = checkLine(snapshot, decide, line)
      hasInvalid ||= 'error' in record
      if (!terminal.out.write(`${printableJson(record)}\n`)) await once(terminal.out, 'drain')
      done += line.length + 1
      progress.update(done)
    }
  } finally {
    progress.stop()
  }
  return hasInvalid ? exitCode.wrongInput : exitCode.fine
}

interface ErrorRecord {
  readonly error: readonly Pick<Diagnostic, 'code' | 'message' | 'path'>[]
}

function checkLine(snapshot: Snapshot, decide: Decide, line: Uint8Array): DecisionWithGrant | ErrorRecord {
  const text = decodeUtf8(line)
  if (text === undefined) return { error: [{ code: 'invalid-json', message: 'the line is not UTF-8', path: [] }] }
  const { request, diagnostics } = parseRequest(text)
  const location = { path: [], span: { start: START, end: START } }
  const errors = request === undefined ? diagnostics : derivedKeyErrors(snapshot, request, location)
  if (request === undefined || errors.length > 0) return { error: errors.map(({ code, message, path }) => ({ code, message, path })) }
  return decisionRecord(decide(request))
}

const START = { offset: 0, line: 1, column: 1 }

function openFile(path: string) {
  try {
    const descriptor = openSync(path, 'r')
    const stats = fstatSync(descriptor)
    if (stats.isDirectory()) throw new InputError(`cannot read \`${path}\`: it is a directory`)
    return { stream: createReadStream(path, { fd: descriptor }), size: stats.size }
  } catch (error) {
    if (error instanceof InputError) throw error
    throw new InputError(`cannot read \`${path}\`: ${describeFileError(error)}`)
  }
}
