import { publicRules } from '../../abilities.js'
import { headerGuard } from '../../open-guards.js'
import type { Rule } from '../../rule.js'

export const spoofableCondition: Rule = {
  meta: {
    id: 'spoofable-condition',
    severity: 'security',
    category: 'conditions',
    summary: 'An Allow to anybody is guarded only by a header that anybody can send',
    recommended: true,
    fixable: false,
    analysis: false,
    explains: publicRules,
    messages: { header: '{why}: it keeps nobody out' },
  },
  create: ({ report }) => ({
    statement(statement) {
      for (const condition of headerGuard.conditionsOf(statement)) {
        const data = { why: headerGuard.whyFor(condition) }
        report({ messageId: 'header', location: condition.key.location, data, help: headerGuard.helpFor(condition) })
      }
    },
  }),
}
