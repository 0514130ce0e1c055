import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatPath } from '../../src/policy/json-path.js'
import { parseRequest } from '../../src/request/parse-request.js'

type Json = Readonly<Record<string, unknown>>

const account = '111122223333'
const alice = `arn:aws:iam::${account}:user/alice`
const session = `arn:aws:sts::${account}:assumed-role/app/s`
const valid: Json = { principal: { kind: 'anonymous' }, action: 's3:GetObject', bucket: 'b', key: 'k' }

/** A valid request with some members replaced, or left out where they are `undefined`. */
const requestWith = (changes: Json): Json => ({ ...valid, ...changes })
const from = (principal: Json): Json => requestWith({ principal })
const bucketRequest = (changes: Json = {}): Json => requestWith({ action: 's3:ListBucket', key: undefined, ...changes })

type Problem = readonly [code: string, path: string, message: string, help?: string]

/** Code, path, message and help, in the order of the text. */
function problemsOf(json: Json | string): readonly Problem[] {
  const { request, diagnostics } = parseRequest(json)
  expect(request === undefined).toBe(diagnostics.some(({ severity }) => severity === 'error'))
  return diagnostics
    .toSorted((a, b) => a.span.start.offset - b.span.start.offset)
    .map(
      ({ code, path, message, help }): Problem =>
        help === undefined ? [code, formatPath(path), message] : [code, formatPath(path), message, help],
    )
}

function read(json: Json | string): unknown {
  const { request, diagnostics } = parseRequest(json)
  if (request === undefined) throw new Error(JSON.stringify(diagnostics))
  return request
}

const arnHelp = 'an example is `arn:aws:iam::111122223333:user/alice`'
const kindMessage = 'a principal needs a `kind`, one of anonymous, key, aws, service, federated, canonicalUser'
const timeMessage = 'time must be a whole number of milliseconds since 1970, at most 253402300799999'
const clockMessage = (name: string) => `\`${name}\` must be one date such as \`2026-09-21T14:13:20Z\` or Unix seconds`

describe('the document', () => {
  test.each<{ text: string; problems: readonly Problem[] }>([
    { text: '', problems: [['invalid-json', '$', 'expected a value, found the end of the text']] },
    {
      text: '{',
      problems: [['invalid-json', expect.any(String) as string, 'expected a member name in double quotes, found the end of the text']],
    },
    { text: '[]', problems: [['wrong-type', '$', 'a request must be an object, found an array']] },
    { text: 'null', problems: [['wrong-type', '$', 'a request must be an object, found null']] },
    { text: '"a"', problems: [['wrong-type', '$', 'a request must be an object, found text']] },
    {
      text: '{}',
      problems: [
        ['missing-member', '$', 'a request needs `principal`'],
        ['missing-member', '$', 'a request needs `action`'],
      ],
    },
    {
      text: '{"principal":{"kind":"anonymous"},"action":"s3:ListAllMyBuckets","action":"s3:ListAllMyBuckets"}',
      problems: [['duplicate-member', '$.action', '`action` appears twice in the same object']],
    },
    {
      text: '{"principal":{"kind":"anonymous"},"action":"s3:GetObject","bucket":"b","key":"\\ud800"}',
      problems: [['lone-surrogate', '$.key', 'text holds half of a surrogate pair, which is no character']],
    },
  ])('$text', ({ text, problems }) => {
    expect(problemsOf(text)).toEqual(problems)
  })

  test.each<{ json: Json; problems: readonly Problem[] }>([
    { json: requestWith({ principal: undefined }), problems: [['missing-member', '$', 'a request needs `principal`']] },
    { json: requestWith({ action: undefined }), problems: [['missing-member', '$', 'a request needs `action`']] },
    {
      json: requestWith({ Bucket: 'b' }),
      problems: [['unknown-member', '$.Bucket', 'a request has no member `Bucket`', 'did you mean `bucket`?']],
    },
    {
      json: requestWith({ signature: 'x' }),
      problems: [
        [
          'unknown-member',
          '$.signature',
          'a request has no member `signature`',
          'its members are `principal`, `action`, `operation`, `bucket`, `key`, `time`, `context`, `unknown`',
        ],
      ],
    },
    { json: requestWith({ action: 1 }), problems: [['wrong-type', '$.action', 'action must be text, found a number']] },
    {
      json: requestWith({ bucket: null }),
      problems: [
        ['missing-bucket', '$', '`s3:GetObject` needs a bucket', 'add `bucket`'],
        ['wrong-type', '$.bucket', 'bucket must be text, found null'],
      ],
    },
    {
      json: requestWith({ key: ['k'] }),
      problems: [
        ['missing-key', '$', '`s3:GetObject` needs an object', 'add `key`'],
        ['wrong-type', '$.key', 'key must be text, found an array'],
      ],
    },
    { json: requestWith({ operation: true }), problems: [['wrong-type', '$.operation', 'operation must be text, found a boolean']] },
    { json: requestWith({ operation: '' }), problems: [['invalid-value', '$.operation', 'operation must not be empty']] },
    { json: requestWith({ bucket: '' }), problems: [['invalid-value', '$.bucket', 'bucket must not be empty']] },
    { json: requestWith({ key: '' }), problems: [['invalid-value', '$.key', 'key must not be empty']] },
    {
      json: requestWith({ key: '\ude00' }),
      problems: [['lone-surrogate', '$.key', 'text holds half of a surrogate pair, which is no character']],
    },
    {
      json: requestWith({ bucket: '\ud83d' }),
      problems: [['lone-surrogate', '$.bucket', 'text holds half of a surrogate pair, which is no character']],
    },
  ])('$json', ({ json, problems }) => {
    expect(problemsOf(json)).toEqual(problems)
  })

  test('a member called __proto__ is unknown, and reaches no prototype', () => {
    expect(
      problemsOf('{"__proto__":{"principal":{"kind":"anonymous"},"action":"s3:ListAllMyBuckets"}}').map(([code, path]) => [code, path]),
    ).toEqual([
      ['missing-member', '$'],
      ['missing-member', '$'],
      ['unknown-member', '$.__proto__'],
    ])
  })
})

