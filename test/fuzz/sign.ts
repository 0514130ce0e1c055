import { crc32 } from 'node:zlib'
import { between, chance, choose, pick, type Random } from '../differential/random.js'
import { chunkSignature, trailerSignature } from './body-oracle.js'
import { BOUNDARY, type Draft } from './drafts.js'
import { canonicalRequest, hmac, type Proof, sha256, signingKeyOf } from './oracle.js'
import { secrets, signers } from './scene.js'
import { copyOf, type Sent } from './sent.js'

export type SigningKind =
  | 'header'
  | 'unsigned payload'
  | 'signed chunks'
  | 'signed chunks and trailer'
  | 'unsigned chunks and trailer'
  | 'presigned'
  | 'form'
  | 'anonymous'

export interface SignedSent {
  readonly sent: Sent
  readonly kind: SigningKind
}

interface Signer {
  readonly accessKey: string
  readonly scope: string
  readonly signingKey: Buffer
  readonly date: string
}

/** Signs a draft in one of the ways that S3 has. */
export function signDraft(random: Random, draft: Draft): SignedSent {
  const sent = copyOf(draft)
  const signer = signerOf(random, draft.time + between(random, -60_000, 60_000))
  if (draft.isForm) {
    signForm(random, sent, draft, signer)
    return { sent, kind: 'form' }
  }
  const kind = choose<SigningKind>(random, [
    [6, () => 'header'],
    [2, () => 'unsigned payload'],
    [draft.body.length > 0 ? 3 : 0, () => 'signed chunks'],
    [draft.body.length > 0 ? 2 : 0, () => 'signed chunks and trailer'],
    [draft.body.length > 0 ? 2 : 0, () => 'unsigned chunks and trailer'],
    [4, () => 'presigned'],
    [2, () => 'anonymous'],
  ])
  if (kind === 'presigned') presign(random, sent, signer)
  else if (kind === 'anonymous') withLength(random, sent)
  else signHeaders(random, sent, kind, signer)
  return { sent, kind }
}

function signerOf(random: Random, signedAt: number): Signer {
  const accessKey = pick(random, signers)
  const date = new Date(signedAt).toISOString().replace(/[-:]|\.\d+/g, '')
  const region = pick(random, ['us-east-1', 'eu-central-1', 'fra1'])
  const secret = pick(random, secrets.get(accessKey) ?? [''])
  return { accessKey, scope: `${date.slice(0, 8)}/${region}/s3/aws4_request`, signingKey: keyOf(secret, date.slice(0, 8), region), date }
}

const signingKeys = new Map<string, Buffer>()

function keyOf(secret: string, day: string, region: string): Buffer {
  const name = `${day}/${region}/${secret}`
  const found = signingKeys.get(name) ?? signingKeyOf(secret, day, region)
  signingKeys.set(name, found)
  return found
}

function withLength(random: Random, sent: Sent): void {
  if (sent.body.length > 0 || chance(random, 0.3)) sent.headers.push(['Content-Length', String(sent.body.length)])
}

/** The names in a list of signed headers: all of the request's, or those that must be. */
function signedNames(random: Random, { headers }: Sent): string {
  const names = [...new Set(headers.map(([name]) => name.toLowerCase()))]
  const least = names.filter((name) => name === 'host' || name.startsWith('x-amz-'))
  return (chance(random, 0.5) ? names : least).sort().join(';')
}

function signatureOf(sent: Sent, signedHeaders: string, payload: string, { date, scope, signingKey }: Signer): string {
  return hmac(signingKey, `AWS4-HMAC-SHA256\n${date}\n${scope}\n${sha256(canonicalRequest(sent, signedHeaders, payload))}`).toString('hex')
}

const payloads = {
  'unsigned payload': 'UNSIGNED-PAYLOAD',
  'signed chunks': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
  'signed chunks and trailer': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER',
  'unsigned chunks and trailer': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
} as const

