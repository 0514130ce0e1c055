import { describe, expect, test } from 'vitest'
import { get, grantree, OWNER, scratch, snapshot } from './grantree.js'

const photography = new URL('../../fixtures/photography/', import.meta.url)
const path = (name: string) => new URL(name, photography).pathname
const { file } = scratch()
const s = file('s.json', snapshot)

async function explain(snapshotFile: string, request: string | object, ...rest: string[]): Promise<string> {
  const r = typeof request === 'string' ? request : file('request.json', request)
  const { code, out, err } = await grantree(['explain', '-s', snapshotFile, '-r', r, ...rest])
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return out
}

describe('the photography example', () => {
  test.each<[string, string]>([
    [
      'editor-from-home',
      `DENIED  s3:GetObject on arn:aws:s3:::raw-photos/2026-05-30/IMG_0042.CR3
  by access key DO00EDITORANNA000001
  because the bucket's policy denies it (statement 2 "DenyOutsideTheOffice")
  ExplicitDeny, policy-denies

The access key's grants
  ● 1  readwrite on raw-photos
  ○ 2  readwrite on final-photos: another bucket
  ○ 3  read on uploads: another bucket

The policy of raw-photos
  ○ 1 "DenyWithoutTls"  Deny does not apply
      Bool aws:SecureTransport: the request has "true", the policy "false": no match
  ● 2 "DenyOutsideTheOffice"  Deny applies
      NotIpAddress aws:SourceIp: the request has "198.51.100.7", the policy "203.0.113.0/24": true
`,
    ],
    [
      'photographer-own-folder',
      `ALLOWED  s3:PutObject on arn:aws:s3:::uploads/carla/shoot-7.zip
  by access key DO00PHOTOGCARLA00001
  because the bucket's policy allows it (statement 2 "PhotographersUseTheirOwnFolder")
  Allow, policy-allows

The access key's grants
  none

The policy of uploads
  ○ 1 "DenyWithoutTls"  Deny does not apply
      Bool aws:SecureTransport: the request has "true", the policy "false": no match
  ● 2 "PhotographersUseTheirOwnFolder"  Allow applies
  ○ 3 "PhotographersListTheirOwnFolder"  Allow does not apply
      action: no match
      resource: no match
`,
    ],
  ])('%s', async (name, expected) => {
    expect(await explain(path('snapshot.json'), path(`requests/${name}.json`))).toBe(expected)
  })
})

describe('who asked, for what', () => {
  test.each<[string, object, string]>([
    ['anonymous', { kind: 'anonymous' }, 'by an anonymous caller'],
    ['a key', { kind: 'key', accessKey: 'AK' }, 'by access key AK'],
    ['a user', { kind: 'aws', arn: `arn:aws:iam::${OWNER}:user/alice` }, `by arn:aws:iam::${OWNER}:user/alice`],
    ['a service', { kind: 'service', service: 'logging.s3.amazonaws.com' }, 'by service logging.s3.amazonaws.com'],
    ['a provider', { kind: 'federated', provider: 'accounts.google.com' }, 'by identity provider accounts.google.com'],
    ['a canonical user', { kind: 'canonicalUser', id: '79a5' }, 'by canonical user 79a5'],
  ])('%s', async (_, principal, line) => {
    expect((await explain(s, get('x', { principal }))).split('\n')[1]).toBe(`  ${line}`)
  })

  test.each<[string, object, string]>([
    ['an object', get('a/b c'), 'DENIED  s3:GetObject on arn:aws:s3:::b/a/b c'],
    ['a bucket', { ...get('x'), action: 's3:ListBucket' }, 'DENIED  s3:ListBucket on arn:aws:s3:::b'],
    ['a bucket that is not in the snapshot', { ...get('x'), bucket: 'nowhere' }, 'DENIED  s3:GetObject on nowhere/x'],
    ['nothing', { principal: { kind: 'anonymous' }, action: 's3:ListAllMyBuckets' }, 'DENIED  s3:ListAllMyBuckets on no bucket'],
    ['a new bucket', { principal: { kind: 'anonymous' }, action: 's3:CreateBucket', bucket: 'new' }, 'DENIED  s3:CreateBucket on new'],
    ['what is allowed', get('public/x'), 'ALLOWED  s3:GetObject on arn:aws:s3:::b/public/x'],
  ])('%s', async (_, request, line) => {
    expect((await explain(s, request)).split('\n')[0]).toBe(line)
  })
})