describe('actions and resources', () => {
  const missingBucket = (action: string): Problem => ['missing-bucket', '$', `\`${action}\` needs a bucket`, 'add `bucket`']
  const missingKey = (action: string): Problem => ['missing-key', '$', `\`${action}\` needs an object`, 'add `key`']

  test.each<{ json: Json; problems: readonly Problem[] }>([
    { json: requestWith({}), problems: [] },
    { json: requestWith({ key: undefined }), problems: [missingKey('s3:GetObject')] },
    { json: requestWith({ bucket: undefined }), problems: [missingBucket('s3:GetObject')] },
    { json: requestWith({ bucket: undefined, key: undefined }), problems: [missingBucket('s3:GetObject'), missingKey('s3:GetObject')] },
    { json: requestWith({ action: 's3:getobject', key: undefined }), problems: [missingKey('s3:GetObject')] },
    { json: bucketRequest(), problems: [] },
    { json: bucketRequest({ key: 'k' }), problems: [] },
    { json: bucketRequest({ bucket: undefined }), problems: [missingBucket('s3:ListBucket')] },
    { json: bucketRequest({ action: 's3:ListAllMyBuckets', bucket: undefined }), problems: [] },
    { json: bucketRequest({ action: 's3:ListAllMyBuckets' }), problems: [] },
    { json: bucketRequest({ action: 's3:CreateAccessPoint', bucket: undefined }), problems: [] },
    { json: bucketRequest({ action: 's3:CreateBucket', bucket: undefined }), problems: [missingBucket('s3:CreateBucket')] },
  ])('$json', ({ json, problems }) => {
    expect(problemsOf(json)).toEqual(problems)
  })

  test.each(['s3:GetObjct', 'iam:CreateUser', '', 's3:*', '__proto__', 'GetObject', 's3:GetObject '])(
    'there is no action %j: a warning',
    (action) => {
      const { request, diagnostics } = parseRequest(bucketRequest({ action, bucket: undefined }))
      expect(request?.action).toBe(action)
      expect(diagnostics).toMatchObject([
        {
          code: 'unknown-action',
          severity: 'warning',
          path: ['action'],
          message: `there is no S3 action \`${action}\`, so nothing allows it`,
        },
      ])
    },
  )

  test('a name that is nearly an action gets a suggestion', () => {
    expect(parseRequest(bucketRequest({ action: 's3:GetObjct' })).diagnostics[0]?.help).toBe('did you mean `s3:GetObject`?')
    expect(parseRequest(bucketRequest({ action: 'x'.repeat(70) })).diagnostics[0]?.help).toBeUndefined()
  })

  test.each([
    { action: 's3:GetObject', read: 's3:GetObject' },
    { action: 'S3:GETOBJECT', read: 's3:GetObject' },
    { action: 's3:getobject', read: 's3:GetObject' },
    { action: 's3:Frobnicate', read: 's3:Frobnicate' },
    { action: 's3:GetObject\u212a', read: 's3:GetObject\u212a' },
  ])('$action is $read', ({ action, read: expected }) => {
    expect(read(requestWith({ action }))).toMatchObject({ action: expected })
  })

  test('bucket and key stay as they are', () => {
    const key = '../a//b/%2e\u0000é😀*?${x}'
    expect(read(requestWith({ bucket: 'B*', key, operation: 'HeadObject' }))).toEqual({
      ...valid,
      bucket: 'B*',
      key,
      operation: 'HeadObject',
    })
    expect(Object.keys(read({ principal: { kind: 'anonymous' }, action: 's3:ListAllMyBuckets' }) as object)).toEqual([
      'principal',
      'action',
    ])
  })
})

