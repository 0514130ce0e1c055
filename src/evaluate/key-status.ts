import type { Reason } from '../decision/decision.js'
import type { AccessKey } from '../grants/access-key.js'
import { compareInstants, instantOfMilliseconds } from '../match/date.js'

/** Why a key does not work, or undefined if it does. Without a clock, a key with a time bound does not. */
export function keyProblem({ status, notBefore, expiresAt }: AccessKey, time: number | undefined): Reason | undefined {
  if (status === 'suspended') return 'key-suspended'
  if (notBefore === undefined && expiresAt === undefined) return undefined
  if (time === undefined || !Number.isFinite(time)) return 'key-time-unknown'
  const now = instantOfMilliseconds(time)
  if (notBefore !== undefined && compareInstants(now, notBefore) < 0) return 'key-not-yet-valid'
  if (expiresAt !== undefined && compareInstants(now, expiresAt) >= 0) return 'key-expired'
  return undefined
}
