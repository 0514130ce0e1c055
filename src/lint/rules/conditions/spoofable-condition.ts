import { canonicalKeyName } from '../../../catalog/lookup.js'
import type { Condition } from '../../../policy/ast.js'
import { isForAnybody, saysWhoAsks } from '../../absence.js'
import type { Rule } from '../../rule.js'

/** Headers that a caller can set to anything. */
const headers: ReadonlySet<string> = new Set(['aws:referer', 'aws:UserAgent'])

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
      const { Effect, Condition: conditions } = statement
      if (Effect !== 'Allow' || !isForAnybody(statement) || conditions.some(({ key }) => saysWhoAsks(key.text))) return
      for (const { key } of conditions.filter(isOnHeader)) {
        const help = 'use presigned URLs, or let CloudFront alone read the bucket'
        report({ messageId: 'header', location: key.location, data: { key: key.text }, help })
      }
    },
  }),
}

function isOnHeader({ operator: { name }, key }: Condition): boolean {
  return name !== 'Null' && headers.has(canonicalKeyName(key.text))
}
