import { partInS3 } from '../../../validate/check-resources.js'
import { namedBuckets } from '../../named-buckets.js'
import type { Rule } from '../../rule.js'
import { namedAt } from '../../text-rule.js'

export const otherBucket: Rule = {
  meta: {
    id: 'other-bucket',
    severity: 'error',
    category: 'actions',
    summary: 'A resource that is not in the bucket of the policy',
    recommended: true,
    fixable: false,
    analysis: false,
    messages: {
      other: '`{resource}` is not in the bucket `{bucket}`',
      several: 'the policy names the buckets `{first}` and `{second}`: S3 takes it on neither',
    },
  },
  create: ({ found, report }) => ({
    diagnostic(diagnostic) {
      if (diagnostic.code !== 'invalid-resource' || found?.bucket === undefined) return
      const text = namedAt(found.draft, diagnostic)
      if (text === undefined || partInS3(text.text) === undefined) return
      report({ messageId: 'other', location: text.location, data: { resource: text.text, bucket: found.bucket }, help: diagnostic.help })
    },
    policy(policy) {
      if (found?.bucket !== undefined) return
      const [first, ...others] = namedBuckets(policy)
      for (const [second, { location }] of others) {
        report({
          messageId: 'several',
          location,
          data: { first: first?.[0] ?? '', second },
          help: 'write a policy for each bucket',
        })
      }
    },
  }),
}
