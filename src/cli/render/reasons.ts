import type { Reason } from '../../decision/decision.js'

/** Each reason as the end of a sentence that begins "denied because" or "allowed because". */
export const reasonTexts: Readonly<Record<Reason, string>> = {
  'unknown-key': 'the access key is not in the snapshot',
  'key-suspended': 'the access key is suspended',
  'key-time-unknown': 'the access key has a time bound and the request has no time',
  'key-not-yet-valid': 'the access key is not valid yet',
  'key-expired': 'the access key has expired',
  'identity-denies': "the caller's own identity policies deny it",
  'unknown-action': 'there is no such S3 action',
  'unsupported-action': 'the action is done to neither a bucket nor an object',
  'no-identity-allow': "nothing in the caller's own permissions allows it",
  'unknown-bucket': 'the bucket is not in the snapshot',
  'owner-rescue': "the bucket's owner can always reach the bucket policy",
  'policy-unreadable': "the bucket's policy cannot be read, so the bucket is quarantined",
  'policy-denies': "the bucket's policy denies it",
  'public-access-blocked': 'the policy is public and RestrictPublicBuckets is on, which cuts off callers of other accounts',
  grant: 'a grant of the access key allows it',
  'identity-allows': "the caller's own identity policies allow it",
  'policy-allows': "the bucket's policy allows it",
  'both-allow': "the caller is of another account, and both its own permissions and the bucket's policy allow it",
  'identity-side-missing': "the bucket's policy allows it, but the caller's own permissions, which must allow it too, do not",
  'policy-side-missing': "the caller's own permissions allow it, but the bucket is of another account and its policy does not",
  'no-allow': 'nothing allows it',
}