function signHeaders(random: Random, sent: Sent, kind: SigningKind, signer: Signer): void {
  const payload = payloads[kind as keyof typeof payloads] ?? sha256(sent.body)
  const isChunked = kind.includes('chunks')
  sent.headers.push(['X-Amz-Content-Sha256', payload], ['X-Amz-Date', signer.date])
  if (isChunked) sent.headers.push(['x-amz-decoded-content-length', String(sent.body.length)], ['Content-Encoding', 'aws-chunked'])
  if (kind.includes('trailer')) sent.headers.push(['x-amz-trailer', 'x-amz-checksum-crc32'])
  if (!isChunked) withLength(random, sent)
  const names = signedNames(random, sent)
  const signature = signatureOf(sent, names, payload, signer)
  const separator = pick(random, [', ', ','])
  const parts = [`Credential=${signer.accessKey}/${signer.scope}`, `SignedHeaders=${names}`, `Signature=${signature}`]
  sent.headers.push([pick(random, ['Authorization', 'authorization']), `AWS4-HMAC-SHA256 ${parts.join(separator)}`])
  if (isChunked) sent.body = chunked(random, sent.body, kind, { ...signer, signature, payload })
}

function chunked(random: Random, payload: Uint8Array, kind: SigningKind, proof: Proof): Uint8Array {
  const parts: Uint8Array[] = []
  let previous = proof.signature
  const add = (chunk: Uint8Array): void => {
    const size = chunk.length.toString(16)
    if (kind.startsWith('signed')) {
      previous = chunkSignature(proof, previous, chunk)
      parts.push(Buffer.from(`${size};chunk-signature=${previous}\r\n`), chunk)
    } else parts.push(Buffer.from(`${size}\r\n`), chunk)
    if (chunk.length > 0) parts.push(Buffer.from('\r\n'))
  }
  for (let at = 0; at < payload.length; ) {
    const length = between(random, 1, payload.length - at)
    add(payload.subarray(at, at + length))
    at += length
  }
  add(new Uint8Array(0))
  if (kind.includes('trailer')) {
    const sum = Buffer.alloc(4)
    sum.writeUInt32BE(crc32(payload))
    const line = `x-amz-checksum-crc32:${sum.toString('base64')}`
    parts.push(Buffer.from(`${line}\r\n`))
    if (kind.startsWith('signed')) parts.push(Buffer.from(`x-amz-trailer-signature:${trailerSignature(proof, previous, `${line}\n`)}\r\n`))
  }
  return Buffer.concat([...parts, Buffer.from('\r\n')])
}

function presign(random: Random, sent: Sent, signer: Signer): void {
  withLength(random, sent)
  const names = signedNames(random, sent)
  const parameters: Readonly<Record<string, string>> = {
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${signer.accessKey}/${signer.scope}`,
    'X-Amz-Date': signer.date,
    'X-Amz-Expires': pick(random, ['900', '3600', '604800', '100']),
    'X-Amz-SignedHeaders': names,
  }
  const query = Object.entries(parameters).map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`)
  sent.target += `${sent.target.includes('?') ? '&' : '?'}${query.join('&')}`
  sent.target += `&X-Amz-Signature=${signatureOf(sent, names, 'UNSIGNED-PAYLOAD', signer)}`
}

function signForm(random: Random, sent: Sent, draft: Draft, { accessKey, scope, signingKey, date }: Signer): void {
  const key = chance(random, 0.3) ? `team/${'${filename}'}` : draft.key
  const fields: Record<string, string> = {
    key,
    ...(chance(random, 0.3) ? { acl: pick(random, ['private', 'public-read']) } : {}),
    ...(chance(random, 0.3) ? { 'Content-Type': 'image/jpeg' } : {}),
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${accessKey}/${scope}`,
    'X-Amz-Date': date,
  }
  const conditions = [
    { bucket: draft.bucket },
    ...Object.entries(fields).map(([name, value]) => (name === 'key' ? ['starts-with', '$key', value.split('$')[0]] : { [name]: value })),
    ['content-length-range', 0, pick(random, [10, 1000])],
  ]
  const policy = Buffer.from(JSON.stringify({ expiration: new Date(draft.time + 600_000).toISOString(), conditions })).toString('base64')
  if (chance(random, 0.9)) Object.assign(fields, { policy, 'X-Amz-Signature': hmac(signingKey, policy).toString('hex') })
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  parts.push(
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n${'f'.repeat(between(random, 0, 20))}\r\n--${BOUNDARY}--\r\n`,
  )
  sent.body = Buffer.from(parts.join(''))
  withLength(random, sent)
}
