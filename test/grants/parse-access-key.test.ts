import { describe, expect, test } from 'vitest'
import type { AccessKey } from '../../src/grants/access-key.js'
import { parseAccessKey } from '../../src/grants/parse-access-key.js'
import { parseRange } from '../../src/match/cidr.js'
import { readDocument } from '../../src/policy/document.js'
import { formatPath } from '../../src/policy/json-path.js'

function parse(json: unknown): { readonly key: AccessKey | undefined; readonly problems: readonly string[] } {
  const { root, problems, reader } = readDocument(JSON.stringify(json))
  const key = root && parseAccessKey({ value: root, path: [] }, reader)
  const texts = problems.diagnostics.map(({ code, severity, path, message, help }) => {
    return `${severity} ${code} ${formatPath(path)}: ${message}${help === undefined ? '' : ` (${help})`}`
  })
  return { key, problems: texts }
}

const plain = { accessKey: 'AK', account: '111122223333', grants: [] }
const keyMembers = '`accessKey`, `account`, `name`, `arn`, `grants`, `status`, `notBefore`, `expiresAt`'
const grantMembers = '`bucket`, `permission`, `actions`, `prefix`, `sourceIp`'

describe('a key without problems', () => {
  test('has defaults for what it does not say', () => {
    expect(parse(plain)).toEqual({
      key: {
        accessKey: 'AK',
        account: '111122223333',
        arn: { text: 'arn:aws:iam::111122223333:user/AK', type: 'user', name: 'AK' },
        grants: [],
        status: 'active',
      },
      problems: [],
    })
    expect(Object.keys(parse(plain).key ?? {}).sort()).toEqual(['accessKey', 'account', 'arn', 'grants', 'status'])
  })

  test('has what it says', () => {
    const said = {
      ...plain,
      name: 'Anna',
      arn: 'arn:aws:iam::111122223333:user/editors/anna',
      status: 'suspended',
      notBefore: '2026-09-21T14:13:20Z',
      expiresAt: 1790000000500,
      grants: [{ bucket: 'b', permission: 'read' }],
    }
    expect(parse(said)).toEqual({
      key: {
        accessKey: 'AK',
        account: '111122223333',
        name: 'Anna',
        arn: { text: 'arn:aws:iam::111122223333:user/editors/anna', type: 'user', name: 'anna' },
        status: 'suspended',
        notBefore: { seconds: 1790000000, nanos: 0 },
        expiresAt: { seconds: 1790000000, nanos: 500_000_000 },
        grants: [
          {
            bucket: 'b',
            permission: 'read',
            actions: [
              's3:ListBucket',
              's3:ListBucketVersions',
              's3:ListBucketMultipartUploads',
              's3:GetBucketLocation',
              's3:GetBucketVersioning',
              's3:GetObject',
              's3:GetObjectVersion',
              's3:GetObjectTagging',
              's3:GetObjectVersionTagging',
              's3:GetObjectAcl',
              's3:GetObjectVersionAcl',
              's3:ListMultipartUploadParts',
            ],
          },
        ],
      },
      problems: [],
    })
  })

  test.each([
    ['active', 'active'],
    ['suspended', 'suspended'],
  ])('status %s', (status, expected) => {
    expect(parse({ ...plain, status }).key?.status).toBe(expected)
  })

  test.each([
    ['the account’s root', 'arn:aws:iam::111122223333:root', { type: 'root', name: '' }],
    ['a user below a path', 'arn:aws:iam::111122223333:user/a/b/c', { type: 'user', name: 'c' }],
    ['of another partition', 'arn:aws-cn:iam::111122223333:user/x', { type: 'user', name: 'x' }],
    ['a role', 'arn:aws:iam::111122223333:role/r', { type: 'role', name: 'r' }],
  ])('its own ARN: %s', (_, arn, expected) => {
    expect(parse({ ...plain, arn })).toMatchObject({ key: { arn: { text: arn, ...expected } }, problems: [] })
  })

  test('a name may be empty', () => {
    expect(parse({ ...plain, name: '' })).toMatchObject({ key: { name: '' }, problems: [] })
  })
})

