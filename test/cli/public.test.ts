import { describe, expect, test } from 'vitest'
import { grantree, OWNER, scratch } from './grantree.js'

const { file, directory } = scratch()

const PHOTOGRAPHY = 'fixtures/photography/snapshot.json'
const FRIEND = '444455556666'
const STRANGER = '999988887777'

const allow = (rest: object = {}) => ({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*', ...rest })
const policy = (name: string, ...Statement: readonly object[]) => file(name, { Version: '2012-10-17', Statement })
const open = policy('open.json', allow({ Sid: 'Open' }))
const closed = policy('closed.json', allow({ Principal: { AWS: FRIEND } }))
/** Public for AWS, which never looks at Deny statements, and closed in truth. */
const covered = policy('covered.json', allow(), allow({ Effect: 'Deny' }))
/** Public for AWS, to which a pattern pins nobody, though the pattern is of one account. */
const byCondition = policy('by-condition.json', allow({ Condition: { StringLike: { 'aws:PrincipalArn': `arn:aws:iam::${FRIEND}:*` } } }))

interface Row {
  readonly bucket?: string
  readonly aws?: { readonly isPublic: boolean; readonly statements: readonly object[] }
  readonly exact: string
  readonly words?: string
  readonly request?: object
  readonly decision?: object
}

const json = async (...args: readonly string[]) => {
  const { code, out, err } = await grantree(['public', ...args, '--format', 'json'])
  return {
    code,
    err,
    record: JSON.parse(out) as { readonly verdict: string; readonly buckets: readonly Row[]; readonly unread: readonly string[] },
  }
}

describe('the exit code: 1 if a bucket is public by either definition', () => {
  test.each<[string, string, number, boolean, string]>([
    ['open to everybody', open, 1, true, 'public'],
    ['for one account', closed, 0, false, 'not-public'],
    ['public for AWS alone', covered, 1, true, 'not-public'],
    ['held back by a condition that AWS does not count', byCondition, 1, true, 'not-public'],
  ])('%s', async (_, path, code, isPublic, exact) => {
    const { record, ...ended } = await json(path)
    expect(ended).toEqual({ code, err: '' })
    expect(record).toMatchObject({
      verdict: code === 1 ? 'public' : 'not-public',
      buckets: [{ file: path, aws: { isPublic }, exact }],
      unread: [],
    })
    for (const format of ['text', 'markdown']) expect((await grantree(['public', path, '--format', format])).code).toBe(code)
  })

  test('one public bucket among many files is enough', async () => {
    expect((await grantree(['public', closed, closed])).code).toBe(0)
    expect((await grantree(['public', closed, open, closed])).code).toBe(1)
  })

  test('a bucket without policy is no matter', async () => {
    const bare = file('bare.json', { buckets: [{ name: 'b', owner: OWNER }] })
    expect(await grantree(['public', bare])).toEqual({ code: 0, out: 'no bucket has a policy, so none is public\n', err: '' })
    expect(await json(bare)).toMatchObject({ code: 0, record: { verdict: 'not-public', buckets: [] } })
  })
})

describe('text', () => {
  test('the photography example', async () => {
    const { code, out, err } = await grantree(['public', PHOTOGRAPHY])
    expect({ code, err }).toEqual({ code: 1, err: '' })
    const lines = out.split('\n')
    expect(lines.filter((_, index) => index !== 4)).toEqual([
      'public: 1 of 4 buckets with a policy',
      'not public  `raw-photos`',
      'PUBLIC  `final-photos`',
      "    by AWS's definition: public by statement 2 `EverybodySeesPublicPhotos`",
      'not public  `marketing`',
      'not public  `uploads`',
      '',
    ])
    expect(lines[4]).toMatch(
      /^ {4}exactly: public, for example GetObject on `final-photos\/public\/[^`]*` by an anonymous caller, .*: allowed \(.*, statement 2 `EverybodySeesPublicPhotos`\)$/,
    )
  })

  test('where the definitions differ, both are told', async () => {
    expect((await grantree(['public', covered])).out).toBe(
      "public: 1 of 1 bucket with a policy\nPUBLIC  `b`\n    by AWS's definition: public by statement 1\n    exactly: not public: strangers are never allowed anything\n",
    )
  })

  test('several files are told apart', async () => {
    const { out } = await grantree(['public', closed, covered])
    expect(out).toContain(`not public  \`b\` in ${closed}\n`)
    expect(out).toContain(`PUBLIC  \`b\` in ${covered}\n`)
  })
})

describe('JSON', () => {
  test('definitions, statements by their places, and a request with its decision', async () => {
    const { record } = await json(open)
    const [bucket] = record.buckets
    expect(Object.keys(bucket ?? {})).toEqual(['file', 'bucket', 'aws', 'exact', 'words', 'request', 'decision', 'undecided'])
    expect(bucket).toMatchObject({
      bucket: 'b',
      aws: { isPublic: true, statements: [{ index: 0, sid: 'Open' }] },
      exact: 'public',
      request: { action: 's3:GetObject', bucket: 'b' },
      decision: { verdict: 'Allow', statement: { index: 0, sid: 'Open' } },
      undecided: [],
    })
    expect(JSON.stringify(record)).not.toContain('Statement')
  })
})

describe('Markdown', () => {
  test('a heading, a table, and the examples', async () => {
    const { out } = await grantree(['public', PHOTOGRAPHY, '--format', 'markdown'])
    const lines = out.split('\n')
    expect(lines.slice(0, 5)).toEqual([
      '### Access: public: 1 of 4 buckets with a policy',
      '',
      "| bucket | AWS's definition | exactly |",
      '| --- | --- | --- |',
      '| `raw-photos` | not public | not public: strangers are never allowed anything |',
    ])
    const [, block = ''] = /```json\n([\s\S]*?)\n```\n/.exec(out) ?? []
    expect(JSON.parse(block)).toMatchObject([{ bucket: 'final-photos', request: { bucket: 'final-photos' } }])
  })

  test('several files have a column', async () => {
    const { out } = await grantree(['public', closed, PHOTOGRAPHY, '--format', 'markdown'])
    expect(out).toContain("| file | bucket | AWS's definition | exactly |\n| --- | --- | --- | --- |\n")
    expect(out).toContain(`| \`${closed}\` | \`b\` | not public | `)
  })
})

describe('who is no stranger', () => {
  test('accounts that are trusted, and the owner', async () => {
    // Together the patterns leave one account, which neither of them names.
    const key = 'aws:PrincipalAccount'
    const Condition = { StringLike: { [key]: `${STRANGER.slice(0, -1)}?` }, StringLikeIfExists: { [key]: `?${STRANGER.slice(1)}` } }
    const one = policy('one.json', allow({ Condition }))
    expect((await json(one)).record.buckets[0]).toMatchObject({ exact: 'public' })
    expect((await json(one, '--trusted', FRIEND)).record.buckets[0]).toMatchObject({ exact: 'public' })
    expect((await json(one, '--trusted', STRANGER)).record.buckets[0]).toMatchObject({ exact: 'not-public' })
    expect((await json(one, '--trusted', `1, ${STRANGER}`)).record.buckets[0]).toMatchObject({ exact: 'not-public' })
    expect((await json(one, '--owner', STRANGER)).record.buckets[0]).toMatchObject({ exact: 'not-public' })
  })
})

describe('undecided', () => {
  test('exit code 3, which bucket, and why', async () => {
    expect(await grantree(['public', closed, '--budget', '1'])).toEqual({
      code: 3,
      err: '',
      out: "public: 0 of 1 bucket with a policy, 1 undecided\nUNDECIDED  `b`\n    by AWS's definition: not public\n    exactly: undecided, because it would take too many steps; a larger --budget may do\n",
    })
    expect(await json(closed, '--budget', '1')).toMatchObject({
      code: 3,
      record: { verdict: 'undecided', buckets: [{ exact: 'undecided' }] },
    })
    const { code, out } = await grantree(['public', closed, '--budget', '1', '--format', 'markdown'])
    expect(code).toBe(3)
    expect(out).toContain('| undecided, because it would take too many steps; a larger --budget may do |')
  })

  test("what is public by AWS's definition is, whatever else", async () => {
    expect((await grantree(['public', open, '--budget', '1'])).code).toBe(1)
  })

  test('a quarantined bucket is undecided: nobody knows its policy', async () => {
    const broken = file('broken.json', { buckets: [{ name: 'b', owner: OWNER, policy: { Statement: 5 } }] })
    const { code, out, err } = await grantree(['public', broken])
    expect(code).toBe(3)
    expect(out).toBe(
      "public: 0 of 1 bucket with a policy, 1 undecided\nUNDECIDED  `b`\n    by AWS's definition: unknown\n    exactly: undecided, because its policy cannot be read\n",
    )
    expect(err).toContain('quarantined: every request to `b` is denied until its policy is readable\n')
    expect((await json(broken)).record).toMatchObject({ verdict: 'undecided', buckets: [{ bucket: 'b', exact: 'undecided' }] })
  })
})

describe('wrong input', () => {
  test('a file that cannot be read spoils the run, but not the other files', async () => {
    const nowhere = `${directory}/nowhere.json`
    const { code, out, err } = await grantree(['public', closed, nowhere, covered])
    expect({ code, err }).toEqual({ code: 2, err: `error: cannot read \`${nowhere}\`: there is no such file\n` })
    expect(out).toContain('public: 1 of 2 buckets with a policy; 1 file could not be read\n')
    expect((await json(closed, nowhere)).record).toMatchObject({ verdict: 'undecided', unread: [nowhere] })
    expect(await grantree(['public', nowhere])).toMatchObject({ code: 2, out: '' })
  })

  test.each<[string, readonly string[], RegExp]>([
    ['no file', [], /^error: missing required argument 'file'\n/],
    [
      'a snapshot, and a bucket',
      [PHOTOGRAPHY, '--bucket', 'uploads'],
      /^error: --bucket is for policies; a snapshot has its buckets and their owners\n$/,
    ],
    ['standard input twice', ['-', '-'], /^error: only one FILE can be standard input\n$/],
    [
      'trusted accounts that are none',
      [open, '--trusted', '1,,2'],
      /^error: --trusted takes account ids with commas between them; `` is none\n$/,
    ],
    [
      'a trusted ARN',
      [open, '--trusted', 'arn:aws:iam::1:root'],
      /^error: --trusted takes account ids .*; `arn:aws:iam::1:root` is none\n$/,
    ],
  ])('%s', async (_, args, message) => {
    const { code, out, err } = await grantree(['public', ...args])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(message)
  })
})
