import { describe, expect, test } from 'vitest'
import { nodeHashing } from '../../src/adapters/node-hashing.js'
import { webHashing } from '../../src/adapters/web-hashing.js'
import { verifySignature } from '../../src/sigv4/verify-signature.js'
import { accessKey, published, publishedChunks, publishedTrailer, secrets, time } from './vectors.js'

/** A Buffer and a Uint8Array of the same bytes are the same here. */
const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, each) => (each?.type === 'Buffer' ? { ...each.data } : each)))

const requests = { ...published, 'chunked PUT': publishedChunks.request, 'chunked PUT with a trailer': publishedTrailer.request }

describe.each(Object.entries(requests))('AWS’s example: %s', (_, request) => {
  test('is verified at once by hashing that answers at once', () => {
    expect(verifySignature(request, { secrets, hashing: nodeHashing, time })).toMatchObject({ kind: 'authentication', accessKey })
  })

  test('is verified by WebCrypto, with the same result', async () => {
    const verdict = verifySignature(request, { secrets, hashing: webHashing, time })
    expect(verdict).toBeInstanceOf(Promise)
    expect(plain(await verdict)).toEqual(plain(verifySignature(request, { secrets, hashing: nodeHashing, time })))
  })

  test('is refused with another secret', () => {
    const others = { secretsFor: () => ['wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEZ'] }
    expect(verifySignature(request, { secrets: others, hashing: nodeHashing, time })).toMatchObject({ code: 'SignatureDoesNotMatch' })
  })
})
