import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { applyPatch } from 'diff'
import { describe, expect, test } from 'vitest'
import type { LintReport } from '../../src/lint.js'
import { grantree, type Setting, scratch } from './grantree.js'

const { directory } = scratch()

let folders = 0

/** A folder with files, objects as JSON, and how to lint in it. */
function project(files: Readonly<Record<string, string | object>>) {
  const folder = join(directory, String(folders++))
  mkdirSync(folder)
  const write = (name: string, content: string | object): void => {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content, undefined, 2))
  }
  for (const [name, content] of Object.entries(files)) write(name, content)
  const lint = (args: readonly string[], setting: Setting = {}) => grantree(['lint', ...args], { directory: folder, ...setting })
  return {
    ...{ folder, write, lint },
    read: (name: string) => readFileSync(join(folder, name), 'utf8'),
    async report(args: readonly string[] = [], setting: Setting = {}) {
      const { code, out, err } = await lint([...args, '--format', 'json'], setting)
      return { code, err, report: JSON.parse(out) as LintReport }
    },
  }
}

const statement = { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' }
const policyOf = (...Statement: readonly object[]) => ({ Version: '2012-10-17', Statement })
const good = policyOf(statement)
const never = { StringEquals: { 'aws:SourceVpce': 'vpce-1' }, StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } }
const unreachable = policyOf({ Sid: 'Never', ...statement, Effect: 'Deny', Condition: never })
/** Of severity `error`. */
const doubled = '{"Version": "2012-10-17", "Statement": [], "Statement": []}'

/** Only the rules that the tests speak of, whatever others there are. */
const only = { extends: 'none', rules: { 'unreachable-statement': 'on', 'duplicate-key': 'on' } }
const config = (rest: object = {}) => ({ 'grantree.config.json': { ...only, ...rest } })

const plugin = `
export const rules = [
  {
    meta: {
      id: 'acme/no-get', severity: 'warning', category: 'actions', summary: 'GetObject is not ours to give', recommended: true,
      fixable: true, analysis: false, messages: { found: 'there is {action}' },
      options: { type: 'object', additionalProperties: false, properties: { action: { type: 'string' } } },
      defaults: { action: 's3:GetObject' },
    },
    create: ({ report, options }) => ({
      statement({ Action = [] }) {
        for (const { text, location } of Action) {
          if (text !== options.action) continue
          const { start, end } = location.span
          const fix = { description: 'write another', edits: [{ start: start.offset, end: end.offset, text: '"s3:PutObject"' }] }
          report({ messageId: 'found', location, data: { action: text }, fix })
        }
      },
    }),
  },
  {
    meta: { id: 'acme/broken', severity: 'warning', category: 'actions', summary: 'Fails', recommended: false, fixable: false, analysis: false, messages: {} },
    create: () => ({ policy() { throw new Error('out of luck') } }),
  },
  {
    meta: { id: 'acme/spoils', severity: 'warning', category: 'actions', summary: 'Spoils', recommended: false, fixable: true, analysis: false, messages: { found: 'x' } },
    create: ({ report }) => ({
      policy({ location }) {
        report({ messageId: 'found', location, fix: { description: 'spoil', edits: [{ start: location.span.start.offset, end: location.span.start.offset + 1, text: '' }] } })
      },
    }),
  },
  {
    meta: { id: 'acme/unsure', severity: 'warning', category: 'actions', summary: 'Unsure', recommended: false, fixable: false, analysis: false, messages: {} },
    create: ({ undecided }) => ({ policy({ location }) { undecided(location, 'nobody knows') } }),
  },
  {
    meta: { id: 'acme/endless', severity: 'warning', category: 'actions', summary: 'Endless', recommended: false, fixable: true, analysis: false, messages: { found: 'x' } },
    create: ({ report }) => ({
      statement({ Sid }) {
        const { start, end } = Sid.location.span
        report({ messageId: 'found', location: Sid.location, fix: { description: 'x', edits: [{ start: end.offset - 1, end: end.offset, text: 'x"' }] } })
      },
    }),
  },
]
`
const withPlugin = (rules: object, rest: object = {}) => ({
  'rules.mjs': plugin,
  'grantree.config.json': { extends: 'none', plugins: ['./rules.mjs'], rules, ...rest },
})

