import type { HeaderList } from '../http/header-list.js'
import { type S3Error, s3Error } from '../s3-error/s3-error.js'
import { parseAmzDate } from './amz-date.js'
import { isToken, unsupported } from './authorization-header.js'
import type { CanonicalQuery } from './canonical-query.js'
import { isContentSha256, UNSIGNED_PAYLOAD, unknownContentSha256 } from './content-sha256.js'
import { parseCredential } from './credential.js'
import { limits } from './limits.js'
import type { SignedRequest } from './signed-request.js'
import { ALGORITHM } from './string-to-sign.js'

/** Parameters that make a query a signed one. Their spelling is looked at only afterwards: a misspelt signature is not taken for none. */
const SIGNING: ReadonlySet<string> = new Set(['x-amz-algorithm', 'x-amz-credential', 'x-amz-signature'])

const REQUIRED = ['X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Signature', 'X-Amz-Date', 'X-Amz-SignedHeaders', 'X-Amz-Expires'] as const

/** Which kind of signature a query carries. */
export function querySignature(query: CanonicalQuery): 'none' | 'v2' | 'v4' {
  let found: 'none' | 'v2' = 'none'
  for (const name of query.names) {
    if ((name.charCodeAt(0) | 0x20) === 0x78 && SIGNING.has(name.toLowerCase())) return 'v4'
    if (name === 'AWSAccessKeyId' || name === 'Signature') found = 'v2'
  }
  return found
}

/** Reads the signature of a request that was signed in its query. */
export function readPresignedQuery(query: CanonicalQuery, headers: HeaderList): SignedRequest | S3Error {
  for (const name of REQUIRED) {
    if (query.count(name) !== 1) {
      return wrongQuery(`Query-string authentication version 4 requires the ${REQUIRED.join(', ')} parameters, each once.`)
    }
  }
  const algorithm = query.get('X-Amz-Algorithm')
  if (algorithm !== ALGORITHM) {
    return algorithm?.startsWith('AWS4') ? unsupported(algorithm) : wrongQuery(`X-Amz-Algorithm only supports "${ALGORITHM}"`)
  }
  const credential = parseCredential(query.get('X-Amz-Credential') ?? '')
  if (credential === undefined) {
    return wrongQuery(
      'Error parsing the X-Amz-Credential parameter; the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".',
    )
  }
  const date = query.get('X-Amz-Date') ?? ''
  const signedAt = parseAmzDate(date)
  if (signedAt === undefined) return wrongQuery("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"")
  const expires = readExpires(query.get('X-Amz-Expires') ?? '')
  if (typeof expires !== 'number') return expires
  const payload = payloadOf(query, headers)
  if (typeof payload !== 'string') return payload
  const token = tokenOf(query, headers)
  if (token === undefined) return s3Error('InvalidToken')
  return {
    authType: 'REST-QUERY-STRING',
    credential,
    signedHeaders: query.get('X-Amz-SignedHeaders') ?? '',
    signature: query.get('X-Amz-Signature') ?? '',
    date,
    signedAt,
    expires,
    payload,
    ...token,
  }
}

export function wrongQuery(message: string, detail?: Readonly<Record<string, string>>): S3Error {
  return s3Error('AuthorizationQueryParametersError', { message, ...(detail === undefined ? {} : { detail }) })
}

function readExpires(text: string): number | S3Error {
  let number = text === '' ? Number.NaN : 0
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 0x30
    if (digit < 0 || digit > 9)
      return wrongQuery(text[0] === '-' ? 'X-Amz-Expires must be non-negative' : 'X-Amz-Expires should be a number')
    number = number * 10 + digit
  }
  if (Number.isNaN(number)) return wrongQuery('X-Amz-Expires should be a number')
  if (number === 0) return wrongQuery('X-Amz-Expires must be at least 1 second')
  if (number > limits.expires) {
    return wrongQuery(
      `X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than ${limits.expires} seconds`,
    )
  }
  return number
}

/** The session token, which signers put in the query and some in a header: never in both. */
function tokenOf(query: CanonicalQuery, headers: HeaderList): { readonly sessionToken?: string } | undefined {
  const count = query.count('X-Amz-Security-Token') + headers.all('x-amz-security-token').length
  if (count === 0) return {}
  const sessionToken = query.get('X-Amz-Security-Token') ?? headers.get('x-amz-security-token')
  return count === 1 && sessionToken !== undefined && isToken(sessionToken) ? { sessionToken } : undefined
}

/** What a presigned request says of its body: in a header, or in the query, where signers put headers. */
function payloadOf(query: CanonicalQuery, headers: HeaderList): string | S3Error {
  const header = headers.get('x-amz-content-sha256')
  let payload = header
  let count = headers.all('x-amz-content-sha256').length
  for (const name of query.names) {
    if (name.length === 20 && name.toLowerCase() === 'x-amz-content-sha256') {
      payload = query.get(name)
      count++
    }
  }
  if (count === 0) return UNSIGNED_PAYLOAD
  return count === 1 && payload !== undefined && isContentSha256(payload) ? payload : unknownContentSha256(payload ?? '')
}
