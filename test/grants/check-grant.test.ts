import { describe, expect, test } from 'vitest'
import { actions } from '../../src/catalog/actions.js'
import { findAction } from '../../src/catalog/lookup.js'
import type { Grant } from '../../src/grants/access-key.js'
import { checkGrant } from '../../src/grants/check-grant.js'
import { type Permission, permissionActions, permissions } from '../../src/grants/permission.js'
import { parseRange } from '../../src/match/cidr.js'
import type { AuthorizationRequest } from '../../src/request/authorization-request.js'
import { evaluationContextOf } from '../../src/request/evaluation-context.js'

type Question = Omit<AuthorizationRequest, 'principal' | 'action'>

/** The first limit that fails, or `allows`. */
function check(grant: Partial<Grant>, action: string, question: Question): string {
  const row = findAction(action)
  if (row === undefined) throw new Error(`${action} is not in the catalogue`)
  const request: AuthorizationRequest = { principal: { kind: 'key', accessKey: 'k' }, action, ...question }
  const context = evaluationContextOf(request, { kind: 'key', account: '1' }, '1')
  return checkGrant({ bucket: 'b', actions: ['s3:*'], ...grant }, row, request, context) ?? 'allows'
}

function granted(permission: Permission): Partial<Grant> {
  return { permission, actions: permissionActions[permission], bucket: permission === 'fullaccess' ? '' : 'b' }
}

function ranges(...texts: string[]) {
  return texts.map((text) => {
    const range = parseRange(text)
    if (range === undefined) throw new Error(`${text} is no range`)
    return { text, range }
  })
}

const read = [
  'ListBucket',
  'ListBucketVersions',
  'ListBucketMultipartUploads',
  'GetBucketLocation',
  'GetBucketVersioning',
  'GetObject',
  'GetObjectVersion',
  'GetObjectTagging',
  'GetObjectVersionTagging',
  'GetObjectAcl',
  'GetObjectVersionAcl',
  'ListMultipartUploadParts',
]

/** S11, typed a second time: what each permission allows on its own bucket. */
const table: Readonly<Record<Permission, readonly string[] | 'everything'>> = {
  read,
  write: ['PutObject', 'AbortMultipartUpload', 'ListMultipartUploadParts'],
  readwrite: [
    ...read,
    'PutObject',
    'DeleteObject',
    'DeleteObjectVersion',
    'PutObjectTagging',
    'PutObjectVersionTagging',
    'DeleteObjectTagging',
    'DeleteObjectVersionTagging',
    'PutObjectAcl',
    'PutObjectVersionAcl',
    'AbortMultipartUpload',
  ],
  fullaccess: 'everything',
}

function actionsThat(outcome: string, grant: Partial<Grant>, question: Question): readonly string[] {
  return actions.map(({ name }) => name).filter((name) => check(grant, name, question) === outcome)
}

describe('permissions, over all 180 actions of the catalogue', () => {
  test('the catalogue has 180 actions, and there are four permissions', () => {
    expect(actions).toHaveLength(180)
    expect(permissions).toEqual(['read', 'write', 'readwrite', 'fullaccess'])
  })

  test.each(permissions)('%s allows what S11 lists, and nothing else', (permission) => {
    const listed = table[permission]
    const expected = actions.map(({ name }) => name).filter((name) => listed === 'everything' || listed.includes(name.slice('s3:'.length)))
    expect(actionsThat('allows', granted(permission), { bucket: 'b', key: 'x' })).toEqual(expected)
    expect(expected).toHaveLength(listed === 'everything' ? 180 : listed.length)
  })

  test.each(permissions)('%s on another bucket: only fullaccess covers it', (permission) => {
    const everywhere = permission === 'fullaccess' ? 180 : 0
    expect(actionsThat('allows', granted(permission), { bucket: 'other', key: 'x' })).toHaveLength(everywhere)
    expect(actionsThat('bucket', granted(permission), { bucket: 'other', key: 'x' })).toHaveLength(180 - everywhere)
  })

  test.each(permissions)('%s with a prefix, on objects under it: S11.3', (permission) => {
    const listed = table[permission]
    const allowed = actionsThat(
      'allows',
      { ...granted(permission), prefix: 'a/' },
      { bucket: 'b', key: 'a/x', context: { 's3:prefix': 'a/' } },
    )
    const bucketActions = ['ListBucket', 'ListBucketVersions', 'GetBucketLocation']
    const expected = actions.flatMap(({ name, kind }) => {
      const short = name.slice('s3:'.length)
      const isListed = listed === 'everything' || listed.includes(short)
      return isListed && (kind === 'object' || bucketActions.includes(short)) ? [name] : []
    })
    expect(allowed).toEqual(expected)
  })
})

