import { expect, test } from 'vitest'
import { conditionOperators } from '../../src/catalog/condition-operators.js'
import { evaluate, parseRequest, parseSnapshot } from '../../src/index.js'
import { compare } from './mix.js'

const seed = Number(process.env['GRANTREE_SEED'] ?? Date.now() % 0x7fffffff)
const requests = Number(process.env['GRANTREE_REQUESTS'] ?? 200_000)

/** Of each operator in each outcome, for every 200,000 requests. */
const LEAST_OUTCOMES = 1000

test(`the reference evaluator and the oracle agree on ${requests} random requests (GRANTREE_SEED=${seed})`, { timeout: 600_000 }, () => {
  const report = compare({ seed, requests, evaluate: prepare })
  const { Allow, ExplicitDeny, ImplicitDeny } = report.verdicts
  const share = (count: number) => `${((100 * count) / report.requests).toFixed(1)} %`
  console.log(
    `GRANTREE_SEED=${seed}: Allow ${share(Allow)}, ExplicitDeny ${share(ExplicitDeny)}, ImplicitDeny ${share(ImplicitDeny)}\n${Object.entries(
      report.operators,
    )
      .map(
        ([name, row]) =>
          `${name.padEnd(26)} ${Object.entries(row)
            .map(([outcome, count]) => `${outcome} ${count}`)
            .join('  ')}`,
      )
      .join('\n')}`,
  )
  expect(report.mismatches.map((mismatch) => JSON.stringify(mismatch))).toEqual([])
  expect(Allow / report.requests).toBeGreaterThanOrEqual(0.25)
  expect(ExplicitDeny / report.requests).toBeGreaterThanOrEqual(0.15)
  const rare = conditionOperators.flatMap((name) =>
    Object.entries(report.operators[name] ?? { [name]: 0 })
      .filter(([, count]) => count < (LEAST_OUTCOMES * report.requests) / 200_000)
      .map(([outcome, count]) => `${name} ${outcome}: ${count}`),
  )
  expect(rare).toEqual([])
})

function prepare(json: object) {
  const { snapshot, diagnostics } = parseSnapshot(json)
  if (snapshot === undefined) throw new Error(`invalid snapshot: ${JSON.stringify(diagnostics)}`)
  return (json: object) => {
    const { request, diagnostics } = parseRequest(json)
    if (request === undefined) throw new Error(`invalid request: ${JSON.stringify(diagnostics)}`)
    const { verdict, reason, statement } = evaluate(snapshot, request)
    return { verdict, reason, ...(statement && { applying: [statement.index] }) }
  }
}
