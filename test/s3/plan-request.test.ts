import { describe, expect, test } from 'vitest'
import type { FormFields } from '../../src/s3/planning/form-fields.js'
import type { S3Body } from '../../src/xml/body.js'
import { asked, type Extra, facts, type Headers, plan, planned, told, valueIn } from './ask.js'

const form = (fields: Readonly<Record<string, string>>, more: Partial<FormFields> = {}): Extra => ({
  headers: { 'content-type': 'multipart/form-data; boundary=x' },
  body: { kind: 'form', fields: new Map(Object.entries(fields)), ...more },
})

describe('questions', () => {
  test.each<[line: string, headers: Headers | undefined, questions: readonly string[]]>([
    ['GET /', undefined, ['s3:ListAllMyBuckets']],
    ['GET /b?list-type=2&prefix=a', undefined, ['s3:ListBucket b']],
    ['HEAD /b', undefined, ['s3:ListBucket b']],
    ['GET /b?versions', undefined, ['s3:ListBucketVersions b']],
    ['GET /b/k', undefined, ['s3:GetObject b/k']],
    ['GET /b/k?versionId=v', undefined, ['s3:GetObjectVersion b/k']],
    ['GET /b/k?versionId=null', undefined, ['s3:GetObjectVersion b/k']],
    ['GET /b/k?attributes', undefined, ['s3:GetObject b/k', 's3:GetObjectAttributes b/k']],
    ['GET /b/k?attributes&versionId=v', undefined, ['s3:GetObjectVersion b/k', 's3:GetObjectVersionAttributes b/k']],
    ['GET /b/k?torrent', undefined, ['s3:GetObject b/k', 's3:GetObjectTorrent b/k']],
    ['GET /b/k?retention&versionId=v', undefined, ['s3:GetObjectRetention b/k']],
    ['OPTIONS /b/k', undefined, []],
    ['OPTIONS /b?list-type=2', undefined, []],
    ['DELETE /b?cors', undefined, ['s3:PutBucketCORS b']],
    // Uploads.
    ['PUT /b/k', undefined, ['s3:PutObject b/k']],
    ['PUT /b/k', { 'x-amz-acl': 'private' }, ['s3:PutObject b/k']],
    ['PUT /b/k', { 'x-amz-acl': 'bucket-owner-full-control' }, ['s3:PutObject b/k']],
    ['PUT /b/k', { 'x-amz-acl': 'public-read' }, ['s3:PutObject b/k', 's3:PutObjectAcl b/k']],
    ['PUT /b/k', { 'x-amz-acl': '' }, ['s3:PutObject b/k', 's3:PutObjectAcl b/k']],
    ['PUT /b/k', { 'x-amz-acl': 'Private' }, ['s3:PutObject b/k', 's3:PutObjectAcl b/k']],
    ['PUT /b/k', { 'x-amz-acl': '\xff' }, ['s3:PutObject b/k', 's3:PutObjectAcl b/k']],
    ['PUT /b/k?X-Amz-Acl=public-read', undefined, ['s3:PutObject b/k', 's3:PutObjectAcl b/k']],
    ['PUT /b/k', { 'x-amz-grant-read': 'id="1"' }, ['s3:PutObject b/k', 's3:PutObjectAcl b/k']],
    ['PUT /b/k', { 'x-amz-acl': 'private', 'x-amz-grant-write': '' }, ['s3:PutObject b/k', 's3:PutObjectAcl b/k']],
    ['PUT /b/k', { 'x-amz-tagging': 'a=b' }, ['s3:PutObject b/k', 's3:PutObjectTagging b/k']],
    ['PUT /b/k', { 'x-amz-tagging': '' }, ['s3:PutObject b/k', 's3:PutObjectTagging b/k']],
    ['PUT /b/k', { 'x-amz-object-lock-mode': 'GOVERNANCE' }, ['s3:PutObject b/k', 's3:PutObjectRetention b/k']],
    ['PUT /b/k', { 'x-amz-object-lock-retain-until-date': 'x' }, ['s3:PutObject b/k', 's3:PutObjectRetention b/k']],
    ['PUT /b/k', { 'x-amz-object-lock-event-hold': 'ON' }, ['s3:PutObject b/k', 's3:PutObjectRetention b/k']],
    ['PUT /b/k', { 'x-amz-object-lock-event-hold-duration-years': '1' }, ['s3:PutObject b/k', 's3:PutObjectRetention b/k']],
    ['PUT /b/k', { 'x-amz-object-lock-legal-hold': 'OFF' }, ['s3:PutObject b/k', 's3:PutObjectLegalHold b/k']],
    ['PUT /b/k', { 'if-match': '"e"' }, ['s3:PutObject b/k', 's3:GetObject b/k']],
    ['PUT /b/k', { 'if-none-match': '*' }, ['s3:PutObject b/k']],
    ['POST /b/k?uploads', { 'x-amz-tagging': 'a=b' }, ['s3:PutObject b/k', 's3:PutObjectTagging b/k']],
    ['POST /b/k?uploadId=u', { 'if-match': '"e"' }, ['s3:PutObject b/k', 's3:GetObject b/k']],
    // A part takes none of these, so they neither do nor need anything.
    ['PUT /b/k?uploadId=u&partNumber=1', { 'x-amz-acl': 'public-read', 'x-amz-tagging': 'a=b', 'if-match': '"e"' }, ['s3:PutObject b/k']],
    // Removing.
    ['DELETE /b/k', undefined, ['s3:DeleteObject b/k']],
    ['DELETE /b/k?versionId=v', undefined, ['s3:DeleteObjectVersion b/k']],
    ['DELETE /b/k', { 'if-match': '"e"' }, ['s3:DeleteObject b/k', 's3:GetObject b/k']],
    ['DELETE /b/k', { 'if-match': '*' }, ['s3:DeleteObject b/k']],
    ['DELETE /b/k', { 'x-amz-bypass-governance-retention': 'true' }, ['s3:DeleteObject b/k', 's3:BypassGovernanceRetention b/k']],
    ['DELETE /b/k', { 'x-amz-bypass-governance-retention': 'False' }, ['s3:DeleteObject b/k']],
    ['DELETE /b/k', { 'x-amz-bypass-governance-retention': '1' }, ['s3:DeleteObject b/k', 's3:BypassGovernanceRetention b/k']],
    [
      'PUT /b/k?retention',
      { 'x-amz-bypass-governance-retention': 'true' },
      ['s3:PutObjectRetention b/k', 's3:BypassGovernanceRetention b/k'],
    ],
    // Buckets.
    ['PUT /b', undefined, ['s3:CreateBucket b']],
    ['PUT /b', { 'content-length': '0' }, ['s3:CreateBucket b']],
    ['PUT /b', { 'content-length': '7' }, ['s3:CreateBucket b', 's3:TagResource b']],
    ['PUT /b', { 'transfer-encoding': 'chunked' }, ['s3:CreateBucket b', 's3:TagResource b']],
    ['PUT /b', { 'x-amz-acl': 'private' }, ['s3:CreateBucket b']],
    ['PUT /b', { 'x-amz-acl': 'bucket-owner-full-control' }, ['s3:CreateBucket b', 's3:PutBucketAcl b']],
    ['PUT /b', { 'x-amz-grant-write': 'id="1"' }, ['s3:CreateBucket b', 's3:PutBucketAcl b']],
    ['PUT /b', { 'x-amz-object-ownership': 'ObjectWriter' }, ['s3:CreateBucket b', 's3:PutBucketOwnershipControls b']],
    [
      'PUT /b',
      { 'x-amz-bucket-object-lock-enabled': 'true' },
      ['s3:CreateBucket b', 's3:PutBucketObjectLockConfiguration b', 's3:PutBucketVersioning b'],
    ],
  ])('%s with %j', (line, headers, questions) => {
    expect(asked(line, { headers })).toEqual(questions)
  })

  test('carry the caller, the operation and the clock', () => {
    const [question] = planned('HEAD /b').questions
    expect(question).toMatchObject({ principal: facts.principal, operation: 'HeadBucket', time: facts.time })
    expect(planned('HEAD /b', { facts: { time: undefined } }).questions[0]).not.toHaveProperty('time')
  })

  test('a bucket that is made with tags', () => {
    const body = (tags: S3Body & { kind: 'create-bucket' }) => ({ body: tags, headers: { 'content-length': '7' } })
    expect(asked('PUT /b', body({ kind: 'create-bucket', tags: [] }))).toEqual(['s3:CreateBucket b'])
    expect(asked('PUT /b', body({ kind: 'create-bucket', tags: [{ key: 'a', value: 'b' }] }))).toEqual([
      's3:CreateBucket b',
      's3:TagResource b',
    ])
  })

  test('of a body that is another operation’s, nothing is taken', () => {
    const body: S3Body = { kind: 'tagging', tags: [{ key: 'a', value: 'b' }] }
    expect(asked('POST /b?delete', { body })).toBe('403 AccessDenied')
    expect(asked('PUT /b', { body })).toEqual(['s3:CreateBucket b'])
  })
})