describe('exit codes', () => {
  test.each<[string, Readonly<Record<string, string | object>>, readonly string[], number]>([
    ['nothing found', { 'a.json': good }, ['a.json'], 0],
    ['a warning', { 'a.json': unreachable }, ['a.json'], 0],
    ['a warning at the fail level', { 'a.json': unreachable }, ['a.json', '--fail-level', 'warning'], 1],
    ['a warning below the fail level', { 'a.json': unreachable }, ['a.json', '--fail-level', 'error'], 0],
    ['an error', { 'a.json': doubled }, ['a.json'], 1],
    ['an error that may be', { 'a.json': doubled }, ['a.json', '--fail-level', 'none'], 0],
    ['too many warnings', { 'a.json': unreachable }, ['a.json', '--max-warnings', '0'], 1],
    ['not too many warnings', { 'a.json': unreachable }, ['a.json', '--max-warnings', '1'], 0],
    ['a severity of the command line', { 'a.json': unreachable }, ['a.json', '--rule', 'unreachable-statement:security'], 1],
    ['a rule switched off', { 'a.json': doubled, 'b.json': good }, ['b.json', '--rule', 'duplicate-key:off'], 0],
    ['a preset', { 'a.json': unreachable }, ['a.json', '--preset', 'strict', '--rule', 'unreachable-statement:error'], 1],
    ['no such file', { 'a.json': good }, ['a.json', 'b.json'], 2],
    ['no such file, beside findings', { 'a.json': doubled }, ['a.json', 'b.json'], 2],
    ['no match', { 'a.json': good }, ['x/*.json'], 2],
    ['no policy', { 'a.json': { some: 'thing' } }, ['.'], 2],
    ['a named file without policy', { 'a.json': {}, 'b.json': good }, ['a.json', 'b.json'], 2],
    ['a limit of the configuration', { 'a.json': unreachable, ...config({ maxWarnings: 0 }) }, ['a.json'], 1],
    ['a fail level of the configuration', { 'a.json': unreachable, ...config({ failLevel: 'suggestion' }) }, ['a.json'], 1],
    ['the command line wins', { 'a.json': unreachable, ...config({ failLevel: 'suggestion' }) }, ['a.json', '--fail-level', 'none'], 0],
    ['undecided', { 'a.json': good, ...withPlugin({ 'acme/unsure': 'on' }) }, ['a.json'], 3],
    ['undecided, which may be', { 'a.json': good, ...withPlugin({ 'acme/unsure': 'on' }) }, ['a.json', '--allow-undecided'], 0],
    [
      'undecided, which the configuration allows',
      { 'a.json': good, ...withPlugin({ 'acme/unsure': 'on' }, { allowUndecided: true }) },
      ['a.json'],
      0,
    ],
    ['undecided and findings', { 'a.json': good, ...withPlugin({ 'acme/unsure': 'on', 'acme/no-get': 'error' }) }, ['a.json'], 1],
    ['a rule that fails', { 'a.json': good, ...withPlugin({ 'acme/broken': 'on' }) }, ['a.json'], 3],
    [
      'a rule that fails, undecided allowed',
      { 'a.json': good, ...withPlugin({ 'acme/broken': 'on' }) },
      ['a.json', '--allow-undecided'],
      3,
    ],
    ['a rule that fails, and findings', { 'a.json': good, ...withPlugin({ 'acme/broken': 'on', 'acme/no-get': 'error' }) }, ['a.json'], 1],
  ])('%s', async (_, files, args, code) => {
    const { lint } = project({ ...config(), ...files })
    expect((await lint(args)).code).toBe(code)
  })

  test('a policy that cannot be read never passes for fine, though no rule is on', async () => {
    const { report } = project({ 'a.json': '{"Statement": [', 'grantree.config.json': { extends: 'none' } })
    for (const args of [['a.json'], ['.']]) {
      const { code, report: found } = await report(args)
      expect(code).toBe(2)
      expect(found.problems).toMatchObject([{ file: 'a.json', message: expect.stringContaining('found the end of the text') }])
    }
  })
})

