import { describe, expect, test } from 'vitest'
import { actions } from '../../src/catalog/actions.js'
import { conditionKeys } from '../../src/catalog/condition-keys.js'
import type { Principal } from '../../src/request/principal.js'
import { keySources } from '../../src/s3/context/key-sources.js'
import type { RequestFacts } from '../../src/s3/facts.js'
import { operations } from '../../src/s3/operations/operations.js'
import { planRequest } from '../../src/s3/planning/plan-request.js'
import type { S3Request } from '../../src/s3/routing/s3-request.js'
import type { S3Body } from '../../src/xml/body.js'
import { type Extra, facts, keyOf, planned, route, valueIn } from './ask.js'

const unknown = { unknown: true }
const anonymous: Principal = { kind: 'anonymous' }
const aws: Principal = { kind: 'aws', arn: 'arn:aws:iam::111122223333:user/alice' }
const day = 86_400_000
const now = facts.time as number

test('every condition key of the catalogue has a source, and no other', () => {
  expect([...keySources.keys()].sort()).toEqual(conditionKeys.map(({ name }) => name).sort())
})

test('families are told by tags, by the embedder or by nobody', () => {
  for (const [name, { from }] of keySources) if (name.endsWith('/')) expect(['tags', 'embedder', 'nowhere'], name).toContain(from)
})

test('what rows call untold are condition keys', () => {
  const names = conditionKeys.map(({ name }) => name)
  for (const { untold = [] } of operations) expect(names).toEqual(expect.arrayContaining([...untold]))
})

test('an action that lacks a key never carries it', () => {
  const lacking = actions.filter(({ name }) => name === 's3:GetBucketObjectLockConfiguration')
  expect(lacking[0]?.lacks).toContain('s3:x-amz-content-sha256')
  expect(keyOf('GET /b?object-lock', 's3:GetBucketObjectLockConfiguration', 's3:x-amz-content-sha256')).toBeUndefined()
})

type Row = [line: string, action: string, key: string, value: unknown, extra?: Extra]
const h = (headers: Record<string, string>): Extra => ({ headers })
const f = (other: Extra['facts']): Extra => (other === undefined ? {} : { facts: other })
const missing = (...names: (keyof typeof facts)[]): Extra => ({ facts: Object.fromEntries(names.map((name) => [name, undefined])) })

