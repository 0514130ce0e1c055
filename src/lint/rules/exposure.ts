import type { Rule } from '../rule.js'
import { awsPublic } from './exposure/aws-public.js'
import { blockedPublicPolicy } from './exposure/blocked-public-policy.js'
import { crossAccountFullAccess } from './exposure/cross-account-full-access.js'
import { noTlsDeny } from './exposure/no-tls-deny.js'
import { ownerLockout } from './exposure/owner-lockout.js'
import { privilegeEscalation } from './exposure/privilege-escalation.js'
import { publicAdministration } from './exposure/public-administration.js'
import { publicList } from './exposure/public-list.js'
import { publicRead } from './exposure/public-read.js'
import { publicWrite } from './exposure/public-write.js'

/** The rules of the category, in the order of their ids. */
export const exposureRules: readonly Rule[] = [
  awsPublic,
  blockedPublicPolicy,
  crossAccountFullAccess,
  noTlsDeny,
  ownerLockout,
  privilegeEscalation,
  publicAdministration,
  publicList,
  publicRead,
  publicWrite,
]