const a = { bucket: 'b', key: 'a/x' }

describe('the bucket', () => {
  test.each<[string, Partial<Grant>, string, Question, string]>([
    ['its own bucket', {}, 's3:GetObject', a, 'allows'],
    ['another bucket', {}, 's3:GetObject', { bucket: 'bb', key: 'x' }, 'bucket'],
    ['a bucket name is no pattern', { bucket: '*' }, 's3:GetObject', a, 'bucket'],
    ['a bucket name is no prefix', { bucket: 'b' }, 's3:GetObject', { bucket: 'b2', key: 'x' }, 'bucket'],
    ['case counts', { bucket: 'B' }, 's3:GetObject', a, 'bucket'],
    ['no bucket in the request', {}, 's3:GetObject', {}, 'bucket'],
    ['an action without resource, with the grant’s bucket', {}, 's3:ListAllMyBuckets', { bucket: 'b' }, 'bucket'],
    ['an action without resource, and a star for its actions', { actions: ['*'] }, 's3:ListAllMyBuckets', {}, 'bucket'],
    ['fullaccess: any bucket', granted('fullaccess'), 's3:GetObject', { bucket: 'other', key: 'x' }, 'allows'],
    ['fullaccess: no bucket', granted('fullaccess'), 's3:ListAllMyBuckets', {}, 'allows'],
    ['the empty bucket without fullaccess covers nothing', { bucket: '' }, 's3:GetObject', a, 'bucket'],
    ['CreateBucket of its own bucket', { actions: ['s3:CreateBucket'] }, 's3:CreateBucket', { bucket: 'b' }, 'allows'],
    ['CreateBucket of another', { actions: ['s3:CreateBucket'] }, 's3:CreateBucket', { bucket: 'c' }, 'bucket'],
  ])('%s', (_, grant, action, question, expected) => {
    expect(check(grant, action, question)).toBe(expected)
  })
})

describe('the action: S5 for the patterns a grant lists itself', () => {
  test.each<[readonly string[], string, string]>([
    [['s3:GetObject'], 's3:GetObject', 'allows'],
    [['s3:GetObject'], 's3:GetObjectVersion', 'action'],
    [['s3:GETOBJECT'], 's3:GetObject', 'allows'],
    [['S3:getobject'], 's3:GetObject', 'allows'],
    [['s3:Get*'], 's3:GetObject', 'allows'],
    [['s3:get*'], 's3:GetObject', 'allows'],
    [['s3:Get*'], 's3:PutObject', 'action'],
    [['s3:?etObject'], 's3:GetObject', 'allows'],
    [['s3:?GetObject'], 's3:GetObject', 'action'],
    [['s3:PutObject', 's3:GetObject'], 's3:GetObject', 'allows'],
    [['s3:PutObject', 's3:DeleteObject'], 's3:GetObject', 'action'],
    [['*'], 's3:GetObject', 'allows'],
    [[], 's3:GetObject', 'action'],
    [['s3:\u212AetObject'], 's3:GetObject', 'action'],
  ])('%j and %s: %s', (patterns, action, expected) => {
    expect(check({ actions: patterns }, action, a)).toBe(expected)
  })
})

