import type { Rule } from '../rule.js'
import { duplicateGrant } from './grants/duplicate-grant.js'
import { expiredKey } from './grants/expired-key.js'
import { expiringSoon } from './grants/expiring-soon.js'
import { fullAccessKey } from './grants/full-access-key.js'
import { grantConflictsWithPolicy } from './grants/grant-conflicts-with-policy.js'
import { keyWithoutExpiry } from './grants/key-without-expiry.js'
import { subsumedGrant } from './grants/subsumed-grant.js'
import { unknownBucket } from './grants/unknown-bucket.js'

/** The rules of the category, in the order of their ids. */
export const grantsRules: readonly Rule[] = [
  duplicateGrant,
  expiredKey,
  expiringSoon,
  fullAccessKey,
  grantConflictsWithPolicy,
  keyWithoutExpiry,
  subsumedGrant,
  unknownBucket,
]
