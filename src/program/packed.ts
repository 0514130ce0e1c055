import { actions } from '../catalog/actions.js'
import type { Instant } from '../match/date.js'

/** What takes several words, written and read in one place. */

const TWO_TO_32 = 0x100000000

/** An instant: seconds have more bits than a word, so they are high, low; then the nanoseconds. */
export function wordsOfInstant({ seconds, nanos }: Instant): readonly number[] {
  return [Math.floor(seconds / TWO_TO_32), seconds | 0, nanos]
}

/** The seconds of the instant at a place. */
export function secondsAt(words: Int32Array, at: number): number {
  return (words[at] as number) * TWO_TO_32 + ((words[at + 1] as number) >>> 0)
}

/** The nanoseconds of the instant at a place. */
export function nanosAt(words: Int32Array, at: number): number {
  return words[at + 2] as number
}

const BITS = 32

/** The words of an action set. */
export const ACTION_SET_SIZE = Math.ceil(actions.length / BITS)

/** A set of actions, by their places in the catalogue: a bit each. */
export function wordsOfActions(own: readonly number[]): readonly number[] {
  const words = new Array<number>(ACTION_SET_SIZE).fill(0)
  for (const action of own) {
    const word = Math.floor(action / BITS)
    words[word] = (words[word] as number) | (1 << (action % BITS))
  }
  return words
}

/** Whether the set of actions at a place has this one. */
export function hasAction(words: Int32Array, set: number, action: number): boolean {
  return (((words[set + (action >> 5)] as number) >>> (action & 31)) & 1) === 1
}