describe('principals', () => {
  test.each<{ principal: Json }>([
    { principal: { kind: 'anonymous' } },
    { principal: { kind: 'key', accessKey: 'AK' } },
    { principal: { kind: 'service', service: 's' } },
    { principal: { kind: 'federated', provider: 'p' } },
    { principal: { kind: 'canonicalUser', id: 'c' } },
    { principal: { kind: 'aws', arn: alice } },
    { principal: { kind: 'aws', arn: alice, account, userId: 'AIDA', identityVerdict: 'Allow' } },
    { principal: { kind: 'aws', arn: alice, identityVerdict: 'ExplicitDeny' } },
    { principal: { kind: 'aws', arn: alice, identityVerdict: 'ImplicitDeny' } },
    { principal: { kind: 'aws', arn: session, roleArn: `arn:aws:iam::${account}:role/app` } },
    { principal: { kind: 'aws', arn: session, roleArn: `arn:aws:iam::${account}:role/team/app` } },
    { principal: { kind: 'aws', arn: session, roleArn: `arn:aws-cn:iam::${account}:role/app` } },
    { principal: { kind: 'aws', arn: 'arn:aws:iam:::user/alice', account: '5' } },
    { principal: { kind: 'aws', arn: 'arn:aws:x:::y' } },
    { principal: { kind: 'service', service: '*' } },
  ])('$principal', ({ principal }) => {
    expect(problemsOf(from(principal))).toEqual([])
    expect(read(from(principal))).toMatchObject({ principal })
  })

  test.each<{ principal: unknown; problems: readonly Problem[] }>([
    { principal: 'anonymous', problems: [['wrong-type', '$.principal', 'principal must be an object, found text']] },
    { principal: null, problems: [['wrong-type', '$.principal', 'principal must be an object, found null']] },
    { principal: {}, problems: [['invalid-value', '$.principal', kindMessage]] },
    { principal: { kind: 'nobody' }, problems: [['invalid-value', '$.principal.kind', kindMessage]] },
    { principal: { kind: 'Anonymous' }, problems: [['invalid-value', '$.principal.kind', kindMessage]] },
    { principal: { kind: '' }, problems: [['invalid-value', '$.principal.kind', kindMessage]] },
    ...['__proto__', 'constructor', 'toString', 'hasOwnProperty'].map((kind) => ({
      principal: { kind },
      problems: [['invalid-value', '$.principal.kind', kindMessage]] as const satisfies readonly Problem[],
    })),
    {
      principal: { kind: 1 },
      problems: [
        ['wrong-type', '$.principal.kind', 'kind must be text, found a number'],
        ['invalid-value', '$.principal.kind', kindMessage],
      ],
    },
    {
      principal: { kind: 'anonymous', arn: alice },
      problems: [['unknown-member', '$.principal.arn', 'a principal of kind anonymous has no member `arn`', 'its members are `kind`']],
    },
    { principal: { kind: 'key' }, problems: [['missing-member', '$.principal', 'a principal of kind key needs `accessKey`']] },
    {
      principal: { kind: 'key', accesskey: 'AK' },
      problems: [
        ['missing-member', '$.principal', 'a principal of kind key needs `accessKey`'],
        ['unknown-member', '$.principal.accesskey', 'a principal of kind key has no member `accesskey`', 'did you mean `accessKey`?'],
      ],
    },
    { principal: { kind: 'key', accessKey: '' }, problems: [['invalid-value', '$.principal.accessKey', 'accessKey must not be empty']] },
    {
      principal: { kind: 'key', accessKey: 5 },
      problems: [['wrong-type', '$.principal.accessKey', 'accessKey must be text, found a number']],
    },
    {
      principal: { kind: 'key', accessKey: 'AK', account },
      problems: [
        ['unknown-member', '$.principal.account', 'a principal of kind key has no member `account`', 'its members are `kind`, `accessKey`'],
      ],
    },
    { principal: { kind: 'service' }, problems: [['missing-member', '$.principal', 'a principal of kind service needs `service`']] },
    { principal: { kind: 'service', service: '' }, problems: [['invalid-value', '$.principal.service', 'service must not be empty']] },
    { principal: { kind: 'federated' }, problems: [['missing-member', '$.principal', 'a principal of kind federated needs `provider`']] },
    { principal: { kind: 'canonicalUser' }, problems: [['missing-member', '$.principal', 'a principal of kind canonicalUser needs `id`']] },
    { principal: { kind: 'aws' }, problems: [['missing-member', '$.principal', 'a principal of kind aws needs `arn`']] },
    {
      principal: { kind: 'aws', arn: '' },
      problems: [
        ['invalid-value', '$.principal.arn', 'arn must not be empty'],
        ['invalid-value', '$.principal.arn', '`` is no ARN', arnHelp],
      ],
    },
    { principal: { kind: 'aws', arn: 'alice' }, problems: [['invalid-value', '$.principal.arn', '`alice` is no ARN', arnHelp]] },
    {
      principal: { kind: 'aws', arn: 'arn:aws:iam::1' },
      problems: [['invalid-value', '$.principal.arn', '`arn:aws:iam::1` is no ARN', arnHelp]],
    },
    {
      principal: { kind: 'aws', arn: 'urn:aws:iam::1:root' },
      problems: [['invalid-value', '$.principal.arn', '`urn:aws:iam::1:root` is no ARN', arnHelp]],
    },
    {
      principal: { kind: 'aws', arn: alice, account: '444455556666' },
      problems: [['account-mismatch', '$.principal.account', 'the ARN is of account `111122223333`', 'leave `account` out']],
    },
    {
      principal: { kind: 'aws', arn: alice, account: '' },
      problems: [
        ['invalid-value', '$.principal.account', 'account must not be empty'],
        ['account-mismatch', '$.principal.account', 'the ARN is of account `111122223333`', 'leave `account` out'],
      ],
    },
    {
      principal: { kind: 'aws', arn: alice, account: 5 },
      problems: [['wrong-type', '$.principal.account', 'account must be text, found a number']],
    },
    {
      principal: { kind: 'aws', arn: alice, identityVerdict: 'Deny' },
      problems: [['invalid-value', '$.principal.identityVerdict', 'identityVerdict must be one of Allow, ExplicitDeny, ImplicitDeny']],
    },
    {
      principal: { kind: 'aws', arn: alice, identityVerdict: 'allow' },
      problems: [['invalid-value', '$.principal.identityVerdict', 'identityVerdict must be one of Allow, ExplicitDeny, ImplicitDeny']],
    },
    {
      principal: { kind: 'aws', arn: alice, roleArn: `arn:aws:iam::${account}:role/app` },
      problems: [['invalid-value', '$.principal.roleArn', 'only a session (`…:assumed-role/role/name`) has a `roleArn`']],
    },
    {
      principal: { kind: 'aws', arn: session, roleArn: 'app' },
      problems: [['invalid-value', '$.principal.roleArn', "`app` is no role's ARN"]],
    },
    {
      principal: { kind: 'aws', arn: session, roleArn: alice },
      problems: [['invalid-value', '$.principal.roleArn', `\`${alice}\` is no role's ARN`]],
    },
    {
      principal: { kind: 'aws', arn: session, roleArn: session },
      problems: [['invalid-value', '$.principal.roleArn', `\`${session}\` is no role's ARN`]],
    },
    {
      principal: { kind: 'aws', arn: session, roleArn: `arn:aws:iam::${account}:role/other` },
      problems: [['account-mismatch', '$.principal.roleArn', `the session is of another role than \`arn:aws:iam::${account}:role/other\``]],
    },
    {
      principal: { kind: 'aws', arn: session, roleArn: 'arn:aws:iam::444455556666:role/app' },
      problems: [['account-mismatch', '$.principal.roleArn', 'the session is of another role than `arn:aws:iam::444455556666:role/app`']],
    },
    {
      principal: { kind: 'aws', arn: session, roleArn: `arn:aws:iam::${account}:role/App` },
      problems: [['account-mismatch', '$.principal.roleArn', `the session is of another role than \`arn:aws:iam::${account}:role/App\``]],
    },
  ])('$principal', ({ principal, problems }) => {
    expect(problemsOf(requestWith({ principal }))).toEqual(problems)
  })
})

