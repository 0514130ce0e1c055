import { suggest } from '../../../policy/suggestion.js'
import type { Rule } from '../../rule.js'
import { keyName, keysInPlace } from '../../snapshot-grants.js'

export const unknownBucket: Rule = {
  meta: {
    id: 'unknown-bucket',
    severity: 'warning',
    category: 'grants',
    summary: 'A grant for a bucket that there is not',
    recommended: true,
    fixable: false,
    analysis: false,
    messages: {
      unknown: 'there is no bucket `{bucket}`: this grant of access key {key} allows nothing',
    },
  },
  create: ({ report }) => ({
    snapshot(found) {
      const names = [...found.snapshot.buckets.keys()]
      for (const { key, grants } of keysInPlace(found)) {
        for (const { grant, locationOf } of grants) {
          const { bucket } = grant
          if (bucket === '' || found.snapshot.buckets.has(bucket)) continue
          const help = suggest(bucket, names) ?? 'whoever creates a bucket of this name later gives the key access to it'
          report({ messageId: 'unknown', location: locationOf('bucket'), data: { bucket, key: keyName(key) }, help })
        }
      }
    },
  }),
}
