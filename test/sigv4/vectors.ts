import { HeaderList } from '../../src/http/header-list.js'
import type { HttpRequest } from '../../src/http/http-request.js'

/** The credentials of the examples in the Amazon S3 API Reference. */
export const accessKey = 'AKIAIOSFODNN7EXAMPLE'
export const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
export const region = 'us-east-1'
export const time = Date.UTC(2013, 4, 24)
export const emptySha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

export const secrets = { secretsFor: (key: string): readonly string[] => (key === accessKey ? [secret] : []) }

export type Pairs = readonly (readonly [string, string])[]

export function httpRequest(method: string, target: string, headers: Pairs): HttpRequest {
  return { method, target, headers: HeaderList.of(headers) }
}

const credential = `${accessKey}/20130524/us-east-1/s3/aws4_request`

function signed(headers: Pairs, contentSha256: string, signature: string): Pairs {
  const all: Pairs = [...headers, ['x-amz-content-sha256', contentSha256], ['x-amz-date', '20130524T000000Z']]
  const names = all.map(([name]) => name.toLowerCase()).sort()
  return [...all, ['Authorization', `AWS4-HMAC-SHA256 Credential=${credential},SignedHeaders=${names.join(';')},Signature=${signature}`]]
}

const host = ['Host', 'examplebucket.s3.amazonaws.com'] as const

/** The examples of "Signature Calculations for the Authorization Header" and "Using Query Parameters", with the signatures printed there. */
export const published: Readonly<Record<string, HttpRequest>> = {
  'GET object': httpRequest(
    'GET',
    '/test.txt',
    signed([host, ['Range', 'bytes=0-9']], emptySha256, 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41'),
  ),
  'PUT object': httpRequest(
    'PUT',
    '/test$file.text',
    signed(
      [host, ['Date', 'Fri, 24 May 2013 00:00:00 GMT'], ['x-amz-storage-class', 'REDUCED_REDUNDANCY']],
      '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
      '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
    ),
  ),
  'GET bucket lifecycle': httpRequest(
    'GET',
    '/?lifecycle',
    signed([host], emptySha256, 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543'),
  ),
  'GET bucket (list objects)': httpRequest(
    'GET',
    '/?max-keys=2&prefix=J',
    signed([host], emptySha256, '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7'),
  ),
  'presigned GET': httpRequest(
    'GET',
    `/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${credential.replaceAll('/', '%2F')}&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404`,
    [host],
  ),
}

const chunkedHeaders = (contentSha256: string, trailer: Pairs): Pairs => [
  ['Host', 's3.amazonaws.com'],
  ['x-amz-storage-class', 'REDUCED_REDUNDANCY'],
  ['x-amz-content-sha256', contentSha256],
  ['Content-Encoding', 'aws-chunked'],
  ['x-amz-decoded-content-length', '66560'],
  ...trailer,
  ['x-amz-date', '20130524T000000Z'],
]

function chunked(contentSha256: string, length: Pairs, signature: string): HttpRequest {
  const headers = [...chunkedHeaders(contentSha256, length)]
  const names = headers.map(([name]) => name.toLowerCase()).sort()
  return httpRequest('PUT', '/examplebucket/chunkObject.txt', [
    ...headers,
    ['Authorization', `AWS4-HMAC-SHA256 Credential=${credential},SignedHeaders=${names.join(';')},Signature=${signature}`],
  ])
}

/** "Transferring Payload in Multiple Chunks": 65 KB of `a` in chunks of 64 KB and 1 KB. */
export const publishedChunks = {
  request: chunked(
    'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
    [['Content-Length', '66824']],
    '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9',
  ),
  signatures: [
    'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648',
    '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497',
    'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9',
  ],
}

/** "Including Trailing Headers": the same with a CRC-32C after it. */
export const publishedTrailer = {
  request: chunked(
    'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER',
    [['x-amz-trailer', 'x-amz-checksum-crc32c']],
    '106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e',
  ),
  signatures: [
    'b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2',
    '1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7',
    '2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992',
  ],
  trailer: 'x-amz-checksum-crc32c:sOO8/Q==',
  trailerSignature: 'd81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435',
}
