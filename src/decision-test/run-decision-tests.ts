import type { DecisionWithGrant } from '../decision/decision.js'
import { derivedKeyErrors } from '../evaluate/derived-key-errors.js'
import { evaluate } from '../evaluate/evaluate.js'
import type { Diagnostic } from '../policy/diagnostic.js'
import { Coverage, type CoverageReport } from './coverage.js'
import type { DecisionTestCase, DecisionTestFile } from './decision-test.js'
import { defaultEngine, type Engine, engines, type Prepare, preparedOnce } from './engine.js'

export interface DecisionTestOptions {
  /** What gives the verdicts; `program` if absent. Coverage is told by the reference evaluator in any case: it alone explains. */
  readonly engine?: Engine
}

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
export function runDecisionTests(
  { snapshot, cases }: DecisionTestFile,
  { engine = defaultEngine }: DecisionTestOptions = {},
): DecisionTestReport {
  const coverage = new Coverage()
  if (snapshot !== undefined) coverage.expect(snapshot)
  const prepare = preparedOnce(engines[engine])
  const results = cases.map((testCase) => runCase(testCase, prepare, coverage))
  return { results, coverage: coverage.report() }
}

function runCase(testCase: DecisionTestCase, prepare: Prepare, coverage: Coverage): DecisionTestResult {
  const { snapshot, request, expect } = testCase
  const errors = snapshot && request ? derivedKeyErrors(snapshot, request, testCase.location) : testCase.errors
  if (snapshot === undefined || request === undefined || errors.length > 0) {
    return { case: testCase, errors, passed: typeof expect === 'object' && errors.some(({ code }) => code === expect.error) }
  }
  coverage.add(snapshot, evaluate(snapshot, request))
  const decision = prepare(snapshot)(request)
  return { case: testCase, errors, decision, passed: decision.verdict === expect }
}
