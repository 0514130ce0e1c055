import { readdirSync, readFileSync } from 'node:fs'
import { HeaderList } from '../../src/http/header-list.js'
import type { HttpRequest } from '../../src/http/http-request.js'

const RECORDINGS = new URL('../../fixtures/recorded/', import.meta.url)

export interface RecordedRequest {
  /** `rclone-put 2` */
  readonly name: string
  readonly http: HttpRequest
  /** As kept: cut if shorter than `bodyBytes`; with the framing of its transfer encoding. */
  readonly body: Uint8Array
  readonly bodyBytes: number
  /** Of the whole body. */
  readonly bodySha256: string
  /** Epoch milliseconds. */
  readonly time: number
  readonly scheme: 'http' | 'https'
  readonly region: string
  readonly accessKey: string
  readonly secretKey: string
}

interface RecordingIndex {
  readonly client: string
  readonly scheme: 'http' | 'https'
  readonly region: string
  readonly accessKey: string
  readonly secretKey: string
  readonly requests: readonly {
    readonly name: string
    readonly time: number
    readonly offset: number
    readonly headBytes: number
    readonly bodyBytes: number
    readonly keptBytes: number
    readonly bodySha256: string
  }[]
}

/** The names of all recordings: `awscli-put`. */
export function recordingNames(): readonly string[] {
  return readdirSync(RECORDINGS)
    .filter((file) => file.endsWith('.http'))
    .map((file) => file.slice(0, -'.http'.length))
}

export function readRecording(recording: string): readonly RecordedRequest[] {
  const bytes = readFileSync(new URL(`${recording}.http`, RECORDINGS))
  const index = JSON.parse(readFileSync(new URL(`${recording}.json`, RECORDINGS), 'utf8')) as RecordingIndex
  const { scheme, region, accessKey, secretKey } = index
  return index.requests.map(({ name, time, offset, headBytes, bodyBytes, keptBytes, bodySha256 }) => {
    const http = requestOf(bytes.toString('latin1', offset, offset + headBytes))
    const body = bytes.subarray(offset + headBytes, offset + keptBytes)
    return { name: `${recording} ${name}`, http, body, bodyBytes, bodySha256, time, scheme, region, accessKey, secretKey }
  })
}

/** @param head one character a byte, with the empty line */
function requestOf(head: string): HttpRequest {
  const [line = '', ...lines] = head.slice(0, -'\r\n\r\n'.length).split('\r\n')
  const [method, target, version] = line.split(' ')
  if (method === undefined || target === undefined || version !== 'HTTP/1.1') throw new Error(`this is no request line: ${line}`)
  return { method, target, headers: HeaderList.of(lines.map(headerOf)) }
}

function headerOf(line: string): [name: string, value: string] {
  const colon = line.indexOf(':')
  if (colon < 1) throw new Error(`this is no header: ${line}`)
  return [line.slice(0, colon), line.slice(colon + 1).trim()]
}
