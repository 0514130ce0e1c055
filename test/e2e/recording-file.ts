import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import type { KeyPair } from './key-pair.js'
import type { RecordedRequest } from './services/recorder.js'

/** Of a longer body only the beginning is kept. */
const BODY_LIMIT = 64 << 10
const HEAD_END = '\r\n\r\n'

export interface Recording {
  /** The file's name without its ending. */
  readonly name: string
  /** The program, with its version. */
  readonly client: string
  readonly keys: KeyPair
  readonly region: string
  readonly scheme: 'http' | 'https'
  readonly requests: readonly RecordedRequest[]
}

/**
 * Writes `<name>.http`: each request as `### <number>`, a line feed, its bytes as they were on the wire, a line feed; and `<name>.json` with
 * what it takes to verify the signatures and to find the requests by their bytes, since a body may hold anything.
 * @param directory ends in a slash
 */
export function writeRecording(directory: URL, { name, client, keys, region, scheme, requests }: Recording): void {
  const pieces: Buffer[] = []
  const index: object[] = []
  let offset = 0
  for (const [number, { bytes, time }] of requests.entries()) {
    const headBytes = bytes.indexOf(HEAD_END) + HEAD_END.length
    const body = bytes.subarray(headBytes)
    const kept = bytes.subarray(0, headBytes + BODY_LIMIT)
    const title = Buffer.from(`### ${number + 1}\n`)
    pieces.push(title, kept, Buffer.from('\n'))
    const bodySha256 = createHash('sha256').update(body).digest('hex')
    index.push({
      name: String(number + 1),
      time,
      offset: offset + title.length,
      headBytes,
      bodyBytes: body.length,
      keptBytes: kept.length,
      bodySha256,
    })
    offset += title.length + kept.length + 1
  }
  mkdirSync(directory, { recursive: true })
  writeFileSync(new URL(`${name}.http`, directory), Buffer.concat(pieces))
  const about = { client, scheme, region, ...keys, requests: index }
  writeFileSync(new URL(`${name}.json`, directory), `${JSON.stringify(about, undefined, 2)}\n`)
}
