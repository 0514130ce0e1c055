import { expect, test } from 'vitest'
import * as analyser from './api.js'
import { checkCases, type Report, shareOf } from './report.js'

const seed = Number(process.env['GRANTREE_SEED'] ?? 20261123)
const cases = Number(process.env['GRANTREE_POLICIES'] ?? 60)
/** How many requests a case looks at where not all of them can be. */
const limit = Number(process.env['GRANTREE_REQUESTS'] ?? 250)

const HOUR = 3_600_000
const variables = `GRANTREE_POLICIES=${cases} GRANTREE_REQUESTS=${limit} GRANTREE_SEED=${seed}`

test(`a search over requests finds nothing that the analyser denies (${variables})`, { timeout: 12 * HOUR }, () => {
  const report = checkCases(analyser, { seed, cases, limit })
  console.log(format(report))
  expect(report.disagreements.map((each) => JSON.stringify(each))).toEqual([])
  expect(report.disagreementCount).toBe(0)
  // A mix of one kind of answer would show little; of few cases the shares say nothing.
  if (cases < 200) return
  const diff = (relation: string) => shareOf(report.said, 'diff ', relation)
  expect(diff('equal')).toBeGreaterThanOrEqual(0.1)
  expect(diff('more') + diff('less')).toBeGreaterThanOrEqual(0.1)
  expect(diff('undecided')).toBeLessThan(0.08)
  const statement = (status: string) => shareOf(report.said, 'statement ', status)
  expect(statement('needed')).toBeGreaterThan(0.3)
  if (cases >= 1000) for (const status of ['unreachable', 'shadowed', 'redundant']) expect(statement(status), status).toBeGreaterThan(0.002)
  expect(statement('undecided')).toBeLessThan(0.08)
  for (const question of ['publicAccess ', 'ever ', 'always ', 'equivalent ', 'disjoint ']) {
    expect(shareOf(report.said, question, 'undecided'), question).toBeLessThan(0.08)
  }
})

function format({ cases, requests, whole, said, seen, operators, disagreementCount }: Report): string {
  const row = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .sort()
      .map(([name, count]) => `${name} ${count}`)
      .join(', ')
  return [
    `${variables}: ${cases} cases, ${requests} requests, ${whole} cases as a whole, ${disagreementCount} disagreements`,
    `said: ${row(said)}`,
    `seen: ${row(seen)}`,
    `operators: ${row(operators)}`,
  ].join('\n')
}