describe.each<{ title: string; rows: readonly Row[] }>([
  {
    title: 'headers',
    rows: [
      ['PUT /b/k', 's3:PutObject', 's3:x-amz-acl', 'private', h({ 'x-amz-acl': 'private' })],
      ['PUT /b/k', 's3:PutObject', 's3:x-amz-acl', undefined],
      ['PUT /b/k?X-Amz-Acl=private', 's3:PutObject', 's3:x-amz-acl', 'private'],
      ['PUT /b/k', 's3:PutObject', 's3:x-amz-storage-class', 'é', h({ 'x-amz-storage-class': '\xc3\xa9' })],
      ['PUT /b/k', 's3:PutObject', 's3:x-amz-storage-class', unknown, h({ 'x-amz-storage-class': '\xff' })],
      ['PUT /b/k', 's3:PutObject', 's3:x-amz-storage-class', '', h({ 'x-amz-storage-class': '' })],
      // What has no effect on the operation answers no condition.
      ['PUT /b/k', 's3:PutObject', 's3:x-amz-metadata-directive', undefined, h({ 'x-amz-metadata-directive': 'COPY' })],
      ['PUT /b/k?uploadId=u&partNumber=1', 's3:PutObject', 's3:x-amz-acl', undefined, h({ 'x-amz-acl': 'private' })],
      ['PUT /b/k?uploadId=u&partNumber=1', 's3:PutObject', 's3:object-lock-mode', undefined, h({ 'x-amz-object-lock-mode': 'x' })],
      ['GET /b/k', 's3:GetObject', 's3:if-match', undefined, h({ 'if-match': '"e"' })],
      ['PUT /b/k', 's3:PutObject', 's3:if-match', '"e"', h({ 'if-match': '"e"' })],
      ['PUT /b/k', 's3:GetObject', 's3:if-match', undefined, h({ 'if-match': '"e"' })],
      ['PUT /b/k', 's3:PutObject', 's3:if-none-match', '*', h({ 'if-none-match': '*' })],
      ['DELETE /b/k', 's3:DeleteObject', 's3:if-match', '*', h({ 'if-match': '*' })],
      ['PUT /b/k?annotation', 's3:PutObjectAnnotation', 's3:x-amz-object-if-match', '"e"', h({ 'x-amz-object-if-match': '"e"' })],
      ['PUT /b', 's3:CreateBucket', 's3:x-amz-object-ownership', 'ObjectWriter', h({ 'x-amz-object-ownership': 'ObjectWriter' })],
      ['GET /b/k', 's3:GetObject', 'aws:referer', 'https://example.com/', h({ referer: 'https://example.com/' })],
      ['GET /b/k', 's3:GetObject', 'aws:referer', undefined],
      ['GET /b/k', 's3:GetObject', 'aws:UserAgent', 'curl', h({ 'user-agent': 'curl' })],
      ['GET /b/k', 's3:GetObject', 'aws:UserAgent', unknown, h({ 'user-agent': '\xff' })],
    ],
  },
  {
    title: 'copies',
    rows: [
      ['PUT /b/k', 's3:PutObject', 's3:x-amz-copy-source', '/c/%70', h({ 'x-amz-copy-source': '/c/%70' })],
      ['PUT /b/k', 's3:GetObject', 's3:x-amz-copy-source', undefined, h({ 'x-amz-copy-source': '/c/d' })],
      ['PUT /b/k?uploadId=u&partNumber=1', 's3:PutObject', 's3:x-amz-copy-source', 'c/d', h({ 'x-amz-copy-source': 'c/d' })],
      [
        'PUT /b/k',
        's3:PutObject',
        's3:x-amz-metadata-directive',
        'COPY',
        h({ 'x-amz-copy-source': 'c/d', 'x-amz-metadata-directive': 'COPY' }),
      ],
      [
        'PUT /b/k?uploadId=u&partNumber=1',
        's3:PutObject',
        's3:x-amz-metadata-directive',
        undefined,
        h({ 'x-amz-copy-source': 'c/d', 'x-amz-metadata-directive': 'COPY' }),
      ],
      ['PUT /b/k', 's3:GetObjectVersion', 's3:versionid', 'v', h({ 'x-amz-copy-source': 'c/d?versionId=v' })],
      ['PUT /b/k', 's3:PutObject', 's3:versionid', undefined, h({ 'x-amz-copy-source': 'c/d?versionId=v' })],
      ['PUT /b/k', 's3:PutObject', 's3:RequestObjectTagKeys', undefined, h({ 'x-amz-copy-source': 'c/d', 'x-amz-tagging': 'a=b' })],
      [
        'PUT /b/k',
        's3:PutObject',
        's3:RequestObjectTagKeys',
        ['a'],
        h({ 'x-amz-copy-source': 'c/d', 'x-amz-tagging': 'a=b', 'x-amz-tagging-directive': 'REPLACE' }),
      ],
    ],
  },
  {
    title: 'parameters',
    rows: [
      ['GET /b?prefix=a%2Fb', 's3:ListBucket', 's3:prefix', 'a/b'],
      ['GET /b?prefix=a+b', 's3:ListBucket', 's3:prefix', 'a b'],
      ['GET /b?prefix=', 's3:ListBucket', 's3:prefix', ''],
      ['GET /b', 's3:ListBucket', 's3:prefix', undefined],
      ['GET /b?list-type=2&delimiter=/', 's3:ListBucket', 's3:delimiter', '/'],
      ['GET /b?max-keys=5', 's3:ListBucket', 's3:max-keys', '5'],
      ['GET /b', 's3:ListBucket', 's3:max-keys', '1000'],
      ['GET /b?versions', 's3:ListBucketVersions', 's3:max-keys', '1000'],
      ['HEAD /b', 's3:ListBucket', 's3:max-keys', undefined],
      ['GET /b/k', 's3:ListBucket', 's3:max-keys', undefined],
      ['GET /b?uploads&prefix=a', 's3:ListBucketMultipartUploads', 's3:prefix', undefined],
      ['GET /b/k?versionId=v', 's3:GetObjectVersion', 's3:versionid', 'v'],
      ['GET /b/k?versionId=v', 's3:GetObjectRetention', 's3:versionid', undefined],
      ['GET /b/k?annotation&annotation-prefix=a', 's3:ListObjectAnnotations', 's3:annotation-prefix', 'a'],
    ],
  },
  {
    title: 'uploads in parts',
    rows: [
      ['PUT /b/k', 's3:PutObject', 's3:ObjectCreationOperation', 'true'],
      ['PUT /b/k?uploadId=u&partNumber=1', 's3:PutObject', 's3:ObjectCreationOperation', 'false'],
      ['POST /b/k?uploads', 's3:PutObject', 's3:ObjectCreationOperation', 'false'],
      ['POST /b/k?uploadId=u', 's3:PutObject', 's3:ObjectCreationOperation', 'true'],
      ['PUT /b/k', 's3:PutObject', 's3:x-amz-server-side-encryption', undefined],
      ['POST /b/k?uploads', 's3:PutObject', 's3:x-amz-server-side-encryption', undefined],
      ['PUT /b/k?uploadId=u&partNumber=1', 's3:PutObject', 's3:x-amz-server-side-encryption', unknown],
      [
        'PUT /b/k?uploadId=u&partNumber=1',
        's3:PutObject',
        's3:x-amz-server-side-encryption',
        'a',
        h({ 'x-amz-server-side-encryption': 'a' }),
      ],
      ['POST /b/k?uploadId=u', 's3:PutObject', 's3:x-amz-server-side-encryption-aws-kms-key-id', unknown],
      ['PUT /b/k?uploadId=u&partNumber=1', 's3:PutObject', 's3:x-amz-server-side-encryption-customer-algorithm', undefined],
      ['PUT /b/k?encryption', 's3:UpdateObjectEncryption', 's3:x-amz-server-side-encryption', unknown],
    ],
  },
  {
    title: 'tags of objects',
    rows: [
      ['PUT /b/k', 's3:PutObject', 's3:RequestObjectTag/a b', 'c', h({ 'x-amz-tagging': 'a+b=c&D=%C3%A9' })],
      ['PUT /b/k', 's3:PutObjectTagging', 's3:RequestObjectTag/D', 'é', h({ 'x-amz-tagging': 'a+b=c&D=%C3%A9' })],
      ['PUT /b/k', 's3:PutObject', 's3:RequestObjectTag/d', undefined, h({ 'x-amz-tagging': 'D=e' })],
      ['PUT /b/k', 's3:PutObject', 's3:RequestObjectTagKeys', ['a', 'b'], h({ 'x-amz-tagging': 'a=&b' })],
      ['PUT /b/k', 's3:PutObject', 's3:RequestObjectTag/a', undefined],
      ['PUT /b/k', 's3:PutObject', 's3:RequestObjectTagKeys', undefined],
      [
        'PUT /b/k?tagging',
        's3:PutObjectTagging',
        's3:RequestObjectTag/a',
        'b',
        { body: { kind: 'tagging', tags: [{ key: 'a', value: 'b' }] } },
      ],
      ['PUT /b/k?tagging', 's3:PutObjectTagging', 's3:RequestObjectTagKeys', [], { body: { kind: 'tagging', tags: [] } }],
      ['PUT /b/k?tagging', 's3:PutObjectTagging', 's3:RequestObjectTag/a', unknown],
      ['PUT /b/k?tagging', 's3:PutObjectTagging', 's3:RequestObjectTagKeys', unknown],
      ['PUT /b/k?tagging', 's3:PutObjectTagging', 's3:ExistingObjectTag/a', unknown],
      ['GET /b/k', 's3:GetObject', 's3:ExistingObjectTag/a', unknown],
      ['PUT /b/k', 's3:PutObject', 's3:ExistingObjectTag/a', undefined],
    ],
  },
  {
    title: 'locks',
    rows: [
      ['PUT /b/k', 's3:PutObject', 's3:object-lock-mode', 'GOVERNANCE', h({ 'x-amz-object-lock-mode': 'GOVERNANCE' })],
      ['PUT /b/k', 's3:PutObjectRetention', 's3:object-lock-mode', 'GOVERNANCE', h({ 'x-amz-object-lock-mode': 'GOVERNANCE' })],
      ['PUT /b/k?retention', 's3:PutObjectRetention', 's3:object-lock-mode', unknown],
      ['PUT /b/k?retention', 's3:PutObjectRetention', 's3:object-lock-mode', unknown, h({ 'x-amz-object-lock-mode': 'GOVERNANCE' })],
      [
        'PUT /b/k?retention',
        's3:PutObjectRetention',
        's3:object-lock-mode',
        'COMPLIANCE',
        { body: { kind: 'retention', mode: 'COMPLIANCE' } },
      ],
      ['PUT /b/k?retention', 's3:PutObjectRetention', 's3:object-lock-retain-until-date', undefined, { body: { kind: 'retention' } }],
      ['PUT /b/k?retention', 's3:PutObjectRetention', 's3:object-lock-event-hold', unknown, h({ 'x-amz-object-lock-event-hold': 'ON' })],
      ['PUT /b/k?retention', 's3:PutObjectRetention', 's3:object-lock-event-hold-duration-days', unknown, { body: { kind: 'retention' } }],
      ['PUT /b/k?legal-hold', 's3:PutObjectLegalHold', 's3:object-lock-legal-hold', unknown],
      ['PUT /b/k?legal-hold', 's3:PutObjectLegalHold', 's3:object-lock-legal-hold', 'ON', { body: { kind: 'legal-hold', status: 'ON' } }],
      [
        'PUT /b/k',
        's3:PutObject',
        's3:object-lock-event-hold-duration-days',
        '3',
        h({ 'x-amz-object-lock-event-hold-duration-days': '3' }),
      ],
      [
        'PUT /b/k',
        's3:PutObject',
        's3:object-lock-event-hold-duration-days',
        unknown,
        h({ 'x-amz-object-lock-event-hold-duration-years': '3' }),
      ],
      ['PUT /b/k', 's3:PutObject', 's3:object-lock-event-hold-duration-days', undefined],
      ...(
        [
          [10 * day, '10'],
          [10 * day - 5000, '10'],
          [9 * day + 1, '10'],
          [0, '0'],
          [-1, '0'],
          [-day, '-1'],
        ] as const
      ).map(
        ([ahead, days]): Row => [
          'PUT /b/k',
          's3:PutObject',
          's3:object-lock-remaining-retention-days',
          days,
          h({ 'x-amz-object-lock-retain-until-date': new Date(now + ahead).toISOString() }),
        ],
      ),
      ['PUT /b/k', 's3:PutObject', 's3:object-lock-remaining-retention-days', undefined],
      [
        'PUT /b/k',
        's3:PutObject',
        's3:object-lock-remaining-retention-days',
        unknown,
        h({ 'x-amz-object-lock-retain-until-date': 'soon' }),
      ],
      [
        'PUT /b/k',
        's3:PutObject',
        's3:object-lock-remaining-retention-days',
        unknown,
        { ...h({ 'x-amz-object-lock-retain-until-date': '2027-01-01T00:00:00Z' }), ...missing('time') },
      ],
      ['PUT /b/k?retention', 's3:PutObjectRetention', 's3:object-lock-remaining-retention-days', unknown],
    ],
  },
  {
    title: 'buckets',
    rows: [
      ['PUT /b', 's3:CreateBucket', 's3:locationconstraint', 'EU', { body: { kind: 'create-bucket', locationConstraint: 'EU', tags: [] } }],
      ['PUT /b', 's3:CreateBucket', 's3:locationconstraint', undefined, { body: { kind: 'create-bucket', tags: [] } }],
      ['PUT /b', 's3:CreateBucket', 's3:locationconstraint', unknown],
      ['PUT /b', 's3:CreateBucket', 's3:locationconstraint', undefined, h({ 'content-length': '0' })],
      ['PUT /b', 's3:CreateBucket', 'aws:TagKeys', ['a'], { body: { kind: 'create-bucket', tags: [{ key: 'a', value: 'b' }] } }],
      ['PUT /b', 's3:CreateBucket', 'aws:RequestTag/a', 'b', { body: { kind: 'create-bucket', tags: [{ key: 'A', value: 'b' }] } }],
      ['PUT /b', 's3:CreateBucket', 'aws:RequestTag/a', unknown],
      ['PUT /b', 's3:TagResource', 'aws:TagKeys', unknown, h({ 'content-length': '9' })],
      [
        'PUT /b',
        's3:CreateBucket',
        'aws:RequestTag/a',
        unknown,
        {
          body: {
            kind: 'create-bucket',
            tags: [
              { key: 'A', value: 'b' },
              { key: 'a', value: 'c' },
            ],
          },
        },
      ],
      ['PUT /b?tagging', 's3:PutBucketTagging', 'aws:TagKeys', undefined],
      ['PUT /b?tagging', 's3:PutBucketTagging', 'aws:RequestTag/a', undefined],
      ['PUT /b?tagging', 's3:PutBucketTagging', 's3:BucketTag/a', unknown],
      ['GET /b/k', 's3:GetObject', 'aws:ResourceTag/a', unknown],
      ['GET /', 's3:ListAllMyBuckets', 'aws:ResourceTag/a', undefined],
      ['PUT /b?inventory&id=1', 's3:PutInventoryConfiguration', 's3:InventoryAccessibleOptionalFields', unknown],
      [
        'PUT /b?inventory&id=1',
        's3:PutInventoryConfiguration',
        's3:InventoryAccessibleOptionalFields',
        ['Size'],
        { body: { kind: 'inventory', optionalFields: ['Size'] } },
      ],
    ],
  },
  {
    title: 'authentication',
    rows: [
      ['GET /b/k', 's3:GetObject', 's3:authType', 'REST-HEADER'],
      ['GET /b/k', 's3:GetObject', 's3:authType', undefined, f({ principal: anonymous })],
      ['GET /b/k', 's3:GetObject', 's3:authType', unknown, missing('authType')],
      ['GET /b/k', 's3:GetObject', 's3:signatureversion', 'AWS4-HMAC-SHA256'],
      ['GET /b/k', 's3:GetObject', 's3:signatureversion', undefined, f({ principal: anonymous })],
      ['GET /b/k', 's3:GetObject', 's3:signatureAge', undefined],
      ['GET /b/k', 's3:GetObject', 's3:signatureAge', '5000', f({ authType: 'REST-QUERY-STRING' })],
      ['GET /b/k', 's3:GetObject', 's3:signatureAge', unknown, f({ authType: 'REST-QUERY-STRING', signedAt: Number.NaN })],
      ['GET /b/k', 's3:GetObject', 's3:signatureAge', unknown, missing('authType')],
      ['GET /b/k', 's3:GetObject', 's3:signatureAge', undefined, f({ principal: anonymous })],
      ['GET /b/k', 's3:GetObject', 's3:x-amz-content-sha256', 'UNSIGNED-PAYLOAD'],
      ['GET /b/k', 's3:GetObject', 's3:x-amz-content-sha256', unknown, missing('contentSha256')],
      [
        'GET /b/k',
        's3:GetObject',
        's3:x-amz-content-sha256',
        'abc',
        { ...missing('contentSha256'), ...h({ 'x-amz-content-sha256': 'abc' }) },
      ],
      [
        'GET /b/k',
        's3:GetObject',
        's3:x-amz-content-sha256',
        undefined,
        { facts: { ...missing('contentSha256').facts, principal: anonymous } },
      ],
      ['GET /b/k', 's3:GetObject', 'aws:PrincipalIsAWSService', 'false'],
      ['GET /b/k', 's3:GetObject', 'aws:PrincipalIsAWSService', undefined, f({ principal: anonymous })],
      ['GET /b/k', 's3:GetObject', 'aws:PrincipalIsAWSService', 'true', f({ principal: { kind: 'service', service: 'x' } })],
      ['GET /b/k', 's3:GetObject', 'aws:PrincipalServiceName', 'x', f({ principal: { kind: 'service', service: 'x' } })],
      ['GET /b/k', 's3:GetObject', 'aws:ViaAWSService', 'false'],
      ['GET /b/k', 's3:GetObject', 'aws:TokenIssueTime', undefined],
      ['GET /b/k', 's3:GetObject', 'aws:MultiFactorAuthPresent', undefined, f({ principal: anonymous })],
      ['GET /b/k', 's3:GetObject', 'aws:MultiFactorAuthPresent', unknown, f({ principal: aws })],
      ['GET /b/k', 's3:GetObject', 's3:AccessGrantsInstanceArn', undefined],
      ['GET /b/k', 's3:GetObject', 's3:AccessGrantsInstanceArn', unknown, f({ principal: aws })],
      ['GET /b/k', 's3:GetObject', 'aws:PrincipalOrgID', unknown],
      ['GET /b/k', 's3:GetObject', 'aws:PrincipalOrgID', undefined, f({ principal: anonymous })],
      ['GET /b/k', 's3:GetObject', 'aws:PrincipalTag/a', unknown],
      ['GET /b/k', 's3:GetObject', 'aws:PrincipalTag/a', undefined, f({ principal: anonymous })],
      // The engine's own.
      ...[
        'aws:PrincipalArn',
        'aws:PrincipalAccount',
        'aws:PrincipalType',
        'aws:userid',
        'aws:username',
        'aws:CurrentTime',
        's3:ResourceAccount',
      ].map((key): Row => ['GET /b/k', 's3:GetObject', key, undefined]),
    ],
  },
  {
    title: 'connection',
    rows: [
      ['GET /b/k', 's3:GetObject', 'aws:SourceIp', '192.0.2.7'],
      ['GET /b/k', 's3:GetObject', 'aws:SourceIp', unknown, missing('sourceIp')],
      ['GET /b/k', 's3:GetObject', 'aws:SecureTransport', 'true'],
      ['GET /b/k', 's3:GetObject', 'aws:SecureTransport', 'false', f({ secureTransport: false })],
      ['GET /b/k', 's3:GetObject', 'aws:SecureTransport', unknown, missing('secureTransport')],
      ['GET /b/k', 's3:GetObject', 's3:TlsVersion', '1.3'],
      ['GET /b/k', 's3:GetObject', 's3:TlsVersion', undefined, f({ secureTransport: false })],
      ['GET /b/k', 's3:GetObject', 's3:TlsVersion', unknown, missing('secureTransport')],
      ['GET /b/k', 's3:GetObject', 's3:TlsVersion', unknown, missing('tlsVersion')],
      ['GET /b/k', 's3:GetObject', 'aws:RequestedRegion', 'eu-central-1'],
      ['GET /b/k', 's3:GetObject', 'aws:RequestedRegion', unknown, missing('region')],
      ['GET /b/k', 's3:GetObject', 'aws:SourceVpce', unknown],
      ['GET /b/k', 's3:GetObject', 's3:DataAccessPointArn', undefined],
    ],
  },
])('$title', ({ rows }) => {
  test.each(rows)('%s: %s has %s = %j (%j)', (line, action, key, value, extra) => {
    expect(keyOf(line, action, key, extra)).toEqual(value)
  })
})

