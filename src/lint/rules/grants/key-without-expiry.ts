import type { Rule } from '../../rule.js'
import { keyName, keysInPlace } from '../../snapshot-grants.js'

export const keyWithoutExpiry: Rule = {
  meta: {
    id: 'key-without-expiry',
    severity: 'suggestion',
    category: 'grants',
    summary: 'An access key that works for ever',
    recommended: false,
    fixable: false,
    analysis: false,
    messages: {
      endless: 'access key {key} never expires',
    },
  },
  create: ({ report }) => ({
    snapshot(found) {
      for (const { key, location } of keysInPlace(found)) {
        if (key.status === 'suspended' || key.expiresAt !== undefined || key.grants.length === 0) continue
        report({ messageId: 'endless', location, data: { key: keyName(key) }, help: 'give it `expiresAt`, and replace it before that' })
      }
    },
  }),
}
