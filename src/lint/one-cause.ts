import type { Policy } from '../policy/ast.js'
import { type Finding, severities } from './finding.js'
import { statementAt } from './place.js'
import type { RuleMeta } from './rule.js'

/**
 * One root cause, one finding: of what rules find in a statement by the same cause, the gravest is kept; of equally grave findings the one
 * whose rule explains the other.
 * @param rules those that are switched on
 */
export function oneOfEachCause(policy: Policy | undefined, findings: readonly Finding[], rules: readonly RuleMeta[]): readonly Finding[] {
  const superfluous = new Set<Finding>()
  for (const { id, explains = [] } of rules) {
    if (explains.length === 0) continue
    for (const reason of findings.filter(({ rule }) => rule === id)) {
      const statement = statementAt(policy, reason.location)
      if (statement === undefined) continue
      const effects = findings.filter(({ rule, location }) => explains.includes(rule) && statementAt(policy, location) === statement)
      if (effects.some((effect) => isGraver(effect, reason))) superfluous.add(reason)
      else for (const effect of effects) superfluous.add(effect)
    }
  }
  return superfluous.size === 0 ? findings : findings.filter((finding) => !superfluous.has(finding))
}

function isGraver(a: Finding, b: Finding): boolean {
  return severities.indexOf(a.severity) < severities.indexOf(b.severity)
}
