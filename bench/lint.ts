import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type ActiveRule, allRules, barePolicy, type FoundPolicy, lintFound } from 'grantree/lint'
import { clock, progress } from './clock.js'

/**
 * How long the linter takes: its quick rules over ten thousand policies, as a function and as the whole command, and those that ask the analyser
 * over the policies of a folder. Writes results/lint.md.
 */
const corpus = process.argv[2] ?? fileURLToPath(new URL('../../shared/corpus', import.meta.url))
const command = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))
const fixtures = fileURLToPath(new URL('../fixtures/lint', import.meta.url))
const POLICIES = 10_000
const ROUNDS = 5

const active = allRules.map((rule): ActiveRule => ({ rule, severity: rule.meta.severity, options: {} }))
const quick = active.filter(({ rule }) => !rule.meta.analysis)
const analysing = active.filter(({ rule }) => rule.meta.analysis)

const texts = manyTexts()
const asFunction = repeated('10,000 policies, in process', () => countFindings(texts))
const asCommand = timeCommand()
const policies = readdirSync(corpus, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.json'))
  .map((file) => readFileSync(join(corpus, file), 'utf8'))
const together = timesOf('all together', analysing)
const alone = analysing.map((rule) => ({ id: rule.rule.meta.id, times: timesOf(rule.rule.meta.id, [rule]) }))
const withQuick = timesOf('quick rules', quick)

writeFileSync(fileURLToPath(new URL('results/lint.md', import.meta.url)), page())

/** Policies with all that the rules look for, each of a bucket of its own. */
function manyTexts(): readonly string[] {
  interface Cases {
    readonly bad: readonly { readonly policy?: object }[]
    readonly good: readonly { readonly policy?: object }[]
  }
  const cases = readdirSync(fixtures).flatMap((file) => {
    const { bad, good } = JSON.parse(readFileSync(join(fixtures, file), 'utf8')) as Cases
    // In a folder, what has no `Statement` is no policy.
    return [...bad, ...good].flatMap(({ policy = {} }) => ('Statement' in policy ? policy : []))
  })
  return Array.from({ length: POLICIES }, (_, index) =>
    JSON.stringify(cases[index % cases.length], undefined, 2).replaceAll(':::assets', `:::assets-${index}`),
  )
}

function countFindings(all: readonly string[]): number {
  let count = 0
  for (const text of all) count += lintFound(barePolicy({ path: 'policy.json', text }), quick).findings.length
  return count
}

/** Seconds of some runs after one to warm up. */
function repeated(what: string, run: () => number): { readonly seconds: readonly number[]; readonly count: number } {
  let count = run()
  const seconds = Array.from({ length: ROUNDS }, (_, round) => {
    progress(round / ROUNDS, what)
    const from = clock()
    count = run()
    return (clock() - from) / 1e9
  })
  return { seconds, count }
}

/** The command on as many files, Node's start included. */
function timeCommand(): { readonly seconds: readonly number[]; readonly count: number } {
  const folder = mkdtempSync(join(tmpdir(), 'grantree-lint-'))
  try {
    for (const [index, text] of texts.entries()) writeFileSync(join(folder, `${index}.json`), text)
    return repeated('10,000 files, by the command', () => {
      const args = [command, 'lint', '.', '--preset', 'strict', '--no-analysis', '--format', 'json', '--fail-level', 'none']
      const { stdout, status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 30 })
      if (status !== 0) throw new Error(`the command has ended with ${status}: ${stderr}`)
      return (JSON.parse(stdout) as { readonly findings: readonly unknown[] }).findings.length
    })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Milliseconds for each policy of the folder, in the last of the rounds. Reading the policy does not count. */
function timesOf(what: string, rules: readonly ActiveRule[]): readonly number[] {
  let times: readonly number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    progress(round / ROUNDS, what)
    times = policies.map((text) => {
      const found: FoundPolicy = barePolicy({ path: 'policy.json', text })
      const from = clock()
      lintFound(found, rules)
      return (clock() - from) / 1e6
    })
  }
  return times
}

function quantile(times: readonly number[], share: number): number {
  return times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] as number
}

function spread({ seconds }: { readonly seconds: readonly number[] }): string {
  return `${quantile(seconds, 0.5).toFixed(2)} s (${Math.min(...seconds).toFixed(2)} to ${Math.max(...seconds).toFixed(2)})`
}

function row(name: string, times: readonly number[]): string {
  const [median, p95, most] = [0.5, 0.95, 1].map((share) => quantile(times, share).toFixed(2))
  return `| ${name} | ${median} | ${p95} | ${most} |`
}

function page(): string {
  if (asFunction.count !== asCommand.count) throw new Error(`${asFunction.count} findings in process, ${asCommand.count} by the command`)
  return [
    '# The linter',
    '',
    `\`npm run build && npx tsx bench/lint.ts <folder of policies>\` writes this page. Measured on ${cpus().length} cores of ${cpus()[0]?.model.trim()}, Node ${process.versions.node}.`,
    '',
    '| target | measured |',
    '| --- | --- |',
    `| 10,000 policies in 5 s at most, all rules that read the text only | ${spread(asCommand)}, by the command, and ${spread(asFunction)} as a function |`,
    `| rules that ask the analyser: 50 ms at most for 95 % of the policies | ${quantile(together, 0.95).toFixed(1)} ms, all ${analysing.length} together |`,
    '',
    '## Rules that read the text',
    '',
    `${POLICIES} policies of \`fixtures/lint/\`, in turn, each of a bucket of its own; all ${quick.length} rules of the preset \`strict\` that ask no analyser; ${asFunction.count} findings.`,
    `Medians of ${ROUNDS} runs, with the least and the most.`,
    '',
    '| | |',
    '| --- | --- |',
    `| read and lint, as a function | ${spread(asFunction)} |`,
    `| \`grantree lint --no-analysis\` on as many files, Node's start, reading and writing included | ${spread(asCommand)} |`,
    '',
    '## Rules that ask the analyser',
    '',
    `On ${policies.length} policies of others, milliseconds of one policy each, in the last of ${ROUNDS} rounds. Alone, a rule works out for itself what rules share together.`,
    '',
    '| rules | median | 95 % | most |',
    '| --- | --- | --- | --- |',
    row(`all ${analysing.length} together`, together),
    ...alone.map(({ id, times }) => row(`\`${id}\``, times)),
    row(`the ${quick.length} that do not ask it, for comparison`, withQuick),
    '',
  ].join('\n')
}
