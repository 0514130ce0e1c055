import type { Colors } from 'picocolors/types.js'
import type { Covered, UncoveredGrant, UncoveredStatement } from '../../decision-test/coverage.js'
import type { DecisionTestReport, DecisionTestResult } from '../../decision-test/run-decision-tests.js'
import { printable } from './printable.js'
import { reasonTexts } from './reasons.js'

/** The failed cases, what no case covers, and the counts. */
export function renderTestReport(source: string, { results, coverage }: DecisionTestReport, colors: Colors): string {
  const failed = results.filter(({ passed }) => !passed)
  const { statements, grants } = coverage
  return [
    ...failed.map((result) => renderFailure(source, result, colors)),
    ...statements.uncovered.map((item) => `${colors.yellow('not covered')}: ${printable(statementName(item))}\n`),
    ...grants.uncovered.map((item) => `${colors.yellow('not covered')}: ${printable(grantName(item))}\n`),
    `${colors.bold(printable(source))}: ${count(results.length - failed.length, 'passed')}, ${count(failed.length, 'failed')}`,
    `; statements ${share(statements)}, grants ${share(grants)}\n`,
  ].join('')
}

function renderFailure(source: string, { case: testCase, decision, errors }: DecisionTestResult, colors: Colors): string {
  const { name, location, expect, why } = testCase
  const expected = typeof expect === 'object' ? `error ${expect.error}` : expect
  const got = decision === undefined ? errors.map(({ code, message }) => `error ${code}: ${message}`).join('; ') : decision.verdict
  const because = decision === undefined ? '' : ` because ${reasonTexts[decision.reason]}`
  return [
    `${colors.red('failed')}: ${printable(name)}`,
    `    at ${printable(source)}:${location.span.start.line}`,
    `    expected ${printable(expected)}${why === undefined ? '' : ` (${printable(why)})`}`,
    `    got ${printable(got)}${because}\n`,
  ].join('\n')
}

function statementName({ bucket, index, sid }: UncoveredStatement): string {
  return `statement ${index + 1}${sid === undefined ? '' : ` ${JSON.stringify(sid)}`} of the policy of ${bucket} applies in no case`
}

function grantName({ accessKey, index }: UncoveredGrant): string {
  return `grant ${index + 1} of key ${accessKey} allows in no case`
}

function share({ covered, total }: Covered<unknown>): string {
  return total === 0 ? 'none' : `${covered} of ${total} covered`
}

function count(number: number, what: string): string {
  return `${number} ${what}`
}
