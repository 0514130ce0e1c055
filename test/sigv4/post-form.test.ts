import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nodeHashing } from '../../src/adapters/node-hashing.js'
import { webHashing } from '../../src/adapters/web-hashing.js'
import type { S3Error } from '../../src/s3-error/s3-error.js'
import { checkFormSize } from '../../src/sigv4/check-post-policy.js'
import { hexOf } from '../../src/sigv4/hex.js'
import { type PostFormToSign, signPostForm } from '../../src/sigv4/sign-post-form.js'
import { signingKey } from '../../src/sigv4/signing-key.js'
import { type PostFile, type PostForm, type PostFormOptions, verifyPostForm } from '../../src/sigv4/verify-post-form.js'
import { atOnce } from './sign.js'
import { accessKey, region, secret, secrets, time } from './vectors.js'

const MINUTE = 60_000
const bucket = 'photos'
const options: PostFormOptions = { secrets, hashing: nodeHashing, time, bucket }
const credential = `${accessKey}/20130524/us-east-1/s3/aws4_request`
const signature = { 'x-amz-algorithm': 'AWS4-HMAC-SHA256', 'x-amz-credential': credential, 'x-amz-date': '20130524T000000Z' }
const signatureConditions = [
  ['starts-with', '$x-amz-algorithm', ''],
  ['starts-with', '$x-amz-credential', ''],
  ['starts-with', '$X-Amz-Date', ''],
]

/** A form with a policy that covers what signs it, and is signed whatever it says. */
function form(
  conditions: readonly unknown[],
  fields: Readonly<Record<string, string>>,
  document: Readonly<Record<string, unknown>> = {},
): Map<string, string> {
  const text = JSON.stringify({
    expiration: '2013-05-24T01:00:00.000Z',
    conditions: [{ bucket }, ...signatureConditions, ...conditions],
    ...document,
  })
  return signed(text, fields)
}

function signed(
  text: string,
  fields: Readonly<Record<string, string>> = { key: 'k' },
  encode = (text: string): string => Buffer.from(text).toString('base64'),
): Map<string, string> {
  const policy = encode(text)
  const key = atOnce(signingKey(secret, '20130524', region, nodeHashing))
  return new Map(Object.entries({ ...fields, ...signature, policy, 'x-amz-signature': hexOf(nodeHashing.hmacSha256(key, policy)) }))
}

function verify(fields: ReadonlyMap<string, string>, file: PostFile = {}, more: Partial<PostFormOptions> = {}): PostForm | S3Error {
  return atOnce(verifyPostForm(fields, file, { ...options, ...more }))
}

const denied = (what: string): object => ({ status: 403, code: 'AccessDenied', message: `Invalid according to Policy: ${what}` })
const failed = (condition: unknown): object => denied(`Policy Condition failed: ${JSON.stringify(condition)}`)
const invalid = (what: string): object => ({ status: 400, code: 'InvalidPolicyDocument', message: `Invalid Policy: ${what}` })