describe('wrong usage', () => {
  test.each<[string, readonly string[], string]>([
    [
      'a rule that there is not',
      ['--rule', 'unreachable-statment:error'],
      'there is no rule `unreachable-statment`; did you mean `unreachable-statement`?',
    ],
    ['a rule without severity', ['--rule', 'duplicate-key'], '--rule takes ID:SEVERITY'],
    ['a severity that there is not', ['--rule', 'duplicate-key:bad'], '--rule takes ID:SEVERITY'],
    ['a preset', ['--preset', 'all'], 'Allowed choices are recommended, strict, none'],
    ['a format', ['--format', 'xml'], "argument 'xml' is invalid"],
    ['a fail level', ['--fail-level', 'fatal'], "argument 'fatal' is invalid"],
    ['a number', ['--max-warnings', '-1'], '--max-warnings takes a number'],
    ['a baseline without its file', ['--write-baseline'], '--write-baseline needs --baseline FILE'],
    ['a baseline that there is not', ['--baseline', 'none.json'], 'there is no such file'],
    ['both ways to fix', ['--fix', '--fix-dry-run'], 'give either'],
    ['standard input fixed in place', ['-', '--fix'], 'give --fix-dry-run'],
    ['a configuration that there is not', ['--config', 'none.json'], 'there is no such file'],
    ['a bucket', ['--bucket', 'a/b'], '--bucket takes the name of a bucket'],
    ['a pattern that costs too much', ['*a*b*c*d*.json'], 'more than 3 stars'],
    ['a rule to explain', ['--explain', 'duplicat-key'], 'did you mean `duplicate-key`?'],
  ])('%s', async (_, args, message) => {
    const { lint } = project({ 'a.json': good })
    const { code, out, err } = await lint(['a.json', ...args])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(message)
  })
})

describe('files', () => {
  const files = {
    ...config(),
    'a.json': unreachable,
    'x/b.json': unreachable,
    'x/.c.json': unreachable,
    'x/note.txt': 'no policy',
    'package.json': { name: 'x' },
    'node_modules/d.json': unreachable,
    '.git/e.json': unreachable,
    'x/.terraform/f.json': unreachable,
  }
  const all = ['a.json', 'x/.c.json', 'x/b.json']

  test.each<[string, readonly string[], readonly string[]]>([
    ['nothing: all below the working directory', [], all],
    ['a folder', ['x'], ['x/.c.json', 'x/b.json']],
    ['a pattern', ['**/*.json'], all],
    ['a pattern below a folder', ['x/*.json'], ['x/.c.json', 'x/b.json']],
    ['the same file twice', ['a.json', '.', './a.json'], all],
    ['a named file of a skipped folder', ['node_modules/d.json'], ['node_modules/d.json']],
  ])('%s', async (_, args, expected) => {
    const { report } = await project(files).report(args)
    expect(report.findings.map(({ file }) => file).toSorted()).toEqual([...expected].toSorted())
  })

  test('links in a circle come to an end', async () => {
    const { folder, report } = project({ ...config(), 'x/a.json': unreachable })
    symlinkSync(folder, join(folder, 'x/again'))
    symlinkSync('nowhere', join(folder, 'x/dangling.json'))
    symlinkSync('itself.json', join(folder, 'x/itself.json'))
    expect((await report()).report.findings.map(({ file }) => file)).toEqual(['x/a.json'])
  })

  test('standard input, by a name', async () => {
    const { report } = project(config({ overrides: [{ files: ['logs/*'], rules: { 'unreachable-statement': 'error' } }] }))
    const input = [JSON.stringify(unreachable)]
    const plain = await report(['-'], { input })
    expect(plain).toMatchObject({ code: 0, report: { findings: [{ file: '<stdin>', severity: 'warning' }] } })
    const named = await report(['-', '--stdin-filename', 'logs/a.json'], { input })
    expect(named).toMatchObject({ code: 1, report: { findings: [{ file: 'logs/a.json', severity: 'error' }] } })
  })

  test('what is not UTF-8 is told', async () => {
    const { folder, report } = project({ ...config(), 'a.json': good })
    writeFileSync(join(folder, 'b.json'), Buffer.from([0xff, 0xfe]))
    const { code, report: found } = await report(['.'])
    expect(code).toBe(2)
    expect(found).toMatchObject({ problems: [{ file: 'b.json', message: expect.stringContaining('not UTF-8') }] })
  })
})

