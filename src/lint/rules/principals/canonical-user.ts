import { principalsOf } from '../../place.js'
import type { Rule } from '../../rule.js'

export const canonicalUser: Rule = {
  meta: {
    id: 'canonical-user',
    severity: 'suggestion',
    category: 'principals',
    summary: 'A principal is named by its canonical user id, which says nothing to readers',
    recommended: false,
    fixable: false,
    analysis: false,
    messages: { canonical: 'nobody can read from `{id}` whose id it is' },
  },
  create: ({ report }) => ({
    statement(statement) {
      for (const { type, text, location } of principalsOf(statement)) {
        if (type !== 'CanonicalUser') continue
        const help = 'name the account by its id, or use origin access control if it is an identity of CloudFront'
        report({ messageId: 'canonical', location, data: { id: text }, help })
      }
    },
  }),
}