describe('the two sides', () => {
  test('a caller whose own permissions are told', async () => {
    const arn = `arn:aws:iam::${OWNER}:user/alice`
    const own = (await explain(s, get('x', { principal: { kind: 'aws', arn, identityVerdict: 'Allow' } }))).split('\n').slice(2, 8)
    expect(own).toEqual([
      "  because the caller's own identity policies allow it",
      '  Allow, identity-allows',
      '',
      "The caller's own permissions",
      '  ● Allow',
      '',
    ])
    expect(await explain(s, get('x', { principal: { kind: 'aws', arn } }))).toContain("The caller's own permissions\n  ○ ImplicitDeny\n")
  })

  test('grants say what they are, and what keeps them from allowing', async () => {
    const limited = file('limited.json', {
      buckets: [{ name: 'b', owner: OWNER }],
      keys: [
        {
          accessKey: 'AK',
          account: OWNER,
          grants: [
            { bucket: 'c', permission: 'readwrite' },
            { bucket: 'b', actions: ['s3:PutObject', 's3:Delete*'] },
            { bucket: 'b', permission: 'read', prefix: 'a/' },
            { bucket: 'b', permission: 'read', sourceIp: ['10.0.0.0/8'] },
            { bucket: '', permission: 'fullaccess' },
          ],
        },
      ],
    })
    expect(await explain(limited, get('x', { principal: { kind: 'key', accessKey: 'AK' } }))).toBe(
      `ALLOWED  s3:GetObject on arn:aws:s3:::b/x
  by access key AK
  because a grant of the access key allows it (grant 5)
  Allow, grant

The access key's grants
  ○ 1  readwrite on c: another bucket
  ○ 2  s3:PutObject, s3:Delete* on b: not this action
  ○ 3  read on b/a/*: not under its prefix
  ○ 4  read on b from 10.0.0.0/8: not from this address
  ● 5  fullaccess on every bucket
`,
    )
  })

  test('fullaccess with a prefix is not on everything', async () => {
    const limited = file('limited.json', {
      buckets: [{ name: 'b', owner: OWNER }],
      keys: [{ accessKey: 'AK', account: OWNER, grants: [{ bucket: '', permission: 'fullaccess', prefix: 'only/here/' }] }],
    })
    expect(await explain(limited, get('x', { principal: { kind: 'key', accessKey: 'AK' } }))).toContain('only/here/')
  })

  test('statements that are unknown, delegate, or do not concern the caller', async () => {
    const odd = file('odd.json', {
      buckets: [
        {
          name: 'b',
          owner: OWNER,
          policy: {
            Statement: [
              {
                Effect: 'Deny',
                Principal: '*',
                Action: 's3:PutObject',
                Resource: 'b',
                Condition: { Bool: { 'aws:SecureTransport': false } },
              },
              {
                Effect: 'Deny',
                Principal: '*',
                Action: 's3:GetObject',
                Resource: 'b',
                Condition: { StringEquals: { 'aws:PrincipalTag/x': ['1', '2'] } },
              },
              {
                Effect: 'Allow',
                Principal: { AWS: OWNER },
                Action: '*',
                Resource: '*',
                Condition: { Null: { 'aws:TokenIssueTime': 'true' } },
              },
            ],
          },
        },
      ],
    })
    const request = get('x', { principal: { kind: 'aws', arn: `arn:aws:iam::${OWNER}:user/alice` }, unknown: ['aws:PrincipalTag/*'] })
    const [, policy] = (await explain(odd, request)).split('The policy of b\n')
    expect(policy).toBe(
      `  ○ 1  Deny does not apply
      action: no match
      resource: unknown
  ● 2  Deny applies, because it cannot be ruled out
      resource: unknown
      StringEquals aws:PrincipalTag/x: the request has a value that is not known, the policy "1", "2": unknown
  ● 3  Allow applies, through the caller's account
      Null aws:TokenIssueTime: the request has no value, the policy "true": true
`,
    )
  })

  test('a restricted bucket says by which statement it is public', async () => {
    const [open] = snapshot.buckets
    const restricted = file('restricted.json', { buckets: [{ ...open, publicAccessBlock: { RestrictPublicBuckets: true } }] })
    const text = await explain(restricted, get('public/x'))
    expect(text).toContain('because the policy is public and RestrictPublicBuckets is on, which cuts off callers of other accounts\n')
    expect(text).toContain('  RestrictPublicBuckets is on and statement 1 is public\n')
  })

  test('a quarantined bucket shows its problems', async () => {
    const broken = file('broken.json', { buckets: [{ name: 'b', owner: OWNER, policy: '{"Statement": 5}' }] })
    const { code, out } = await grantree(['explain', '-s', broken, '-r', file('r.json', get('x'))])
    expect(code).toBe(0)
    expect(out).toContain("because the bucket's policy cannot be read, so the bucket is quarantined\n")
    expect(out).toContain('The policy of b is unreadable\npolicy:1:15: error: a statement must be an object, found a number [wrong-type]\n')
  })
})

describe('--json', () => {
  test('is the whole explanation', async () => {
    const request = get('secret', { principal: { kind: 'key', accessKey: 'AK' } })
    const explanation = JSON.parse(await explain(s, request, '--json'))
    expect(explanation).toMatchObject({
      verdict: 'ExplicitDeny',
      reason: 'policy-denies',
      statement: { index: 1 },
      request,
      owner: OWNER,
      resource: 'arn:aws:s3:::b/secret',
      identity: { kind: 'grants', grants: [{ index: 0, failed: 'bucket' }] },
      policy: {
        kind: 'statements',
        statements: [
          { index: 0, sid: 'Public', applies: false },
          { index: 1, applies: true },
        ],
      },
    })
    expect(JSON.parse(await explain(path('snapshot.json'), path('requests/editor-from-home.json'), '--json'))).toMatchObject({
      verdict: 'ExplicitDeny',
      statement: { sid: 'DenyOutsideTheOffice' },
    })
  })

  test('a denial is an answer, not a failure: exit code 0', async () => {
    const { code } = await grantree(['explain', '-s', s, '-r', file('r.json', get('secret')), '--json'])
    expect(code).toBe(0)
  })
})
