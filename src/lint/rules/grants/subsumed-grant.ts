import { covers } from '../../grant-cover.js'
import type { Rule } from '../../rule.js'
import { grantName, keyName, keysInPlace } from '../../snapshot-grants.js'

export const subsumedGrant: Rule = {
  meta: {
    id: 'subsumed-grant',
    severity: 'suggestion',
    category: 'grants',
    summary: 'A grant that gives nothing beyond another grant of the same key',
    recommended: true,
    fixable: false,
    analysis: false,
    messages: {
      subsumed: 'access key {key} has {wide} as well, which allows all that {grant} allows',
    },
  },
  create: ({ report }) => ({
    snapshot(found) {
      for (const { key, grants } of keysInPlace(found)) {
        for (const { grant, location } of grants) {
          const wide = key.grants.find((other) => covers(other, grant) && !covers(grant, other))
          if (wide === undefined) continue
          const data = { key: keyName(key), wide: grantName(wide), grant: grantName(grant) }
          report({ messageId: 'subsumed', location, data, help: 'remove it, or the wider one if that is more than is needed' })
        }
      }
    },
  }),
}