describe('AWS’s example', () => {
  // "Example: Browser-Based Upload using HTTP POST (Using AWS Signature Version 4)", with the text of its policy as printed there.
  const lines = [
    '{ "expiration": "2015-12-30T12:00:00.000Z",',
    '  "conditions": [',
    '    {"bucket": "sigv4examplebucket"},',
    '    ["starts-with", "$key", "user/user1/"],',
    '    {"acl": "public-read"},',
    '    {"success_action_redirect": "http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html"},',
    '    ["starts-with", "$Content-Type", "image/"],',
    '    {"x-amz-meta-uuid": "14365123651274"},',
    '    {"x-amz-server-side-encryption": "AES256"},',
    '    ["starts-with", "$x-amz-meta-tag", ""],',
    '',
    `    {"x-amz-credential": "${accessKey}/20151229/us-east-1/s3/aws4_request"},`,
    '    {"x-amz-algorithm": "AWS4-HMAC-SHA256"},',
    '    {"x-amz-date": "20151229T000000Z" }',
    '  ]',
    '}',
  ]
  const fields = new Map([
    ['key', 'user/user1/${filename}'],
    ['acl', 'public-read'],
    ['success_action_redirect', 'http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html'],
    ['content-type', 'image/jpeg'],
    ['x-amz-meta-uuid', '14365123651274'],
    ['x-amz-server-side-encryption', 'AES256'],
    ['x-amz-credential', `${accessKey}/20151229/us-east-1/s3/aws4_request`],
    ['x-amz-algorithm', 'AWS4-HMAC-SHA256'],
    ['x-amz-date', '20151229T000000Z'],
    ['x-amz-meta-tag', ''],
    ['policy', Buffer.from(lines.join('\r\n')).toString('base64')],
    ['x-amz-signature', '8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e'],
  ])
  const example = { ...options, bucket: 'sigv4examplebucket', time: Date.UTC(2015, 11, 29) }

  test('is verified, at once where hashing answers at once', () => {
    expect(verifyPostForm(fields, { name: 'C:\\photos\\a.jpg' }, example)).toMatchObject({
      kind: 'post-form',
      key: 'user/user1/a.jpg',
      authentication: {
        accessKey,
        authType: 'POST',
        signatureVersion: 'AWS4-HMAC-SHA256',
        signedAt: Date.UTC(2015, 11, 29),
        region,
        body: { kind: 'unsigned' },
      },
    })
  })

  test('is verified by WebCrypto', async () => {
    expect(await verifyPostForm(fields, {}, { ...example, hashing: webHashing })).toMatchObject({ kind: 'post-form' })
  })

  test('has expired since', () => {
    expect(verifyPostForm(fields, {}, { ...example, time: Date.UTC(2015, 11, 30, 12) })).toMatchObject(denied('Policy expired.'))
  })
})

type Row = readonly [what: string, fields: ReadonlyMap<string, string>, expected: object, file?: PostFile, more?: Partial<PostFormOptions>]

const good = form([{ key: 'k' }], { key: 'k' })
const without = (...names: readonly string[]): Map<string, string> => new Map([...good].filter(([name]) => !names.includes(name)))
const withField = (name: string, value: string): Map<string, string> => new Map([...good, [name, value]])
const missing = (name: string): object => ({
  status: 400,
  code: 'InvalidArgument',
  message: `Bucket POST must contain a field named '${name}'.  If it is specified, please check the order of the fields.`,
  detail: { ArgumentName: name, ArgumentValue: '' },
})
const key = (value: string, ...conditions: readonly unknown[]): Map<string, string> => form(conditions, { key: value })

