import type { Decision } from '../decision/decision.js'
import * as layout from './key-layout.js'
import type { KeyProgram } from './key-program.js'
import * as outcomes from './outcomes.js'

/** Why a key does not work, or undefined if it does. Without a clock, a key with a time bound does not. */
export function keyProblem({ words }: KeyProgram, row: number, time: number | undefined): Decision | undefined {
  if ((words[row + layout.KEY_FLAGS] as number) & layout.FLAG_SUSPENDED) return outcomes.keySuspended
  const bounds = words[row + layout.KEY_BOUNDS] as number
  if (bounds === 0) return undefined
  if (time === undefined) return outcomes.keyTimeUnknown
  if (words[bounds] === 1 && orderOf(words, bounds, time) < 0) return outcomes.keyNotYetValid
  const end = bounds + layout.BOUND_SIZE
  return words[end] === 1 && orderOf(words, end, time) >= 0 ? outcomes.keyExpired : undefined
}

const TWO_TO_32 = 0x100000000

/** Of a time in milliseconds against a bound: below, equal or above zero. */
function orderOf(words: Int32Array, bound: number, time: number): number {
  const seconds = Math.floor(time / 1000)
  const nanos = (time - seconds * 1000) * 1_000_000
  const own = (words[bound + 1] as number) * TWO_TO_32 + ((words[bound + 2] as number) >>> 0)
  return seconds - own || nanos - (words[bound + 3] as number)
}
