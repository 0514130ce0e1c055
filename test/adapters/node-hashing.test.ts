import { createHash, createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { nodeHashing } from '../../src/adapters/node-hashing.js'

const bytes = (length: number, seed: number): Buffer => Buffer.from(Array.from({ length }, (_, index) => (index * 31 + seed) % 256))

test.each([0, 1, 20, 32, 63, 64, 65, 200].flatMap((key) => [0, 1, 140, 447, 448, 449, 5000].map((data) => [key, data] as const)))(
  'HMAC with a key of %i bytes over %i bytes is that of node:crypto, for texts and bytes, also the second time',
  (keyLength, dataLength) => {
    const key = bytes(keyLength, 7)
    const data = bytes(dataLength, 99)
    const expected = createHmac('sha256', key).update(data).digest('hex')
    const first = nodeHashing.hmacSha256(key, data)
    const second = nodeHashing.hmacSha256(key, data.toString('latin1'))
    expect([Buffer.from(first).toString('hex'), Buffer.from(second).toString('hex')]).toEqual([expected, expected])
  },
)

test.each([0, 1, 64, 5000])('SHA-256 of %i bytes is that of node:crypto, for texts and bytes', (length) => {
  const data = bytes(length, 3)
  const expected = createHash('sha256').update(data).digest('hex')
  const answers = [nodeHashing.sha256(data), nodeHashing.sha256(data.toString('latin1'))]
  expect(answers.map((answer) => Buffer.from(answer).toString('hex'))).toEqual([expected, expected])
})
