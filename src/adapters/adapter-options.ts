import type { GateOptions } from '../gate/gate-options.js'
import type { Hashing } from '../sigv4/hashing.js'
import type { LogEntry } from './log-entry.js'

/** What all adapters take, beside what the gate decides by. */
export interface AdapterOptions extends Omit<GateOptions, 'hashing'> {
  /** Default: `node:crypto` in Node, WebCrypto for the fetch style. */
  readonly hashing?: Hashing
  /** Called with each request's outcome, refusals with their explanation. It is for operators: clients never see it. Default: nothing is logged. */
  readonly log?: (entry: LogEntry) => void
  /** A response header that tells the client why it was refused, such as `x-grantree-decision`; for test systems. Default: none. */
  readonly debugHeader?: string
  /** Milliseconds since 1970, by which signatures, keys and policies are judged. Default: `Date.now`. */
  readonly clock?: () => number
}

/** Of adapters that see connections. */
export interface ConnectionOptions {
  /**
   * Proxies in front of this server: addresses, CIDR ranges, or `unix` for a Unix socket. `X-Forwarded-For` and `X-Forwarded-Proto` are read from
   * these alone. Default: none.
   */
  readonly trustedProxies?: readonly string[]
  /** The header in which they tell the client's version of TLS. They must set or remove it on every request: clients can send it too. Default: none, and `s3:TlsVersion` is not known. */
  readonly tlsVersionHeader?: string
}
