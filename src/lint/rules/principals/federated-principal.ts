import { principalsOf } from '../../place.js'
import type { Rule } from '../../rule.js'

export const federatedPrincipal: Rule = {
  meta: {
    id: 'federated-principal',
    severity: 'warning',
    category: 'principals',
    summary: 'An identity provider is named as a principal, but nobody asks S3 as one',
    recommended: true,
    fixable: false,
    analysis: false,
    messages: { federated: '`{provider}` signs no requests to S3: whoever it identifies asks as a session of a role' },
  },
  create: ({ report }) => ({
    statement(statement) {
      for (const { type, text, location } of principalsOf(statement)) {
        if (type !== 'Federated') continue
        const help = 'name the role, and the provider in its trust policy, or use a condition on `aws:FederatedProvider`'
        report({ messageId: 'federated', location, data: { provider: text }, help })
      }
    },
  }),
}