describe('copies', () => {
  const copy = (source: string, headers: Headers = {}) => planned('PUT /b/k', { headers: { 'x-amz-copy-source': source, ...headers } })

  test('ask about the source first, in its own bucket', () => {
    const { questions, ifSourceIsTagged } = copy('/c/d')
    expect(questions.map(told)).toEqual(['s3:GetObject c/d', 's3:PutObject b/k'])
    expect(ifSourceIsTagged.map(told)).toEqual(['s3:GetObjectTagging c/d', 's3:PutObjectTagging b/k'])
  })

  test('of a version', () => {
    const { questions, ifSourceIsTagged } = copy('c/d?versionId=v')
    expect(questions.map(told)).toEqual(['s3:GetObjectVersion c/d', 's3:PutObject b/k'])
    expect(ifSourceIsTagged.map(told)).toEqual(['s3:GetObjectVersionTagging c/d', 's3:PutObjectTagging b/k'])
  })

  test.each<{ headers: Headers; questions: readonly string[]; tagged: number }>([
    { headers: { 'x-amz-tagging-directive': 'COPY' }, questions: [], tagged: 2 },
    { headers: { 'x-amz-tagging-directive': 'REPLACE' }, questions: [], tagged: 0 },
    { headers: { 'x-amz-tagging-directive': 'REPLACE', 'x-amz-tagging': 'a=b' }, questions: ['s3:PutObjectTagging b/k'], tagged: 0 },
    { headers: { 'x-amz-acl': 'public-read' }, questions: ['s3:PutObjectAcl b/k'], tagged: 2 },
    { headers: { 'if-match': '"e"' }, questions: ['s3:GetObject b/k'], tagged: 2 },
    { headers: { 'x-amz-object-lock-legal-hold': 'ON' }, questions: ['s3:PutObjectLegalHold b/k'], tagged: 2 },
  ])('with $headers', ({ headers, questions, tagged }) => {
    const plan = copy('/c/d', headers)
    expect(plan.questions.map(told)).toEqual(['s3:GetObject c/d', 's3:PutObject b/k', ...questions])
    expect(plan.ifSourceIsTagged).toHaveLength(tagged)
  })

  test.each<[source: string, question: string]>([
    ['c/d', 's3:GetObject c/d'],
    ['/c/d/e', 's3:GetObject c/d/e'],
    ['%2Fc%2Fd', 's3:GetObject c/d'],
    ['c/a%2Bb', 's3:GetObject c/a+b'],
    ['c/a%20b', 's3:GetObject c/a b'],
    ['c/%252F', 's3:GetObject c/%2F'],
    ['c//', 's3:GetObject c//'],
    ['c/a b', 's3:GetObject c/a b'],
    ['c/../d', 's3:GetObject c/../d'],
    ['c/d%3FversionId=v', 's3:GetObject c/d?versionId=v'],
    ['c/d?versionId=null', 's3:GetObjectVersion c/d'],
  ])('%s is %s', (source, question) => {
    expect(told(copy(source).questions[0] as never)).toBe(question)
    const part = planned('PUT /b/k?uploadId=u&partNumber=1', { headers: { 'x-amz-copy-source': source } })
    expect(part.questions.map(told)).toEqual([question, 's3:PutObject b/k'])
    expect(part.ifSourceIsTagged).toEqual([])
    const hoisted = planned(`PUT /b/k?x-amz-copy-source=${encodeURIComponent(source)}`)
    expect(hoisted.questions.map(told)).toEqual([question, 's3:PutObject b/k'])
  })

  test('a source in the query may be overlooked: what an upload asks is asked too', () => {
    const { questions } = planned('PUT /b/k?x-amz-copy-source=c/d', { headers: { 'x-amz-tagging': 'a=b' } })
    expect(questions.map(told)).toEqual(['s3:GetObject c/d', 's3:PutObject b/k', 's3:PutObjectTagging b/k'])
    expect(valueIn(questions[1], 's3:RequestObjectTag/a')).toBe('b')
    expect(valueIn(questions[2], 's3:RequestObjectTag/a')).toBe('b')
    const twice = planned('PUT /b/k?x-amz-copy-source=c/d', { headers: { 'x-amz-copy-source': 'c/d', 'x-amz-tagging': 'a=b' } })
    expect(twice.questions.map(told)).toEqual(['s3:GetObject c/d', 's3:PutObject b/k'])
  })

  test('a canned ACL in the query does not show that the document gives nothing', () => {
    expect(planned('PUT /b/k?acl&x-amz-acl=private').givesByAcl).toBe(true)
    expect(planned('PUT /b?acl&x-amz-acl=private').givesByAcl).toBe(true)
    expect(planned('PUT /b/k?acl', { headers: { 'x-amz-acl': 'private' } }).givesByAcl).toBe(false)
  })

  test('a source may come in UTF-8 that is not encoded', () => {
    expect(told(copy('c/\xc3\xa9%C3%A9').questions[0] as never)).toBe('s3:GetObject c/éé')
  })

  test('a bare plus is a space to S3 and itself to others: both objects must be allowed', () => {
    const { questions, ifSourceIsTagged } = copy('/c/a+b%2Bc')
    expect(questions.map(told)).toEqual(['s3:GetObject c/a b+c', 's3:GetObject c/a+b+c', 's3:PutObject b/k'])
    expect(ifSourceIsTagged.map(told)).toEqual(['s3:GetObjectTagging c/a b+c', 's3:GetObjectTagging c/a+b+c', 's3:PutObjectTagging b/k'])
    const version = copy('c/a+b?versionId=v')
    expect(version.questions.map(told)).toEqual(['s3:GetObjectVersion c/a b', 's3:GetObjectVersion c/a+b', 's3:PutObject b/k'])
  })

  test.each<[headers: Headers, answer: string]>([
    [{ 'x-amz-copy-source': '' }, '400 InvalidArgument'],
    [{ 'x-amz-copy-source': '/' }, '400 InvalidArgument'],
    [{ 'x-amz-copy-source': 'c' }, '400 InvalidArgument'],
    [{ 'x-amz-copy-source': '/c/' }, '400 InvalidArgument'],
    [{ 'x-amz-copy-source': '//c/d' }, '400 InvalidArgument'],
    [{ 'x-amz-copy-source': '../d' }, '400 InvalidArgument'],
    [{ 'x-amz-copy-source': 'c/%' }, '400 InvalidArgument'],
    [{ 'x-amz-copy-source': 'c+d/e' }, '400 InvalidArgument'],
    [{ 'x-amz-copy-source': 'c/d?versionId=a+b' }, '400 InvalidArgument'],
    [{ 'x-amz-copy-source': '+/d' }, '400 InvalidArgument'],
    [{ 'x-amz-copy-source': 'c/%FF' }, '400 InvalidArgument'],
    [{ 'x-amz-copy-source': 'c/%00' }, '400 InvalidArgument'],
    [{ 'x-amz-copy-source': 'c/\xff' }, '400 InvalidArgument'],
    [{ 'x-amz-copy-source': 'c/\x01' }, '400 InvalidArgument'],
    [{ 'x-amz-copy-source': 'c/d?versionId=a&x=b' }, '400 InvalidArgument'],
    [{ 'x-amz-copy-source': 'c/d?versionid=a' }, '400 InvalidArgument'],
    [{ 'x-amz-copy-source': 'c/d?' }, '400 InvalidArgument'],
    [{ 'x-amz-copy-source': 'c/d?versionId=' }, '400 InvalidArgument'],
    [{ 'x-amz-copy-source': 'c/d?versionId=%20v' }, '400 InvalidArgument'],
    [{ 'x-amz-copy-source': 'c/d', 'x-amz-copy-source-range': 'bytes=0-1' }, '400 InvalidArgument'],
    [{ 'x-amz-copy-source': 'c/d?versionId=%FF' }, '400 InvalidArgument'],
    [{ 'x-amz-copy-source': `c/${'d'.repeat(1025)}` }, '400 KeyTooLongError'],
    [{ 'x-amz-copy-source': 'arn:aws:s3:eu-west-1:111122223333:accesspoint/p/object/d' }, '501 NotImplemented'],
    [{ 'x-amz-copy-source': 'c/d', 'x-amz-tagging-directive': 'copy' }, '400 InvalidArgument'],
    [{ 'x-amz-copy-source': 'c/d', 'x-amz-metadata-directive': 'KEEP' }, '400 InvalidArgument'],
    [{ 'x-amz-copy-source': ['c/d', 'c/e'] }, '400 InvalidArgument'],
  ])('%j: %s', (headers, answer) => {
    expect(asked('PUT /b/k', { headers })).toBe(answer)
  })
})

