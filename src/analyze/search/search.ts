import type { ActionRow } from '../../catalog/actions.js'
import { type Bits, bitsKey, both, either, isWithin, meets, without } from '../bits.js'
import type { Atom, Dimension } from '../dimensions/dimension.js'
import type { Space } from '../dimensions/space.js'
import { tooManySteps, type Undecided } from '../scene/subject.js'
import type { Budget } from './budget.js'
import type { Draft } from './draft.js'
import type { Goal } from './goal.js'
import { draftOf, type Route, routesOf } from './route.js'

/** What a search came to: a request, or none, or why that is not certain. */
export type Found =
  | { readonly kind: 'found'; readonly draft: Draft }
  | { readonly kind: 'none' }
  | { readonly kind: 'undecided'; readonly undecided: Undecided }

/** A request of the space that reaches the goal. */
export function search(space: Space, goal: Goal, budget: Budget): Found {
  const reasons = new Set<string>()
  for (const route of routesOf(space)) {
    const values = new RouteSearch(route, goal, budget, reasons).run()
    if (values !== undefined) return { kind: 'found', draft: draftOf(space, route, route.action.actions[0] as ActionRow, values) }
    if (budget.isSpent) return { kind: 'undecided', undecided: tooManySteps }
  }
  const [reason] = reasons
  return reason === undefined ? { kind: 'none' } : { kind: 'undecided', undecided: { code: 'inexact', reason } }
}

/** A way to go on: the atom to choose, and which clauses are alive then. */
interface Branch {
  readonly atom: Atom
  readonly alive: Bits
}

class RouteSearch {
  private readonly failed = new Set<string>()
  private readonly chosen: unknown[] = []
  private readonly relevant: Bits

  constructor(
    private readonly route: Route,
    private readonly goal: Goal,
    private readonly budget: Budget,
    private readonly reasons: Set<string>,
  ) {
    this.relevant = either(goal.helps, goal.hinders)
  }

  /** A value for each dimension, or undefined. */
  run(): readonly unknown[] | undefined {
    return this.visit(0, both(this.route.action.alive, this.relevant)) ? this.chosen : undefined
  }

  private visit(from: number, alive: Bits): boolean {
    const { action, callers, dimensions, involvedFrom } = this.route
    const at = this.skip(from, alive)
    const settled = without(alive, involvedFrom[at] as Bits)
    const isReached = this.goal.isReached(action, callers, { alive, settled })
    if (isReached === true) {
      this.choose(at, dimensions.length)
      return true
    }
    if (isReached === false || at === dimensions.length) return false
    const key = `${at} ${bitsKey(alive)}`
    if (this.failed.has(key) || !this.budget.spend()) return false
    const dimension = dimensions[at] as Dimension
    for (const { atom, alive: rest } of this.branches(dimension, alive)) {
      this.chosen[at] = atom.value
      if (this.visit(at + 1, rest)) return true
    }
    this.failed.add(key)
    if (dimension.gap !== undefined && meets(dimension.gap.clauses, alive)) this.reasons.add(dimension.gap.reason)
    return false
  }

  /** The next dimension that makes a difference; those before it may have any value. */
  private skip(from: number, alive: Bits): number {
    let at = from
    while (at < this.route.dimensions.length && !meets((this.route.dimensions[at] as Dimension).involved, alive)) at++
    this.choose(from, at)
    return at
  }

  private choose(from: number, to: number): void {
    for (let at = from; at < to; at++) this.chosen[at] = this.route.dimensions[at]?.atoms[0]?.value
  }

  /** Without those than which another is at least as good. */
  private branches({ atoms }: Dimension, alive: Bits): readonly Branch[] {
    const distinct = new Map<string | number, Branch>()
    for (const atom of atoms) {
      const rest = both(alive, atom.alive)
      const key = bitsKey(rest)
      if (!distinct.has(key)) distinct.set(key, { atom, alive: rest })
    }
    const branches = [...distinct.values()]
    if (branches.length > MANY) return branches
    return branches.filter((branch) => !branches.some((other) => other !== branch && this.isAtLeastAsGood(other.alive, branch.alive)))
  }

  private isAtLeastAsGood(a: Bits, b: Bits): boolean {
    const { helps, hinders } = this.goal
    return isWithin(both(b, helps), a) && isWithin(both(a, hinders), b)
  }
}

/** Comparing more branches with each other takes longer than following them. */
const MANY = 200
