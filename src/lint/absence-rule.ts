import { type Condition, formatOperator, type Statement } from '../policy/ast.js'
import type { Rule, RuleMeta } from './rule.js'

/** A rule about an Allow that applies to callers without a key, by an operator that is true for them. @param guardsOf its conditions that are open */
export function absenceRule(
  meta: Pick<RuleMeta, 'id' | 'severity' | 'summary'>,
  guardsOf: (statement: Statement) => readonly Condition[],
  helpFor: (condition: Condition) => string,
): Rule {
  return {
    meta: {
      ...meta,
      category: 'conditions',
      recommended: true,
      fixable: false,
      analysis: false,
      messages: { absent: '`{operator}` is true for requests without `{key}`, so the Allow applies to them too' },
    },
    create: ({ report }) => ({
      statement(statement) {
        for (const condition of guardsOf(statement)) {
          const { operator, key } = condition
          const data = { operator: formatOperator(operator), key: key.text }
          report({ messageId: 'absent', location: key.location, data, help: helpFor(condition) })
        }
      },
    }),
  }
}
