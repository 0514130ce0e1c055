import { type Bits, both, either, isEmpty, isWithin, meets, noBits } from '../bits.js'
import type { CallerGroup } from '../callers/caller-groups.js'
import { standingKey } from '../callers/standing.js'
import type { ActionClass } from '../dimensions/action-classes.js'
import type { Space } from '../dimensions/space.js'
import type { SideClauses } from '../scene/clauses.js'
import type { Goal } from './goal.js'
import { type Progress, type Verdicts, verdictBits, verdictsOf } from './verdicts.js'

const { Allow } = verdictBits

/** That one side allows the request. */
export function allowed(space: Space, side: number): Goal {
  return {
    ...signsOf(space, [side], []),
    isReached: (action, callers, progress) => holds(verdictsAt(space, side, action, callers, progress), Allow),
  }
}

/** That one side does not allow the request. */
export function denied(space: Space, side: number): Goal {
  return {
    ...signsOf(space, [], [side]),
    isReached: (action, callers, progress) => lacks(verdictsAt(space, side, action, callers, progress), Allow),
  }
}

/** That one side allows what another does not. */
export function allowedOnlyBy(space: Space, side: number, other: number): Goal {
  const goal = conjunction(allowed(space, side), denied(space, other))
  const mayGrow = looksAlike(space, side, other)
  return {
    ...goal,
    isReached(action, callers, progress) {
      const [one, two] = [callers.standings[side], callers.standings[other]]
      const sameStanding = one !== undefined && two !== undefined && standingKey(one) === standingKey(two)
      if (mayGrow && sameStanding && allowsNoMore(space, side, other, progress.alive)) return false
      return goal.isReached(action, callers, progress)
    },
  }
}

/** Whether two sides cannot differ but in their clauses, and in what callers are to them. */
function looksAlike({ scene }: Space, side: number, other: number): boolean {
  const [one, two] = [scene.sides[side], scene.sides[other]]
  return one?.exists === two?.exists && one?.isUnreadable === two?.isUnreadable
}

/** Whether all that may give something on one side gives it on the other, and all that may take it there takes it here. */
function allowsNoMore({ clauses }: Space, side: number, other: number, alive: Bits): boolean {
  const [ours, theirs] = [clauses.sides[side], clauses.sides[other]]
  if (ours === undefined || theirs === undefined) return false
  const givesAsMuch = givingKinds.every((kind) => isWithin(both(ours[kind], alive), theirs[kind]))
  return givesAsMuch && isWithin(both(theirs.denies, alive), ours.denies)
}

const givingKinds = ['allows', 'delegations', 'grants', 'validities'] as const

/** That the question is about the request. */
export function askedAbout({ clauses }: Space): Goal {
  const { question } = clauses
  return {
    helps: question,
    hinders: noBits(clauses.list.length),
    isReached(_, __, { alive, settled }) {
      if (isEmpty(question) || meets(question, settled)) return true
      return meets(question, alive) ? undefined : false
    },
  }
}

/** That two sides allow the same request. */
export function allowedByBoth(space: Space, side: number, other: number): Goal {
  return conjunction(allowed(space, side), allowed(space, other))
}

/** That all goals are reached at once. */
export function conjunction(...goals: readonly Goal[]): Goal {
  return {
    helps: goals.map(({ helps }) => helps).reduce(either),
    hinders: goals.map(({ hinders }) => hinders).reduce(either),
    isReached(action, callers, progress) {
      let result: boolean | undefined = true
      for (const goal of goals) {
        const isReached = goal.isReached(action, callers, progress)
        if (isReached === false) return false
        if (isReached === undefined) result = undefined
      }
      return result
    },
  }
}

/** Which verdicts a side may still come to. */
export function verdictsAt(space: Space, side: number, action: ActionClass, callers: CallerGroup, progress: Progress): Verdicts {
  const { scene, clauses } = space
  const own = clauses.sides[side]
  const standing = callers.standings[side]
  const bucket = scene.sides[side]
  if (own === undefined || standing === undefined || bucket === undefined) throw new RangeError(`there is no side ${side}`)
  return verdictsOf({ place: scene.place.kind, action, side: bucket, clauses: own, standing }, progress)
}

/** Whether only these verdicts are left, or none of them; undefined: some of each. */
function holds(verdicts: Verdicts, wanted: Verdicts): boolean | undefined {
  if ((verdicts & wanted) === 0) return false
  return (verdicts & ~wanted) === 0 ? true : undefined
}

function lacks(verdicts: Verdicts, unwanted: Verdicts): boolean | undefined {
  const result = holds(verdicts, unwanted)
  return result === undefined ? undefined : !result
}

/** What helps a side to allow hinders it to refuse, and the other way round. */
function signsOf({ clauses }: Space, allowing: readonly number[], refusing: readonly number[]): Pick<Goal, 'helps' | 'hinders'> {
  const parts = (sides: readonly number[]) => sides.map((side) => clauses.sides[side] as SideClauses)
  const size = clauses.list.length
  return {
    helps: union(size, [...parts(allowing).map(givers), ...parts(refusing).map(({ denies }) => denies)]),
    hinders: union(size, [...parts(allowing).map(({ denies }) => denies), ...parts(refusing).map(givers)]),
  }
}

function givers({ allows, delegations, grants, validities }: SideClauses): Bits {
  return [allows, delegations, grants, validities].reduce(either)
}

function union(size: number, sets: readonly Bits[]): Bits {
  return sets.reduce(either, noBits(size))
}