describe('the report', () => {
  test('says what was found where', async () => {
    const { report } = await project({ ...config(), 'a.json': unreachable }).report()
    expect(report).toMatchObject({ undecided: [], problems: [], unusedSuppressions: [] })
    expect(report.findings).toMatchObject([{ rule: 'unreachable-statement', file: 'a.json', sid: 'Never' }])
    expect(report.rules.map(({ id }) => id).toSorted()).toEqual(['duplicate-key', 'unreachable-statement'])
  })

  test('for people', async () => {
    const { out, err } = await project({ ...config(), 'a.json': unreachable }).lint([])
    expect(err).toBe('')
    expect(out).toContain('unreachable-statement')
  })

  test('to a file', async () => {
    const { lint, read } = project({ ...config(), 'a.json': unreachable })
    expect(await lint(['--format', 'json', '--output', 'report.txt'])).toEqual({ code: 0, out: '', err: '' })
    expect(JSON.parse(read('report.txt'))).toMatchObject({ findings: [{}] })
    expect((await lint(['--output', 'no/where.txt'])).code).toBe(2)
  })

  test('knows the bucket and its owner from the command line', async () => {
    const { lint } = project({ ...config(), 'a.json': good })
    expect((await lint(['--bucket', 'b', '--owner', '111122223333'])).code).toBe(0)
  })
})

describe('configuration', () => {
  test('the nearest one, patterns relative to it', async () => {
    const suppression = { rule: 'unreachable-statement', files: ['x/y/*'], reason: 'meant' }
    const { folder, lint } = project({ ...config({ suppressions: [suppression] }), 'x/y/a.json': unreachable })
    const { out } = await lint(['--format', 'json'], { directory: join(folder, 'x') })
    expect((JSON.parse(out) as LintReport).findings).toMatchObject([{ file: 'y/a.json', suppressed: { reason: 'meant', by: 'config' } }])
  })

  test('a named one', async () => {
    const { report } = project({
      ...config(),
      'other.jsonc': { extends: 'none', rules: { 'unreachable-statement': 'error' } },
      'a.json': unreachable,
    })
    expect((await report(['a.json', '--config', 'other.jsonc'])).code).toBe(1)
  })

  test('a mistake has its place', async () => {
    const { lint } = project({ 'grantree.config.json': '{\n  // off\n  "rules": { "duplicat-key": "off" }\n}\n', 'a.json': good })
    const { code, err } = await lint([])
    expect(code).toBe(2)
    expect(err).toContain('grantree.config.json:3:14: error: there is no rule `duplicat-key`')
    expect(err).toContain('help: did you mean `duplicate-key`?')
    expect(err).toContain('error: `grantree.config.json` is no valid configuration')
  })

  test('expired and unused suppressions are told, and do not suppress', async () => {
    const rule = 'unreachable-statement'
    const suppressions = [
      { rule, reason: 'old', expires: '2026-09-20' },
      { rule: 'duplicate-key', reason: 'never' },
    ]
    const { report } = project({ ...config({ suppressions }), 'a.json': unreachable })
    const { report: found } = await report()
    expect(found.findings[0]).not.toHaveProperty('suppressed')
    expect(found.unusedSuppressions.map(({ description }) => description)).toEqual([
      'the suppression of `unreachable-statement` has expired on 2026-09-20',
      'the suppression of `duplicate-key` suppresses nothing',
    ])
  })

  test('--init writes one that is valid, once', async () => {
    const { lint, read, write } = project({})
    expect(await lint(['--init'])).toMatchObject({ code: 0, out: '' })
    expect(read('grantree.config.json')).toContain('// ')
    write('a.json', good)
    expect((await lint(['a.json', '--fail-level', 'none'])).code).not.toBe(2)
    expect(await lint(['--init'])).toMatchObject({ code: 2, err: 'error: there is a `grantree.config.json` already\n' })
  })
})