describe('the context', () => {
  test.each<{ context: Json; read: Json }>([
    { context: {}, read: {} },
    { context: { 'aws:sourceip': '10.0.0.1' }, read: { 'aws:SourceIp': '10.0.0.1' } },
    { context: { 'S3:MAX-KEYS': 10 }, read: { 's3:max-keys': '10' } },
    { context: { 'aws:SecureTransport': true }, read: { 'aws:SecureTransport': 'true' } },
    { context: { 's3:RequestObjectTagKeys': ['a', 1, false] }, read: { 's3:RequestObjectTagKeys': ['a', '1', 'false'] } },
    { context: { 'aws:SourceIp': [] }, read: { 'aws:SourceIp': [] } },
    { context: { 'aws:SourceIp': '' }, read: { 'aws:SourceIp': '' } },
    { context: { 'AWS:PrincipalTag/Team': 'x' }, read: { 'aws:PrincipalTag/team': 'x' } },
    {
      context: { 'S3:existingobjecttag/Env': 'x', 's3:ExistingObjectTag/env': 'y' },
      read: { 's3:ExistingObjectTag/Env': 'x', 's3:ExistingObjectTag/env': 'y' },
    },
    { context: { 'Saml:Sub': 'x' }, read: { 'saml:sub': 'x' } },
    { context: { constructor: 'x', toString: 'y', '': 'z' }, read: { constructor: 'x', tostring: 'y', '': 'z' } },
  ])('$context', ({ context, read: expected }) => {
    const { context: given } = read(requestWith({ context })) as { context: Json }
    expect({ ...given }).toEqual(expected)
    expect(Object.getPrototypeOf(given)).toBeNull()
  })

  test('numbers stay as they are spelled, and __proto__ is a name', () => {
    const text = JSON.stringify(valid).replace(/}$/, ',"context":{"s3:max-keys":1e3,"aws:MultiFactorAuthAge":10.0,"__proto__":"x"}}')
    const { context } = read(text) as { context: Json }
    expect(Object.entries(context)).toEqual([
      ['s3:max-keys', '1e3'],
      ['aws:MultiFactorAuthAge', '10.0'],
      ['__proto__', 'x'],
    ])
  })

  test.each<{ context: unknown; problems: readonly Problem[] }>([
    { context: [], problems: [['wrong-type', '$.context', 'context must be an object, found an array']] },
    { context: 'x', problems: [['wrong-type', '$.context', 'context must be an object, found text']] },
    { context: { a: null }, problems: [['wrong-type', '$.context.a', 'the value of a must be text, a number, or a boolean, found null']] },
    {
      context: { a: {} },
      problems: [['wrong-type', '$.context.a', 'the value of a must be text, a number, or a boolean, found an object']],
    },
    {
      context: { a: ['x', null] },
      problems: [['wrong-type', '$.context.a[1]', 'the value of a must be text, a number, or a boolean, found null']],
    },
    {
      context: { a: [['x']] },
      problems: [['wrong-type', '$.context.a[0]', 'the value of a must be text, a number, or a boolean, found an array']],
    },
    {
      context: { 'aws:SourceIp': 'x', 'AWS:sourceip': 'x' },
      problems: [
        ['duplicate-name', '$.context["AWS:sourceip"]', '`aws:SourceIp` is given twice, in two spellings', 'give it once, as a list'],
      ],
    },
    {
      context: { 'aws:PrincipalTag/Team': 'x', 'aws:principaltag/TEAM': [] },
      problems: [
        [
          'duplicate-name',
          '$.context["aws:principaltag/TEAM"]',
          '`aws:PrincipalTag/team` is given twice, in two spellings',
          'give it once, as a list',
        ],
      ],
    },
    {
      context: { 'no:Such': 'x', 'no:such': 'y' },
      problems: [['duplicate-name', '$.context["no:such"]', '`no:such` is given twice, in two spellings', 'give it once, as a list']],
    },
    {
      context: { a: '\ud800' },
      problems: [['lone-surrogate', '$.context.a', 'text holds half of a surrogate pair, which is no character']],
    },
  ])('$context', ({ context, problems }) => {
    expect(problemsOf(requestWith({ context }))).toEqual(problems)
  })

  test.each<{ principal: Json; context: Json; problems: readonly Problem[] }>([
    { principal: { kind: 'aws', arn: alice }, context: { 'AWS:UserName': 'alice', 'aws:PrincipalAccount': [account] }, problems: [] },
    {
      principal: { kind: 'aws', arn: alice },
      context: { 'AWS:UserName': 'bob' },
      problems: [['derived-key-conflict', '$.context', '`aws:username` follows from the principal: it must be `alice`', 'leave it out']],
    },
    {
      principal: { kind: 'anonymous' },
      context: { 'aws:username': 'bob', 'aws:userid': 'bob' },
      problems: [
        ['derived-key-conflict', '$.context', '`aws:userid` follows from the principal: it must be `anonymous`', 'leave it out'],
        ['derived-key-conflict', '$.context', '`aws:username` follows from the principal: it must be absent', 'leave it out'],
      ],
    },
    // What depends on the snapshot is compared where that is known.
    { principal: { kind: 'key', accessKey: 'AK' }, context: { 'aws:username': 'bob' }, problems: [] },
    { principal: { kind: 'anonymous' }, context: { 'aws:ResourceAccount': 'x' }, problems: [] },
    { principal: { kind: 'canonicalUser', id: 'c' }, context: { 'aws:PrincipalAccount': 'x', 'aws:userid': 'y' }, problems: [] },
    { principal: { kind: 'service', service: 's' }, context: { 'aws:PrincipalArn': 'x' }, problems: [] },
  ])('$principal with $context', ({ principal, context, problems }) => {
    expect(problemsOf(requestWith({ principal, context }))).toEqual(problems)
  })
})

