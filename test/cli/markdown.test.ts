import { describe, expect, test } from 'vitest'
import { markdown, markdownCode, markdownDetails, markdownTable } from '../../src/cli/render/markdown.js'
import { grantree, OWNER, scratch } from './grantree.js'

const { file } = scratch()

/** Breaks out of code, cells, lines, tags and fences if it can, calls people, and turns text around. */
const EVIL = '`|</code>\n```\n| a | b |\n# x\n<img src=x onerror=alert(1)> @team [l](http://x) **b** \\| \u001b[2J\u202e'

const isEscape = String.fromCharCode(27)

/** What is left of a line outside of code and of references. */
function outside(line: string): string {
  return line
    .replace(/`[^`]*`/g, '')
    .replace(/<code>[A-Za-z0-9&#;]*<\/code>/g, '')
    .replace(/&#\d+;/g, '')
}

/** The page without its block of JSON, after it has been seen to be a block. */
function pageOf(out: string): string {
  const [block] = /<details><summary>[A-Za-z ]*<\/summary>\n\n```json\n[\s\S]*?\n```\n\n<\/details>\n$/.exec(out) ?? ['']
  // Nothing inside begins a line as the fence does.
  const inside = block.split('\n').slice(3, -4)
  expect(inside.filter((line) => /^ {0,3}[`~]/.test(line))).toEqual([])
  return out.slice(0, out.length - block.length)
}