describe('a baseline lives', () => {
  const second = { ...statement, Sid: 'Second', Effect: 'Deny', Condition: never }
  const first = unreachable.Statement[0] as object

  test('written, kept under moved lines, stale', async () => {
    const { write, read, lint, report } = project({ ...config(), 'x/a.json': unreachable })
    const strict = ['x', '--baseline', 'baseline.json', '--fail-level', 'warning']
    expect((await lint([...strict, '--write-baseline'])).code).toBe(0)
    const text = read('baseline.json')
    expect(JSON.parse(text)).toMatchObject({ findings: [{ file: 'x/a.json', rule: 'unreachable-statement' }] })

    const known = await report(strict)
    expect(known).toMatchObject({ code: 0, report: { findings: [{ suppressed: { by: 'baseline' } }], unusedSuppressions: [] } })

    write('x/a.json', `\n\n${JSON.stringify(policyOf(statement, first))}`)
    expect((await report(strict)).code).toBe(0)

    write('x/a.json', policyOf(first, second))
    const more = await report(strict)
    expect(more.code).toBe(1)
    expect(more.report.findings.map(({ sid, suppressed }) => [sid, suppressed?.by])).toEqual([
      ['Never', 'baseline'],
      ['Second', undefined],
    ])

    write('x/a.json', good)
    const gone = await report(strict)
    expect(gone.code).toBe(0)
    expect(gone.report.unusedSuppressions).toMatchObject([{ description: expect.stringContaining('is not found any more') }])
    expect((await lint([...strict, '--write-baseline'])).code).toBe(0)
    expect(read('baseline.json')).toBe('{\n  "findings": []\n}\n')
  })

  test('is the same from everywhere', async () => {
    const { folder, lint, read } = project({ ...config(), 'x/a.json': unreachable })
    await lint(['--baseline', 'one.json', '--write-baseline', '**/*.json'])
    await lint(['--baseline', '../two.json', '--write-baseline'], { directory: join(folder, 'x') })
    expect(read('two.json')).toBe(read('one.json'))
  })

  test('keeps what was not looked at', async () => {
    const { folder, lint, read } = project({ ...config(), 'x/a.json': unreachable, 'y/b.json': unreachable, 'y/c.json': unreachable })
    await lint(['--baseline', 'b.json', '--write-baseline'])
    const whole = read('b.json')
    await lint(['x', '--baseline', 'b.json', '--write-baseline'])
    expect(read('b.json')).toBe(whole)
    rmSync(join(folder, 'y/b.json'))
    await lint(['x', '--baseline', 'b.json', '--write-baseline'])
    expect(JSON.parse(read('b.json'))).toMatchObject({ findings: [{ file: 'x/a.json' }, { file: 'y/c.json' }] })
  })

  test('is kept by a run without analysis', async () => {
    const suppressions = [{ rule: 'unreachable-statement', files: ['z.json'], reason: 'old' }]
    const { lint, read, report } = project({ ...config({ suppressions }), 'a.json': unreachable, 'b.json': doubled, 'z.json': unreachable })
    const files = ['a.json', 'b.json', 'z.json', '--baseline', 'baseline.json']
    await lint([...files, '--write-baseline'])
    const whole = read('baseline.json')
    const { code, report: quick } = await report([...files, '--no-analysis'])
    expect(code).toBe(0)
    expect(quick.findings.map(({ rule }) => rule)).toEqual(['duplicate-key'])
    expect(quick.rules.map(({ id }) => id)).toEqual(['duplicate-key'])
    expect(quick.unusedSuppressions).toEqual([])
    const refused = await lint([...files, '--no-analysis', '--write-baseline'])
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('leave out --no-analysis') })
    expect(read('baseline.json')).toBe(whole)
  })

  test('is not written of a part, and not read if it is broken', async () => {
    const { folder, lint, write } = project({ ...config(), 'a.json': unreachable })
    expect((await lint(['a.json', 'none.json', '--baseline', 'b.json', '--write-baseline'])).code).toBe(2)
    expect(existsSync(join(folder, 'b.json'))).toBe(false)
    write('b.json', '{"findings": 1}')
    expect(await lint(['a.json', '--baseline', 'b.json'])).toMatchObject({ code: 2, err: expect.stringContaining('is no valid baseline') })
  })
})

