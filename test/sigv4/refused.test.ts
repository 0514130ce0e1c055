import { describe, expect, test } from 'vitest'
import { nodeHashing } from '../../src/adapters/node-hashing.js'
import type { HttpRequest } from '../../src/http/http-request.js'
import { signatureOf } from '../../src/sigv4/sign-request.js'
import type { VerifyOptions } from '../../src/sigv4/verify-options.js'
import { atOnce, host, presignedRequest, signedRequest, verify, withHeader } from './sign.js'
import { accessKey, emptySha256, httpRequest, region, secret, time } from './vectors.js'

type Row = readonly [what: string, request: HttpRequest, expected: object, options?: Partial<VerifyOptions>]

const MINUTE = 60_000
const good = signedRequest()
const authorization = good.headers.get('authorization') ?? ''
const presigned = presignedRequest()
const plain = (target: string, authorization?: string): HttpRequest =>
  httpRequest('GET', target, [['host', host], ...(authorization === undefined ? [] : ([['authorization', authorization]] as const))])
const header = (change: (text: string) => string): HttpRequest => withHeader(good, 'authorization', change(authorization))
const query = (change: (text: string) => string): HttpRequest => ({ ...presigned, target: change(presigned.target) })
const notSupported = {
  status: 400,
  code: 'InvalidRequest',
  message: 'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
}
const malformed = { status: 400, code: 'AuthorizationHeaderMalformed' }
const wrongQuery = { status: 400, code: 'AuthorizationQueryParametersError' }
const mismatch = { status: 403, code: 'SignatureDoesNotMatch' }
const oneMechanism = { status: 400, code: 'InvalidArgument', message: expect.stringMatching(/^Only one auth mechanism allowed/) }
const date = { status: 403, code: 'AccessDenied', message: 'AWS authentication requires a valid Date or x-amz-date header' }

const many = Array.from({ length: 100 }, (_, i) => [`a${String(i).padStart(3, '0')}`, ''] as const)
const manyAuthorization = authorization.replace('=host;', `=${many.map(([name]) => name).join(';')};host;`)

test('what is refused below is taken as it was', () => {
  expect(verify(good)).toMatchObject({ kind: 'authentication', authType: 'REST-HEADER' })
  expect(verify(presigned)).toMatchObject({ kind: 'authentication', authType: 'REST-QUERY-STRING' })
})

