import { describe, expect, test } from 'vitest'
import { grantree, OWNER, scratch, snapshot } from './grantree.js'

const { file } = scratch()
const s = file('snapshot.json', snapshot)

const PHOTOGRAPHY = 'fixtures/photography/snapshot.json'

interface Table {
  readonly verdict: string
  readonly rows: readonly { readonly words: string; readonly request: object; readonly decision: object; readonly region?: object }[]
  readonly undecided: readonly { readonly reason: string }[]
}

const json = async (...args: readonly string[]) => {
  const { code, out, err } = await grantree([...args, '--format', 'json'])
  return { code, err, table: JSON.parse(out) as Table }
}

describe('who-can', () => {
  test('a table for people: callers, actions, on, if', async () => {
    const { code, out, err } = await grantree(['who-can', '-s', s, 's3:GetObject', 'bare/*'])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const [title, blank, heads, ...rows] = out.split('\n')
    expect(title).toBe('who can do `s3:GetObject` on `bare/*`')
    expect(blank).toBe('')
    expect(heads).toMatch(/^callers +actions +on +if$/)
    expect(rows.join('\n')).toContain('access key')
    const at = heads?.indexOf('actions') ?? -1
    expect(rows[0]?.slice(at)).toMatch(/^GetObject +`bare\/\*` +-$/)
    expect(out.split('\n').every((line) => line === line.trimEnd())).toBe(true)
  })

  test('JSON: a row for each set, with an example and its decision', async () => {
    const { code, table } = await json('who-can', '-s', s, 's3:GetObject', 'b/public/*')
    expect(code).toBe(0)
    expect(table).toMatchObject({ verdict: 'complete', undecided: [] })
    expect(table.rows.length).toBeGreaterThan(0)
    for (const row of table.rows) {
      expect(Object.keys(row)).toEqual(['words', 'region', 'request', 'decision'])
      expect(row).toMatchObject({ request: { action: 's3:GetObject', bucket: 'b' }, decision: { verdict: 'Allow' } })
      expect(row.region).not.toHaveProperty('request')
    }
    expect(JSON.stringify(table)).not.toContain('Statement')
  })

  test('every row of the example holds', async () => {
    const { table } = await json('who-can', '-s', PHOTOGRAPHY, 's3:*Object', 'uploads/*')
    for (const { request } of table.rows) {
      const { code } = await grantree(['check', '-s', PHOTOGRAPHY, '-r', file('request.json', request)])
      expect({ request, code }).toEqual({ request, code: 0 })
    }
  })

  test('Markdown: a heading, a table, and the examples', async () => {
    const { code, out } = await grantree(['who-can', '-s', s, 's3:GetObject', 'bare/*', '--format', 'markdown'])
    expect(code).toBe(0)
    expect(
      out.startsWith('### Access: who can do `s3:GetObject` on `bare/*`\n\n| callers | actions | on | if |\n| --- | --- | --- | --- |\n| '),
    ).toBe(true)
    expect(out).toContain(' | GetObject | `bare/*` | - |\n')
    const [, block = ''] = /```json\n([\s\S]*?)\n```\n\n<\/details>\n$/.exec(out) ?? []
    expect(JSON.parse(block)).toMatchObject([{ action: 's3:GetObject', bucket: 'bare' }])
  })

  test('nobody', async () => {
    const closed = file('closed.json', { Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::b/*' }] })
    expect(await grantree(['who-can', '-p', closed, 's3:GetObject', 'b/x'])).toEqual({
      code: 0,
      out: 'nobody can do `s3:GetObject` on `b/x`\n',
      err: '',
    })
    expect((await grantree(['who-can', '-p', closed, 's3:GetObject', 'b/x', '--format', 'markdown'])).out).toBe(
      '### Access: nobody can do `s3:GetObject` on `b/x`\n',
    )
  })

  test('a policy alone, on a bucket and of an owner', async () => {
    const policy = file('policy.json', {
      Statement: [
        { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${OWNER}:user/u` }, Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' },
      ],
    })
    const named = async (...args: readonly string[]) => (await json('who-can', '-p', policy, 's3:GetObject', '*', ...args)).table.rows
    const isOfTheUser = ({ decision }: Table['rows'][number]) => JSON.stringify(decision).includes('both-allow')
    expect((await named()).some(isOfTheUser)).toBe(true)
    expect((await named('--owner', OWNER)).some(isOfTheUser)).toBe(false)
    expect(await named('--bucket', 'other')).toMatchObject([{ request: { bucket: 'other' } }])
  })

  test('an ARN, a pattern and any case of the action ask the same', async () => {
    const one = await json('who-can', '-s', s, 's3:GetObject', 'bare/x')
    expect(await json('who-can', '-s', s, 'S3:getobject', 'arn:aws:s3:::bare/x')).toEqual(one)
    const { table } = await json('who-can', '-s', s, 's3:*Object', 'b*')
    expect(table.rows.map(({ request }) => request)).toContainEqual(expect.objectContaining({ bucket: 'bare' }))
  })
})

describe('can', () => {
  test('a table for people, without a column for callers: it is the key', async () => {
    const { code, out, err } = await grantree(['can', '-s', s, '-k', 'AK'])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const [title, , heads, ...rows] = out.split('\n')
    expect(title).toBe('what access key `AK` can do')
    expect(heads).toMatch(/^actions +on +if$/)
    expect(rows.join('\n')).toMatch(/ `bare\/\*` +-/)
    expect(rows.join('\n')).toMatch(/ `b\/public\/\*` +-/)
  })

  test('JSON and Markdown', async () => {
    const { code, table } = await json('can', '-s', s, '-k', 'AK')
    expect(code).toBe(0)
    expect(table.verdict).toBe('complete')
    for (const { request } of table.rows) expect(request).toMatchObject({ principal: { kind: 'key', accessKey: 'AK' } })
    const { out } = await grantree(['can', '-s', s, '-k', 'AK', '--format', 'markdown'])
    expect(out.startsWith('### Access: what access key `AK` can do\n\n| actions | on | if |\n')).toBe(true)
  })

  test('the name of the key, and that it is suspended', async () => {
    expect((await grantree(['can', '-s', PHOTOGRAPHY, '-k', 'DO00EDITORANNA000001'])).out).toMatch(
      /^what access key `DO00EDITORANNA000001` \(`Anna, editor`\) can do\n/,
    )
    expect(await grantree(['can', '-s', PHOTOGRAPHY, '-k', 'DO00FORMEREDITOR0001'])).toEqual({
      code: 0,
      out: 'access key `DO00FORMEREDITOR0001` (`an editor who left`), which is suspended, can do nothing\n',
      err: '',
    })
  })

  test('dozens of actions are cut in the text, and whole in the JSON', async () => {
    const actions = [
      's3:GetBucketAcl',
      's3:GetBucketCORS',
      's3:GetBucketLocation',
      's3:GetBucketLogging',
      's3:GetBucketNotification',
      's3:GetBucketPolicyStatus',
      's3:GetBucketRequestPayment',
      's3:GetBucketTagging',
      's3:GetBucketVersioning',
      's3:GetBucketWebsite',
      's3:ListBucketMultipartUploads',
      's3:PutBucketAcl',
      's3:PutBucketCORS',
      's3:PutBucketLogging',
      's3:PutBucketTagging',
      's3:PutBucketWebsite',
    ]
    const many = file('many.json', {
      buckets: [{ name: 'b', owner: OWNER }],
      keys: [{ accessKey: 'AK', account: OWNER, grants: [{ bucket: 'b', actions }] }],
    })
    const args = ['can', '-s', many, '-k', 'AK']
    const { out } = await grantree(args)
    expect(out).toMatch(/\band 3\s+more\b/)
    expect(out).toMatch(/\n\n--format json lists all actions\n$/)
    const { table } = await json(...args)
    expect(table.rows).toMatchObject([{ region: { actions: actions.toSorted() } }])
    expect((await grantree([...args, '--format', 'markdown'])).out).not.toContain(' more')
  })
})

describe('undecided: exit code 3, and why', () => {
  test.each<[string, readonly string[], string]>([
    ['who-can', ['who-can', '-s', s, 's3:GetObject', 'bare/*'], 'undecided who can do `s3:GetObject` on `bare/*`'],
    ['can', ['can', '-s', s, '-k', 'AK'], 'undecided what access key `AK` can do'],
  ])('%s', async (_, args, title) => {
    const because = 'because it would take too many steps; a larger --budget may do\n'
    const all = [...args, '--budget', '1']
    expect(await grantree(all)).toEqual({ code: 3, out: `${title}\n${because}`, err: '' })
    expect(await json(...all)).toMatchObject({
      code: 3,
      table: { verdict: 'undecided', rows: [], undecided: expect.arrayContaining([{ reason: expect.stringContaining('steps') }]) },
    })
    expect(await grantree([...all, '--format', 'markdown'])).toMatchObject({ code: 3, out: `### Access: ${title}\n\n${because}` })
  })
})

describe('a set of which only one request is known: exit code 3', () => {
  // What follows from the time is not followed into variables.
  const policy = file('vague.json', {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/plain/*' },
      { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/${aws:CurrentTime}/*' },
    ],
  })
  const args = ['who-can', '-p', policy, 's3:GetObject', 'b/*']

  test('text', async () => {
    const { code, out } = await grantree(args)
    expect(code).toBe(3)
    expect(out).toContain('\namong others, ')
    expect(out).toMatch(/\nundecided: there may be more\n$/)
  })

  test('JSON and Markdown', async () => {
    const { code, table } = await json(...args)
    expect({ code, verdict: table.verdict }).toEqual({ code: 3, verdict: 'undecided' })
    expect(table.rows.map((row) => Object.keys(row))).toEqual([['words', 'request', 'decision']])
    const { out, ...ended } = await grantree([...args, '--format', 'markdown'])
    expect(ended.code).toBe(3)
    expect(out).toContain('\nundecided: there may be more\n')
  })

  test('in a diff it is a difference, and there may be more', async () => {
    const { code, out } = await grantree(['diff', file('nothing.json', { Statement: [] }), policy])
    expect(code).toBe(1)
    expect(out).toMatch(/^1 set of requests newly allowed, nothing newly denied; there may be more\n\+ among others, GetObject on /)
    expect(out).not.toContain('for example')
  })
})

describe('wrong input: exit code 2, what is wrong, and what is near', () => {
  test.each<[string, readonly string[], RegExp]>([
    [
      'an action that does not exist',
      ['who-can', '-s', s, 's3:GetObjekt', 'b/x'],
      /^error: there is no S3 action `s3:GetObjekt`; did you mean `s3:GetObject`\?\n$/,
    ],
    [
      'an action without its service',
      ['who-can', '-s', s, 'ListBucket', 'b'],
      /^error: there is no S3 action `ListBucket`; did you mean `s3:ListBucket`\?\n$/,
    ],
    ['an action like none', ['who-can', '-s', s, 'ec2:*', 'b'], /^error: there is no S3 action `ec2:\*`\n$/],
    [
      'a bucket that is not there',
      ['who-can', '-s', s, 's3:GetObject', 'bar/x'],
      /^error: there is no bucket `bar`; did you mean `bare`\? The snapshot has `b`, `bare`\n$/,
    ],
    [
      'a bucket like none',
      ['who-can', '-s', s, 's3:GetObject', 'arn:aws:s3:::photos/x'],
      /^error: there is no bucket `photos`; the snapshot has `b`, `bare`\n$/,
    ],
    [
      'an object action on a bucket',
      ['who-can', '-s', s, 's3:GetObject', 'bare'],
      /^error: `s3:GetObject` is done to objects and `bare` is a bucket: ask about `bare\/\*` or one object\n$/,
    ],
    [
      'a bucket action on objects',
      ['who-can', '-s', s, 's3:ListBucket', 'bare/*'],
      /^error: `s3:ListBucket` is done to buckets and `bare\/\*` is about objects: ask about `bare`\n$/,
    ],
    [
      'an action on nothing, on a bucket',
      ['who-can', '-s', s, 's3:ListAllMyBuckets', 'bare'],
      /^error: `s3:ListAllMyBuckets` is done to nothing in particular: ask about `\*`\n$/,
    ],
    [
      'neither snapshot nor policy',
      ['who-can', 's3:GetObject', 'b/x'],
      /^error: give either --snapshot FILE or --policy FILE; see `grantree who-can --help`\n$/,
    ],
    ['both', ['who-can', '-s', s, '-p', s, 's3:GetObject', 'b/x'], /^error: give either --snapshot FILE or --policy FILE; /],
    ['a snapshot, and an owner', ['who-can', '-s', s, '--owner', '1', 's3:GetObject', 'b/x'], /^error: --owner is for policies; /],
    [
      'a snapshot as policy',
      ['who-can', '-p', s, 's3:GetObject', 'b/x'],
      /unknown-element[\s\S]*error: the policy in `.*snapshot\.json` cannot be read\n$/,
    ],
    ['no resource', ['who-can', '-s', s, 's3:GetObject'], /^error: missing required argument 'resource'\n/],
    [
      'a key that is not there',
      ['can', '-s', PHOTOGRAPHY, '-k', 'DO00EDITORANA000001'],
      /^error: there is no access key `DO00EDITORANA000001`; did you mean `DO00EDITORANNA000001`\? The snapshot has `DO00EDITORANNA000001`, /,
    ],
    ['a key like none', ['can', '-s', s, '-k', 'nobody'], /^error: there is no access key `nobody`; the snapshot has `AK`\n$/],
    ['no key', ['can', '-s', s], /^error: required option '-k, --key <access key>' not specified\n/],
  ])('%s', async (_, args, message) => {
    const { code, out, err } = await grantree(args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(message)
  })
})