describe('the prefix: S11.3', () => {
  test.each<[string, string, string, Question, string]>([
    ['an object under it', 'a/', 's3:GetObject', { bucket: 'b', key: 'a/x' }, 'allows'],
    ['an object named exactly so', 'a/', 's3:GetObject', { bucket: 'b', key: 'a/' }, 'allows'],
    ['an object beside it', 'a/', 's3:GetObject', { bucket: 'b', key: 'ab' }, 'prefix'],
    ['an object with a shorter name', 'a/', 's3:GetObject', { bucket: 'b', key: 'a' }, 'prefix'],
    ['an object that has it further on', 'a/', 's3:GetObject', { bucket: 'b', key: 'b/a/x' }, 'prefix'],
    ['case counts', 'a/', 's3:GetObject', { bucket: 'b', key: 'A/x' }, 'prefix'],
    ['the prefix is no pattern', 'a*', 's3:GetObject', { bucket: 'b', key: 'ax' }, 'prefix'],
    ['keys are not cleaned', 'a/', 's3:GetObject', { bucket: 'b', key: 'a/../b' }, 'allows'],
    ['an object action without key', 'a/', 's3:GetObject', { bucket: 'b' }, 'prefix'],
    ['the empty prefix and an object', '', 's3:GetObject', { bucket: 'b', key: 'x' }, 'allows'],
    ['the empty prefix and an object action without key', '', 's3:GetObject', { bucket: 'b' }, 'prefix'],
    ['an object, whatever s3:prefix says', 'a/', 's3:GetObject', { bucket: 'b', key: 'b/x', context: { 's3:prefix': 'a/' } }, 'prefix'],
    ['an object, whatever the operation', 'a/', 's3:GetObject', { bucket: 'b', key: 'b/x', operation: 'HeadBucket' }, 'prefix'],
    ['a listing under it', 'a/', 's3:ListBucket', { bucket: 'b', context: { 's3:prefix': 'a/b' } }, 'allows'],
    ['a listing of exactly it', 'a/', 's3:ListBucket', { bucket: 'b', context: { 's3:prefix': 'a/' } }, 'allows'],
    ['a listing of less', 'a/', 's3:ListBucket', { bucket: 'b', context: { 's3:prefix': 'a' } }, 'prefix'],
    ['a listing of everything', 'a/', 's3:ListBucket', { bucket: 'b', context: { 's3:prefix': '' } }, 'prefix'],
    ['a listing without prefix', 'a/', 's3:ListBucket', { bucket: 'b' }, 'prefix'],
    ['a listing with an empty list of prefixes', 'a/', 's3:ListBucket', { bucket: 'b', context: { 's3:prefix': [] } }, 'prefix'],
    ['a listing with one prefix in a list', 'a/', 's3:ListBucket', { bucket: 'b', context: { 's3:prefix': ['a/'] } }, 'allows'],
    ['a listing with two prefixes', 'a/', 's3:ListBucket', { bucket: 'b', context: { 's3:prefix': ['a/', 'a/b'] } }, 'prefix'],
    [
      'a listing with an unknown prefix',
      'a/',
      's3:ListBucket',
      { bucket: 'b', context: { 's3:prefix': 'a/' }, unknown: ['s3:prefix'] },
      'prefix',
    ],
    ['a listing, by the key’s other spelling', 'a/', 's3:ListBucket', { bucket: 'b', context: { 'S3:PREFIX': 'a/' } }, 'allows'],
    ['a listing that has only a key', 'a/', 's3:ListBucket', { bucket: 'b', key: 'a/x' }, 'prefix'],
    ['the empty prefix and a listing of everything', '', 's3:ListBucket', { bucket: 'b', context: { 's3:prefix': '' } }, 'allows'],
    ['the empty prefix and a listing without prefix', '', 's3:ListBucket', { bucket: 'b' }, 'prefix'],
    ['HeadBucket', 'a/', 's3:ListBucket', { bucket: 'b', operation: 'HeadBucket' }, 'allows'],
    [
      'HeadBucket with another prefix',
      'a/',
      's3:ListBucket',
      { bucket: 'b', operation: 'HeadBucket', context: { 's3:prefix': 'b/' } },
      'allows',
    ],
    ['another operation', 'a/', 's3:ListBucket', { bucket: 'b', operation: 'ListObjectsV2' }, 'prefix'],
    ['a listing of versions under it', 'a/', 's3:ListBucketVersions', { bucket: 'b', context: { 's3:prefix': 'a/b' } }, 'allows'],
    ['a listing of all versions', 'a/', 's3:ListBucketVersions', { bucket: 'b' }, 'prefix'],
    ['a listing of versions that says HeadBucket', 'a/', 's3:ListBucketVersions', { bucket: 'b', operation: 'HeadBucket' }, 'allows'],
    ['GetBucketLocation', 'a/', 's3:GetBucketLocation', { bucket: 'b' }, 'allows'],
    ['another bucket action', 'a/', 's3:GetBucketVersioning', { bucket: 'b', context: { 's3:prefix': 'a/' } }, 'prefix'],
    ['another bucket action that says HeadBucket', 'a/', 's3:GetBucketVersioning', { bucket: 'b', operation: 'HeadBucket' }, 'prefix'],
    ['listing uploads', 'a/', 's3:ListBucketMultipartUploads', { bucket: 'b', context: { 's3:prefix': 'a/' } }, 'prefix'],
    ['creating the bucket', '', 's3:CreateBucket', { bucket: 'b' }, 'prefix'],
  ])('%s', (_, prefix, action, question, expected) => {
    expect(check({ prefix }, action, question)).toBe(expected)
  })

  test('fullaccess with a prefix does nothing that has no resource', () => {
    expect(check({ ...granted('fullaccess'), prefix: '' }, 's3:ListAllMyBuckets', {})).toBe('prefix')
  })
})

