import { createHash, createHmac } from 'node:crypto'
import { type Sent, valuesOf } from './sent.js'

/**
 * Signature V4 once more, from the AWS documentation alone ("Create a signed AWS API request", "Authenticating Requests: Using Query
 * Parameters"): plain, with regular expressions, and sharing nothing with `src`. It is looser than S3 in how things are spelt; what it calls
 * signed was signed by somebody who has the secret, over everything that counts.
 */
export type Secrets = ReadonlyMap<string, readonly string[]>

export interface Proof {
  readonly accessKey: string
  readonly signature: string
  readonly date: string
  readonly scope: string
  readonly signingKey: Buffer
  /** `x-amz-content-sha256`. */
  readonly payload: string
}

interface Claim {
  readonly credential: string
  readonly signedHeaders: string
  readonly signature: string
  readonly date: string
  readonly payload: string
  /** Seconds; of presigned requests. */
  readonly expires?: number
}

const SKEW = 15 * 60 * 1000
const WEEK = 7 * 24 * 3600

export const sha256 = (data: string | Uint8Array): string =>
  createHash('sha256')
    .update(typeof data === 'string' ? Buffer.from(data, 'latin1') : data)
    .digest('hex')

export const hmac = (key: string | Uint8Array, data: string): Buffer => createHmac('sha256', key).update(data, 'latin1').digest()

export function signingKeyOf(secret: string, date: string, region: string): Buffer {
  return ['s3', 'aws4_request'].reduce(hmac as (key: Buffer, text: string) => Buffer, hmac(hmac(`AWS4${secret}`, date), region))
}

/** Percent-decoding to bytes, one character each. */
export const bytesOf = (text: string): string => text.replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))

const encoded = (bytes: string, keep: RegExp): string =>
  bytes.replace(keep, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)

/** Names and values of a query as bytes. */
export function parametersOf(target: string): (readonly [name: string, value: string])[] {
  const query = target.includes('?') ? target.slice(target.indexOf('?') + 1) : ''
  return query
    .split('&')
    .filter((each) => each !== '')
    .map((each) => {
      const [name = '', ...rest] = each.replaceAll('+', '%20').split('=')
      return [bytesOf(name), bytesOf(rest.join('='))]
    })
}

/** What is hashed of a request. @param signedHeaders as claimed @param payload the body's hash, as claimed */
export function canonicalRequest(sent: Sent, signedHeaders: string, payload: string): string {
  const unreserved = /[^A-Za-z0-9._~-]/g
  const path = encoded(bytesOf(sent.target.split('?')[0] as string), /[^A-Za-z0-9._~/-]/g)
  const query = parametersOf(sent.target)
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [encoded(name, unreserved), encoded(value, unreserved)] as const)
    .sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
  const lines = signedHeaders.split(';').map((name) => {
    const values = valuesOf(sent, name).map((value) => value.replace(/[ \t]+/g, ' ').replace(/^ | $/g, ''))
    return `${name}:${values.join(',')}\n`
  })
  return [sent.method, path, query, lines.join(''), signedHeaders, payload].join('\n')
}

/** Who has signed the request, if its signature is right, of its time, and covers what it must. */
export function proofOf(sent: Sent, secrets: Secrets): Proof | undefined {
  const claim = claimOf(sent)
  if (claim === undefined) return undefined
  const [, accessKey = '', day, region] = /^(.+)\/(\d{8})\/([^/]+)\/s3\/aws4_request$/.exec(claim.credential) ?? []
  if (day === undefined || region === undefined || day !== claim.date.slice(0, 8)) return undefined
  if (!isOfItsTime(claim, sent.time) || !coversWhatItMust(sent, claim)) return undefined
  const scope = `${day}/${region}/s3/aws4_request`
  const text = `AWS4-HMAC-SHA256\n${claim.date}\n${scope}\n${sha256(canonicalRequest(sent, claim.signedHeaders, claim.payload))}`
  for (const secret of secrets.get(accessKey) ?? []) {
    const signingKey = signingKeyOf(secret, day, region)
    if (hmac(signingKey, text).toString('hex') === claim.signature)
      return { accessKey, signature: claim.signature, date: claim.date, scope, signingKey, payload: claim.payload }
  }
  return undefined
}

