import type { Decision } from '../decision/decision.js'
import type { AuthorizationRequest } from '../request/authorization-request.js'
import * as layout from './key-layout.js'
import type { KeyProgram } from './key-program.js'
import * as outcomes from './outcomes.js'
import { nanosAt, secondsAt } from './packed.js'

/** Why a key does not work, or undefined if it does. Without a clock, a key with a time bound does not. */
export function keyProblem({ words }: KeyProgram, row: number, request: Pick<AuthorizationRequest, 'time'>): Decision | undefined {
  if ((words[row + layout.KEY_FLAGS] as number) & layout.FLAG_SUSPENDED) return outcomes.keySuspended
  const bounds = words[row + layout.KEY_BOUNDS] as number
  if (bounds === 0) return undefined
  const { time } = request
  // A clock that tells no time (`NaN`) is none: it is before no bound and after none.
  if (time === undefined || !Number.isFinite(time)) return outcomes.keyTimeUnknown
  if (words[bounds] === 1 && isBefore(words, bounds, time)) return outcomes.keyNotYetValid
  const end = bounds + layout.BOUND_SIZE
  return words[end] === 1 && !isBefore(words, end, time) ? outcomes.keyExpired : undefined
}

/** Whether a time in milliseconds is before a bound. */
function isBefore(words: Int32Array, bound: number, time: number): boolean {
  const seconds = Math.floor(time / 1000)
  const own = secondsAt(words, bound + 1)
  return seconds === own ? (time - seconds * 1000) * 1_000_000 < nanosAt(words, bound + 1) : seconds < own
}
