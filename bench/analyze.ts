import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { hasError, type Policy, parsePolicy } from 'grantree'
import { diff, ever, examineStatements, publicAccess, whoCan } from 'grantree/analyze'
import { clock, progress } from './clock.js'
import { hundredStatements } from './hundred-statements.js'

/**
 * How many questions about other people's policies are decided, and how long one takes: every policy of a folder, each question alone, in
 * rounds of which the last counts. Writes results/analyze.md.
 */
const corpus = process.argv[2] ?? fileURLToPath(new URL('../../shared/corpus', import.meta.url))
const ROUNDS = 4

interface Named {
  readonly name: string
  readonly policy: Policy
}

const policies = readCorpus(corpus)
const questions: Readonly<Record<string, (policy: Policy) => readonly { readonly reason: string }[]>> = {
  'diff, to itself': (policy) => diff({ policy }, { policy }).undecided,
  'diff, first statement taken away': (policy) =>
    diff({ policy }, { policy: { ...policy, Statement: policy.Statement.slice(1) } }).undecided,
  'diff, all conditions taken away': (policy) => {
    const Statement = policy.Statement.map((statement) => ({ ...statement, Condition: [] }))
    return diff({ policy }, { policy: { ...policy, Statement } }).undecided
  },
  public: (policy) => publicAccess({ policy }).flatMap(({ undecided }) => undecided),
  'ever, writing': (policy) => ever({ policy }, { action: 's3:Put*' }).undecided,
  'who-can, reading': (policy) => whoCan({ policy }, 's3:GetObject', '*').undecided,
  'every statement: unreachable, shadowed, redundant': (policy) => examineStatements({ policy }).flatMap(({ undecided }) => undecided),
}

interface Row {
  readonly question: string
  readonly times: readonly number[]
  readonly undecided: readonly string[]
}

const rows: Row[] = Object.entries(questions).map(([question, ask], index, { length }) => {
  let times: number[] = []
  let undecided: string[] = []
  for (let round = 0; round < ROUNDS; round++) {
    progress((index + round / ROUNDS) / length, question)
    times = []
    undecided = []
    for (const { name, policy } of policies) {
      const from = clock()
      const reasons = ask(policy)
      times.push((clock() - from) / 1e6)
      const [first] = reasons
      if (first !== undefined) undecided.push(`${name}: ${first.reason}`)
    }
  }
  return { question, times, undecided }
})

writeFileSync(fileURLToPath(new URL('results/analyze.md', import.meta.url)), page())

function readCorpus(folder: string): readonly Named[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .flatMap((file): readonly Named[] => {
      const { policy, diagnostics } = parsePolicy(readFileSync(join(folder, file), 'utf8'))
      return policy === undefined || hasError(diagnostics) ? [] : [{ name: file, policy }]
    })
}

function quantile(times: readonly number[], share: number): number {
  return [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] as number
}

/** The quickest, the middle and the slowest of some runs, after as many to warm up. */
function repeated(run: () => void): string {
  const times = Array.from({ length: 20 }, () => {
    const from = clock()
    run()
    return (clock() - from) / 1e6
  }).slice(10)
  return `${quantile(times, 0.5).toFixed(0)} ms (${Math.min(...times).toFixed(0)} to ${Math.max(...times).toFixed(0)})`
}

function page(): string {
  const { before, after, bytes } = hundredStatements()
  const table = rows.map(({ question, times, undecided }) => {
    const share = ((1 - undecided.length / times.length) * 100).toFixed(1)
    const [median, p95, most] = [quantile(times, 0.5), quantile(times, 0.95), quantile(times, 1)].map((time) => time.toFixed(2))
    return `| ${question} | ${times.length} | ${share} % | ${median} | ${p95} | ${most} |`
  })
  const undecided = rows.flatMap((row) => row.undecided.map((name) => `- ${row.question}: ${name}`))
  return [
    '# The analyser on policies of others',
    '',
    `\`npx tsx bench/analyze.ts <folder of policies>\` writes this page. Measured on ${cpus().length} cores of ${cpus()[0]?.model.trim()}, Node ${process.versions.node}, on ${policies.length} policies`,
    'that parse without an `error`. Milliseconds of one question each, its space of requests included, in the last of four rounds.',
    '',
    '| question | policies | decided | median | 95 % | most |',
    '| --- | --- | --- | --- | --- | --- |',
    ...table,
    '',
    `A policy of 100 statements (${bytes} bytes), against itself with one resource widened: ${repeated(() => diff({ policy: before }, { policy: after }))}. Every statement of it`,
    `examined: ${repeated(() => examineStatements({ policy: before }))}. Medians of ten runs, with the least and the most.`,
    '',
    '## Not decided',
    '',
    ...(undecided.length === 0 ? ['Nothing.'] : undecided),
    '',
  ].join('\n')
}
