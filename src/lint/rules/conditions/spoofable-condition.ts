import { headerGuards } from '../../open-guards.js'
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
    messages: { header: 'anybody can send any `{key}`: it keeps nobody out' },
  },
  create: ({ report }) => ({
    statement(statement) {
      for (const { key } of headerGuards(statement)) {
        const help = 'use presigned URLs, or let CloudFront alone read the bucket'
        report({ messageId: 'header', location: key.location, data: { key: key.text }, help })
      }
    },
  }),
}
