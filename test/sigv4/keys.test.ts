import { describe, expect, test } from 'vitest'
import { nodeHashing } from '../../src/adapters/node-hashing.js'
import { webHashing } from '../../src/adapters/web-hashing.js'
import { SigningKeyCache } from '../../src/sigv4/signing-key-cache.js'
import { verifySignature } from '../../src/sigv4/verify-signature.js'
import { presignedRequest, signedRequest, verify, withHeader } from './sign.js'
import { accessKey, region, secret, time } from './vectors.js'

/** Node's hashing, and how often it was asked for an HMAC. */
function counting(): { hashing: typeof nodeHashing; count: () => number } {
  let calls = 0
  const hmacSha256: typeof nodeHashing.hmacSha256 = (key, data) => {
    calls++
    return nodeHashing.hmacSha256(key, data)
  }
  return { hashing: { ...nodeHashing, hmacSha256 }, count: () => calls }
}

describe('the cache of signing keys', () => {
  const request = signedRequest()

  test('spares four of five HMACs', () => {
    const { hashing, count } = counting()
    const cache = new SigningKeyCache()
    verify(request, { hashing, cache })
    expect(count()).toBe(5)
    verify(request, { hashing, cache })
    verify(presignedRequest(), { hashing, cache })
    expect(count()).toBe(7)
  })

  test('never answers for another secret', () => {
    const cache = new SigningKeyCache()
    expect(verify(request, { cache })).toMatchObject({ accessKey })
    expect(verify(request, { cache, secrets: { secretsFor: () => ['other'] } })).toMatchObject({ code: 'SignatureDoesNotMatch' })
    expect(verify(request, { cache, secrets: { secretsFor: () => [] } })).toMatchObject({ code: 'InvalidAccessKeyId' })
  })

  test('keeps both secrets of a rotation', () => {
    const { hashing, count } = counting()
    const cache = new SigningKeyCache()
    const secrets = { secretsFor: () => [secret, 'other'] }
    const other = signedRequest({ secret: 'other' })
    for (const each of [request, other, request, other]) expect(verify(each, { cache, secrets })).toMatchObject({ accessKey })
    for (const each of [request, other]) verify(each, { cache, secrets, hashing })
    expect(count()).toBe(3)
    expect(cache.size).toBe(1)
  })

  test('is not filled by wrong signatures', () => {
    const cache = new SigningKeyCache()
    verify(signedRequest({ secret: 'other' }), { cache })
    verify(withHeader(request, 'authorization', request.headers.get('authorization')?.replace('us-east-1', 'us-east-2') ?? ''), { cache })
    expect(cache.size).toBe(0)
  })

  test('tells regions and days apart', () => {
    const cache = new SigningKeyCache()
    const day = 86_400_000
    verify(request, { cache })
    expect(verify(signedRequest({ region: 'eu-west-1' }), { cache })).toMatchObject({ region: 'eu-west-1' })
    expect(verify(signedRequest({ time: time + day }), { cache, time: time + day })).toMatchObject({ accessKey })
    expect(cache.size).toBe(3)
  })

  test('is bounded, and keeps what is asked for', () => {
    const cache = new SigningKeyCache(10)
    const key = Uint8Array.of(1)
    cache.set('kept', 'secret', '20130524', region, key)
    for (let i = 0; i < 1000; i++) {
      cache.set(`key${i}`, 'secret', '20130524', region, key)
      expect(cache.get('kept', 'secret', '20130524', region)).toBe(key)
      expect(cache.size).toBeLessThanOrEqual(10)
    }
    expect(cache.get('key0', 'secret', '20130524', region)).toBeUndefined()
    cache.clear()
    expect(cache.size).toBe(0)
    expect(cache.get('kept', 'secret', '20130524', region)).toBeUndefined()
  })
})

describe('answers', () => {
  const secrets = { secretsFor: async () => [secret] }

  test('come later where secrets come later', async () => {
    const verdict = verifySignature(signedRequest(), { secrets, hashing: nodeHashing, time })
    expect(verdict).toBeInstanceOf(Promise)
    expect(await verdict).toMatchObject({ accessKey })
  })

  test('of refusals that need no secret come at once', () => {
    const verdict = verifySignature(signedRequest(), { secrets, hashing: webHashing, time: 0 })
    expect(verdict).toMatchObject({ code: 'RequestTimeTooSkewed' })
  })

  test('fail where secrets cannot be had, and are not taken for a wrong signature', async () => {
    const failing = { secretsFor: () => Promise.reject(new Error('no connection')) }
    await expect(verifySignature(signedRequest(), { secrets: failing, hashing: nodeHashing, time })).rejects.toThrow('no connection')
  })
})
