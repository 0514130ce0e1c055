import type { Rule } from '../../rule.js'
import { keyName, keysInPlace } from '../../snapshot-grants.js'

export const fullAccessKey: Rule = {
  meta: {
    id: 'full-access-key',
    severity: 'warning',
    category: 'grants',
    summary: 'An access key that may do everything with every bucket',
    recommended: false,
    fixable: false,
    analysis: false,
    messages: {
      full: 'access key {key} may do everything with every bucket of its account',
    },
  },
  create: ({ report }) => ({
    snapshot(found) {
      for (const { key, grants } of keysInPlace(found)) {
        if (key.status === 'suspended') continue
        const full = grants.find(({ grant }) => grant.permission === 'fullaccess')
        if (full === undefined) continue
        const help =
          'give it the buckets and the permission that it needs; if it is for administration, limit it by `sourceIp` and `expiresAt`'
        report({ messageId: 'full', location: full.location, data: { key: keyName(key) }, help })
      }
    },
  }),
}
