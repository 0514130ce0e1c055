import { Readable } from 'node:stream'
import { nodeHashing } from '../../src/adapters/node-hashing.js'
import { readForm } from '../../src/adapters/read-form.js'
import type { Gate } from '../../src/gate/gate.js'
import type { BodySource } from '../../src/gate/incoming-request.js'
import type { Permitted } from '../../src/gate/outcome.js'
import { BodyError, verifiedFile, verifiedPieces } from '../../src/gate/verified-pieces.js'
import { HeaderList } from '../../src/http/header-list.js'
import { s3Error } from '../../src/s3-error/s3-error.js'
import { between, type Random } from '../differential/random.js'
import type { Answer } from './judge.js'
import type { Sent } from './sent.js'

/** Puts a request to the gate and, where it passes, reads its body to the end, cut in pieces somewhere. */
export async function ask(gate: Gate, sent: Sent, random: Random): Promise<Answer> {
  const headers = HeaderList.ofRaw(sent.headers.flat())
  const pieces = cut(random, sent.body)
  let mostRead = 0
  let form: Readable | undefined
  const body: BodySource = {
    async read(limit) {
      mostRead = Math.max(mostRead, limit)
      return sent.body.length > limit ? s3Error('MaxMessageLengthExceeded') : sent.body
    },
    async readForm() {
      const received = await readForm(headers, Readable.from(pieces, { objectMode: false }))
      if (received.kind === 'error') return received
      const { stream, size: _, ...file } = received.file
      form = stream
      stream.on('error', () => {})
      return { ...received, file: { ...file, pieces: stream } }
    },
  }
  const connection = { sourceIp: '203.0.113.7', secureTransport: sent.secure, tlsVersion: '1.3' }
  const outcome = await gate.authorize({ http: { method: sent.method, target: sent.target, headers }, time: sent.time, connection, body })
  const delivered = outcome.kind === 'permitted' ? await deliver(outcome, headers, pieces) : undefined
  form?.destroy()
  return { outcome, delivered, mostRead }
}

function cut(random: Random, body: Uint8Array): Buffer[] {
  const pieces: Buffer[] = []
  const most = Math.max(1, Math.ceil(body.length / between(random, 1, 8)))
  for (let at = 0; at < body.length; ) {
    const length = between(random, 1, most)
    pieces.push(Buffer.from(body.subarray(at, at + length)))
    at += length
  }
  return pieces
}

async function deliver(
  { body, form, authentication }: Permitted,
  headers: HeaderList,
  pieces: readonly Uint8Array[],
): Promise<Uint8Array | undefined> {
  if (body !== undefined) return body.bytes
  const delivered: Uint8Array[] = []
  try {
    const verified =
      form === undefined ? verifiedPieces(pieces, { headers, rule: authentication.body, hashing: nodeHashing }) : verifiedFile(form)
    for await (const piece of verified) delivered.push(piece)
  } catch (error) {
    // A form that turns out to be wrong after its file has begun fails as the stream that it is.
    if (error instanceof BodyError || (error instanceof Error && error.name === 'FormError')) return undefined
    throw error
  }
  return Buffer.concat(delivered)
}
