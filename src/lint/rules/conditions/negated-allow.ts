import { formatOperator } from '../../../policy/ast.js'
import { isNegated, isPresenceChecked, mayBeAbsent, saysWhoAsks } from '../../absence.js'
import type { Rule } from '../../rule.js'

export const negatedAllow: Rule = {
  meta: {
    id: 'negated-allow',
    severity: 'warning',
    category: 'conditions',
    summary: 'An Allow under a negated operator applies where the key is absent',
    recommended: true,
    fixable: false,
    analysis: false,
    messages: { absent: '`{operator}` is true for requests without `{key}`, so the Allow applies to them too' },
  },
  create: ({ report }) => ({
    statement(statement) {
      if (statement.Effect !== 'Allow') return
      for (const condition of statement.Condition) {
        const { operator, key } = condition
        if (!isNegated(condition) || operator.prefix !== undefined) continue
        if (!saysWhoAsks(key.text) || !mayBeAbsent(key.text, statement) || isPresenceChecked(statement, condition)) continue
        const help = 'say who is allowed, and deny the others in a statement of their own'
        report({ messageId: 'absent', location: key.location, data: { operator: formatOperator(operator), key: key.text }, help })
      }
    },
  }),
}
