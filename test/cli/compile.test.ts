import { describe, expect, test } from 'vitest'
import { grantree, OWNER, records, scratch } from './grantree.js'

const { file } = scratch()
const policy = {
  Statement: [
    { Sid: 'Public', Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/public/*' },
    { Effect: 'Deny', Principal: '*', Action: 's3:DeleteObject', Resource: 'arn:aws:s3:::b/archive' },
  ],
}
const snapshot = {
  buckets: [
    { name: 'b', owner: OWNER, policy },
    { name: 'bare', owner: OWNER },
  ],
  keys: [{ accessKey: 'AK', account: OWNER, grants: [{ bucket: 'bare', permission: 'read' }] }],
}
const s = file('s.json', snapshot)
const broken = { name: 'broken', owner: OWNER, policy: { Statement: [], Extra: 1 } }
const mixed = file('mixed.json', { ...snapshot, buckets: [broken, ...snapshot.buckets] })
const photography = new URL('../../fixtures/photography/snapshot.json', import.meta.url).pathname

async function compile(path: string, ...args: readonly string[]): Promise<string> {
  const { code, out, err } = await grantree(['compile', '-s', path, ...args])
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return out
}

describe('as text', () => {
  const program = `bucket b
  Deny
    on objects: s3:DeleteObject
      everyone
        archive: statement 2
  Allow
    on objects: s3:GetObject
      everyone
        public/*: statement 1 "Public"
`

  test('a bucket', async () => {
    expect(await compile(s, '-b', 'b')).toBe(program)
    expect(await compile(s, '--bucket=b', '--print=text')).toBe(program)
  })

  test('every policy, and the keys', async () => {
    expect(await compile(s)).toBe(`${program}\naccess key AK of account ${OWNER}\n  read on bare\n`)
  })

  test('nothing, of nothing', async () => {
    expect(await compile(file('empty.json', {}))).toBe('')
    expect(await compile(file('bare.json', { buckets: [{ name: 'bare', owner: OWNER }] }), '--print', 'mermaid')).toBe('')
  })
})

describe('as flowcharts', () => {
  test('one is a chart', async () => {
    expect(await compile(s, '--print', 'mermaid', '-b', 'b')).toMatch(/^flowchart LR\n {2}n1\["bucket b"\]/)
    expect(await compile(file('keys.json', { keys: snapshot.keys }), '--print', 'mermaid')).toMatch(
      /^flowchart LR\n {2}n1\["access key AK /,
    )
  })

  test('several are Markdown, a chart each', async () => {
    const out = await compile(s, '--print', 'mermaid')
    const chart = (await compile(s, '--print', 'mermaid', '-b', 'b')).trimEnd()
    expect(out.startsWith(`\`\`\`mermaid\n${chart}\n\`\`\`\n\n\`\`\`mermaid\nflowchart LR\n`)).toBe(true)
    expect(out.endsWith('\n```\n')).toBe(true)
    expect(out.match(/^flowchart LR$/gm)).toHaveLength(2)
  })
})

describe('a stage: a line of JSON for each policy, and one for the keys', () => {
  const statements = [
    { index: 0, effect: 'Allow' },
    { index: 1, effect: 'Deny' },
  ]
  const words = { words: expect.arrayContaining([expect.any(Number)]), strings: expect.arrayContaining([expect.any(String)]) }
  const grants = [{ accessKey: 'AK', grants: [{ bucket: 'bare', permission: 'read' }] }]
  test.each<[string, readonly object[]]>([
    ['normalise', [{ bucket: 'b', data: { bucket: 'b', isPublic: true, statements } }]],
    ['grants', [{ keys: 1, data: grants }]],
    ['number', [{ bucket: 'b', data: { isPublic: true, statements } }]],
    ['index', [{ bucket: 'b', data: { policy: { statements }, deny: { classOf: expect.any(Array) }, allow: { classes: [{}] } } }]],
    [
      'layout',
      [
        { bucket: 'b', data: words },
        { keys: 1, data: words },
      ],
    ],
  ])('%s', async (stage, expected) => {
    const lines = records(await compile(s, '--stage', stage))
    expect(lines).toMatchObject(expected)
    expect(lines).toHaveLength(expected.length)
  })

  test('of a bucket alone', async () => {
    expect(records(await compile(photography, '-b', 'uploads', '--stage', 'layout'))).toMatchObject([{ bucket: 'uploads' }])
  })

  test('has nothing to show of nothing', async () => {
    const bare = file('bare.json', { buckets: [{ name: 'bare', owner: OWNER }] })
    for (const stage of ['normalise', 'grants', 'layout']) expect(await compile(bare, '--stage', stage)).toBe('')
  })
})

describe('what cannot be compiled: exit code 2, and why', () => {
  const many = (count: number) =>
    file(`many-${count}.json`, { buckets: Array.from({ length: count }, (_, at) => ({ name: `b${at}`, owner: OWNER })) })
  const listed = Array.from({ length: 10 }, (_, at) => `\`b${at}\``).join(', ')
  test.each<[string, readonly string[], string]>([
    ['no such bucket', ['-s', s, '-b', 'x'], 'there is no bucket `x`; the snapshot has `b`, `bare`'],
    ['a name from JavaScript', ['-s', s, '-b', '__proto__'], 'there is no bucket `__proto__`; the snapshot has `b`, `bare`'],
    ['no such bucket of ten', ['-s', many(10), '-b', 'x'], `there is no bucket \`x\`; the snapshot has ${listed}`],
    ['no such bucket of twelve', ['-s', many(12), '-b', 'x'], `there is no bucket \`x\`; the snapshot has ${listed} and 2 more`],
    ['no bucket at all', ['-s', file('none.json', {}), '-b', ''], 'there is no bucket ``; the snapshot has none'],
    ['a bucket without a policy', ['-s', s, '-b', 'bare'], '`bare` has no policy, so there is nothing to compile'],
    ['a stage of keys alone', ['-s', s, '-b', 'b', '--stage', 'grants'], '`grants` is a stage of access keys, which --bucket leaves out'],
  ])('%s', async (_, args, message) => {
    expect(await grantree(['compile', ...args])).toEqual({ code: 2, out: '', err: `error: ${message}\n` })
  })

  test('a quarantined bucket', async () => {
    const { code, out, err } = await grantree(['compile', '-s', mixed, '-b', 'broken'])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain('[unknown-element]')
    expect(err).toMatch(/\nerror: `broken` is quarantined: there is no program until its policy is readable\n$/)
  })

  test('a quarantined bucket beside others is told, and the others are compiled', async () => {
    const { code, out, err } = await grantree(['compile', '-s', mixed])
    expect({ code, out }).toEqual({ code: 0, out: await compile(s) })
    expect(err).toContain('quarantined: every request to `broken` is denied until its policy is readable\n')
  })

  test('an index deeper than JSON can be written', async () => {
    const Resource = Array.from({ length: 4000 }, (_, at) => `arn:aws:s3:::b/${'a'.repeat(at + 1)}*`)
    const Statement = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource }
    const deep = file('deep.json', { buckets: [{ name: 'b', owner: OWNER, policy: { Statement } }] })
    const { code, out, err } = await grantree(['compile', '-s', deep, '--stage', 'index'])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(/^error: `index` is too deep or too long to be shown as JSON; /)
    expect(records(await compile(deep, '--stage', 'layout'))).toHaveLength(1)
  })
})