describe('unknown', () => {
  // The names come out in the catalogue's spelling, in their order; a name that is there twice stays there twice.
  test.each<{ unknown: readonly string[]; names: readonly string[] }>([
    { unknown: [], names: [] },
    { unknown: ['aws:SourceIp'], names: ['aws:SourceIp'] },
    { unknown: ['AWS:sourceip', 's3:ExistingObjectTag/*', '__proto__'], names: ['aws:SourceIp', 's3:ExistingObjectTag/*', '__proto__'] },
    { unknown: ['S3:EXISTINGOBJECTTAG/*', 'AWS:principaltag/*'], names: ['s3:ExistingObjectTag/*', 'aws:PrincipalTag/*'] },
    { unknown: ['S3:existingobjecttag/Env', 'AWS:PRINCIPALTAG/Team'], names: ['s3:ExistingObjectTag/Env', 'aws:PrincipalTag/team'] },
    { unknown: ['Saml:Sub', 'FOO/*', 'toString'], names: ['saml:sub', 'foo/*', 'tostring'] },
    { unknown: ['b', 'aws:SourceIp', 'AWS:SOURCEIP', 'a'], names: ['b', 'aws:SourceIp', 'aws:SourceIp', 'a'] },
  ])('$unknown is read as $names', ({ unknown, names }) => {
    expect(read(requestWith({ unknown }))).toMatchObject({ unknown: names })
  })

  test.each<{ unknown: unknown; problems: readonly Problem[] }>([
    { unknown: 'aws:SourceIp', problems: [['wrong-type', '$.unknown', 'unknown must be an array, found text']] },
    { unknown: {}, problems: [['wrong-type', '$.unknown', 'unknown must be an array, found an object']] },
    { unknown: ['a', 1], problems: [['wrong-type', '$.unknown[1]', 'a name in unknown must be text, found a number']] },
    { unknown: ['a', ''], problems: [['invalid-value', '$.unknown[1]', 'a name in unknown must not be empty']] },
  ])('$unknown', ({ unknown, problems }) => {
    expect(problemsOf(requestWith({ unknown }))).toEqual(problems)
  })
})