const refused: Readonly<Record<string, readonly Row[]>> = {
  'fields that sign': [
    ['no key', without('key'), missing('key')],
    ['an empty key', withField('key', ''), missing('key')],
    ['no algorithm', without('x-amz-algorithm'), missing('X-Amz-Algorithm')],
    ['no credential', without('x-amz-credential'), missing('X-Amz-Credential')],
    ['no date', without('x-amz-date'), missing('X-Amz-Date')],
    ['no signature', without('x-amz-signature'), missing('X-Amz-Signature')],
    ['no policy', without('policy'), missing('policy')],
    [
      'V2',
      new Map([
        ['key', 'k'],
        ['awsaccesskeyid', 'a'],
        ['policy', 'a'],
        ['signature', 'a'],
      ]),
      { code: 'InvalidRequest', message: expect.stringContaining('Please use AWS4-HMAC-SHA256.') },
    ],
    ['V2 beside V4', withField('awsaccesskeyid', 'a'), { code: 'InvalidRequest' }],
    ['another algorithm', withField('x-amz-algorithm', 'HMAC'), { code: 'InvalidArgument' }],
    ['V4A', withField('x-amz-algorithm', 'AWS4-ECDSA-P256-SHA256'), { code: 'InvalidRequest' }],
    ['a credential that is none', withField('x-amz-credential', 'a/b'), { code: 'InvalidArgument' }],
    ['a date that is none', withField('x-amz-date', '2013-05-24'), { code: 'InvalidArgument' }],
    ['another day', withField('x-amz-date', '20130525T000000Z'), { code: 'AuthorizationQueryParametersError' }],
    ['another region', good, { code: 'AuthorizationQueryParametersError' }, {}, { region: 'eu-west-1' }],
    ['signed in the future', good, { code: 'AccessDenied', message: 'Request is not yet valid' }, {}, { time: time - 15 * MINUTE - 1 }],
    ['an access key that is not known', good, { status: 403, code: 'InvalidAccessKeyId' }, {}, { secrets: { secretsFor: () => [] } }],
    ['an empty token', withField('x-amz-security-token', ''), { code: 'InvalidToken' }],
    [
      'another signature',
      withField('x-amz-signature', '0'.repeat(64)),
      {
        status: 403,
        code: 'SignatureDoesNotMatch',
        detail: { AWSAccessKeyId: accessKey, StringToSign: good.get('policy'), SignatureProvided: '0'.repeat(64) },
      },
    ],
    ['a cut-off policy', withField('policy', good.get('policy')?.slice(0, -2) ?? ''), { code: 'SignatureDoesNotMatch' }],
    ['a policy past bytes', withField('policy', '\u0101'), { code: 'InvalidPolicyDocument' }],
    ['an endless policy', withField('policy', 'a'.repeat(50_000)), { code: 'InvalidPolicyDocument' }],
  ],
  documents: [
    ['no base64', signed('{}', undefined, () => '!!!!'), invalid('Invalid JSON.')],
    ['no UTF-8', signed('', undefined, () => Buffer.from([0x22, 0xff, 0x22]).toString('base64')), invalid('Invalid JSON.')],
    ['no JSON', signed('{'), invalid('Invalid JSON.')],
    ['a comma too many', signed('{"expiration":"2013-05-24T01:00:00Z","conditions":[],}'), invalid('Invalid JSON.')],
    ['no object', signed('[]'), invalid('Invalid JSON.')],
    ['null', signed('null'), invalid('Invalid JSON.')],
    [
      'deep',
      signed(`{"expiration":"2013-05-24T01:00:00Z","conditions":${'['.repeat(9000)}${']'.repeat(9000)}}`),
      { code: 'InvalidPolicyDocument' },
    ],
    ['over 20 KB', signed(`{"expiration":"2013-05-24T01:00:00Z","conditions":[]${' '.repeat(20_480)}}`), invalid('Invalid JSON.')],
    [
      'a name twice',
      signed('{"expiration":"2013-05-24T01:00:00Z","expiration":"2099-01-01T00:00:00Z","conditions":[]}'),
      invalid('Invalid JSON.'),
    ],
    [
      'a condition’s name twice',
      signed('{"expiration":"2013-05-24T01:00:00Z","conditions":[{"key":"a","key":"k"}]}'),
      invalid('Invalid JSON.'),
    ],
    ['no expiration', signed('{"conditions":[]}'), invalid('Policy missing expiration.')],
    ['no conditions', signed('{"expiration":"2013-05-24T01:00:00Z"}'), invalid('Policy missing conditions.')],
    ['something else', form([], { key: 'k' }, { Version: '2012-10-17' }), invalid("Unexpected: 'Version'.")],
    ...['tomorrow', '1369357200', '2013-02-31T00:00:00Z', '2013-05-24T01:00:00', ''].map(
      (expiration): Row => [
        `expiration ${expiration}`,
        form([], { key: 'k' }, { expiration }),
        invalid(`Invalid 'expiration' value: '${expiration}'`),
      ],
    ),
    ['an expiration that is a number', form([], { key: 'k' }, { expiration: 1_369_357_200 }), invalid("Invalid 'expiration' value: ''")],
    ['conditions that are no list', form([], { key: 'k' }, { conditions: {} }), invalid("Invalid 'conditions' value: must be a List.")],
    ['1,001 conditions', form(Array(1001).fill({}), { key: 'k' }), { code: 'InvalidPolicyDocument' }],
    [
      'a condition of two',
      key('k', { key: 'k', acl: 'private' }),
      invalid('Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.'),
    ],
    ['a condition of none', key('k', {}), { code: 'InvalidPolicyDocument' }],
    ['a condition that is a text', key('k', 'key'), { code: 'InvalidPolicyDocument' }],
    ['a condition that is null', key('k', null), { code: 'InvalidPolicyDocument' }],
    ['a value that is a number', key('k', { 'content-length': 5 }), invalid('Invalid Simple-Condition: value must be a string.')],
    ['an operation that is not known', key('k', ['ends-with', '$key', 'k']), invalid('Invalid Condition: unknown operation.')],
    ['an operation without name', key('k', []), { code: 'InvalidPolicyDocument' }],
    ['too few arguments', key('k', ['eq', '$key']), { code: 'InvalidPolicyDocument' }],
    ['too many arguments', key('k', ['eq', '$key', 'k', 'k']), { code: 'InvalidPolicyDocument' }],
    ['arguments that are no texts', key('k', ['eq', '$key', 5]), { code: 'InvalidPolicyDocument' }],
  ],
  conditions: [
    ['expired', good, denied('Policy expired.'), {}, { time: time + 60 * MINUTE }],
    ['another bucket', good, failed(['eq', '$bucket', bucket]), {}, { bucket: 'others' }],
    ['another bucket in the form', form([{ key: 'k' }], { key: 'k', bucket: 'others' }), failed(['eq', '$bucket', bucket])],
    ['another key', key('l', { key: 'k' }), failed(['eq', '$key', 'k'])],
    ['another key, by eq', key('l', ['eq', '$key', 'k']), failed(['eq', '$key', 'k'])],
    ['a key in capitals', key('K', { key: 'k' }), failed(['eq', '$key', 'k'])],
    ['another prefix', key('users/bob/a', ['starts-with', '$key', 'users/alice/']), failed(['starts-with', '$key', 'users/alice/'])],
    [
      'a prefix that is cut off',
      key('users/alice', ['starts-with', '$key', 'users/alice/']),
      failed(['starts-with', '$key', 'users/alice/']),
    ],
    ['one of two conditions', key('ab', ['starts-with', '$key', 'a'], { key: 'a' }), failed(['eq', '$key', 'a'])],
    ['a field without its dollar', key('k', ['eq', 'key', 'k']), failed(['eq', 'key', 'k'])],
    ['a field that is missing', key('k', { key: 'k' }, { acl: 'private' }), failed(['eq', '$acl', 'private'])],
    [
      'a field that is missing and may be anything',
      key('k', { key: 'k' }, ['starts-with', '$acl', '']),
      failed(['starts-with', '$acl', '']),
    ],
    [
      'a field that no condition covers',
      form([{ key: 'k' }], { key: 'k', acl: 'public-read', 'x-amz-meta-a': '1' }),
      denied('Extra input fields: acl, x-amz-meta-a'),
    ],
    ['a key that no condition covers', key('k'), denied('Extra input fields: key')],
    [
      'a token that no condition covers',
      form([{ key: 'k' }], { key: 'k', 'x-amz-security-token': 'abc' }),
      denied('Extra input fields: x-amz-security-token'),
    ],
    [
      'one type of several',
      form([{ key: 'k' }, ['starts-with', '$Content-Type', 'image/']], { key: 'k', 'content-type': 'image/png, text/html' }),
      failed(['starts-with', '$Content-Type', 'image/']),
    ],
    [
      'a file name that leads out of the prefix',
      key('${filename}', ['starts-with', '$key', 'users/']),
      failed(['starts-with', '$key', 'users/']),
      { name: 'users/a' },
    ],
    [
      'too short',
      key('k', { key: 'k' }, ['content-length-range', 5, 10]),
      { status: 400, code: 'EntityTooSmall', detail: { ProposedSize: '4', MinSizeAllowed: '5' } },
      { size: 4 },
    ],
    [
      'too long',
      key('k', { key: 'k' }, ['content-length-range', 5, 10]),
      { status: 400, code: 'EntityTooLarge', detail: { ProposedSize: '11', MaxSizeAllowed: '10' } },
      { size: 11 },
    ],
    [
      'too long for one of two ranges',
      key('k', { key: 'k' }, ['content-length-range', 0, 10], ['content-length-range', 0, 20]),
      { code: 'EntityTooLarge' },
      { size: 15 },
    ],
    [
      'a range that is none',
      key('k', { key: 'k' }, ['content-length-range', 'test', '10']),
      failed(['content-length-range', 'test', '10']),
    ],
    ['a range below zero', key('k', { key: 'k' }, ['content-length-range', -1, 10]), failed(['content-length-range', -1, 10])],
    ['an empty range', key('k', { key: 'k' }, ['content-length-range', 10, 5]), { code: 'EntityTooSmall' }, { size: 7 }],
  ],
}

