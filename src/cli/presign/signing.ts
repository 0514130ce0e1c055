import type { Endpoint } from './endpoint.js'

/** Who signs, for where, and until when. */
export interface Signing {
  readonly accessKey: string
  readonly secret: string
  readonly region: string
  /** Milliseconds since 1970, whole seconds: signatures have no finer ones. */
  readonly time: number
  /** Seconds. */
  readonly expires: number
  readonly endpoint: Endpoint
}

/** What a request that is signed so says of itself. */
export function factsOf({ accessKey, region, time, endpoint }: Signing) {
  return {
    principal: { kind: 'key', accessKey } as const,
    signatureVersion: 'AWS4-HMAC-SHA256',
    signedAt: time,
    secureTransport: endpoint.scheme === 'https',
    region,
  }
}