const tables: Readonly<Record<string, readonly Row[]>> = {
  'other kinds of signatures': [
    ['V2 in the header', plain('/', 'AWS AKIAIOSFODNN7EXAMPLE:frJIUN8DYpKDtOLCwo//yllqDzg='), notSupported],
    ['V2 in the query', plain('/k?AWSAccessKeyId=a&Expires=1&Signature=b'), notSupported],
    ['V2 in the query, without its signature', plain('/k?AWSAccessKeyId=a'), notSupported],
    ['V2 in the query, without its key', plain('/k?Signature=a'), notSupported],
    ['V4A in the header', header((text) => text.replace('AWS4-HMAC-SHA256', 'AWS4-ECDSA-P256-SHA256')), notSupported],
    ['V4A in the query', query((text) => text.replace('AWS4-HMAC-SHA256', 'AWS4-ECDSA-P256-SHA256')), notSupported],
    ['Bearer', plain('/', 'Bearer abc'), { status: 400, code: 'InvalidArgument', message: 'Unsupported Authorization Type' }],
    ['Basic', plain('/', 'Basic abc'), { code: 'InvalidArgument' }],
    ['nothing in the header', plain('/', ''), { code: 'InvalidArgument' }],
    ['another algorithm in the query', query((text) => text.replace('AWS4-HMAC-SHA256', 'HMAC')), wrongQuery],
  ],
  'two signatures': [
    ['header and query', withHeader(presigned, 'authorization', authorization), oneMechanism],
    ['header and a misspelt query', { ...good, target: `${good.target}&x-amz-signature=00` }, oneMechanism],
    ['V2 header and V4 query', withHeader(presigned, 'authorization', 'AWS a:b'), oneMechanism],
    ['V4 header and V2 query', { ...good, target: `${good.target}&Signature=00` }, oneMechanism],
    ['two headers', withHeader(good, 'authorization', authorization, authorization), malformed],
    ['two headers that were joined', header((text) => `${text}, ${text}`), malformed],
  ],
  'Authorization headers': [
    ['only the algorithm', header(() => 'AWS4-HMAC-SHA256'), malformed],
    ['no Credential', header((text) => text.replace(/Credential=\S+/, '')), malformed],
    ['no SignedHeaders', header((text) => text.replace(/SignedHeaders=\S+/, '')), malformed],
    ['no Signature', header((text) => text.replace(/Signature=\w+/, '')), malformed],
    ['an empty Signature', header((text) => text.replace(/Signature=\w+/, 'Signature=')), malformed],
    ['a part twice', header((text) => text.replace(/(SignedHeaders=\S+)/, '$1 $1')), malformed],
    ['another part', header((text) => `${text}, Extra=1`), malformed],
    ['a part without name', header((text) => `${text}, abc`), malformed],
    ['too long', header((text) => `${text}${' '.repeat(8192)}`), malformed],
    [
      'a short Credential',
      header((text) => text.replace('/aws4_request', '')),
      { ...malformed, message: expect.stringContaining('Credential') },
    ],
    ['no access key', header((text) => text.replace(accessKey, '')), malformed],
    ['an endless access key', header((text) => text.replace(accessKey, 'A'.repeat(257))), malformed],
    ['an access key past ASCII', header((text) => text.replace(accessKey, '\xe9')), malformed],
  ],
  scopes: [
    [
      'another service',
      header((text) => text.replace('/s3/', '/ec2/')),
      { ...malformed, message: expect.stringContaining('incorrect service "ec2"') },
    ],
    ['another service in the query', query((text) => text.replace('%2Fs3%2F', '%2Fec2%2F')), wrongQuery],
    ['another end', header((text) => text.replace('aws4_request', 'aws5_request')), malformed],
    [
      'another day',
      header((text) => text.replace('20130524', '20130525')),
      { ...malformed, message: expect.stringContaining('Invalid credential date "20130525"') },
    ],
    ['another day in the query', query((text) => text.replace('%2F20130524', '%2F20130525')), wrongQuery],
    ['no region', header((text) => text.replace('us-east-1', '')), malformed],
    [
      'another region',
      good,
      {
        ...malformed,
        message: "The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-west-1'",
        detail: { Region: 'eu-west-1' },
      },
      { region: 'eu-west-1' },
    ],
    ['another region in the query', presigned, { ...wrongQuery, detail: { Region: 'eu-west-1' } }, { region: 'eu-west-1' }],
    ['a region it was not signed for', header((text) => text.replace('us-east-1', 'us-east-2')), mismatch],
  ],
  times: [
    ['no date', withHeader(good, 'x-amz-date'), date],
    ['a date that is none', withHeader(good, 'x-amz-date', '20130532T000000Z'), date],
    ['two dates', withHeader(good, 'x-amz-date', '20130524T000000Z', '20130524T000000Z'), date],
    ['a wrong weekday', withHeader(withHeader(good, 'x-amz-date'), 'date', 'Mon, 24 May 2013 00:00:00 GMT'), date],
    ['a wrong day in Date', withHeader(withHeader(good, 'x-amz-date'), 'date', 'Fri, 31 Feb 2013 00:00:00 GMT'), date],
    [
      'too long ago',
      good,
      {
        status: 403,
        code: 'RequestTimeTooSkewed',
        detail: { RequestTime: '20130524T000000Z', ServerTime: '2013-05-24T00:15:00Z', MaxAllowedSkewMilliseconds: '900000' },
      },
      { time: time + 15 * MINUTE + 1 },
    ],
    ['too far ahead', good, { code: 'RequestTimeTooSkewed' }, { time: time - 15 * MINUTE - 1 }],
    [
      'past a shorter bound',
      good,
      { code: 'RequestTimeTooSkewed', detail: { MaxAllowedSkewMilliseconds: '1000' } },
      { time: time + 1001, maxSkew: 1000 },
    ],
    [
      'expired',
      presigned,
      {
        status: 403,
        code: 'AccessDenied',
        message: 'Request has expired',
        detail: { 'X-Amz-Expires': '3600', Expires: '2013-05-24T01:00:00Z', ServerTime: '2013-05-24T01:00:00Z' },
      },
      { time: time + 60 * MINUTE + 1 },
    ],
    [
      'not yet valid',
      presigned,
      { status: 403, code: 'AccessDenied', message: 'Request is not yet valid' },
      { time: time - 15 * MINUTE - 1 },
    ],
  ],
  'presigned queries': [
    ...['Algorithm', 'Credential', 'Signature', 'Date', 'SignedHeaders', 'Expires'].flatMap((name): readonly Row[] => [
      [`no X-Amz-${name}`, query((text) => text.replace(`X-Amz-${name}=`, 'other=')), wrongQuery],
      [`two X-Amz-${name}`, query((text) => text.replace(new RegExp(`(X-Amz-${name}=[^&]*)`), '$1&$1')), wrongQuery],
      [`X-Amz-${name} in lower case`, query((text) => text.replace(`X-Amz-${name}`, `x-amz-${name.toLowerCase()}`)), wrongQuery],
    ]),
    ...['0', '604801', '-1', '', '1.5', '1e3', '999999999999999999999'].map(
      (expires): Row => [
        `X-Amz-Expires=${expires}`,
        query((text) => text.replace('X-Amz-Expires=3600', `X-Amz-Expires=${expires}`)),
        wrongQuery,
      ],
    ),
    ['a date that is none', query((text) => text.replace('X-Amz-Date=2013', 'X-Amz-Date=x013')), wrongQuery],
    ['a short credential', query((text) => text.replace('%2Faws4_request', '')), wrongQuery],
    ['an empty token', query((text) => `${text}&X-Amz-Security-Token=`), { code: 'InvalidToken' }],
    ['two tokens', query((text) => `${text}&X-Amz-Security-Token=a&X-Amz-Security-Token=b`), { code: 'InvalidToken' }],
    [
      'a token in header and query',
      withHeader(
        query((text) => `${text}&X-Amz-Security-Token=a`),
        'x-amz-security-token',
        'a',
      ),
      { code: 'InvalidToken' },
    ],
    ['a token that was added', query((text) => `${text}&X-Amz-Security-Token=a`), mismatch],
    [
      'two hashes',
      query((text) => `${text}&X-Amz-Content-Sha256=${emptySha256}&x-amz-content-sha256=${emptySha256}`),
      { code: 'InvalidArgument' },
    ],
    ['a hash that is none', query((text) => `${text}&X-Amz-Content-Sha256=abc`), { code: 'InvalidArgument' }],
    ['a hash that was added', query((text) => `${text}&X-Amz-Content-Sha256=${emptySha256}`), mismatch],
  ],
  'headers that are not signed': [
    ...[good, presigned].map(
      (request): Row => [
        `x-amz-acl in ${request === good ? 'header' : 'query'} authentication`,
        withHeader(withHeader(request, 'x-amz-acl', 'public-read'), 'x-amz-copy-source', '/a/b'),
        {
          status: 403,
          code: 'AccessDenied',
          message: 'There were headers present in the request which were not signed',
          detail: { HeadersNotSigned: 'x-amz-acl, x-amz-copy-source' },
        },
      ],
    ),
    ['host', header((text) => text.replace('=host;', '=')), { code: 'AccessDenied', detail: { HeadersNotSigned: 'host' } }],
    ['x-amz-security-token', withHeader(good, 'x-amz-security-token', 'a'), { code: 'AccessDenied' }],
    ['a hash beside a presigned query', withHeader(presigned, 'x-amz-content-sha256', emptySha256), { code: 'AccessDenied' }],
  ],
  'signed headers': [
    ['one that is missing', withHeader(good, 'host'), mismatch],
    ['one that was added to the list', header((text) => text.replace('=host;', '=host;range;')), mismatch],
    ['one that comes twice in the list', header((text) => text.replace('=host;', '=host;host;')), mismatch],
    ['one in capitals', header((text) => text.replace('=host;', '=Host;')), { code: 'AccessDenied' }],
    ['an empty one', header((text) => text.replace('=host;', '=host;;')), mismatch],
    [
      'more than 100',
      httpRequest('GET', '/', [
        ...many,
        ['host', host],
        ['x-amz-content-sha256', emptySha256],
        ['x-amz-date', '20130524T000000Z'],
        ['authorization', manyAuthorization],
      ]),
      { status: 400, code: 'RequestHeaderSectionTooLarge' },
    ],
    [
      'too long ones',
      withHeader(
        header((text) => text.replace('=host;', '=host;range;')),
        'range',
        'a'.repeat(65_536),
      ),
      { code: 'RequestHeaderSectionTooLarge' },
    ],
    [
      'two session tokens',
      signedRequest({
        headers: [
          ['x-amz-security-token', 'a'],
          ['x-amz-security-token', 'b'],
        ],
      }),
      { code: 'InvalidToken' },
    ],
    ['an empty session token', signedRequest({ sessionToken: '' }), { code: 'InvalidToken' }],
    ['an endless session token', signedRequest({ sessionToken: 'a'.repeat(8193) }), { code: 'InvalidToken' }],
    ['a value past bytes', withHeader(good, 'host', `${host}\u0101`), mismatch],
    ['a value of several lines', withHeader(good, 'host', `${host}\nx`), mismatch],
    ['a host that is repeated', withHeader(good, 'host', host, host), mismatch],
  ],
  'x-amz-content-sha256': [
    [
      'none',
      withHeader(good, 'x-amz-content-sha256'),
      { status: 400, code: 'InvalidRequest', message: 'Missing required header for this request: x-amz-content-sha256' },
    ],
    ...[
      '',
      'abc',
      emptySha256.toUpperCase(),
      'unsigned-payload',
      'STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD',
      'STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER',
    ].map(
      (value): Row => [
        value,
        withHeader(good, 'x-amz-content-sha256', value),
        { status: 400, code: 'InvalidArgument', message: expect.stringMatching(/^x-amz-content-sha256 must be UNSIGNED-PAYLOAD, /) },
      ],
    ),
    ['two', withHeader(good, 'x-amz-content-sha256', emptySha256, emptySha256), { code: 'InvalidArgument' }],
    ['another', withHeader(good, 'x-amz-content-sha256', 'UNSIGNED-PAYLOAD'), mismatch],
    ['one that is none, without signature', httpRequest('PUT', '/k', [['x-amz-content-sha256', 'abc']]), { code: 'InvalidArgument' }],
    [
      'signed chunks, without signature',
      httpRequest('PUT', '/k', [['x-amz-content-sha256', 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD']]),
      { code: 'InvalidArgument' },
    ],
    [
      'two, without signature',
      httpRequest('PUT', '/k', [
        ['x-amz-content-sha256', emptySha256],
        ['x-amz-content-sha256', emptySha256],
      ]),
      { code: 'InvalidArgument' },
    ],
  ],
  targets: [
    ['a cut-off percent sign', { ...good, target: '/a%2' }, { status: 400, code: 'InvalidURI' }],
    ['a percent sign without digits', { ...good, target: '/a%zz' }, { code: 'InvalidURI' }],
    ['one of them in the query', { ...good, target: '/a?b=%g0' }, { code: 'InvalidURI' }],
    ['one in a query that is not signed', plain('/a?b=%'), { code: 'InvalidURI' }],
    ['a blank', { ...good, target: '/a b' }, { code: 'InvalidURI' }],
    ['a line feed', { ...good, target: '/a\nb' }, { code: 'InvalidURI' }],
    ['a character that is no byte', { ...good, target: '/\u0101' }, { code: 'InvalidURI' }],
    ['no path', { ...good, target: '*' }, { code: 'InvalidURI' }],
    ['too long', plain(`/${'a'.repeat(16_384)}`), { code: 'InvalidURI' }],
    ['too many parameters', plain(`/?${'a&'.repeat(201)}`), { code: 'InvalidURI' }],
    ['a method in small letters', { ...good, method: 'get' }, { code: 'MethodNotAllowed' }],
    ['a method of two lines', { ...good, method: 'GET\nX' }, { code: 'MethodNotAllowed' }],
  ],
  secrets: [
    [
      'an access key that is not known',
      header((text) => text.replace(accessKey, 'AKIAUNKNOWN')),
      { status: 403, code: 'InvalidAccessKeyId', detail: { AWSAccessKeyId: 'AKIAUNKNOWN' } },
    ],
    ['no secret', good, { code: 'InvalidAccessKeyId' }, { secrets: { secretsFor: () => [] } }],
    ['an empty secret', signedRequest({ secret: '' }), { code: 'InvalidAccessKeyId' }, { secrets: { secretsFor: () => [''] } }],
    ['an empty secret beside another', signedRequest({ secret: '' }), mismatch, { secrets: { secretsFor: () => [secret, ''] } }],
    ['another secret', good, mismatch, { secrets: { secretsFor: () => ['other', 'another'] } }],
    [
      'a signature in capitals',
      header((text) => text.replace(/Signature=\w+/, (part) => `Signature=${part.slice(10).toUpperCase()}`)),
      mismatch,
    ],
    ['half a signature', header((text) => text.slice(0, -32)), mismatch],
    ['a signature that is none', header((text) => `${text.slice(0, -1)}g`), mismatch],
  ],
}

describe.each(Object.entries(tables))('%s', (_, rows) => {
  for (const [what, request, expected, options] of rows) {
    test(what, () => {
      expect(verify(request, options)).toMatchObject({ kind: 'error', ...expected })
    })
  }
})

describe('a wrong signature', () => {
  const wrong = { ...good, target: '/a/kez' }

  test('is explained as S3 does, without the right one and without a secret', () => {
    const error = verify(wrong)
    expect(error).toMatchObject({
      detail: {
        AWSAccessKeyId: accessKey,
        SignatureProvided: authorization.slice(-64),
        StringToSign: expect.stringMatching(/^AWS4-HMAC-SHA256\n20130524T000000Z\n20130524\/us-east-1\/s3\/aws4_request\n[0-9a-f]{64}$/),
        CanonicalRequest: `GET\n/a/kez\n\nhost:${host}\nx-amz-content-sha256:${emptySha256}\nx-amz-date:20130524T000000Z\n\nhost;x-amz-content-sha256;x-amz-date\n${emptySha256}`,
      },
    })
    const right = signedRequest({ target: '/a/kez' }).headers.get('authorization')?.slice(-64) ?? ''
    expect(JSON.stringify(error)).not.toContain(right)
    expect(JSON.stringify(error)).not.toContain(secret)
  })

  test('is not explained where that is not wanted', () => {
    expect(verify(wrong, { explainMismatch: false })).not.toHaveProperty('detail')
  })
})

describe('taken', () => {
  const taken: readonly Row[] = [
    ['at the edge of the skew', good, { signedAt: time }, { time: time + 15 * MINUTE }],
    ['at the other edge', good, { signedAt: time }, { time: time - 15 * MINUTE }],
    ['in the last millisecond of a URL', presigned, { signedAt: time }, { time: time + 60 * MINUTE }],
    ['a URL for a week', presignedRequest({ expires: 604_800 }), {}, { time: time + 604_800_000 }],
    ['the expected region', good, { region }, { region }],
    ['any region', signedRequest({ region: 'fr-par' }), { region: 'fr-par' }, { region: 'any' }],
    ['the first of two secrets', good, { accessKey }, { secrets: { secretsFor: () => [secret, 'other'] } }],
    ['the second of two secrets', good, { accessKey }, { secrets: { secretsFor: () => ['other', secret] } }],
    [
      'an access key with slashes',
      signedRequest({ accessKey: 'a/b/c' }),
      { accessKey: 'a/b/c' },
      { secrets: { secretsFor: () => [secret] } },
    ],
    [
      'a secret past ASCII',
      signedRequest({ secret: 'geheim-ü-€-😀' }),
      { accessKey },
      { secrets: { secretsFor: () => ['geheim-ü-€-😀'] } },
    ],
    ['no blanks after commas', header((text) => text.replaceAll(', ', ',')), { accessKey }],
    ['many blanks and tabs', header((text) => text.replaceAll(', ', ' ,\t  ').replace(' Cred', '   Cred')), { accessKey }],
    ['parts in another order', header((text) => text.replace(/(Credential=\S+), (SignedHeaders=\S+), (\S+)/, '$3, $1, $2')), { accessKey }],
    ['a session token in the header', signedRequest({ sessionToken: 'a token/+=' }), { sessionToken: 'a token/+=' }],
    ['a session token in the query', presignedRequest({ sessionToken: 'a token/+=' }), { sessionToken: 'a token/+=' }],
    [
      'a session token in a signed header of a URL',
      presignedRequest({ headers: [['x-amz-security-token', 'abc']] }),
      { sessionToken: 'abc' },
    ],
    [
      'a header in a list that may come unsigned',
      withHeader(good, 'x-amz-cf-id', 'a'),
      { accessKey },
      { acceptUnsignedHeaders: new Set(['x-amz-cf-id']) },
    ],
    ['x-amzn-trace-id, which is none of S3’s', withHeader(good, 'x-amzn-trace-id', 'a'), { accessKey }],
    ['other headers that are not signed', withHeader(withHeader(good, 'range', 'bytes=0-9'), 'content-md5', 'a'), { accessKey }],
    [
      'a signed body',
      signedRequest({ contentSha256: emptySha256 }),
      { body: { kind: 'sha256', hash: emptySha256 }, contentSha256: emptySha256 },
    ],
    [
      'a body that is not signed',
      signedRequest({ contentSha256: 'UNSIGNED-PAYLOAD' }),
      { body: { kind: 'unsigned' }, contentSha256: 'UNSIGNED-PAYLOAD' },
    ],
    [
      'chunks that are not signed',
      signedRequest({ contentSha256: 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' }),
      { body: { kind: 'chunks', isSigned: false, hasTrailer: true } },
    ],
    [
      'signed chunks',
      signedRequest({ contentSha256: 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD' }),
      {
        body: {
          kind: 'chunks',
          isSigned: true,
          hasTrailer: false,
          seed: { date: '20130524T000000Z', scope: '20130524/us-east-1/s3/aws4_request' },
        },
      },
    ],
    [
      'a presigned body that is not signed',
      presigned,
      { body: { kind: 'unsigned' }, contentSha256: 'UNSIGNED-PAYLOAD', signatureVersion: 'AWS4-HMAC-SHA256' },
    ],
  ]
  for (const [what, request, expected, options] of taken) {
    test(what, () => {
      expect(verify(request, options)).toMatchObject({ kind: 'authentication', ...expected })
    })
  }

  test('a request without signature is anonymous', () => {
    expect(verify(plain('/a?X-Amz-Date=1&X-Amz-Expires=2'))).toEqual({ kind: 'authentication', body: { kind: 'unsigned' } })
    expect(verify(httpRequest('PUT', '/a', [['x-amz-content-sha256', emptySha256]]))).toEqual({
      kind: 'authentication',
      contentSha256: emptySha256,
      body: { kind: 'sha256', hash: emptySha256 },
    })
    expect(verify(httpRequest('PUT', '/a', [['x-amz-content-sha256', 'STREAMING-UNSIGNED-PAYLOAD-TRAILER']]))).toMatchObject({
      body: { kind: 'chunks', isSigned: false, hasTrailer: true },
    })
    expect(verify(httpRequest('POST', '/', [['content-type', 'multipart/form-data; boundary=x']]))).toEqual({
      kind: 'authentication',
      body: { kind: 'unsigned' },
    })
  })

  test('`Date` stands for a missing `x-amz-date`, in the spelling of HTTP or of signatures', () => {
    for (const text of ['Fri, 24 May 2013 00:00:00 GMT', '20130524T000000Z']) {
      const request = httpRequest('GET', '/k', [
        ['host', host],
        ['date', text],
        ['x-amz-content-sha256', 'UNSIGNED-PAYLOAD'],
      ])
      const signature = atOnce(
        signatureOf(request, 'host;x-amz-content-sha256', 'UNSIGNED-PAYLOAD', '20130524T000000Z', { secret, region }, nodeHashing),
      )
      const value = `AWS4-HMAC-SHA256 Credential=${accessKey}/20130524/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-content-sha256, Signature=${signature}`
      expect(verify(withHeader(request, 'authorization', value))).toMatchObject({ kind: 'authentication', signedAt: time })
    }
  })

  test('no more of it is told than is there', () => {
    expect(verify(good)).not.toHaveProperty('sessionToken')
    expect(verify(plain('/'))).not.toHaveProperty('accessKey')
  })
})
