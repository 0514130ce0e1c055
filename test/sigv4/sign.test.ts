import { describe, expect, test } from 'vitest'
import { nodeHashing } from '../../src/adapters/node-hashing.js'
import { webHashing } from '../../src/adapters/web-hashing.js'
import { encodePath, presignUrl, type UrlToPresign } from '../../src/sigv4/presign-url.js'
import { type RequestToSign, signRequest } from '../../src/sigv4/sign-request.js'
import { presignedRequest, signedRequest, verify } from './sign.js'
import { accessKey, emptySha256, region, secret, time } from './vectors.js'

const host = 'examplebucket.s3.amazonaws.com'
const url: UrlToPresign = { method: 'GET', host, target: '/test.txt', expires: 86_400, accessKey, secret, region, time }
const request: RequestToSign = {
  method: 'GET',
  target: '/test.txt',
  headers: [
    ['Host', host],
    ['Range', 'bytes=0-9'],
  ],
  contentSha256: emptySha256,
  accessKey,
  secret,
  region,
  time,
}

test('a request is signed as AWS’s example is', async () => {
  const expected = [
    ['x-amz-content-sha256', emptySha256],
    ['x-amz-date', '20130524T000000Z'],
    [
      'authorization',
      `AWS4-HMAC-SHA256 Credential=${accessKey}/20130524/us-east-1/s3/aws4_request, SignedHeaders=host;range;x-amz-content-sha256;x-amz-date, Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41`,
    ],
  ]
  expect(signRequest(request, nodeHashing)).toEqual(expected)
  expect(await signRequest(request, webHashing)).toEqual(expected)
})

test('a URL is presigned as AWS’s example is', async () => {
  const expected = `https://${host}/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${accessKey}%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404`
  expect(presignUrl(url, nodeHashing)).toBe(expected)
  expect(await presignUrl(url, webHashing)).toBe(expected)
})

test('a URL has the scheme, parameters, headers and token it is given', () => {
  const presigned = presignUrl(
    {
      ...url,
      scheme: 'http',
      target: '/a?b',
      query: [['response-content-type', 'text/plain; ü']],
      headers: [['Content-Type', 'a/b']],
      sessionToken: 'x/y',
    },
    nodeHashing,
  )
  expect(presigned).toMatch(
    /^http:\/\/examplebucket\.s3\.amazonaws\.com\/a\?b&response-content-type=text%2Fplain%3B%20%C3%BC&X-Amz-Algorithm=.*&X-Amz-Security-Token=x%2Fy&X-Amz-SignedHeaders=content-type%3Bhost&X-Amz-Signature=[0-9a-f]{64}$/,
  )
  const taken = presignedRequest({
    target: '/a?b',
    query: [['response-content-type', 'text/plain; ü']],
    headers: [['Content-Type', 'a/b']],
    sessionToken: 'x/y',
  })
  expect(verify(taken)).toMatchObject({ accessKey, sessionToken: 'x/y' })
})

test.each([
  ['', '/'],
  ['photos/a b+c.jpg', '/photos/a%20b%2Bc.jpg'],
  ['ü/€/😀', '/%C3%BC/%E2%82%AC/%F0%9F%98%80'],
  ["//..//.%2F~-_!*'()", '///..//.%252F~-_%21%2A%27%28%29'],
])('the key %s is the path %s, which is verified', (key, path) => {
  expect(encodePath(key)).toBe(path)
  expect(verify(signedRequest({ target: path }))).toMatchObject({ accessKey })
  expect(verify(presignedRequest({ target: path }))).toMatchObject({ accessKey })
})

test('bucket and key make a path together', () => {
  expect(encodePath('bucket', 'a/b c')).toBe('/bucket/a/b%20c')
})

describe('what could not be verified is not signed', () => {
  test.each([
    ['no host', { headers: [] }, 'host'],
    ['no path', { target: 'test.txt' }, 'no path'],
    ['a target that is not encoded', { target: '/a b' }, 'no path'],
    ['a query that is not encoded', { target: '/a?b=%' }, 'no path'],
    [
      'a header past bytes',
      {
        headers: [
          ['host', host],
          ['x-amz-meta-a', '€'],
        ],
      },
      'unreadable',
    ],
  ] as const)('%s', (_, change, message) => {
    expect(() => signRequest({ ...request, ...change }, nodeHashing)).toThrow(message)
  })

  test.each([0, 604_801, 1.5, Number.NaN])('a URL for %s seconds', (expires) => {
    expect(() => presignUrl({ ...url, expires }, nodeHashing)).toThrow('604800')
  })
})