describe('time bounds', () => {
  test.each<[string, string | number, { readonly seconds: number; readonly nanos: number }]>([
    ['a date', '2026-09-21', { seconds: 1789948800, nanos: 0 }],
    ['a date and time', '2026-09-21T14:13:20Z', { seconds: 1790000000, nanos: 0 }],
    ['with a zone', '2026-09-21T16:13:20+02:00', { seconds: 1790000000, nanos: 0 }],
    ['with nanoseconds', '2026-09-21T14:13:20.000000001Z', { seconds: 1790000000, nanos: 1 }],
    ['text of digits is Unix seconds, as in policies', '1790000000', { seconds: 1790000000, nanos: 0 }],
    ['a number is milliseconds', 1790000000000, { seconds: 1790000000, nanos: 0 }],
    ['a number between two seconds', 1790000000001, { seconds: 1790000000, nanos: 1_000_000 }],
    ['zero', 0, { seconds: 0, nanos: 0 }],
    ['before 1970', -1, { seconds: -1, nanos: 999_000_000 }],
    ['the largest whole number', Number.MAX_SAFE_INTEGER, { seconds: 9007199254740, nanos: 991_000_000 }],
  ])('%s', (_, bound, expected) => {
    expect(parse({ ...plain, notBefore: bound })).toMatchObject({ key: { notBefore: expected }, problems: [] })
    expect(parse({ ...plain, expiresAt: bound })).toMatchObject({ key: { expiresAt: expected }, problems: [] })
    expect(parse({ ...plain, notBefore: bound }).key).not.toHaveProperty('expiresAt')
    expect(parse({ ...plain, expiresAt: bound }).key).not.toHaveProperty('notBefore')
  })

  test.each<[string, unknown]>([
    ['a day that does not exist', '2026-02-30'],
    ['other text', 'tomorrow'],
    ['empty text', ''],
    ['half a millisecond', 1.5],
    ['more than a number can hold', 2 ** 53],
    ['null', null],
    ['a boolean', true],
    ['a list', [1790000000000]],
  ])('no bound: %s', (_, bound) => {
    const message = 'must be a date such as `2026-09-21T14:13:20Z` or milliseconds since 1970'
    expect(parse({ ...plain, notBefore: bound }).problems).toEqual([`error invalid-value $.notBefore: notBefore ${message}`])
    expect(parse({ ...plain, expiresAt: bound }).problems).toEqual([`error invalid-value $.expiresAt: expiresAt ${message}`])
  })
})

describe('problems of a key', () => {
  test.each<[string, unknown, readonly string[]]>([
    ['no object', 'AK', ['error wrong-type $: a key must be an object, found text']],
    ['null', null, ['error wrong-type $: a key must be an object, found null']],
    ['no accessKey', { account: '1', grants: [] }, ['error missing-member $: `accessKey` is missing']],
    ['no account', { accessKey: 'AK', grants: [] }, ['error missing-member $: `account` is missing']],
    ['neither', {}, ['error missing-member $: `accessKey` is missing', 'error missing-member $: `account` is missing']],
    ['an empty accessKey', { ...plain, accessKey: '' }, ['error invalid-value $.accessKey: accessKey must not be empty']],
    ['an empty account', { ...plain, account: '' }, ['error invalid-value $.account: account must not be empty']],
    ['an accessKey that is no text', { ...plain, accessKey: 5 }, ['error wrong-type $.accessKey: accessKey must be text, found a number']],
    ['an account that is a number', { ...plain, account: 1 }, ['error wrong-type $.account: account must be text, found a number']],
    [
      'no grants',
      { accessKey: 'AK', account: '1' },
      ['error missing-member $: a key needs `grants` (an empty list is a key that may do nothing)'],
    ],
    ['grants that are no list', { ...plain, grants: {} }, ['error wrong-type $.grants: grants must be an array, found an object']],
    ['a name that is no text', { ...plain, name: 1 }, ['error wrong-type $.name: name must be text, found a number']],
    [
      'a status that does not exist',
      { ...plain, status: 'Active' },
      ['error invalid-value $.status: there is no status `Active` (use `active` or `suspended`)'],
    ],
    ['an empty status', { ...plain, status: '' }, ['error invalid-value $.status: there is no status `` (use `active` or `suspended`)']],
    ['a status that is no text', { ...plain, status: true }, ['error wrong-type $.status: status must be text, found a boolean']],
    ['an ARN that is no text', { ...plain, arn: 1 }, ['error wrong-type $.arn: arn must be text, found a number']],
    ['an ARN that is none', { ...plain, arn: 'anna' }, ['error invalid-value $.arn: `anna` is no ARN']],
    [
      'an ARN of another account',
      { ...plain, arn: 'arn:aws:iam::444455556666:user/x' },
      ['error account-mismatch $.arn: the ARN is of account `444455556666`, the key of `111122223333`'],
    ],
    [
      'an ARN without account',
      { ...plain, arn: 'arn:aws:iam:::user/x' },
      ['error account-mismatch $.arn: the ARN is of account ``, the key of `111122223333`'],
    ],
    [
      'an unknown member',
      { ...plain, acesKey: 1 },
      ['error unknown-member $.acesKey: a key has no member `acesKey` (did you mean `accessKey`?)'],
    ],
    [
      'a secret',
      { ...plain, secretAccessKeyOfThisVeryKey: '' },
      [
        `error unknown-member $.secretAccessKeyOfThisVeryKey: a key has no member \`secretAccessKeyOfThisVeryKey\` (its members are ${keyMembers})`,
      ],
    ],
  ])('%s', (_, json, expected) => {
    expect(parse(json).problems).toEqual(expected)
  })

  test('a key without name or account is none, one with an ARN that is none neither', () => {
    expect(parse({ account: '1', grants: [] }).key).toBeUndefined()
    expect(parse({ accessKey: 'AK', grants: [] }).key).toBeUndefined()
    expect(parse({ ...plain, arn: 'anna' }).key).toBeUndefined()
    expect(parse(5).key).toBeUndefined()
  })
})

