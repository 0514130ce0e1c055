import type { ActionRow } from '../../catalog/actions.js'
import { type Bits, bitsKey, both, either, without } from '../bits.js'
import type { Atom, Dimension } from '../dimensions/dimension.js'
import type { Space } from '../dimensions/space.js'
import type { Budget } from './budget.js'
import type { Goal } from './goal.js'
import { type Route, routesOf } from './route.js'

/** What it costs that a request has another value than its own. */
export interface Costs {
  readonly ofAction: (actions: readonly ActionRow[]) => number
  readonly ofAtom: (dimension: Dimension, atom: Atom) => number
}

/** A way to reach a goal: for each dimension of a route, an atom. */
export interface Way {
  readonly route: Route
  readonly atoms: readonly Atom[]
}

/** The ways to reach a goal that cost least, at most some of them; none if none costs at most `limit`. */
export function cheapestWays(space: Space, goal: Goal, costs: Costs, limit: number, budget: Budget): readonly Way[] {
  const routes = [...routesOf(space)]
  for (let cost = 0; cost <= limit; cost++) {
    const ways = routes.flatMap((route) => {
      const left = cost - costs.ofAction(route.action.actions)
      return left < 0 ? [] : new WaySearch(route, goal, costs, budget).run(left)
    })
    if (ways.length > 0) return ways
  }
  return []
}

class WaySearch {
  private readonly failed = new Set<string>()
  private readonly chosen: Atom[] = []
  private readonly found: Way[] = []
  private readonly relevant: Bits

  constructor(
    private readonly route: Route,
    private readonly goal: Goal,
    private readonly costs: Costs,
    private readonly budget: Budget,
  ) {
    this.relevant = either(goal.helps, goal.hinders)
  }

  /** The ways that cost exactly this. */
  run(cost: number): readonly Way[] {
    this.visit(0, both(this.route.action.alive, this.relevant), cost)
    return this.found
  }

  private visit(at: number, alive: Bits, left: number): boolean {
    const { action, callers, dimensions, involvedFrom } = this.route
    const isReached = this.goal.isReached(action, callers, { alive, settled: without(alive, involvedFrom[at] as Bits) })
    if (isReached === false) return false
    if (at === dimensions.length) {
      if (isReached !== true || left > 0) return false
      this.found.push({ route: this.route, atoms: [...this.chosen] })
      return true
    }
    const key = `${at} ${left} ${bitsKey(alive)}`
    if (this.failed.has(key) || !this.budget.spend()) return false
    const dimension = dimensions[at] as Dimension
    let succeeded = false
    for (const atom of dimension.atoms) {
      const cost = this.costs.ofAtom(dimension, atom)
      if (cost > left) continue
      this.chosen[at] = atom
      if (this.visit(at + 1, both(alive, atom.alive), left - cost)) succeeded = true
    }
    if (!succeeded) this.failed.add(key)
    return succeeded
  }
}