function claimOf(sent: Sent): Claim | undefined {
  const parameters = parametersOf(sent.target)
  const headers = valuesOf(sent, 'authorization')
  const isPresigned = parameters.some(([name]) => name === 'X-Amz-Signature')
  // One signature, in one place.
  if (headers.length + (isPresigned ? 1 : 0) !== 1) return undefined
  const payloads = [
    ...valuesOf(sent, 'x-amz-content-sha256'),
    ...parameters.flatMap(([name, value]) => (/^x-amz-content-sha256$/i.test(name) ? [value] : [])),
  ]
  if (new Set(payloads).size > 1) return undefined
  if (isPresigned) return presignedClaim(parameters, payloads[0] ?? 'UNSIGNED-PAYLOAD')
  const part = (name: string): string => new RegExp(`[ ,\t]${name}=([^ ,\t]+)`).exec(headers[0] as string)?.[1] ?? ''
  const [amzDate, httpDate] = [valuesOf(sent, 'x-amz-date'), valuesOf(sent, 'date')]
  const dates = amzDate.length > 0 ? amzDate : httpDate
  const [date = ''] = dates
  if (dates.length !== 1 || payloads.length === 0 || !headers[0]?.startsWith('AWS4-HMAC-SHA256')) return undefined
  const isCompact = /^\d{8}T\d{6}Z$/.test(date)
  const iso = isCompact || amzDate.length > 0 ? date : new Date(Date.parse(date) || 0).toISOString().replace(/[-:]|\.\d+/g, '')
  return {
    credential: part('Credential'),
    signedHeaders: part('SignedHeaders'),
    signature: part('Signature'),
    date: iso,
    payload: payloads[0] as string,
  }
}

function presignedClaim(parameters: readonly (readonly [string, string])[], payload: string): Claim | undefined {
  const one = (name: string): string => {
    const values = parameters.flatMap(([each, value]) => (each === name ? [value] : []))
    return values.length === 1 ? (values[0] as string) : ''
  }
  if (one('X-Amz-Algorithm') !== 'AWS4-HMAC-SHA256' || !/^\d+$/.test(one('X-Amz-Expires'))) return undefined
  return {
    credential: one('X-Amz-Credential'),
    signedHeaders: Buffer.from(one('X-Amz-SignedHeaders'), 'latin1').toString('utf8'),
    signature: one('X-Amz-Signature'),
    date: one('X-Amz-Date'),
    expires: Number(one('X-Amz-Expires')),
    payload,
  }
}

function isOfItsTime({ date, expires }: Claim, now: number): boolean {
  const [, ...parts] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date) ?? []
  if (parts.length !== 6) return false
  const [year, month, day, hour, minute, second] = parts.map(Number) as [number, number, number, number, number, number]
  const signedAt = Date.UTC(year, month - 1, day, hour, minute, second)
  if (expires === undefined) return Math.abs(now - signedAt) <= SKEW
  return expires >= 1 && expires <= WEEK && signedAt - SKEW <= now && now <= signedAt + expires * 1000
}

/** The host and every header of Amazon's, or somebody on the way could add them. */
function coversWhatItMust(sent: Sent, { signedHeaders, expires }: Claim): boolean {
  const signed = signedHeaders.split(';')
  const isCovered = (name: string) => signed.includes(name) || (expires === undefined && /^x-amz-(date|content-sha256)$/.test(name))
  return signed.includes('host') && sent.headers.every(([name]) => !/^x-amz-/i.test(name) || isCovered(name.toLowerCase()))
}
