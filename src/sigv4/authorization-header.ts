import type { HeaderList } from '../http/header-list.js'
import { type S3Error, s3Error } from '../s3-error/s3-error.js'
import { amzDate, parseAmzDate, parseHttpDate } from './amz-date.js'
import { isContentSha256, unknownContentSha256 } from './content-sha256.js'
import { parseCredential } from './credential.js'
import { limits } from './limits.js'
import type { SignedRequest } from './signed-request.js'
import { ALGORITHM } from './string-to-sign.js'

/** The parts of the header, each of which must come once. */
type Part = 'Credential' | 'SignedHeaders' | 'Signature'

/** Reads the signature of a request that has an `Authorization` header. */
export function readAuthorizationHeader(headers: HeaderList): SignedRequest | S3Error {
  const header = headers.get('authorization')
  if (header === undefined || header.length > limits.authorization) return malformed('the header is repeated or too long')
  const schemeEnd = endOfToken(header)
  if (header.slice(0, schemeEnd) !== ALGORITHM) return unsupported(header.slice(0, schemeEnd))
  const parts = readParts(header, schemeEnd)
  if (typeof parts === 'string') return malformed(parts)
  const credential = parseCredential(parts.Credential)
  if (credential === undefined) {
    return malformed('the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".')
  }
  const payload = headers.get('x-amz-content-sha256')
  if (payload === undefined) {
    return headers.has('x-amz-content-sha256')
      ? unknownContentSha256(headers.all('x-amz-content-sha256').join(','))
      : s3Error('InvalidRequest', { message: 'Missing required header for this request: x-amz-content-sha256' })
  }
  if (!isContentSha256(payload)) return unknownContentSha256(payload)
  const sessionToken = headers.get('x-amz-security-token')
  if (!isToken(sessionToken) || headers.isRepeated('x-amz-security-token')) return s3Error('InvalidToken')
  const date = dateOf(headers)
  if (date === undefined) return s3Error('AccessDenied', { message: 'AWS authentication requires a valid Date or x-amz-date header' })
  return {
    authType: 'REST-HEADER',
    credential,
    signedHeaders: parts.SignedHeaders,
    signature: parts.Signature,
    ...date,
    payload,
    ...(sessionToken === undefined ? {} : { sessionToken }),
  }
}

/** Whether this may be a session token; none is one. */
export function isToken(token: string | undefined): boolean {
  return token === undefined || (token !== '' && token.length <= limits.sessionToken)
}

/** S3's refusal of a signature of another kind. */
export function unsupported(scheme: string): S3Error {
  return scheme === 'AWS' || scheme.startsWith('AWS4')
    ? s3Error('InvalidRequest', { message: 'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.' })
    : s3Error('InvalidArgument', { message: 'Unsupported Authorization Type', detail: { ArgumentName: 'Authorization' } })
}

export function malformed(what: string, detail?: Readonly<Record<string, string>>): S3Error {
  return s3Error('AuthorizationHeaderMalformed', {
    message: `The authorization header is malformed; ${what}`,
    ...(detail === undefined ? {} : { detail }),
  })
}

/** The three parts, or what is wrong with them. They are separated by commas, blanks or both. */
function readParts(header: string, from: number): Readonly<Record<Part, string>> | string {
  const parts: Partial<Record<Part, string>> = {}
  for (let at = skipSeparators(header, from); at < header.length; ) {
    const end = endOfToken(header, at)
    const equals = header.indexOf('=', at)
    const name = equals < 0 || equals > end ? '' : header.slice(at, equals)
    if (name !== 'Credential' && name !== 'SignedHeaders' && name !== 'Signature') return 'it has a part that is not known.'
    if (parts[name] !== undefined) return `it has more than one ${name}.`
    parts[name] = header.slice(equals + 1, end)
    at = skipSeparators(header, end)
  }
  const { Credential, SignedHeaders, Signature } = parts
  if (!Credential || !SignedHeaders || !Signature) return 'it needs a Credential, SignedHeaders and a Signature.'
  return { Credential, SignedHeaders, Signature }
}

function isSeparator(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x2c
}

function skipSeparators(text: string, from: number): number {
  let at = from
  while (at < text.length && isSeparator(text.charCodeAt(at))) at++
  return at
}

/** The next separator: looking for each in turn is many times as fast as looking at each character. */
function endOfToken(text: string, from = 0): number {
  return nearest(text, ',', from, nearest(text, ' ', from, nearest(text, '\t', from, text.length)))
}

function nearest(text: string, separator: string, from: number, end: number): number {
  const at = text.indexOf(separator, from)
  return at < 0 || at > end ? end : at
}

/** `x-amz-date`, or `Date` in its place. */
function dateOf(headers: HeaderList): { readonly date: string; readonly signedAt: number } | undefined {
  const name = headers.has('x-amz-date') ? 'x-amz-date' : 'date'
  const text = headers.get(name)
  if (text === undefined) return undefined
  const compact = parseAmzDate(text)
  if (compact !== undefined) return { date: text, signedAt: compact }
  const signedAt = name === 'date' ? parseHttpDate(text) : undefined
  return signedAt === undefined ? undefined : { date: amzDate(signedAt), signedAt }
}