describe('rules of one’s own', () => {
  test('find, take options, and are explained and listed', async () => {
    const { lint, report } = project({ 'a.json': good, ...withPlugin({ 'acme/no-get': 'error' }) })
    expect(await report()).toMatchObject({ code: 1, report: { findings: [{ rule: 'acme/no-get', message: 'there is s3:GetObject' }] } })
    expect(await lint(['--explain', 'acme/no-get'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('GetObject is not ours to give'),
    })
    expect(await lint(['--list-rules'])).toMatchObject({ code: 0, out: expect.stringContaining('acme/no-get') })
  })

  test('options count, wrong ones are told with their place', async () => {
    const { report, lint, write } = project({ 'a.json': good, ...withPlugin({ 'acme/no-get': ['on', { action: 's3:PutObject' }] }) })
    expect((await report()).report.findings).toEqual([])
    write('grantree.config.json', '{"plugins": ["./rules.mjs"],\n"rules": {"acme/no-get": ["on", {"action": 1}]}}')
    const { code, err } = await lint([])
    expect(code).toBe(2)
    expect(err).toContain('grantree.config.json:2:44: error: options of `acme/no-get`: `action` must be string')
  })

  test('one that fails is named, and the others go on', async () => {
    const { report } = project({ 'a.json': good, ...withPlugin({ 'acme/broken': 'on', 'acme/no-get': 'on' }) })
    const { code, report: found } = await report()
    expect(code).toBe(3)
    expect(found.problems).toMatchObject([{ file: 'a.json', message: 'the rule `acme/broken` has failed: out of luck' }])
    expect(found.findings).toHaveLength(1)
  })

  const ruleWith = (meta: string) => `export const rules = [{ meta: { ${meta} }, create() {} }]`
  const fine = "severity: 'error', category: 'actions', summary: 'x', messages: {}"
  test.each<[string, string, string]>([
    ['no such module', '', 'cannot be loaded'],
    ['a module that fails', 'throw new Error("broken")', 'cannot be loaded: broken'],
    ['no rules', 'export const rule = 1', 'exports no list `rules`'],
    ['no rule', 'export const rules = [1]', 'it has no function `create`'],
    ['no meta', 'export const rules = [{ create() {} }]', 'it has no object `meta`'],
    ['no id', ruleWith(fine), '`meta.id` must be text'],
    ['an id without prefix', ruleWith(`id: 'x', ${fine}`), 'must begin with a name and a slash, such as `acme/x`'],
    ['no severity', ruleWith("id: 'a/x', category: 'actions', summary: 'x', messages: {}"), '`meta.severity` of `a/x`'],
    ['no category', ruleWith("id: 'a/x', severity: 'error', summary: 'x', messages: {}"), '`meta.category` of `a/x`'],
    ['no summary', ruleWith("id: 'a/x', severity: 'error', category: 'actions', messages: {}"), '`meta.summary` of `a/x`'],
    ['no messages', ruleWith("id: 'a/x', severity: 'error', category: 'actions', summary: 'x'"), '`meta.messages` of `a/x`'],
    ['an `explains` that is no list', ruleWith(`id: 'a/x', explains: 'public-read', ${fine}`), '`meta.explains` of `a/x`'],
  ])('a plugin with %s', async (_, module, message) => {
    const { lint } = project({
      'a.json': good,
      'grantree.config.json': { plugins: ['./own.mjs'] },
      ...(module !== '' && { 'own.mjs': module }),
    })
    const { code, err } = await lint([])
    expect(code).toBe(2)
    expect(err).toContain('grantree.config.json:3:5: the plugin `./own.mjs`')
    expect(err).toContain(message)
  })
})

describe('fixes', () => {
  const odd =
    '{ "Version" : "2012-10-17",\r\n\t"Statement":[ {"Effect":"Allow", "Principal":{"AWS":"111122223333"},\r\n  "Action"  :   ["s3:GetObject" ,"s3:ListBucket"], "Resource":"arn:aws:s3:::b/*"}]}'

  test('keep all other formatting, and the file’s mode', async () => {
    const { folder, read, lint } = project({ 'a.json': odd, ...withPlugin({ 'acme/no-get': 'error' }) })
    chmodSync(join(folder, 'a.json'), 0o640)
    symlinkSync('a.json', join(folder, 'link.json'))
    expect((await lint(['link.json', '--fix'])).code).toBe(0)
    expect(read('a.json')).toBe(odd.replace('s3:GetObject', 's3:PutObject'))
    expect(statSync(join(folder, 'a.json')).mode & 0o777).toBe(0o640)
    expect(existsSync(join(folder, `.a.json.${process.pid}.draft`))).toBe(false)
  })

  test('as a diff, which writes nothing', async () => {
    const { read, lint } = project({ 'a.json': `${JSON.stringify(good, undefined, 2)}\n`, ...withPlugin({ 'acme/no-get': 'error' }) })
    const before = read('a.json')
    const { code, out } = await lint(['a.json', '--fix-dry-run'])
    expect(code).toBe(0)
    expect(out).toMatch(/^--- a\/a\.json\n\+\+\+ b\/a\.json\n@@ -\d+,7 \+\d+,7 @@\n/)
    expect(out).toContain('\n-      "Action": "s3:GetObject",\n+      "Action": "s3:PutObject",\n')
    expect(read('a.json')).toBe(before)
    const { out: ofInput } = await lint(['-', '--fix-dry-run', '--stdin-filename', 'b.json'], { input: [before] })
    expect(ofInput).toContain('+++ b/b.json\n')
  })

  test('a diff fits the file letter by letter', async () => {
    const { read, lint } = project({ 'a.json': odd, ...withPlugin({ 'acme/no-get': 'error' }) })
    await lint(['a.json', '--fix-dry-run', '--output', 'a.patch'])
    expect(applyPatch(odd, read('a.patch'), { autoConvertLineEndings: false })).toBe(odd.replace('s3:GetObject', 's3:PutObject'))
  })

  test('are not for what is suppressed', async () => {
    const suppressions = [{ rule: 'acme/no-get', reason: 'meant' }]
    const { read, lint } = project({ 'a.json': odd, ...withPlugin({ 'acme/no-get': 'error' }, { suppressions }) })
    expect((await lint(['a.json', '--fix'])).code).toBe(0)
    expect(read('a.json')).toBe(odd)
  })

  test('that would break the policy are left out, and told', async () => {
    const { read, report } = project({ 'a.json': odd, ...withPlugin({ 'acme/spoils': 'on' }) })
    const { code, report: found } = await report(['a.json', '--fix'])
    expect(code).toBe(3)
    expect(found.problems).toMatchObject([{ message: 'the fixes of `acme/spoils` would break the policy and were left out' }])
    expect(read('a.json')).toBe(odd)
  })

  test('that never come to an end are stopped', async () => {
    const { read, lint } = project({ 'a.json': policyOf({ Sid: 'S', ...statement }), ...withPlugin({ 'acme/endless': 'on' }) })
    expect((await lint(['a.json', '--fix'])).code).toBe(0)
    expect(read('a.json')).toContain(`"S${'x'.repeat(10)}"`)
  })
})

test('a rule’s page, and all rules', async () => {
  const { lint } = project({})
  expect(await lint(['--explain', 'duplicate-key'])).toMatchObject({ code: 0, out: readFileSync('docs/rules/duplicate-key.md', 'utf8') })
  const { out } = await lint(['--list-rules'])
  expect(out).toMatch(/^duplicate-key +error +recommended/m)
})

describe('Terraform', () => {
  const main =
    'resource "aws_s3_bucket_policy" "p" {\n  bucket = "logs"\n  policy = jsonencode({\n    Version   = "2012-10-17"\n    Statement = local.statements\n  })\n}\n'
  const locals =
    'locals {\n  statements = [{\n    Effect    = "Allow"\n    Principal = "*"\n    Action    = "s3:GetObject"\n    Resource  = "arn:aws:s3:::logs/*"\n  }]\n}\n'
  const rules = { 'grantree.config.json': { extends: 'none', rules: { 'public-read': 'on' } } }

  test('a file is read with the others of its folder, and each finding told once, where it stands', async () => {
    const { report } = project({
      ...rules,
      'infra/main.tf': main,
      'infra/locals.tf': locals,
      'other/locals.tf': locals.replace('logs', 'x'),
    })
    const { code, report: found } = await report()
    expect(code).toBe(1)
    expect(found.problems).toEqual([])
    expect(found.findings).toMatchObject([{ rule: 'public-read', address: 'aws_s3_bucket_policy.p' }])
  })

  describe('a policy that stands in another file than its resource', () => {
    const resource = 'resource "aws_s3_bucket_policy" "p" {\n  bucket = "logs"\n  policy = data.aws_iam_policy_document.d.json\n}\n'
    const document =
      'data "aws_iam_policy_document" "d" {\n  statement {\n    actions   = ["s3:GetObject"]\n    resources = ["arn:aws:s3:::logs/*"]\n    principals {\n      type        = "*"\n      identifiers = ["*"]\n    }\n  }\n}\n'
    const folder = { ...rules, 'main.tf': resource, 'documents.tf': document, 'variables.tf': 'variable "x" {}\n' }

    test.each([[[]], [['documents.tf']], [['main.tf', 'documents.tf', 'variables.tf']]])('is linted where it stands: %s', async (args) => {
      const { report } = project(folder)
      const { code, report: found } = await report(args)
      expect(code).toBe(1)
      expect(found.problems).toEqual([])
      expect(found.findings).toMatchObject([{ rule: 'public-read', file: 'documents.tf', address: 'aws_s3_bucket_policy.p' }])
    })

    test('does not pass for fine if that file is not looked at', async () => {
      const { report } = project(folder)
      const { code, report: found } = await report(['main.tf'])
      expect(code).toBe(2)
      expect(found.problems).toMatchObject([{ file: 'main.tf', message: 'policies of its buckets stand in `documents.tf`' }])
    })

    test('is read again once another file of the folder has changed', async () => {
      const { report, write } = project(folder)
      expect((await report()).report.findings).toHaveLength(1)
      write('documents.tf', document.replace('identifiers = ["*"]', 'identifiers = []'))
      expect((await report()).report.findings).toHaveLength(0)
    })
  })

  test('without its neighbours, on standard input, what they say is not known', async () => {
    const { report } = project(rules)
    const { code, report: found } = await report(['-', '--stdin-filename', 'infra/main.tf'], { input: [main] })
    expect(code).toBe(3)
    expect(found.findings).toEqual([])
    expect(found.undecided).toMatchObject([{ reason: expect.stringContaining('local.statements') }])
  })
})