describe('what only trims or shapes the response', () => {
  test('reading an object', () => {
    const { trims, ifMissing } = planned('GET /b/k')
    expect(trims.map(({ headers, question }) => [told(question), ...headers])).toEqual([
      ['s3:GetObjectTagging b/k', 'x-amz-tagging-count'],
      ['s3:GetObjectLegalHold b/k', 'x-amz-object-lock-legal-hold'],
      ['s3:GetObjectRetention b/k', 'x-amz-object-lock-mode', 'x-amz-object-lock-retain-until-date'],
    ])
    expect(ifMissing && told(ifMissing)).toBe('s3:ListBucket b')
    expect(planned('GET /b/k?versionId=v').trims.map(({ question }) => question.action)[0]).toBe('s3:GetObjectVersionTagging')
    expect(planned('HEAD /b/k').trims).toHaveLength(2)
    expect(planned('PUT /b/k')).not.toHaveProperty('ifMissing')
  })

  test('a website asks as nobody in particular', () => {
    const { questions, ifMissing } = planned('GET /a/', { headers: { host: 'photos.s3-website.example.com' } })
    expect(questions.map(told)).toEqual(['s3:GetObject photos/a/index.html'])
    expect([questions[0]?.principal, ifMissing?.principal]).toEqual([{ kind: 'anonymous' }, { kind: 'anonymous' }])
  })
})

