import { type GivenValue, UNKNOWN } from '../../request/request-context.js'
import type { Asked } from '../planning/asked.js'
import { headerOf } from '../routing/s3-request.js'

/** The ways of signing whose requests have an age. Source: observed on AWS; the header's requests have none. */
const aged: ReadonlySet<string> = new Set(['REST-QUERY-STRING', 'POST'])

export function authType({ principal, facts }: Asked): GivenValue {
  return principal.kind === 'anonymous' ? undefined : (facts.authType ?? UNKNOWN)
}

export function signatureVersion({ principal, facts }: Asked): GivenValue {
  return principal.kind === 'anonymous' ? undefined : (facts.signatureVersion ?? UNKNOWN)
}

/** Milliseconds from signing to now. */
export function signatureAge({ principal, facts: { authType, time, signedAt } }: Asked): GivenValue {
  if (principal.kind === 'anonymous') return undefined
  if (authType !== undefined && !aged.has(authType)) return undefined
  if (authType === undefined || time === undefined || signedAt === undefined) return UNKNOWN
  const age = time - signedAt
  return Number.isFinite(age) ? String(age) : UNKNOWN
}

/** What the signature was checked with; a form has none, and of anonymous requests it is what they say. */
export function contentSha256({ request, principal, facts }: Asked): GivenValue {
  if (facts.contentSha256 !== undefined) return facts.contentSha256
  if (principal.kind === 'anonymous') return headerOf(request, 'x-amz-content-sha256')
  switch (facts.authType) {
    case 'POST':
      return undefined
    case 'REST-QUERY-STRING':
      return headerOf(request, 'x-amz-content-sha256') ?? 'UNSIGNED-PAYLOAD'
    default:
      return headerOf(request, 'x-amz-content-sha256') ?? UNKNOWN
  }
}