describe('the clock', () => {
  const now = 1_790_000_000_000

  test.each<{ time?: unknown; context?: Json; read: number | undefined }>([
    { read: undefined },
    { context: {}, read: undefined },
    { time: 0, read: 0 },
    { time: now, read: now },
    { time: 253_402_300_799_999, read: 253_402_300_799_999 },
    { context: { 'aws:CurrentTime': '2026-09-21T14:13:20Z' }, read: now },
    { context: { 'AWS:currenttime': '2026-09-21T16:13:20.123+02:00' }, read: now + 123 },
    { context: { 'aws:CurrentTime': '2026-09-21' }, read: 1_789_948_800_000 },
    { context: { 'aws:CurrentTime': '1790000000' }, read: now },
    { context: { 'aws:CurrentTime': '2026-09-21T14:13:20.0009Z' }, read: now },
    { context: { 'aws:EpochTime': '1790000000' }, read: now },
    { context: { 'aws:EpochTime': 1_790_000_000 }, read: now },
    { context: { 'aws:EpochTime': '0' }, read: 0 },
    { context: { 'aws:EpochTime': '2026-09-21T14:13:20Z' }, read: now },
    { context: { 'aws:EpochTime': '253402300799' }, read: 253_402_300_799_000 },
    { context: { 'aws:CurrentTime': '2026-09-21T14:13:20.5Z', 'aws:EpochTime': '1790000000' }, read: now + 500 },
    { context: { 'aws:EpochTime': '1790000000', 'aws:CurrentTime': '2026-09-21T14:13:20.5Z' }, read: now + 500 },
    { time: now + 500, context: { 'aws:CurrentTime': '2026-09-21T14:13:20.5Z', 'aws:EpochTime': 1_790_000_000 }, read: now + 500 },
    { time: now + 999, context: { 'aws:EpochTime': 1_790_000_000 }, read: now + 999 },
    { time: now, context: { 'aws:CurrentTime': '2026-09-21T14:13:20.000999Z' }, read: now },
  ])('$time and $context: $read', ({ time, context, read: expected }) => {
    const request = read(requestWith({ time, context })) as { time?: number }
    expect(request.time).toBe(expected)
    expect('time' in request).toBe(expected !== undefined)
  })

  test.each<{ time?: unknown; context?: Json; problems: readonly Problem[] }>([
    ...[-1, 0.5, 253_402_300_800_000, 1e300, '0', `${now}`, null, true, [0], {}].map((time) => ({
      time,
      problems: [['invalid-value', '$.time', timeMessage]] as const satisfies readonly Problem[],
    })),
    ...['', 'now', '2026-09-21T14:13:20', '-1', '253402300800', ['2026-09-21', '2026-09-21'], '1e9', true].map((given) => ({
      context: { 'aws:CurrentTime': given },
      problems: [['invalid-value', '$.context', clockMessage('aws:CurrentTime')]] as const satisfies readonly Problem[],
    })),
    { context: { 'AWS:epochtime': 'x' }, problems: [['invalid-value', '$.context', clockMessage('aws:EpochTime')]] },
    { time: now, context: { 'aws:EpochTime': '-0.5' }, problems: [['invalid-value', '$.context', clockMessage('aws:EpochTime')]] },
    {
      time: now,
      context: { 'aws:CurrentTime': '2026-09-21T14:13:20.001Z' },
      problems: [['invalid-value', '$.context', '`aws:CurrentTime` is another time than `time`', 'give the time once']],
    },
    {
      time: now,
      context: { 'aws:EpochTime': '1790000001' },
      problems: [['invalid-value', '$.context', '`aws:EpochTime` is another time than `time`', 'give the time once']],
    },
    {
      time: now,
      context: { 'aws:EpochTime': '1789999999' },
      problems: [['invalid-value', '$.context', '`aws:EpochTime` is another time than `time`', 'give the time once']],
    },
    {
      context: { 'aws:CurrentTime': '2026-09-21T14:13:20Z', 'aws:EpochTime': '1790000001' },
      problems: [['invalid-value', '$.context', '`aws:EpochTime` is another time than `time`', 'give the time once']],
    },
    {
      time: -1,
      context: { 'aws:CurrentTime': 'x', 'aws:EpochTime': 'y' },
      problems: [
        ['invalid-value', '$.time', timeMessage],
        ['invalid-value', '$.context', clockMessage('aws:CurrentTime')],
        ['invalid-value', '$.context', clockMessage('aws:EpochTime')],
      ],
    },
  ])('$time and $context', ({ time, context, problems }) => {
    expect(problemsOf(requestWith({ time, context }))).toEqual(problems)
  })

  test('an empty list is an absent key here too, and a list of one is one value', () => {
    expect(problemsOf(requestWith({ context: { 'aws:CurrentTime': [] } }))).toEqual([])
    expect(read(requestWith({ context: { 'aws:EpochTime': ['1790000000'] } }))).toMatchObject({ time: now })
  })
})