describe('DeleteObjects', () => {
  const objects = [{ key: 'a' }, { key: 'b', versionId: 'v' }, { key: 'c', etag: '"e"' }, { key: 'd', etag: '*' }]
  const body: S3Body = { kind: 'delete', quiet: false, objects }

  test('asks for each object', () => {
    const { questions, objects = [] } = planned('POST /b?delete', { body })
    expect(questions).toEqual([])
    expect(objects.map(({ key, versionId, questions }) => [key, versionId, ...questions.map(told)])).toEqual([
      ['a', undefined, 's3:DeleteObject b/a'],
      ['b', 'v', 's3:DeleteObjectVersion b/b'],
      ['c', undefined, 's3:DeleteObject b/c', 's3:GetObject b/c'],
      ['d', undefined, 's3:DeleteObject b/d'],
    ])
  })

  test('past governance', () => {
    const { objects = [] } = planned('POST /b?delete', { body, headers: { 'x-amz-bypass-governance-retention': 'true' } })
    expect(objects[0]?.questions.map(told)).toEqual(['s3:DeleteObject b/a', 's3:BypassGovernanceRetention b/a'])
  })

  test('without its body there is no answer', () => {
    expect(plan('POST /b?delete')).toMatchObject({ code: 'AccessDenied', reason: expect.stringContaining('body cannot be seen') })
    expect(asked('POST /b?delete', { body: { kind: 'delete', quiet: false, objects: [{ key: '' }] } })).toBe('400 MalformedXML')
    for (const versionId of ['', ' ', ' v']) {
      expect(asked('POST /b?delete', { body: { kind: 'delete', quiet: false, objects: [{ key: 'a', versionId }] } })).toBe(
        '400 MalformedXML',
      )
    }
  })
})

