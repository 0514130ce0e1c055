import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Mutant, mutants } from './mutants.js'

/**
 * Changes a copy of the sources, one mutant at a time, and runs the tests of the analyser until one fails. Exits with 1 if a mutant fails
 * none. `--only <text>`: the mutants with this in their names.
 */
const root = new URL('../../../', import.meta.url).pathname
const only = process.argv.includes('--only') ? (process.argv[process.argv.indexOf('--only') + 1] ?? '') : ''
/** Those first that find most in the least time. */
const suites: readonly (readonly string[])[] = [
  ['test/analyze/fixtures/fixtures.test.ts'],
  [
    'test/analyze/values',
    'test/languages',
    'test/analyze/words',
    'test/analyze/key-dimension.test.ts',
    'test/analyze/arn-language.test.ts',
    'test/analyze/seldom.test.ts',
    'test/analyze/dimensions.test.ts',
    'test/analyze/rescue.test.ts',
    'test/analyze/resource-test.test.ts',
    'test/analyze/spaces.test.ts',
  ],
  ['test/analyze/laws', 'test/analyze/regions', 'test/analyze/injections'],
]
const seed = '1'

const copy = mkdtempSync(join(tmpdir(), 'grantree-mutants-'))
try {
  for (const name of ['src', 'test', 'fixtures', 'package.json', 'vitest.config.ts', 'tsconfig.base.json', 'docs', 'schemas']) {
    if (existsSync(join(root, name))) cpSync(join(root, name), join(copy, name), { recursive: true })
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  process.exitCode = run() ? 0 : 1
} finally {
  rmSync(copy, { recursive: true, force: true })
}

function run(): boolean {
  const known = suites.map((suite) => failures(suite))
  for (const name of known.flat()) console.log(`fails without any mutant: ${name}`)
  const survivors: string[] = []
  const chosen = mutants.filter(({ name }) => name.includes(only))
  for (const mutant of chosen) {
    const start = Date.now()
    const killer = killerOf(mutant, known)
    const seconds = ((Date.now() - start) / 1000).toFixed(0)
    console.log(killer === undefined ? `SURVIVES ${mutant.name} (${seconds} s)` : `${mutant.name}: ${killer} (${seconds} s)`)
    if (killer === undefined) survivors.push(mutant.name)
  }
  console.log(`${chosen.length} mutants, ${survivors.length} survive${survivors.map((name) => `\n  ${name}`).join('')}`)
  return survivors.length === 0
}

/** The first test that fails with the mutant and not without; undefined if there is none. */
function killerOf({ file, text, by }: Mutant, known: readonly (readonly string[])[]): string | undefined {
  const path = join(copy, 'src', file)
  const source = readFileSync(path, 'utf8')
  if (!source.includes(text)) throw new Error(`${file} has no ${JSON.stringify(text)}`)
  writeFileSync(
    path,
    source.replace(text, () => by),
  )
  try {
    for (const [index, suite] of suites.entries()) {
      const before = known[index] ?? []
      const [killer] = failures(suite, before.length === 0).filter((name) => !before.includes(name))
      if (killer !== undefined) return killer
    }
    return undefined
  } finally {
    writeFileSync(path, source)
  }
}

interface Report {
  readonly testResults: readonly {
    readonly name: string
    readonly message: string
    readonly status: string
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[]
  }[]
}

/** The names of the tests that fail. Stopping early may lose some, so it is for suites of which none fails without a mutant. */
function failures(suite: readonly string[], stopsAtFirst = false): readonly string[] {
  const output = join(copy, 'report.json')
  rmSync(output, { force: true })
  const there = suite.filter((path) => existsSync(join(copy, path)))
  if (there.length === 0) return []
  spawnSync(
    process.execPath,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--reporter=json',
      `--outputFile=${output}`,
      ...(stopsAtFirst ? ['--bail=1'] : []),
      // A mutant may never end.
      '--testTimeout=60000',
      ...there,
    ],
    { cwd: copy, encoding: 'utf8', timeout: 240_000, env: { ...process.env, GRANTREE_SEED: seed, GRANTREE_MUTANTS: '1' } },
  )
  if (!existsSync(output)) return ['no test ends in time']
  const { testResults } = JSON.parse(readFileSync(output, 'utf8')) as Report
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults
      .filter((result) => result.status === 'failed')
      .map(({ fullName }) => fullName.replace(/ \(GRANTREE.*/, ''))
    return failed.length === 0 && status === 'failed' ? [`${name.slice(copy.length + 1)}: ${message.split('\n')[0]}`] : failed
  })
}
