import { chance, choose, pick, type Random } from '../../differential/random.js'
import { mutatePolicy } from './mutations.js'
import type { Pair, PlainPolicy } from './plain.js'
import { generatePolicy } from './policies.js'
import { generateSnapshot, mutateSnapshot } from './snapshots.js'

const repeat = <T>(count: number, change: (item: T) => T, first: T): T => (count === 0 ? first : repeat(count - 1, change, change(first)))

const howManyChanges = (random: Random): number => pick(random, [0, 1, 1, 1, 1, 1, 2, 3])

/** Two policies of which the second is mostly the first after a change or a few. */
function policyPair(random: Random): Pair {
  const first = generatePolicy(random)
  const second = chance(random, 0.08) ? generatePolicy(random) : repeat(howManyChanges(random), (each) => mutatePolicy(random, each), first)
  const given = {
    ...(isBucketGiven(random, first, second) && { bucket: 'b' }),
    ...(chance(random, 0.75) && { owner: pick(random, ['1', '1', '1', '2', '9']) }),
  }
  const [before, after] = chance(random, 0.5) ? [first, second] : [second, first]
  return { before: { policy: before, ...given }, after: { policy: after, ...given } }
}

/** Which bucket a policy is of is taken from its Resource elements; with NotResource it is told. */
function isBucketGiven(random: Random, ...policies: readonly PlainPolicy[]): boolean {
  return (
    chance(random, 0.8) ||
    policies.some(({ Statement }) => Statement.some(({ Resource }) => Resource === undefined || Resource.length === 0))
  )
}

function snapshotPair(random: Random): Pair {
  const first = generateSnapshot(random)
  const second = repeat(howManyChanges(random), (each) => mutateSnapshot(random, each), first)
  const [before, after] = chance(random, 0.5) ? [first, second] : [second, first]
  return { before: { snapshot: before }, after: { snapshot: after } }
}

/** Two subjects to compare, many of them equal or ordered. The same sequence of numbers gives the same pair. */
export function generatePair(random: Random): Pair {
  return choose<Pair>(random, [
    [7, () => policyPair(random)],
    [3, () => snapshotPair(random)],
  ])
}
