import { readFileSync } from 'node:fs'
import { derivedKeyErrors } from '../evaluate/derived-key-errors.js'
import { type Diagnostic, hasError } from '../policy/diagnostic.js'
import type { AuthorizationRequest } from '../request/authorization-request.js'
import { parseRequest } from '../request/parse-request.js'
import { parseSnapshot } from '../snapshot/parse-snapshot.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import { InputError } from './exit-code.js'
import { renderDiagnostics, type Subject } from './render/diagnostics.js'
import { printable } from './render/printable.js'
import type { Terminal } from './terminal.js'

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

const STANDARD_INPUT = 0

/** The text of a file, or of standard input for `-`. Bytes that are no UTF-8 are refused, not replaced. */
export function readTextFile(path: string): string {
  let bytes: Buffer
  try {
    bytes = readFileSync(path === '-' ? STANDARD_INPUT : path)
  } catch (error) {
    throw new InputError(`cannot read \`${path}\`: ${describeFileError(error)}`)
  }
  return decodeUtf8(bytes) ?? fail(`\`${path}\` is not UTF-8`)
}

export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}

/** The snapshot in a file. Buckets that are quarantined are told on standard error. */
export function loadSnapshot(path: string, terminal: Terminal): Snapshot {
  return readSnapshot(path, readTextFile(path), terminal)
}

/** The snapshot in the text of a file. */
export function readSnapshot(path: string, text: string, terminal: Terminal): Snapshot {
  const { snapshot, diagnostics } = parseSnapshot(text)
  showDiagnostics(path, diagnostics, 'other', terminal)
  if (snapshot === undefined) throw new InputError(`\`${path}\` is no snapshot`)
  showQuarantine(path, snapshot, terminal)
  return snapshot
}

/** Tells which buckets of a snapshot are quarantined, and why. */
export function showQuarantine(path: string, snapshot: Snapshot, terminal: Terminal): void {
  for (const { name, policy } of snapshot.buckets.values()) {
    if (policy === undefined || !hasError(policy.diagnostics)) continue
    showDiagnostics(`${path} (policy of bucket ${name})`, policy.diagnostics, 'policy', terminal)
    const note = `every request to \`${printable(name)}\` is denied until its policy is readable`
    terminal.err.write(`${terminal.errColors.yellow('quarantined')}: ${note}\n`)
  }
}

/** The request in a file, which the snapshot does not contradict. */
export function loadRequest(path: string, snapshot: Snapshot, terminal: Terminal): AuthorizationRequest {
  const { request, diagnostics } = parseRequest(readTextFile(path))
  showDiagnostics(path, diagnostics, 'other', terminal)
  if (request === undefined) throw new InputError(`\`${path}\` is no valid request`)
  const start = { offset: 0, line: 1, column: 1 }
  const errors = derivedKeyErrors(snapshot, request, { path: ['context'], span: { start, end: start } })
  showDiagnostics(path, errors, 'other', terminal)
  if (errors.length > 0) throw new InputError(`\`${path}\` is no valid request for this snapshot`)
  return request
}

export function showDiagnostics(source: string, diagnostics: readonly Diagnostic[], subject: Subject, { err, errColors }: Terminal): void {
  err.write(renderDiagnostics(source, diagnostics, subject, errColors))
}

/** Why a file cannot be read, in words. */
export function describeFileError(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT') return 'there is no such file'
  if (code === 'EISDIR') return 'it is a directory'
  if (code === 'EACCES') return 'permission denied'
  return error instanceof Error ? error.message : String(error)
}

function fail(message: string): never {
  throw new InputError(message)
}
