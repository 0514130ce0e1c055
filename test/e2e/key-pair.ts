import { randomBytes } from 'node:crypto'

export interface KeyPair {
  readonly accessKey: string
  readonly secretKey: string
}

/** A fresh secret for an access key. Its characters are such that no client's configuration file needs to escape them. */
export function keyPair(accessKey: string): KeyPair {
  return { accessKey, secretKey: randomBytes(20).toString('hex') }
}
