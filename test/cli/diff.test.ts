import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { AccessDiff } from '../../src/analyze/questions/diff.js'
import { checkNoNewAccess } from '../../src/cli/analysis/no-new-access.js'
import { parsePolicy } from '../../src/policy/parser.js'
import { grantree, OWNER, scratch } from './grantree.js'

const { file } = scratch()

const PHOTOGRAPHY = 'fixtures/photography/snapshot.json'
const PRESS = 'fixtures/analysis-cli/final-photos.json'

const AGENCY = '444455556666'
const read = (prefix: string, rest: object = {}) => ({
  Sid: `Read${prefix}`,
  Effect: 'Allow',
  Principal: { AWS: AGENCY },
  Action: 's3:GetObject',
  Resource: `arn:aws:s3:::b/${prefix}/*`,
  ...rest,
})
const policy = (name: string, ...Statement: readonly object[]) => file(name, { Version: '2012-10-17', Statement })
const none = policy('none.json', read('a', { Effect: 'Deny' }))
const a = policy('a.json', read('a'))
const b = policy('b.json', read('b'))
const both = policy('both.json', read('a'), read('b'))

interface Row {
  readonly words: string
  readonly region?: { readonly actions: readonly string[]; readonly kind: string }
  readonly request: { readonly action: string; readonly key?: string }
  readonly before: { readonly verdict: string }
  readonly after: { readonly verdict: string; readonly reason: string; readonly statement?: object }
}

interface Record {
  readonly relation: string
  readonly check?: object
  readonly newlyAllowed: readonly Row[]
  readonly newlyDenied: readonly Row[]
  readonly undecided: readonly { readonly reason: string }[]
}

const json = async (...args: readonly string[]) => {
  const { code, out, err } = await grantree(['diff', ...args, '--format', 'json'])
  return { code, err, record: JSON.parse(out) as Record }
}

describe('the exit code is the answer', () => {
  test.each<[string, string, string, number, number, string]>([
    ['no difference', a, a, 0, 0, 'equal'],
    ['more', a, both, 1, 1, 'more'],
    ['less', both, a, 1, 0, 'less'],
    ['something else', a, b, 1, 1, 'incomparable'],
    ['nothing at all', none, none, 0, 0, 'equal'],
    ['the first access', none, a, 1, 1, 'more'],
  ])('%s', async (_, old, next, code, codeOfCheck, relation) => {
    expect(await json(old, next)).toMatchObject({ code, err: '', record: { relation, undecided: [] } })
    const verdict = codeOfCheck === 0 ? 'passed' : 'failed'
    expect(await json(old, next, '--check', 'no-new-access')).toMatchObject({
      code: codeOfCheck,
      record: { relation, check: { name: 'no-new-access', verdict } },
    })
    for (const format of ['text', 'markdown']) {
      expect((await grantree(['diff', old, next, '--format', format])).code).toBe(code)
      const checked = await grantree(['diff', old, next, '--format', format, '--check', 'no-new-access'])
      expect(checked.code).toBe(codeOfCheck)
      expect(checked.out).toContain(`check no-new-access: ${verdict}\n`)
    }
  })
})

