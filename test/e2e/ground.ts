import type {} from 'vitest'
import type { KeyPair } from './key-pair.js'
import type { Certificate } from './services/tls.js'

/** What tests get by `inject('ground')`. */
export interface Ground {
  /** Of this run; a test file makes its own directories below it. */
  readonly directory: string
  readonly ceph: { readonly url: string; readonly port: number; readonly owner: KeyPair; readonly conf: string }
  readonly tls: Certificate
}

declare module 'vitest' {
  export interface ProvidedContext {
    ground: Ground
  }
}