function expectHarmless(out: string): void {
  expect(out).not.toContain(isEscape)
  expect(out).not.toContain('\u202e')
  const lines = pageOf(out).split('\n')
  for (const line of lines) {
    const rest = outside(line)
    expect({ line, harm: rest.match(/[<>@`*_[\]\\]/g) }).toEqual({ line, harm: null })
    expect(line === '' || /^(#{3,4} [A-Z]|- |\| | {2}- |(because|undecided|check|<details>) ?)/.test(line), line).toBe(true)
  }
  const rows = lines.filter((line) => line.startsWith('|'))
  const cells = new Set(rows.map((row) => row.split('|').length))
  expect(cells.size).toBeLessThanOrEqual(1)
}

const statement = (rest: object = {}) => ({
  Sid: EVIL,
  Effect: 'Allow',
  Principal: '*',
  Action: 's3:GetObject',
  Resource: `arn:aws:s3:::b/${EVIL}/*`,
  ...rest,
})
const policy = file('policy.json', { Statement: [statement()] })
const conditional = file('conditional.json', {
  Statement: [
    statement({
      Principal: { AWS: `arn:aws:iam::1:user/${EVIL}`, CanonicalUser: EVIL, Federated: EVIL },
      Condition: {
        StringEquals: { [`aws:PrincipalTag/${EVIL}`]: EVIL, 'aws:UserAgent': ['', ' ', 'a|b'] },
        IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', EVIL] },
        StringLike: { 'aws:referer': `${EVIL}*` },
      },
    }),
  ],
})
const empty = file('empty.json', { Statement: [] })
const snapshot = file('snapshot.json', {
  buckets: [{ name: EVIL.replaceAll('/', '-'), owner: OWNER, policy: { Statement: [statement({ Resource: '*' })] } }],
  keys: [
    {
      accessKey: EVIL,
      account: OWNER,
      name: EVIL,
      grants: [{ bucket: EVIL.replaceAll('/', '-'), actions: ['s3:GetObject', EVIL], prefix: EVIL }],
    },
  ],
})
const bare = file('bare.json', { buckets: [{ name: EVIL.replaceAll('/', '-'), owner: OWNER }] })

const commands: readonly [string, readonly string[]][] = [
  ['diff of policies', ['diff', empty, policy]],
  ['diff of policies with conditions', ['diff', empty, conditional]],
  ['diff of snapshots', ['diff', bare, snapshot]],
  ['diff of the undecided', ['diff', bare, snapshot, '--budget', '1']],
  ['public: a policy', ['public', policy]],
  ['public: policies and snapshots', ['public', conditional, snapshot]],
  ['public: a file with such a name', ['public', file(EVIL.replaceAll('/', '-'), { Statement: [statement()] }), policy]],
  ['who-can: a policy', ['who-can', '-p', conditional, 's3:GetObject', '*']],
  ['who-can: a resource', ['who-can', '-p', policy, 's3:GetObject', `b/${EVIL}`]],
  ['who-can: a snapshot', ['who-can', '-s', snapshot, 's3:*', '*']],
  ['can', ['can', '-s', snapshot, '-k', EVIL]],
]

describe('hostile names', () => {
  test.each(commands)('are harmless on a page: %s', async (_, args) => {
    const { out } = await grantree([...args, '--format', 'markdown'])
    expect(out).toMatch(/^### Access: /)
    expectHarmless(out)
  })

  test.each(commands)('cannot steer a terminal: %s', async (_, args) => {
    for (const format of ['text', 'json']) {
      const { out, err } = await grantree([...args, '--format', format])
      expect(out).not.toBe('')
      expect([...(out + err)].filter((character) => character !== '\n' && (character < ' ' || character === '\u202e'))).toEqual([])
    }
  })

  test.each<[string, readonly string[]]>([
    ['an action', ['who-can', '-p', policy, EVIL, 'b/x']],
    ['a bucket', ['who-can', '-s', snapshot, 's3:GetObject', `${EVIL}x`]],
    ['a key', ['can', '-s', snapshot, '-k', `${EVIL}x`]],
    ['a member', ['public', file('member.json', { [EVIL]: 1 })]],
    ['an owner', ['public', policy, '--owner', EVIL]],
    ['an error in a policy', ['public', file('error.json', { Statement: [statement({ [EVIL]: 1 })] })]],
  ])('cannot steer a terminal in a message: %s', async (_, args) => {
    const { code, err } = await grantree(args)
    expect(code).toBe(2)
    expect([...err].filter((character) => character !== '\n' && (character < ' ' || character === '\u202e'))).toEqual([])
  })
})

describe('words as Markdown', () => {
  test.each<[string, string]>([
    ['plain words, and numbers: 1.5 (or so)', 'plain words, and numbers: 1.5 (or so)'],
    ['on `b/*` for everyone', 'on `b/*` for everyone'],
    ['a < b & c > d', 'a &#60; b &#38; c &#62; d'],
    ['a | b', 'a &#124; b'],
    ['*a* _b_ [c] @d #e', '&#42;a&#42; &#95;b&#95; &#91;c&#93; &#64;d &#35;e'],
    ['see http://x', 'see http&#58;//x'],
    ['a\nb', 'a&#92;u000ab'],
    ['is `a|b`', 'is <code>a&#124;b</code>'],
    ['is ``', 'is <code>&quot;&quot;</code>'],
    ['is ` `', 'is <code>&#32;</code>'],
    ['is `é|漢`', 'is <code>&#233;&#124;&#28450;</code>'],
    ['is `\u{1F600}|`', 'is <code>&#128512;&#124;</code>'],
  ])('%j', (words, expected) => {
    expect(markdown(words)).toBe(expected)
  })

  test('code that has a backtick', () => {
    expect(markdownCode('a`b')).toBe('<code>a&#96;b</code>')
    expect(markdownCode('<b>')).toBe('`<b>`')
    expect(markdownCode('a\\')).toBe('`a\\`')
  })

  test('a table, and a block that opens on a click', () => {
    expect(markdownTable(['a', 'b'], [['1', '2']])).toBe('| a | b |\n| --- | --- |\n| 1 | 2 |\n')
    expect(markdownDetails('more', ['```'])).toBe('<details><summary>more</summary>\n\n```json\n[\n  "```"\n]\n```\n\n</details>\n')
  })
})
