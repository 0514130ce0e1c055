import { type S3Error, s3Error } from '../s3-error/s3-error.js'
import type { Credential } from './credential.js'
import { andThen, type Eventually } from './eventually.js'
import { equalsHex } from './hex.js'
import { signingKey } from './signing-key.js'
import type { VerifyOptions } from './verify-options.js'

/**
 * The signing key whose signature of `text` this is, of all secrets the access key has; undefined if it is of none. An unknown access key
 * is told at once, without any hashing: S3's answer names it in any case.
 * @param text what was signed, one character a byte
 */
export function findSigningKey(
  credential: Credential,
  text: string,
  signature: string,
  options: VerifyOptions,
): Eventually<Uint8Array | undefined | S3Error> {
  return andThen(options.secrets.secretsFor(credential.accessKey), (secrets) => {
    // An empty secret is one that everybody knows.
    const usable = secrets.some((secret) => secret === '') ? secrets.filter((secret) => secret !== '') : secrets
    if (usable.length === 0) return s3Error('InvalidAccessKeyId', { detail: { AWSAccessKeyId: credential.accessKey } })
    return trySecret(usable, 0, credential, text, signature, options)
  })
}

function trySecret(
  secrets: readonly string[],
  index: number,
  credential: Credential,
  text: string,
  signature: string,
  options: VerifyOptions,
): Eventually<Uint8Array | undefined> {
  const { hashing, cache } = options
  const { accessKey, date, region } = credential
  const secret = secrets[index]
  if (secret === undefined) return undefined
  const cached = cache?.get(accessKey, secret, date, region)
  return andThen(cached ?? signingKey(secret, date, region, hashing), (key) =>
    andThen(hashing.hmacSha256(key, text), (expected) => {
      if (!equalsHex(expected, signature)) return trySecret(secrets, index + 1, credential, text, signature, options)
      if (cached === undefined) cache?.set(accessKey, secret, date, region, key)
      return key
    }),
  )
}
