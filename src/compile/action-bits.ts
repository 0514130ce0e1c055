import { actions } from '../catalog/actions.js'
import { ACTIONS_PER_SET_WORD } from '../program/layout.js'

/** A set of actions, a bit each. */
export function actionBits(own: readonly number[]): readonly number[] {
  const words = new Array<number>(Math.ceil(actions.length / ACTIONS_PER_SET_WORD)).fill(0)
  for (const action of own) {
    const word = Math.floor(action / ACTIONS_PER_SET_WORD)
    words[word] = (words[word] as number) | (1 << (action % ACTIONS_PER_SET_WORD))
  }
  return words
}