describe.each(Object.entries(refused))('refused: %s', (_, rows) => {
  for (const [what, fields, expected, file, more] of rows) {
    test(what, () => {
      expect(verify(fields, file, more)).toMatchObject({ kind: 'error', ...expected })
    })
  }
})

const taken: readonly Row[] = [
  ['exactly so', good, { key: 'k' }],
  ['at the edge of its time', good, {}, {}, { time: time + 60 * MINUTE - 1 }],
  ['any prefix', key('users/alice/x', ['starts-with', '$key', 'users/alice/']), { key: 'users/alice/x' }],
  ['anything', key('k', ['starts-with', '$key', '']), {}],
  ['an operation in capitals', key('k', ['Starts-With', '$KEY', '']), {}],
  [
    'several types',
    form([{ key: 'k' }, ['starts-with', '$content-type', 'image/']], { key: 'k', 'content-type': 'image/png, image/gif' }),
    {},
  ],
  ['an empty field that may be anything', form([{ key: 'k' }, ['starts-with', '$acl', '']], { key: 'k', acl: '' }), {}],
  ['fields to be ignored', form([{ key: 'k' }], { key: 'k', 'x-ignore-a': '1' }), {}],
  ['its bucket in the form', form([{ key: 'k' }], { key: 'k', bucket }), {}],
  ['a bucket by prefix', form([['starts-with', '$bucket', 'pho'], { key: 'k' }], { key: 'k' }), {}],
  ['a size in the range', key('k', { key: 'k' }, ['content-length-range', 5, 10]), {}, { size: 5 }],
  ['a range in quotes', key('k', { key: 'k' }, ['content-length-range', '5', '10']), {}, { size: 10 }],
  ['a file name', key('users/${filename}', ['starts-with', '$key', 'users/']), { key: 'users/a.jpg' }, { name: 'a.jpg' }],
  [
    'a file name without its folders',
    key('users/${filename}', ['starts-with', '$key', 'users/']),
    { key: 'users/a.jpg' },
    { name: '../other\\a.jpg' },
  ],
  ['a file named like the variable', key('${filename}', ['starts-with', '$key', '']), { key: '${filename}' }, { name: '${filename}' }],
  [
    'what signs is left as it is',
    form([{ key: 'k' }, { 'x-amz-security-token': 'a${filename}' }], { key: 'k', 'x-amz-security-token': 'a${filename}' }),
    {},
    { name: 'b' },
  ],
  ['no file name', key('users/${filename}', ['starts-with', '$key', 'users/']), { key: 'users/${filename}' }],
  ['the other of two secrets', good, {}, {}, { secrets: { secretsFor: () => ['other', secret] } }],
  [
    'line ends in the base64',
    signed(
      '{"expiration":"2099-01-01T00:00:00Z","conditions":[["starts-with","$key",""],["starts-with","$x-amz-algorithm",""],["starts-with","$x-amz-credential",""],["starts-with","$x-amz-date",""]]}',
      undefined,
      (text) =>
        Buffer.from(text)
          .toString('base64')
          .replace(/(.{64})/g, '$1\r\n'),
    ),
    {},
  ],
  ['colons and quotes in texts', form([{ key: 'a:"b\\":c' }], { key: 'a:"b\\":c' }), { key: 'a:"b\\":c' }],
  ['texts past ASCII', form([{ key: 'ü/€/😀' }], { key: 'ü/€/😀' }), { key: 'ü/€/😀' }],
]

