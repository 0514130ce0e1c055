import { type GivenValue, UNKNOWN } from '../../request/request-context.js'
import type { Asked } from '../planning/asked.js'

export function secureTransport({ facts: { secureTransport } }: Asked): GivenValue {
  return secureTransport === undefined ? UNKNOWN : String(secureTransport)
}

/** Plain HTTP has none. */
export function tlsVersion({ facts: { secureTransport, tlsVersion } }: Asked): GivenValue {
  if (secureTransport === false) return undefined
  return secureTransport === undefined ? UNKNOWN : (tlsVersion ?? UNKNOWN)
}
