import { MAX_POLICY_BYTES } from '../catalog/limits.js'
import type { Policy } from '../policy/ast.js'
import type { Diagnostic } from '../policy/diagnostic.js'
import { parseDraft } from '../policy/parser.js'
import { normalizedSize } from '../policy/printer.js'
import { ProblemList } from '../policy/problem-list.js'
import { checkActions } from './check-actions.js'
import { checkConditionKeys } from './check-condition-keys.js'
import { checkOperands } from './check-operands.js'
import { checkPrincipals } from './check-principals.js'
import { checkResources } from './check-resources.js'
import { checkVariables } from './check-variables.js'
import type { Report, StatementCheck, ValidationOptions } from './statement-check.js'

const statementChecks: readonly StatementCheck[] = [
  checkPrincipals,
  checkActions,
  checkResources,
  checkConditionKeys,
  checkOperands,
  checkVariables,
]

/**
 * Everything S3 would refuse a PutBucketPolicy for, and what it takes although it will not do what its author means. All problems at once,
 * in the order of the text; S3 itself reports the first. Source: docs/validation.md.
 */
export function validatePolicy(policy: Policy, options: ValidationOptions = {}): readonly Diagnostic[] {
  const problems = new ProblemList()
  const report: Report = (problem) => problems.add(problem)
  checkSize(policy, report)
  checkStatementList(policy, report)
  for (const statement of policy.Statement) {
    if (problems.isFull) break
    for (const check of statementChecks) check(statement, policy, options, report)
  }
  return inOrder(problems.diagnostics)
}

/**
 * Everything that is wrong with the text of a policy, its form and its meaning together, in the order of the text. Never throws.
 */
export function validatePolicyText(text: string, options: ValidationOptions = {}): readonly Diagnostic[] {
  const { draft, diagnostics } = parseDraft(text)
  return inOrder([...diagnostics, ...(draft === undefined ? [] : validatePolicy(draft, options))])
}

function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.toSorted((a, b) => a.span.start.offset - b.span.start.offset)
}

function checkSize(policy: Policy, report: Report): void {
  const size = normalizedSize(policy)
  if (size <= MAX_POLICY_BYTES) return
  report({
    code: 'policy-too-large',
    location: policy.location,
    message: `the policy takes ${size} bytes once normalised, S3 stores up to ${MAX_POLICY_BYTES}`,
    help: 'merge statements, or use wildcards',
  })
}

function checkStatementList({ Statement: statements, location }: Policy, report: Report): void {
  if (statements.length === 0) report({ code: 'empty-statement-list', location, message: 'the policy has no statement' })
  const sids = new Set<string>()
  for (const { Sid } of statements) {
    if (Sid === undefined || Sid.text === '') continue
    if (sids.has(Sid.text))
      report({ code: 'duplicate-sid', location: Sid.location, message: `\`${Sid.text}\` is the Sid of two statements` })
    sids.add(Sid.text)
  }
}
