import type { PolicySubject } from '../analyze/scene/subject.js'
import type { Policy, Statement } from '../policy/ast.js'
import type { RuleContext, RuleListener } from './rule.js'

/** What a rule does with a policy that can be analysed. */
export interface AnalysedListener {
  policy?(policy: Policy, subject: PolicySubject): void
  statement?(statement: Statement, index: number, subject: PolicySubject): void
}

/** Listens to policies that can be analysed only; of one that is not wholly known it says that there is no answer. */
export function whereAnalysed(
  { analysis, undecided }: Pick<RuleContext, 'analysis' | 'undecided'>,
  listener: AnalysedListener,
): RuleListener {
  return {
    policy(policy) {
      if (analysis.unavailable !== undefined) undecided(policy.location, analysis.unavailable)
      if (analysis.policySubject !== undefined) listener.policy?.(policy, analysis.policySubject)
    },
    statement(statement, index) {
      if (analysis.policySubject !== undefined) listener.statement?.(statement, index, analysis.policySubject)
    },
  }
}
