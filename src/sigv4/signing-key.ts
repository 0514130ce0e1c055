import { andThen, type Eventually } from './eventually.js'
import type { Hashing } from './hashing.js'
import { utf8Bytes } from './utf8.js'

/** The key that signs what a secret signs on one day in one region. @param date `20260921` */
export function signingKey(secret: string, date: string, region: string, hashing: Hashing): Eventually<Uint8Array> {
  const ofDay = hashing.hmacSha256(utf8Bytes(`AWS4${secret}`), date)
  const ofRegion = andThen(ofDay, (key) => hashing.hmacSha256(key, region))
  const ofService = andThen(ofRegion, (key) => hashing.hmacSha256(key, 's3'))
  return andThen(ofService, (key) => hashing.hmacSha256(key, 'aws4_request'))
}