test('each object of DeleteObjects has its own version and ETag', () => {
  const objects = [{ key: 'a', versionId: 'v' }, { key: 'b', etag: '"e"' }, { key: 'c' }]
  const body: S3Body = { kind: 'delete', quiet: true, objects }
  const { objects: plans = [] } = planned('POST /b?delete', { body, headers: { 'if-match': '"other"' } })
  expect(plans.map(({ questions: [question] }) => [valueIn(question, 's3:versionid'), valueIn(question, 's3:if-match')])).toEqual([
    ['v', undefined],
    [undefined, '"e"'],
    [undefined, undefined],
  ])
})

test('a form says what headers would', () => {
  const fields = new Map(Object.entries({ key: 'k', acl: 'private', 'x-amz-storage-class': 'GLACIER', tagging: '<Tagging/>' }))
  const headers = { 'content-type': 'multipart/form-data', referer: 'r' }
  const form = { headers, body: { kind: 'form', fields, tags: [{ key: 'a', value: 'b' }] }, facts: { authType: 'POST' } } as const
  const value = (key: string, extra: Extra = form) => keyOf('POST /b', 's3:PutObject', key, extra)
  expect(value('s3:x-amz-acl')).toBe('private')
  expect(value('s3:x-amz-storage-class')).toBe('GLACIER')
  expect(value('s3:RequestObjectTag/a')).toBe('b')
  expect(value('s3:authType')).toBe('POST')
  expect(value('s3:signatureAge')).toBe('5000')
  expect(value('aws:referer')).toBe('r')
  expect(value('s3:RequestObjectTag/a', { ...form, body: { kind: 'form', fields } })).toEqual(unknown)
})

test('a website’s caller is anonymous, whoever signs', () => {
  const host = { headers: { host: 'photos.s3-website.example.com' } }
  expect(keyOf('GET /a', 's3:GetObject', 's3:authType', host)).toBeUndefined()
  expect(keyOf('GET /a', 's3:GetObject', 'aws:PrincipalOrgID', host)).toBeUndefined()
})

test('nothing is read before a condition asks, and nothing twice', () => {
  let reads = 0
  const watched: RequestFacts = {
    principal: { kind: 'anonymous' },
    get sourceIp() {
      reads++
      return '192.0.2.1'
    },
  }
  const answer = planRequest(route('GET /b/k') as S3Request, watched)
  const [question] = answer.kind === 'plan' ? answer.questions : []
  expect(reads).toBe(0)
  expect([valueIn(question, 'aws:SourceIp'), valueIn(question, 'aws:SourceIp')]).toEqual(['192.0.2.1', '192.0.2.1'])
  expect(reads).toBe(1)
})