describe('the address: S11.4', () => {
  const from = (value: string | readonly string[]): Question => ({ ...a, context: { 'aws:SourceIp': value } })
  test.each<[string, readonly string[], Question, string]>([
    ['inside', ['10.0.0.0/8'], from('10.1.2.3'), 'allows'],
    ['the first address', ['10.0.0.0/8'], from('10.0.0.0'), 'allows'],
    ['the last address', ['10.0.0.0/8'], from('10.255.255.255'), 'allows'],
    ['just before', ['10.0.0.0/8'], from('9.255.255.255'), 'source-ip'],
    ['just after', ['10.0.0.0/8'], from('11.0.0.0'), 'source-ip'],
    ['inside the second range', ['192.0.2.0/24', '10.0.0.0/8'], from('10.1.2.3'), 'allows'],
    ['in none of two', ['192.0.2.0/24', '10.0.0.0/8'], from('172.16.0.1'), 'source-ip'],
    ['a bare address', ['10.0.0.1'], from('10.0.0.1'), 'allows'],
    ['IPv6', ['2001:db8::/32'], from('2001:db8::1'), 'allows'],
    ['IPv4-mapped IPv6 is IPv4', ['10.0.0.0/8'], from('::ffff:10.0.0.1'), 'allows'],
    ['IPv4 is in no IPv6 range', ['::/0'], from('10.0.0.1'), 'source-ip'],
    ['no range at all', [], from('10.0.0.1'), 'source-ip'],
    ['one address in a list', ['10.0.0.0/8'], from(['10.0.0.1']), 'allows'],
    ['two addresses', ['10.0.0.0/8'], from(['10.0.0.1', '10.0.0.2']), 'source-ip'],
    ['an empty list', ['10.0.0.0/8'], from([]), 'source-ip'],
    ['absent', ['0.0.0.0/0', '::/0'], a, 'source-ip'],
    ['no address', ['0.0.0.0/0', '::/0'], from('localhost'), 'source-ip'],
    ['unknown', ['0.0.0.0/0'], { ...from('10.0.0.1'), unknown: ['aws:SourceIp'] }, 'source-ip'],
  ])('%s', (_, sourceIp, question, expected) => {
    expect(check({ sourceIp: ranges(...sourceIp) }, 's3:GetObject', question)).toBe(expected)
  })
})

describe('the order of the limits: bucket, action, prefix, source-ip', () => {
  test.each([
    ['nothing fails', true, true, true, true, 'allows'],
    ['the address', true, true, true, false, 'source-ip'],
    ['prefix before address', true, true, false, false, 'prefix'],
    ['action before prefix', true, false, false, true, 'action'],
    ['action before address', true, false, true, false, 'action'],
    ['bucket before action', false, false, true, true, 'bucket'],
    ['bucket before everything', false, false, false, false, 'bucket'],
  ])('%s', (_, bucket, action, prefix, address, expected) => {
    const grant: Partial<Grant> = {
      bucket: bucket ? 'b' : 'other',
      actions: [action ? 's3:GetObject' : 's3:PutObject'],
      prefix: prefix ? 'a/' : 'z/',
      sourceIp: ranges(address ? '10.0.0.0/8' : '192.0.2.0/24'),
    }
    expect(check(grant, 's3:GetObject', { ...a, context: { 'aws:SourceIp': '10.0.0.1' } })).toBe(expected)
  })
})