describe('taken', () => {
  for (const [what, fields, expected, file, more] of taken) {
    test(what, () => {
      expect(verify(fields, file, more)).toMatchObject({ kind: 'post-form', authentication: { accessKey }, ...expected })
    })
  }

  test('a size that is not known yet is to be checked later', () => {
    const form = verify(key('k', { key: 'k' }, ['content-length-range', 5, 10], ['content-length-range', '3', '8']))
    expect(form).toMatchObject({ size: { min: 5, max: 8 } })
    expect(checkFormSize({ min: 5, max: 8 }, 8)).toBeUndefined()
    expect(checkFormSize({ min: 5, max: 8 }, 9)).toMatchObject({ code: 'EntityTooLarge' })
    expect(verify(good)).not.toHaveProperty('size')
  })

  test('a form without signature is anonymous, whatever policy it shows', () => {
    for (const fields of [[], [['policy', good.get('policy') ?? '']]] as const) {
      expect(verify(new Map([['key', 'k/${filename}'], ...fields]), { name: 'a' })).toMatchObject({
        key: 'k/a',
        authentication: { kind: 'authentication', body: { kind: 'unsigned' } },
      })
      expect(verify(new Map([['key', 'k'], ...fields]))).not.toHaveProperty('authentication.accessKey')
    }
  })
})

