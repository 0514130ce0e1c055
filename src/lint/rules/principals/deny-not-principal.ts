import { notPrincipalGaps } from '../../not-principal-gaps.js'
import type { Rule } from '../../rule.js'

export const denyNotPrincipal: Rule = {
  meta: {
    id: 'deny-not-principal',
    severity: 'warning',
    category: 'principals',
    summary: 'A Deny with NotPrincipal that also denies the ones it names',
    recommended: true,
    fixable: false,
    analysis: false,
    explains: ['owner-lockout'],
    messages: {
      account: '`{principal}` is denied too, because its account `{name}` is not named beside it',
      role: '`{principal}` is denied too, because its role `{name}` is not named beside it',
    },
  },
  create: ({ report }) => ({
    statement(statement) {
      for (const { entry, missing, name, help } of notPrincipalGaps(statement)) {
        report({ messageId: missing, location: entry.location, data: { principal: entry.text, name }, help })
      }
    },
  }),
}
