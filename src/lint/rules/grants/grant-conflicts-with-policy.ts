import type { AccessKey } from '../../../grants/access-key.js'
import type { Snapshot } from '../../../snapshot/snapshot.js'
import { narrowed } from '../../narrowed-snapshot.js'
import type { Rule, RuleContext } from '../../rule.js'
import { type GrantInPlace, keyName, keysInPlace } from '../../snapshot-grants.js'

export const grantConflictsWithPolicy: Rule = {
  meta: {
    id: 'grant-conflicts-with-policy',
    severity: 'warning',
    category: 'grants',
    summary: 'A grant of which the policy of its bucket leaves nothing',
    recommended: true,
    fixable: false,
    analysis: true,
    messages: {
      conflict: 'the policy of `{bucket}` denies all that this grant of access key {key} allows',
    },
  },
  create: (context) => ({
    snapshot(found) {
      for (const { key, grants } of keysInPlace(found)) {
        if (key.status === 'suspended') continue
        for (const grant of grants) checkGrant(found.snapshot, key, grant, context)
      }
    },
  }),
}

function checkGrant(
  snapshot: Snapshot,
  key: AccessKey,
  { grant, location }: GrantInPlace,
  { analysis, report, undecided }: RuleContext,
): void {
  const { bucket, actions } = grant
  const policy = snapshot.buckets.get(bucket)?.policy?.policy
  if (!policy?.Statement.some(({ Effect }) => Effect === 'Deny')) return
  // A resource pattern is of buckets or of objects, never of both.
  const answers = [bucket, `${bucket}/*`]
    .map((resource) => ({ action: actions, resource, accessKey: key.accessKey }))
    .map((question) => ({
      now: analysis.everInSnapshot(`${key.accessKey} ${bucket}`, (whole) => narrowed(whole, key, bucket), question),
      without: analysis.everInSnapshot(
        `${key.accessKey} ${bucket} without policy`,
        (whole) => withoutPolicy(narrowed(whole, key, bucket), bucket),
        question,
      ),
    }))
  for (const reason of answers.flatMap(({ now }) => now?.undecided.map((one) => one.reason) ?? [])) undecided(location, reason)
  const isDead = answers.every(({ now }) => now?.verdict === 'never')
  if (!isDead || answers.every(({ without }) => without?.verdict !== 'possible')) return
  const help = 'let the Deny leave out this key, by `aws:PrincipalArn`, or remove the grant'
  report({ messageId: 'conflict', location, data: { bucket, key: keyName(key) }, help })
}

function withoutPolicy(snapshot: Snapshot, name: string): Snapshot {
  const bucket = snapshot.buckets.get(name)
  if (bucket === undefined) return snapshot
  const { policy: _, ...rest } = bucket
  return { ...snapshot, buckets: new Map(snapshot.buckets).set(name, rest) }
}
