import type { DecisionWithGrant } from '../decision/decision.js'
import { derivedKeyErrors } from '../evaluate/derived-key-errors.js'
import { evaluate } from '../evaluate/evaluate.js'
import type { Explanation } from '../evaluate/explanation.js'
import type { Diagnostic } from '../policy/diagnostic.js'
import { Coverage, type CoverageReport } from './coverage.js'
import type { DecisionTestCase, DecisionTestFile } from './decision-test.js'

export interface DecisionTestReport {
  readonly results: readonly DecisionTestResult[]
  readonly coverage: CoverageReport
}

export interface DecisionTestResult {
  readonly case: DecisionTestCase
  readonly passed: boolean
  /** Absent if the case has errors. */
  readonly decision?: DecisionWithGrant
  readonly errors: readonly Diagnostic[]
}

/** Decides every case and compares. */
export function runDecisionTests({ snapshot, cases }: DecisionTestFile): DecisionTestReport {
  const coverage = new Coverage()
  if (snapshot !== undefined) coverage.expect(snapshot)
  const results = cases.map((testCase) => runCase(testCase, coverage))
  return { results, coverage: coverage.report() }
}

function runCase(testCase: DecisionTestCase, coverage: Coverage): DecisionTestResult {
  const { snapshot, request, expect } = testCase
  const errors = snapshot && request ? derivedKeyErrors(snapshot, request, testCase.location) : testCase.errors
  if (snapshot === undefined || request === undefined || errors.length > 0) {
    return { case: testCase, errors, passed: typeof expect === 'object' && errors.some(({ code }) => code === expect.error) }
  }
  const explanation: Explanation = evaluate(snapshot, request)
  coverage.add(snapshot, explanation)
  return { case: testCase, errors, decision: explanation, passed: explanation.verdict === expect }
}
