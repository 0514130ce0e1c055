import type { Decision } from '../decision/decision.js'
import type { AuthorizationRequest } from '../request/authorization-request.js'
import * as layout from './key-layout.js'
import * as outcomes from './outcomes.js'
import { nanosAt, secondsAt } from './packed.js'

/** Why a key does not work, or undefined if it does. Without a clock, a key with a time bound does not. @param key the place of its record */
export function keyProblem(words: Int32Array, key: number, request: Pick<AuthorizationRequest, 'time'>): Decision | undefined {
  const flags = words[key + layout.KEY_FLAGS] as number
  if (flags & layout.FLAG_SUSPENDED) return outcomes.keySuspended
  if ((flags & layout.FLAG_BOUNDS) === 0) return undefined
  const { time } = request
  // A clock that tells no time (`NaN`) is none: it is before no bound and after none.
  if (time === undefined || !Number.isFinite(time)) return outcomes.keyTimeUnknown
  const bounds = boundsOf(words, key)
  if (words[bounds] === 1 && isBefore(words, bounds, time)) return outcomes.keyNotYetValid
  const end = bounds + layout.BOUND_SIZE
  return words[end] === 1 && !isBefore(words, end, time) ? outcomes.keyExpired : undefined
}

/** Where the time bounds of a key that has some are. */
export function boundsOf(words: Int32Array, key: number): number {
  return key + layout.KEY_SIZE + ((words[key + layout.KEY_FLAGS] as number) & layout.FLAG_ARN ? 1 : 0)
}

/** Whether a time in milliseconds is before a bound. */
function isBefore(words: Int32Array, bound: number, time: number): boolean {
  const seconds = Math.floor(time / 1000)
  const own = secondsAt(words, bound + 1)
  return seconds === own ? (time - seconds * 1000) * 1_000_000 < nanosAt(words, bound + 1) : seconds < own
}
