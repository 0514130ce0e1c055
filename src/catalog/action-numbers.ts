import { actions } from './actions.js'

/**
 * The numbers of actions by name, in a hash table over a few of a name's letters: a Map would hash all of them, of a string that nobody has
 * hashed yet, and take more than twice as long. The name that is found is compared whole.
 */
const SLOTS = 1024
/** No name is shorter, and every letter below is there. */
const SHORTEST = 4
const numbers = new Int16Array(SLOTS).fill(-1)
const names: readonly string[] = actions.map(({ name }) => name)

for (const [number, name] of names.entries()) {
  let slot = slotOf(name)
  while (numbers[slot] !== -1) slot = (slot + 1) % SLOTS
  numbers[slot] = number
}

/** The place in the catalogue of the action with exactly this name, or undefined. */
export function actionNumber(name: string): number | undefined {
  if (name.length < SHORTEST) return undefined
  for (let slot = slotOf(name); ; slot = (slot + 1) % SLOTS) {
    const number = numbers[slot] as number
    if (number < 0) return undefined
    if (names[number] === name) return number
  }
}

/** After `s3:` come a verb and what it is about: the end tells most, and the middle what has the same end. */
function slotOf(name: string): number {
  const { length } = name
  const letters = name.charCodeAt(length - 1) + 31 * name.charCodeAt(length - 4) + 7 * name.charCodeAt(length >> 1) + 3 * name.charCodeAt(3)
  return (letters + 61 * length) % SLOTS
}
