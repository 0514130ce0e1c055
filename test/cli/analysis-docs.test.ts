import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { build, main, root } from './build.js'
import { grantree, scratch } from './grantree.js'

const { file } = scratch()
const document = readFileSync(join(root, 'docs/analysis.md'), 'utf8')
const blocks = [...document.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language = '', text = '']) => ({ language, text }))

const SNAPSHOT = 'fixtures/photography/snapshot.json'
const BEFORE = 'fixtures/analysis-cli/before.json'
const AFTER = 'fixtures/analysis-cli/after.json'

/** The words of a command, as a shell reads them. */
function argumentsOf(command: string): readonly string[] {
  return command
    .trim()
    .split(' ')
    .slice(2)
    .map((word) => word.replaceAll("'", ''))
}

describe('docs/analysis.md', () => {
  const commands = blocks.flatMap(({ language, text }, index) =>
    language === 'sh' ? [{ command: text.trim(), shown: blocks[index + 1] }] : [],
  )

  test('has an example of every command', () => {
    expect(new Set(commands.map(({ command }) => argumentsOf(command)[0]))).toEqual(new Set(['diff', 'public', 'who-can', 'can']))
  })

  test.each(commands)('$command', async ({ command, shown }) => {
    const { code, out, err } = await grantree(argumentsOf(command))
    expect(err).toBe('')
    expect([0, 1]).toContain(code)
    if (shown?.language === 'text') expect(out).toBe(shown.text)
  })

  test('the check of its example fails', async () => {
    const { command = '' } = commands.find((example) => example.command.includes('--check')) ?? {}
    expect((await grantree(argumentsOf(command))).code).toBe(1)
  })

  test('the command of its CI job works', async () => {
    const { text = '' } = blocks.find(({ language }) => language === 'yaml') ?? {}
    const [, command = ''] = /- run: (npx grantree .*) >> /.exec(text) ?? []
    const args = argumentsOf(command).map((word) => ({ 'old.json': BEFORE, 'policies/final-photos.json': AFTER })[word] ?? word)
    expect(args).toContain(AFTER)
    const { code, out } = await grantree(args)
    expect(code).toBe(1)
    expect(out).toContain('check no-new-access: failed')
  })

  test('names every member of the JSON', async () => {
    const rows = new Map([...document.matchAll(/^\| (.+?) \| (.+) \|$/gm)].map(([, name = '', text = '']) => [name, text]))
    const expectNamed = (row: string, value: object = {}, but: readonly string[] = []) => {
      for (const name of Object.keys(value)) if (!but.includes(name)) expect(`${row}: ${rows.get(row)}`).toContain(`\`${name}\``)
    }
    const json = async (...args: readonly string[]) => JSON.parse((await grantree([...args, '--format', 'json'])).out)

    const diff = await json('diff', BEFORE, AFTER, '--check', 'no-new-access')
    expectNamed('`diff`', diff)
    expectNamed('`diff`', diff.check)
    expectNamed('`diff`', diff.newlyAllowed[0])
    expectNamed('a decision', diff.newlyAllowed[0].after)
    expectNamed('a decision', diff.newlyAllowed[0].after.statement)
    const strangers = await json('public', SNAPSHOT)
    expectNamed('`public`', strangers)
    for (const bucket of strangers.buckets) expectNamed('`public`', bucket)
    expectNamed('`public`', strangers.buckets[0].aws)
    const table = await json('can', '--key', 'DO00SOCIALTOOL000001', '-s', SNAPSHOT)
    const dated = await json('can', '--key', 'DO00SUMMERHELP000001', '-s', SNAPSHOT)
    expectNamed('`who-can`, `can`', table)
    for (const { region, ...row } of [...table.rows, ...dated.rows]) {
      expectNamed('`who-can`, `can`', row)
      expectNamed('`region`', region)
      for (const condition of region.conditions) expectNamed('`region`', condition)
      for (const span of region.times ?? []) expectNamed('`region`', span)
    }
    const { undecided } = await json('diff', BEFORE, AFTER, '--budget', '1')
    expectNamed('`undecided`', undecided[0])
  })
})

describe('in a process of its own', () => {
  beforeAll(() => build())

  test.each<[string, readonly string[], string, number]>([
    ['diff, the old', ['diff', '-', AFTER], BEFORE, 1],
    ['diff, the new', ['diff', AFTER, '-'], AFTER, 0],
    ['public', ['public', '-'], SNAPSHOT, 1],
    ['who-can', ['who-can', '--policy', '-', 's3:GetObject', '*'], AFTER, 0],
  ])('a file comes in on standard input: %s', (_, args, from, code) => {
    const input = readFileSync(join(root, from))
    const { status, stdout, stderr } = spawnSync('node', [main, ...args], { cwd: root, input, encoding: 'utf8' })
    expect({ status, stderr }).toEqual({ status: code, stderr: '' })
    expect(stdout).not.toBe('')
  })

  test('the program of the document runs and prints what it says', () => {
    const { text = '' } = blocks.find(({ language }) => language === 'js') ?? {}
    const program = text
      .replace("'grantree'", `'${join(root, 'dist/index.js')}'`)
      .replace("'grantree/analyze'", `'${join(root, 'dist/analyze.js')}'`)
    const printed = execFileSync('node', [file('program.mjs', program)], { encoding: 'utf8' }).trim()
    expect(text.endsWith(`// ${printed}\n`), printed).toBe(true)
  })
})
