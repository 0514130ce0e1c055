import type { AccessAnswer } from '../../../analyze/questions/allowed.js'
import type { AccessKey, Grant } from '../../../grants/access-key.js'
import type { Snapshot } from '../../../snapshot/snapshot.js'
import type { Analysis } from '../../analysis.js'
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

function checkGrant(snapshot: Snapshot, key: AccessKey, { grant, location }: GrantInPlace, context: RuleContext): void {
  const { bucket } = grant
  const policy = snapshot.buckets.get(bucket)?.policy?.policy
  if (!policy?.Statement.some(({ Effect }) => Effect === 'Deny')) return
  const answer = everAllowed(key, grant, context.analysis, 'as it is', (whole) => narrowed(whole, key, bucket))
  for (const { reason } of answer.undecided) context.undecided(location, reason)
  if (answer.verdict !== 'never') return
  const without = everAllowed(key, grant, context.analysis, 'without policy', (whole) =>
    withoutPolicy(narrowed(whole, key, bucket), bucket),
  )
  if (without.verdict !== 'possible') return
  const help = 'let the Deny leave out this key, by `aws:PrincipalArn`, or remove the grant'
  context.report({ messageId: 'conflict', location, data: { bucket, key: keyName(key) }, help })
}

type Answer = AccessAnswer<'possible' | 'never'>

/** Whether any action of a grant is ever allowed to the key, on the bucket or on its objects. */
function everAllowed(key: AccessKey, grant: Grant, analysis: Analysis, name: string, make: (whole: Snapshot) => Snapshot): Answer {
  let last: Answer = { verdict: 'never', undecided: [] }
  // A pattern of resources is of buckets or of objects, never of both.
  for (const resource of [`${grant.bucket}/*`, grant.bucket]) {
    const question = { action: grant.actions, resource, accessKey: key.accessKey }
    const answer = analysis.everInSnapshot(`${key.accessKey} ${grant.bucket} ${name}`, make, question)
    if (answer?.verdict === 'possible') return answer
    if (answer?.verdict === 'undecided') last = answer
  }
  return last
}

function withoutPolicy(snapshot: Snapshot, name: string): Snapshot {
  const bucket = snapshot.buckets.get(name)
  if (bucket === undefined) return snapshot
  const { policy: _, ...rest } = bucket
  return { ...snapshot, buckets: new Map(snapshot.buckets).set(name, rest) }
}