describe('text', () => {
  test('the summary, then each change with an example and what was and is decided', async () => {
    const { out } = await grantree(['diff', a, b])
    const lines = out.split('\n')
    expect(lines[0]).toBe('1 set of requests newly allowed, 1 newly denied')
    expect(lines[1]).toMatch(/^\+ GetObject on `b\/b\/\*` for .*444455556666/)
    expect(lines[2]).toMatch(/^ {4}for example GetObject on `b\/b\/[^`]*` by .*444455556666/)
    expect(lines[3]).toMatch(/^ {4}before: denied \(.*its policy does not\)$/)
    expect(lines[4]).toMatch(/^ {4}after: allowed \(.*, statement 1 `Readb`\)$/)
    expect(lines[5]).toMatch(/^- GetObject on `b\/a\/\*` for .*444455556666/)
    expect(lines[7]).toMatch(/^ {4}before: allowed \(.*, statement 1 `Reada`\)$/)
    expect(lines[8]).toMatch(/^ {4}after: denied \(/)
    expect(lines.slice(9)).toEqual([''])
  })

  test.each<[string, string, string, string]>([
    ['no difference', a, a, 'no difference: both allow the same requests\n'],
    ['only more', none, a, '1 set of requests newly allowed, nothing newly denied\n'],
    ['only less', a, none, 'nothing newly allowed, 1 set of requests newly denied\n'],
  ])('the summary of %s', async (_, old, next, summary) => {
    expect((await grantree(['diff', old, next])).out.startsWith(summary)).toBe(true)
  })

  test('colours', async () => {
    const plain = await grantree(['diff', a, b])
    const painted = await grantree(['diff', a, b], { colors: true })
    expect(painted.out).not.toBe(plain.out)
    expect(painted.out.replace(new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g'), '')).toBe(plain.out)
  })
})

describe('JSON', () => {
  test('the sets, an example each, both decisions, and nothing of the policies', async () => {
    const { record } = await json(a, b)
    expect(Object.keys(record)).toEqual(['relation', 'newlyAllowed', 'newlyDenied', 'undecided'])
    const [change] = record.newlyAllowed
    expect(Object.keys(change ?? {})).toEqual(['words', 'region', 'request', 'before', 'after'])
    expect(change).toMatchObject({
      region: { kind: 'object', actions: ['s3:GetObject'], bucket: 'b', resources: [{ only: [{ kind: 'matches', pattern: 'b/b/*' }] }] },
      request: { action: 's3:GetObject', bucket: 'b' },
      before: { verdict: 'ImplicitDeny' },
      after: { verdict: 'Allow', statement: { index: 0, sid: 'Readb' } },
    })
    expect(change?.region).not.toHaveProperty('request')
    expect(record.newlyDenied).toHaveLength(1)
    expect(JSON.stringify(record)).not.toContain('Statement')
  })

  test('an example can be explained', async () => {
    const { record } = await json(PHOTOGRAPHY, PRESS, '--bucket', 'final-photos')
    for (const { request, before } of [...record.newlyAllowed, ...record.newlyDenied]) {
      const { code, out } = await grantree(['explain', '--json', '-s', PHOTOGRAPHY, '-r', file('request.json', request)])
      expect(code).toBe(0)
      expect(JSON.parse(out)).toMatchObject({ verdict: before.verdict })
    }
  })
})

describe('Markdown', () => {
  test('a heading, lists, and the examples as JSON in a block of their own', async () => {
    const { out } = await grantree(['diff', a, b, '--format', 'markdown'])
    expect(
      out.startsWith('### Access: 1 set of requests newly allowed, 1 newly denied\n\n#### Newly allowed\n\n- GetObject on `b/b/*` for '),
    ).toBe(true)
    expect(out).toContain('\n\n#### Newly denied\n\n- GetObject on `b/a/*` for ')
    expect(out).toMatch(/\n {2}- for example GetObject on `b\/b\/[^`]*` by /)
    const [, block = ''] = /<details><summary>[^<]*<\/summary>\n\n```json\n([\s\S]*?)\n```\n\n<\/details>\n$/.exec(out) ?? []
    expect(JSON.parse(block)).toMatchObject([
      { request: { bucket: 'b' }, before: { verdict: 'ImplicitDeny' }, after: { verdict: 'Allow' } },
      { before: { verdict: 'Allow' }, after: { verdict: 'ImplicitDeny' } },
    ])
  })

  test('no difference is a heading alone', async () => {
    expect((await grantree(['diff', a, a, '--format', 'markdown'])).out).toBe('### Access: no difference: both allow the same requests\n')
  })
})

describe('undecided never passes for safe', () => {
  const budgets = Array.from({ length: 20 }, (_, power) => String(2 ** power))

  test('with a step only: exit code 3 in every format, and why', async () => {
    for (const format of ['text', 'json', 'markdown']) {
      for (const check of [[], ['--check', 'no-new-access']]) {
        const { code, out } = await grantree(['diff', a, both, '--budget', '1', '--format', format, ...check])
        expect({ format, code }).toEqual({ format, code: 3 })
        expect(out).toContain('undecided')
        expect(out).toContain('too many steps')
      }
    }
    expect((await grantree(['diff', a, both, '--budget', '1'])).out).toBe(
      'undecided: no difference was found, and it is not certain that there is none\nbecause it would take too many steps; a larger --budget may do\n',
    )
    expect((await json(a, both, '--budget', '1')).record).toMatchObject({ relation: 'undecided', newlyAllowed: [], newlyDenied: [] })
  })

  test('new access is found or undecided, however little is tried', async () => {
    const codes = new Set<number>()
    for (const budget of budgets) {
      const args = ['diff', PHOTOGRAPHY, PRESS, '--bucket', 'final-photos', '--budget', budget]
      const plain = await grantree(args)
      const checked = await grantree([...args, '--check', 'no-new-access'])
      expect({ budget, codes: [plain.code, checked.code] }).not.toEqual({ budget, codes: expect.arrayContaining([0]) })
      codes.add(checked.code)
    }
    expect([...codes].sort()).toEqual([1, 3])
  })

  test('less access alone passes once it is certain that there is no more', async () => {
    const codes = new Set<number>()
    for (const budget of budgets) codes.add((await grantree(['diff', both, a, '--budget', budget, '--check', 'no-new-access'])).code)
    expect([...codes].sort()).toEqual([0, 3])
  })

  describe('what is undecided may be about what is newly denied', () => {
    const { policy: old } = parsePolicy(readFileSync(both, 'utf8'))
    const { policy: next } = parsePolicy(readFileSync(a, 'utf8'))
    if (old === undefined || next === undefined) throw new Error('the policies cannot be read')
    const half: AccessDiff = { relation: 'undecided', newlyAllowed: [], newlyDenied: [], undecided: [{ reason: 'it is too hard' }] }
    const verdict = (before: typeof old, after: typeof old, budget?: number) =>
      checkNoNewAccess({ policy: before }, { policy: after }, half, budget === undefined ? {} : { budget }).verdict

    test('then the check asks for new access alone', () => {
      expect(verdict(old, next)).toBe('passed')
      expect(verdict(old, next, 1)).toBe('undecided')
      expect(verdict(next, old)).toBe('undecided')
    })
  })
})

describe('policies and snapshots', () => {
  const snapshotWith = (name: string, ...Statement: readonly object[]) =>
    file(name, {
      buckets: [
        { name: 'b', owner: OWNER, policy: { Statement } },
        { name: 'other', owner: OWNER },
      ],
    })
  const before = snapshotWith('before.json', read('a'))
  const after = snapshotWith('after.json', read('b'))

  test('two snapshots', async () => {
    expect(await json(before, before)).toMatchObject({ code: 0, record: { relation: 'equal' } })
    expect(await json(before, after)).toMatchObject({ code: 1, record: { relation: 'incomparable' } })
  })

  test('a key that comes or goes', async () => {
    const key = { accessKey: 'AK', account: OWNER, grants: [{ bucket: 'other', permission: 'read' }] }
    const keyed = file('keyed.json', { buckets: [{ name: 'other', owner: OWNER }], keys: [key] })
    const bare = file('bare.json', { buckets: [{ name: 'other', owner: OWNER }] })
    expect(await json(bare, keyed)).toMatchObject({ code: 1, record: { relation: 'more' } })
    expect(await json(keyed, bare)).toMatchObject({ code: 1, record: { relation: 'less' } })
  })

  test('a policy beside a snapshot stands for that of the bucket, on either side', async () => {
    expect(await json(before, b, '--bucket', 'b')).toMatchObject({ code: 1, record: (await json(before, after)).record })
    expect(await json(a, after, '--bucket', 'b')).toMatchObject({ code: 1, record: (await json(before, after)).record })
    expect(await json(before, a, '--bucket', 'b')).toMatchObject({ code: 0, record: { relation: 'equal' } })
  })

  test('whose account the bucket is of matters, and can be said', async () => {
    const user = policy('user.json', read('a', { Principal: { AWS: `arn:aws:iam::${AGENCY}:user/u` } }))
    const reason = async (...args: readonly string[]) => (await json(none, user, ...args)).record.newlyAllowed[0]?.after.reason
    expect(await reason()).toBe('both-allow')
    expect(await reason('--owner', '1')).toBe('both-allow')
    expect(await reason('--owner', AGENCY)).toMatch(/^(policy|identity)-allows$/)
  })

  test('a quarantined bucket is told, and denies everything', async () => {
    const broken = snapshotWith('broken.json', read('a', { Extra: 1 }))
    const { code, err, record } = await json(before, broken)
    expect({ code, relation: record.relation }).toEqual({ code: 1, relation: 'less' })
    expect(err).toContain('quarantined: every request to `b` is denied until its policy is readable\n')
  })

  test('a policy that S3 would refuse is analysed, with a warning', async () => {
    const refused = policy('refused.json', read('a'), read('b', { Action: 's3:GetObjekt' }))
    const { code, err, record } = await json(a, refused)
    expect({ code, relation: record.relation }).toEqual({ code: 0, relation: 'equal' })
    expect(err).toContain('refused: there is no S3 action `s3:GetObjekt` [invalid-action]\n')
    expect(err).toMatch(/warning: S3 would not store `.*refused\.json`; it is analysed as it reads\n$/)
  })
})

describe('wrong input: exit code 2, and what is wrong', () => {
  const unreadable = policy('unreadable.json', read('a', { Effect: 'Alow' }))
  test.each<[string, readonly string[], RegExp]>([
    [
      'one of each, and no bucket',
      [PHOTOGRAPHY, a],
      /a\.json` is a policy and the other a snapshot: say with --bucket which bucket the policy is for\n$/,
    ],
    [
      'one of each, and no such bucket',
      [PHOTOGRAPHY, a, '--bucket', 'b'],
      /error: there is no bucket `b`; the snapshot has `raw-photos`, /,
    ],
    [
      'one of each, and an owner',
      [PHOTOGRAPHY, PRESS, '--bucket', 'final-photos', '--owner', '1'],
      /error: --owner is for policies alone; /,
    ],
    ['snapshots, and a bucket', [PHOTOGRAPHY, PHOTOGRAPHY, '--bucket', 'uploads'], /error: --bucket is for policies; /],
    ['snapshots, and an owner', [PHOTOGRAPHY, PHOTOGRAPHY, '--owner', '1'], /error: --owner is for policies; /],
    [
      'an error in a policy',
      [a, unreadable],
      /unreadable\.json:1:\d+: error: there is no effect `Alow` \[invalid-effect\]\n[\s\S]*error: the policy in `.*unreadable\.json` cannot be read\n$/,
    ],
    ['standard input twice', ['-', '-'], /^error: only one of OLD and NEW can be standard input\n$/],
    [
      'a check that there is not',
      [a, a, '--check', 'safe'],
      /^error: option '--check <name>' argument 'safe' is invalid\. Allowed choices are no-new-access\.\n/,
    ],
    ['one file', [a], /^error: missing required argument 'new'\n/],
  ])('%s', async (_, args, message) => {
    const { code, out, err } = await grantree(['diff', ...args])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(message)
  })
})