describe('PostObject', () => {
  test.each<[fields: Record<string, string>, more: Partial<FormFields>, questions: readonly string[] | string]>([
    [{ key: 'k' }, {}, ['s3:PutObject b/k']],
    [{ key: 'u/${filename}' }, { fileName: 'C:\\photos\\a.jpg' }, ['s3:PutObject b/u/a.jpg']],
    [{ key: '${filename}-${filename}' }, { fileName: 'x/$&.jpg' }, ['s3:PutObject b/$&.jpg-$&.jpg']],
    [{ key: 'a+%20b' }, {}, ['s3:PutObject b/a+%20b']],
    [{ key: 'k', acl: 'private' }, {}, ['s3:PutObject b/k']],
    [{ key: 'k', acl: 'public-read' }, {}, ['s3:PutObject b/k', 's3:PutObjectAcl b/k']],
    [{ key: 'k', 'x-amz-acl': 'public-read' }, {}, ['s3:PutObject b/k', 's3:PutObjectAcl b/k']],
    [{ key: 'k', 'x-amz-grant-read': 'x' }, {}, ['s3:PutObject b/k', 's3:PutObjectAcl b/k']],
    [{ key: 'k', tagging: '<Tagging/>' }, {}, ['s3:PutObject b/k', 's3:PutObjectTagging b/k']],
    [{ key: 'k', 'x-amz-object-lock-mode': 'x' }, {}, ['s3:PutObject b/k', 's3:PutObjectRetention b/k']],
    [{ key: 'k', 'x-amz-object-lock-legal-hold': 'x' }, {}, ['s3:PutObject b/k', 's3:PutObjectLegalHold b/k']],
    [{}, {}, '400 InvalidArgument'],
    [{ key: '' }, {}, '400 InvalidArgument'],
    [{ key: '${filename}' }, {}, '400 InvalidArgument'],
    [{ key: '\ud800' }, {}, '400 InvalidArgument'],
    [{ key: 'a\0' }, {}, '400 InvalidURI'],
    [{ key: 'k'.repeat(1025) }, {}, '400 KeyTooLongError'],
    [{ key: '${filename}'.repeat(300) }, { fileName: 'x'.repeat(4000) }, '400 KeyTooLongError'],
    [{ key: 'k', acl: 'private', 'x-amz-acl': 'public-read' }, {}, '400 InvalidArgument'],
  ])('%j %j', (fields, more, questions) => {
    expect(asked('POST /b', form(fields, more))).toEqual(questions)
  })

  test('without its form there is no answer', () => {
    expect(plan('POST /b', { headers: { 'content-type': 'multipart/form-data' } })).toMatchObject({ code: 'AccessDenied', status: 403 })
  })

  test('headers of the request are none of the form’s', () => {
    const extra = form({ key: 'k' })
    expect(asked('POST /b', { ...extra, headers: { ...extra.headers, 'x-amz-acl': 'public-read' } })).toEqual(['s3:PutObject b/k'])
  })
})

test.each([
  ['%', '400 InvalidArgument'],
  ['a=%FF', '400 InvalidArgument'],
  ['a=\xc3\xa9', '400 InvalidArgument'],
  ['\xff', '400 InvalidArgument'],
  ['a'.repeat(1_000_000), '400 InvalidArgument'],
  ['=b', '400 InvalidTag'],
  ['a=b&a=c', '400 InvalidArgument'],
  [`${'a'.repeat(129)}=b`, '400 InvalidTag'],
  [`a=${'b'.repeat(257)}`, '400 InvalidTag'],
  [Array.from({ length: 11 }, (_, i) => `t${i}=`).join('&'), '400 BadRequest'],
])('x-amz-tagging of %#: %s', (tagging, answer) => {
  expect(asked('PUT /b/k', { headers: { 'x-amz-tagging': tagging } })).toBe(answer)
  expect(asked('PUT /b/k', { headers: { 'x-amz-tagging': tagging, 'x-amz-copy-source': 'c/d' } })).toBe(answer)
})