describe('forms that are signed here', () => {
  const toSign: PostFormToSign = {
    url: 'https://photos.s3.example.com/',
    bucket,
    key: { prefix: 'users/alice/' },
    fields: { 'Content-Type': 'image/png', acl: 'private' },
    size: { min: 1, max: 1000 },
    conditions: [['starts-with', '$x-amz-meta-note', '']],
    accessKey,
    secret,
    region,
    sessionToken: 'abc',
    expires: 600,
    time,
  }
  const fieldsOf = (form: PostFormToSign): Map<string, string> =>
    new Map(Object.entries(atOnce(signPostForm(form, nodeHashing)).fields).map(([name, value]) => [name.toLowerCase(), value]))
  const filled = (note = 'ü'): Map<string, string> => fieldsOf(toSign).set('x-amz-meta-note', note)

  test('are verified', async () => {
    expect(verify(filled(), { name: 'me.png', size: 1000 })).toMatchObject({
      key: 'users/alice/me.png',
      authentication: { accessKey, sessionToken: 'abc' },
    })
    expect(await signPostForm(toSign, webHashing)).toEqual(await signPostForm(toSign, nodeHashing))
  })

  test.each([
    ['expired', filled(), { name: 'a' }, { time: time + 600_000 }, 'AccessDenied'],
    ['another prefix', filled().set('key', 'users/bob/a'), {}, {}, 'AccessDenied'],
    ['another type', filled().set('content-type', 'text/html'), {}, {}, 'AccessDenied'],
    ['too long', filled(), { size: 1001 }, {}, 'EntityTooLarge'],
    ['another key', filled(), {}, { secrets: { secretsFor: () => ['other'] } }, 'SignatureDoesNotMatch'],
  ] as const)('%s: refused', (_, fields, file, more, code) => {
    expect(verify(fields, file, more)).toMatchObject({ code })
  })

  test('keep to one key', () => {
    const fields = fieldsOf({ ...toSign, key: 'a', conditions: [] })
    expect(verify(fields)).toMatchObject({ key: 'a' })
    expect(verify(new Map(fields).set('key', 'b'))).toMatchObject({ code: 'AccessDenied' })
  })

  test('any changed field is refused', () => {
    const fields = [...fieldsOf({ ...toSign, key: 'a/b', conditions: [] })]
    fc.assert(
      fc.property(fc.nat(fields.length - 1), fc.nat(), fc.constantFrom(...'abz09A/=+'.split('')), (which, at, char) => {
        const [name, value] = fields[which] as readonly [string, string]
        const i = at % value.length
        fc.pre(value[i] !== char)
        expect(verify(new Map(fields).set(name, value.slice(0, i) + char + value.slice(i + 1))), name).toMatchObject({ kind: 'error' })
      }),
      { numRuns: 1000, seed: 3 },
    )
  })
})
