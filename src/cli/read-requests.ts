import { readFileSync } from 'node:fs'
import { derivedKeyErrors } from '../evaluate/derived-key-errors.js'
import type { AuthorizationRequest } from '../request/authorization-request.js'
import { parseRequest } from '../request/parse-request.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import { InputError } from './exit-code.js'
import { linesOf } from './lines.js'
import { decodeUtf8, describeFileError } from './read-input.js'
import type { Terminal } from './terminal.js'

const BLANK = /^[ \t\r]*$/

/**
 * All requests in a file, or on standard input for `-`: an object a line, or one JSON list. The first that is no valid request of this
 * snapshot is an InputError that tells where it is; blank lines are left out.
 */
export async function loadRequests(path: string, snapshot: Snapshot, terminal: Terminal): Promise<readonly AuthorizationRequest[]> {
  const lines: string[] = []
  for await (const line of linesOf(bytesOf(path, terminal))) {
    lines.push(decodeUtf8(line) ?? fail(`\`${path}\` is not UTF-8 in line ${lines.length + 1}`))
  }
  const texts = lines.flatMap((text, index) => (BLANK.test(text) ? [] : [{ text, place: `line ${index + 1}` }]))
  const items = texts[0]?.text.trimStart().startsWith('[') ? listItems(path, lines.join('\n')) : texts
  if (items.length === 0)
    throw new InputError(`\`${path}\` has no request; write one JSON object a line, as for \`grantree check --requests\``)
  return items.map(({ text, place }) => readRequest(text, `\`${path}\`, ${place}`, snapshot))
}

interface Item {
  readonly text: string
  /** Where it is in the file, for people. */
  readonly place: string
}

/** Each item as a text of its own, which is then read as strictly as a line. */
function listItems(path: string, text: string): readonly Item[] {
  let list: readonly unknown[]
  try {
    list = JSON.parse(text) as readonly unknown[]
  } catch (error) {
    throw new InputError(`\`${path}\` begins as a JSON list and is none: ${(error as Error).message}`)
  }
  return list.map((item, index) => ({ text: JSON.stringify(item), place: `item ${index + 1}` }))
}

function readRequest(text: string, place: string, snapshot: Snapshot): AuthorizationRequest {
  const { request, diagnostics } = parseRequest(text)
  const start = { offset: 0, line: 1, column: 1 }
  const errors =
    request === undefined
      ? diagnostics.filter(({ severity }) => severity === 'error')
      : derivedKeyErrors(snapshot, request, { path: [], span: { start, end: start } })
  const [first] = errors
  if (first !== undefined || request === undefined) {
    throw new InputError(`${place}, is no valid request: ${first?.message}; \`grantree check --requests\` lists all that are wrong`)
  }
  return request
}

function bytesOf(path: string, { input }: Terminal): AsyncIterable<Uint8Array | string> {
  return path === '-' ? (input as AsyncIterable<Uint8Array | string>) : once(path)
}

async function* once(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield readFileSync(path)
  } catch (error) {
    throw new InputError(`cannot read \`${path}\`: ${describeFileError(error)}`)
  }
}

function fail(message: string): never {
  throw new InputError(message)
}