describe('parseRequest', () => {
  test('text and object are the same request', () => {
    const json = requestWith({ principal: { kind: 'aws', arn: alice }, context: { 'AWS:sourceip': '10.0.0.1' }, time: 5, unknown: ['a'] })
    expect(parseRequest(JSON.stringify(json))).toEqual(parseRequest(json))
    expect(read(json)).toEqual({ ...json, context: expect.objectContaining({ 'aws:SourceIp': '10.0.0.1' }) })
  })

  test('several problems at once', () => {
    expect(
      problemsOf({ principal: { kind: 'aws', arn: 'x' }, action: 's3:GetObject', Key: 'k', time: 'now', context: 1, unknown: [''] }).map(
        ([code, path]) => [code, path],
      ),
    ).toEqual([
      ['missing-bucket', '$'],
      ['missing-key', '$'],
      ['invalid-value', '$.principal.arn'],
      ['unknown-member', '$.Key'],
      ['invalid-value', '$.time'],
      ['wrong-type', '$.context'],
      ['invalid-value', '$.unknown[0]'],
    ])
  })

  test('a request that has been read reads as itself', () => {
    const name = fc.constantFrom('aws:SourceIp', 'AWS:sourceip', 's3:ExistingObjectTag/A', 'aws:PrincipalTag/B', 'x:Y', '__proto__')
    const context = fc.dictionary(name, fc.oneof(fc.string(), fc.array(fc.string(), { maxLength: 2 })), {
      maxKeys: 3,
      noNullPrototype: true,
    })
    const json = fc.record(
      {
        principal: fc.constantFrom({ kind: 'anonymous' }, { kind: 'key', accessKey: 'AK' }, { kind: 'aws', arn: alice }),
        action: fc.constantFrom('s3:GetObject', 's3:LISTBUCKET', 's3:Nothing', 's3:ListAllMyBuckets'),
        bucket: fc.constantFrom('a', 'b'),
        key: fc.string({ minLength: 1 }),
        time: fc.nat(),
        context,
        unknown: fc.array(fc.constantFrom('aws:SourceIp', 'x')),
      },
      { requiredKeys: ['principal', 'action', 'bucket', 'key'], noNullPrototype: true },
    )
    fc.assert(
      fc.property(json, (given) => {
        const { request } = parseRequest(given)
        fc.pre(request !== undefined)
        expect(parseRequest(JSON.stringify(request)).request).toEqual(request)
      }),
    )
  })

  test('never throws on JSON, and gives a request exactly if there is no error', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.jsonValue(),
          fc.record({
            principal: fc.jsonValue(),
            action: fc.jsonValue(),
            context: fc.jsonValue(),
            time: fc.jsonValue(),
            unknown: fc.jsonValue(),
          }),
        ),
        (json) => {
          const { request, diagnostics } = parseRequest(JSON.stringify(json))
          expect(request === undefined).toBe(diagnostics.some(({ severity }) => severity === 'error'))
        },
      ),
      { numRuns: 500 },
    )
  })
})
