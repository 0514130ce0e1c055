import { readFileSync } from 'node:fs'
import { HeaderList } from '../../src/http/header-list.js'
import type { HttpRequest } from '../../src/http/http-request.js'
import type { Addressing } from '../../src/s3/addressing.js'
import type { RequestFacts } from '../../src/s3/facts.js'

export const FIXTURES = new URL('../../fixtures/requests/', import.meta.url)

/** A text, a list, null for a key that must be absent, or a key whose value must be unknown. */
export type ExpectedValue = string | readonly string[] | null | { readonly unknown: true }

export interface ExpectedQuestion {
  readonly action: string
  readonly bucket?: string
  readonly key?: string
  /** Only the keys that the case is about. */
  readonly context?: Readonly<Record<string, ExpectedValue>>
}

interface CaseHead {
  readonly name: string
  /** What differs from `defaultFacts`; null: it is not known. */
  readonly facts?: Readonly<{ [fact in keyof RequestFacts]?: RequestFacts[fact] | null }>
  /** False: whoever maps the request gets no body, as behind a forward-auth proxy. */
  readonly bodySeen?: false
}

export interface PlanCase extends CaseHead {
  readonly operation: string
  readonly questions: readonly ExpectedQuestion[]
  readonly objects?: readonly { readonly key: string; readonly versionId?: string; readonly questions: readonly ExpectedQuestion[] }[]
  /** Left out: none. */
  readonly ifSourceIsTagged?: readonly ExpectedQuestion[]
  readonly ifMissing?: ExpectedQuestion
  /** Left out: none. */
  readonly trims?: readonly { readonly headers: readonly string[]; readonly question: ExpectedQuestion }[]
}

export interface ErrorCase extends CaseHead {
  readonly error: { readonly code: string; readonly status: number }
}

export type FixtureCase = PlanCase | ErrorCase

export interface ExpectedFile {
  readonly addressing: Addressing
  readonly cases: readonly FixtureCase[]
}

export interface HttpFixture {
  readonly name: string
  readonly http: HttpRequest
  /** Undefined where it was not seen. */
  readonly body: Uint8Array | undefined
  readonly case: FixtureCase
  readonly facts: RequestFacts
  readonly addressing: Addressing
}

/** What is known of a request unless its case says otherwise. */
export const defaultFacts: RequestFacts = {
  principal: { kind: 'key', accessKey: 'AKIDEXAMPLE' },
  time: 1_790_000_000_000,
  authType: 'REST-HEADER',
  signatureVersion: 'AWS4-HMAC-SHA256',
  signedAt: 1_790_000_000_000,
  contentSha256: 'UNSIGNED-PAYLOAD',
  sourceIp: '203.0.113.7',
  secureTransport: true,
  tlsVersion: '1.3',
  region: 'us-east-1',
}

/** The cases of an operation: each request of `<operation>.http` with its case of `<operation>.expected.json`. */
export function readHttpFixture(operation: string): readonly HttpFixture[] {
  const { addressing, cases } = readExpected(operation)
  const requests = readRequests(operation)
  if (requests.length !== cases.length) throw new Error(`${operation}: ${requests.length} requests, ${cases.length} cases`)
  return requests.map(({ name, http, body }, index) => {
    const expected = cases[index] as FixtureCase
    if (expected.name !== name) throw new Error(`${operation}: the request \`${name}\` meets the case \`${expected.name}\``)
    return { name, http, body: expected.bodySeen === false ? undefined : body, case: expected, facts: factsOf(expected), addressing }
  })
}

export function readExpected(operation: string): ExpectedFile {
  return JSON.parse(readFileSync(new URL(`${operation}.expected.json`, FIXTURES), 'utf8'))
}

interface NamedRequest {
  readonly name: string
  readonly http: HttpRequest
  readonly body: Uint8Array
}

export function readRequests(operation: string): readonly NamedRequest[] {
  const text = readFileSync(new URL(`${operation}.http`, FIXTURES), 'utf8')
  return `\n${text}`
    .split('\n### ')
    .slice(1)
    .map((part, index, { length }) => namedRequest(index + 1 < length ? `${part}\n` : part))
}

/** @param text from the name to the last newline before the next `###` */
function namedRequest(text: string): NamedRequest {
  const nameEnd = text.indexOf('\n')
  const headEnd = text.indexOf('\n\n')
  const [line = '', ...headerLines] = text.slice(nameEnd + 1, headEnd).split('\n')
  const parts = line.split(' ')
  if (headEnd < 0 || parts.length !== 3 || parts[2] !== 'HTTP/1.1') throw new Error(`this is no request: ${line}`)
  const headers = HeaderList.of(headerLines.map(headerOf))
  const http = { method: parts[0] as string, target: parts[1] as string, headers }
  return { name: text.slice(0, nameEnd), http, body: bodyOf(text.slice(headEnd + 2, -1), headers) }
}

/** Header values are UTF-8 in the file, and one character a byte in a `HeaderList`. */
function headerOf(line: string): [name: string, value: string] {
  const colon = line.indexOf(':')
  if (colon < 1) throw new Error(`this is no header: ${line}`)
  return [line.slice(0, colon), Buffer.from(line.slice(colon + 1).trim(), 'utf8').toString('latin1')]
}

/** The lines of a form end in CR and LF, although the file is written with LF alone. */
function bodyOf(text: string, headers: HeaderList): Uint8Array {
  const isForm = headers.get('content-type')?.startsWith('multipart/form-data') === true
  return new TextEncoder().encode(isForm ? text.replaceAll('\n', '\r\n') : text)
}

function factsOf({ facts = {} }: FixtureCase): RequestFacts {
  const known = Object.entries({ ...defaultFacts, ...facts }).filter(([, value]) => value !== null)
  return Object.fromEntries(known) as unknown as RequestFacts
}