describe('grants', () => {
  const grants = (...list: unknown[]) => parse({ ...plain, grants: list })
  const range = (text: string) => ({ text, range: parseRange(text) })

  test.each<[string, unknown, unknown]>([
    ['fullaccess', { bucket: '', permission: 'fullaccess' }, { bucket: '', permission: 'fullaccess', actions: ['s3:*'] }],
    [
      'write',
      { bucket: 'b', permission: 'write' },
      { bucket: 'b', permission: 'write', actions: ['s3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'] },
    ],
    ['actions', { bucket: 'b', actions: ['s3:get*', '*'] }, { bucket: 'b', actions: ['s3:get*', '*'] }],
    ['no actions', { bucket: 'b', actions: [] }, { bucket: 'b', actions: [] }],
    ['a prefix', { bucket: 'b', actions: [], prefix: 'a/' }, { bucket: 'b', actions: [], prefix: 'a/' }],
    ['the empty prefix', { bucket: 'b', actions: [], prefix: '' }, { bucket: 'b', actions: [], prefix: '' }],
    [
      'addresses',
      { bucket: 'b', actions: [], sourceIp: ['10.0.0.0/8', '2001:db8::1'] },
      { bucket: 'b', actions: [], sourceIp: [range('10.0.0.0/8'), range('2001:db8::1')] },
    ],
    ['one address', { bucket: 'b', actions: [], sourceIp: '10.0.0.1' }, { bucket: 'b', actions: [], sourceIp: [range('10.0.0.1')] }],
  ])('%s', (_, json, expected) => {
    const { key, problems } = grants(json)
    expect(problems).toEqual([])
    expect(key?.grants).toStrictEqual([expected])
  })

  test('keep their order', () => {
    const { key } = grants({ bucket: 'b', actions: [] }, { bucket: 'c', actions: [] })
    expect(key?.grants.map(({ bucket }) => bucket)).toEqual(['b', 'c'])
  })

  const either = 'error invalid-value $.grants[0]: a grant needs either `permission` or `actions`'
  const emptyBucket = 'error invalid-value $.grants[0].bucket: the bucket of a grant is empty for `fullaccess` and for nothing else'
  test.each<[string, unknown, readonly string[]]>([
    ['no object', 'read', ['error wrong-type $.grants[0]: a grant must be an object, found text']],
    ['neither permission nor actions', { bucket: 'b' }, [either]],
    ['both', { bucket: 'b', permission: 'read', actions: ['s3:*'] }, [either]],
    ['no bucket', { permission: 'read' }, ['error missing-member $.grants[0]: a grant needs `bucket` (for `fullaccess` it is `""`)']],
    [
      'a bucket that is no text',
      { bucket: 1, permission: 'read' },
      ['error wrong-type $.grants[0].bucket: bucket must be text, found a number'],
    ],
    [
      'a bucket that is no text, with fullaccess',
      { bucket: 1, permission: 'fullaccess' },
      ['error wrong-type $.grants[0].bucket: bucket must be text, found a number'],
    ],
    ['an empty bucket', { bucket: '', permission: 'read' }, [`${emptyBucket} (name a bucket, or grant \`fullaccess\`)`]],
    ['an empty bucket with actions', { bucket: '', actions: ['s3:*'] }, [`${emptyBucket} (name a bucket, or grant \`fullaccess\`)`]],
    ['fullaccess of a bucket', { bucket: 'b', permission: 'fullaccess' }, [`${emptyBucket} (write \`"bucket": ""\`)`]],
    [
      'a permission that does not exist',
      { bucket: 'b', permission: 'Read' },
      ['error invalid-value $.grants[0].permission: there is no permission `Read` (use one of read, write, readwrite, fullaccess)'],
    ],
    [
      'a permission that every object has',
      { bucket: 'b', permission: 'constructor' },
      ['error invalid-value $.grants[0].permission: there is no permission `constructor` (use one of read, write, readwrite, fullaccess)'],
    ],
    [
      'a permission that is no text',
      { bucket: 'b', permission: ['read'] },
      ['error wrong-type $.grants[0].permission: permission must be text, found an array'],
    ],
    [
      'actions that are no list',
      { bucket: 'b', actions: 's3:*' },
      ['error wrong-type $.grants[0].actions: actions must be an array, found text'],
    ],
    [
      'an action that is no text',
      { bucket: 'b', actions: ['s3:*', 5] },
      ['error wrong-type $.grants[0].actions[1]: an action must be text, found a number'],
    ],
    [
      'an action that does not exist',
      { bucket: 'b', actions: ['s3:*', 's3:GetObjekt'] },
      ['warning unknown-action $.grants[0].actions[1]: `s3:GetObjekt` covers no S3 action (did you mean `s3:GetObject`?)'],
    ],
    [
      'an action that resembles none',
      { bucket: 'b', actions: ['ec2:RunInstancesInThisVeryAccount'] },
      ['warning unknown-action $.grants[0].actions[0]: `ec2:RunInstancesInThisVeryAccount` covers no S3 action'],
    ],
    [
      'a prefix that is no text',
      { bucket: 'b', actions: [], prefix: 1 },
      ['error wrong-type $.grants[0].prefix: prefix must be text, found a number'],
    ],
    [
      'an address that is none',
      { bucket: 'b', actions: [], sourceIp: 'home' },
      ['error invalid-value $.grants[0].sourceIp: `home` is no IP address or block (an example is `203.0.113.0/24`)'],
    ],
    [
      'one of two addresses',
      { bucket: 'b', actions: [], sourceIp: ['10.0.0.1', '10.0.0.1/33'] },
      ['error invalid-value $.grants[0].sourceIp[1]: `10.0.0.1/33` is no IP address or block (an example is `203.0.113.0/24`)'],
    ],
    [
      'an address that is no text, and one that is none',
      { bucket: 'b', actions: [], sourceIp: [5, 'home'] },
      [
        'error wrong-type $.grants[0].sourceIp[0]: sourceIp must be text, found a number',
        'error invalid-value $.grants[0].sourceIp[1]: `home` is no IP address or block (an example is `203.0.113.0/24`)',
      ],
    ],
    [
      'no addresses',
      { bucket: 'b', actions: [], sourceIp: [] },
      ['error invalid-value $.grants[0].sourceIp: an empty sourceIp allows no address (leave it out for any address)'],
    ],
    [
      'an unknown member',
      { bucket: 'b', actions: [], prefx: 'a/' },
      ['error unknown-member $.grants[0].prefx: a grant has no member `prefx` (did you mean `prefix`?)'],
    ],
    [
      'a member that resembles none',
      { bucket: 'b', actions: [], x: 'a/' },
      [`error unknown-member $.grants[0].x: a grant has no member \`x\` (its members are ${grantMembers})`],
    ],
  ])('%s', (_, json, expected) => {
    expect(grants(json).problems).toEqual(expected)
  })

  test('an unknown action stays, and covers nothing', () => {
    expect(grants({ bucket: 'b', actions: ['s3:GetObjekt', 's3:PutObject'] }).key?.grants).toEqual([
      { bucket: 'b', actions: ['s3:GetObjekt', 's3:PutObject'] },
    ])
  })

  test('a grant whose form is wrong leaves the others', () => {
    expect(grants({ permission: 'read' }, 5, { bucket: 'b', actions: ['*'] }).key?.grants).toEqual([{ bucket: 'b', actions: ['*'] }])
  })

  test('what cannot be read in a list leaves the rest of it', () => {
    expect(grants({ bucket: 'b', actions: [5, 's3:*'], sourceIp: ['home', 5, '10.0.0.1'] }).key?.grants).toEqual([
      { bucket: 'b', actions: ['s3:*'], sourceIp: [range('10.0.0.1')] },
    ])
    expect(parse({ ...plain, grants: 5 }).key?.grants).toEqual([])
  })

  test('a permission that does not exist allows nothing', () => {
    expect(grants({ bucket: 'b', permission: 'all' }).key?.grants).toEqual([{ bucket: 'b', actions: [] }])
  })
})
