import { publicRules } from './abilities.js'
import type { OpenGuard } from './open-guards.js'
import type { Rule, RuleMeta } from './rule.js'

/** A rule about an Allow that applies to callers without a key, by an operator that is true for them. */
export function absenceRule(meta: Pick<RuleMeta, 'id' | 'severity' | 'summary'>, guard: OpenGuard): Rule {
  return {
    meta: {
      ...meta,
      category: 'conditions',
      recommended: true,
      fixable: false,
      analysis: false,
      explains: publicRules,
      messages: { absent: '{why}, so the Allow applies to them too' },
    },
    create: ({ report }) => ({
      statement(statement) {
        for (const condition of guard.conditionsOf(statement)) {
          const data = { why: guard.whyFor(condition) }
          report({ messageId: 'absent', location: condition.key.location, data, help: guard.helpFor(condition) })
        }
      },
    }),
  }
}
