import { covers } from '../../grant-cover.js'
import type { Rule } from '../../rule.js'
import { grantName, keyName, keysInPlace } from '../../snapshot-grants.js'

export const duplicateGrant: Rule = {
  meta: {
    id: 'duplicate-grant',
    severity: 'warning',
    category: 'grants',
    summary: 'A grant that a key has twice',
    recommended: true,
    fixable: false,
    analysis: false,
    messages: {
      duplicate: 'access key {key} has {grant} twice',
    },
  },
  create: ({ report }) => ({
    snapshot(found) {
      for (const { key, grants } of keysInPlace(found)) {
        for (const { grant, index, location } of grants) {
          const isTwin = key.grants.slice(0, index).some((earlier) => covers(earlier, grant) && covers(grant, earlier))
          if (isTwin)
            report({ messageId: 'duplicate', location, data: { key: keyName(key), grant: grantName(grant) }, help: 'remove one of them' })
        }
      }
    },
  }),
}
