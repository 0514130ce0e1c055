import { expect, test } from 'vitest'
import { conditionOperators } from '../../src/catalog/condition-operators.js'
import { evaluators } from './evaluators.js'
import { compare, type Report } from './mix.js'

const seed = Number(process.env['GRANTREE_SEED'] ?? Date.now() % 0x7fffffff)
const requests = Number(process.env['GRANTREE_REQUESTS'] ?? 200_000)

/** Of each operator in each outcome, for every 200,000 requests. */
const LEAST_OUTCOMES = 1000

test(`oracle, reference and program agree on ${requests} random requests (GRANTREE_SEED=${seed})`, { timeout: 600_000 }, () => {
  const report = compare({ seed, requests, evaluators })
  const { Allow, ExplicitDeny } = report.verdicts
  console.log(format(report))
  expect(report.mismatches.map((mismatch) => JSON.stringify(mismatch))).toEqual([])
  expect(report.mismatchCount).toBe(0)
  expect(Allow / report.requests).toBeGreaterThanOrEqual(0.25)
  expect(ExplicitDeny / report.requests).toBeGreaterThanOrEqual(0.15)
  expect(report.answered['reference']).toBe(report.requests)
  expect(report.answered['program']).toBe(report.requests)
  expect((report.answered['program on a ready context'] ?? 0) / report.requests).toBeGreaterThanOrEqual(0.15)
  const rare = conditionOperators.flatMap((name) =>
    Object.entries(report.operators[name] ?? { [name]: 0 })
      .filter(([, count]) => count < (LEAST_OUTCOMES * report.requests) / 200_000)
      .map(([outcome, count]) => `${name} ${outcome}: ${count}`),
  )
  expect(rare).toEqual([])
})

function format({ requests, verdicts, operators, answered }: Report): string {
  const share = (count: number) => `${((100 * count) / requests).toFixed(1)} %`
  const row = (counts: Readonly<Record<string, number>>) => Object.entries(counts).map(([name, count]) => `${name} ${count}`)
  return [
    `GRANTREE_SEED=${seed}: ${Object.entries(verdicts)
      .map(([verdict, count]) => `${verdict} ${share(count)}`)
      .join(', ')}; answered by ${row(answered).join(', ')}`,
    ...Object.entries(operators).map(([name, counts]) => `${name.padEnd(26)} ${row(counts).join('  ')}`),
  ].join('\n')
}
