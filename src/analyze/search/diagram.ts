import { type Bits, bitsKey, both, either, meets, without } from '../bits.js'
import type { Atom, Dimension } from '../dimensions/dimension.js'
import type { Budget } from './budget.js'
import type { Goal } from './goal.js'
import type { Route } from './route.js'

/** Requests of one route, as a product: from each dimension that is named, one of these atoms; from all others, any. */
export interface Box {
  readonly route: Route
  readonly parts: ReadonlyMap<Dimension, readonly Atom[]>
}

/** A choice of a decision diagram: which atoms lead where. Equal choices are one object. */
interface Choice {
  readonly id: number
  readonly dimension: Dimension
  readonly ways: readonly { readonly to: Diagram; readonly atoms: readonly Atom[] }[]
}

/** All requests, none, or those that a choice leads to. */
type Diagram = boolean | Choice

/**
 * All requests of a route that reach the goal, as boxes that do not overlap: an ordered decision diagram over the dimensions, in which choices
 * that make no difference are left out. Undefined if it takes too many steps, a dimension has a gap, or there are more boxes than `most`.
 */
export function boxesOf(route: Route, goal: Goal, budget: Budget, most: number): readonly Box[] | undefined {
  const diagram = new DiagramBuilder(route, goal, budget).build()
  if (diagram === undefined) return undefined
  const boxes: Box[] = []
  for (const box of boxesIn(route, diagram, new Map())) {
    boxes.push(box)
    if (boxes.length > most) return undefined
  }
  return boxes
}

function* boxesIn(route: Route, diagram: Diagram, parts: ReadonlyMap<Dimension, readonly Atom[]>): Generator<Box> {
  if (diagram === true) yield { route, parts }
  if (typeof diagram === 'boolean') return
  for (const { to, atoms } of diagram.ways) yield* boxesIn(route, to, new Map(parts).set(diagram.dimension, atoms))
}

class DiagramBuilder {
  private readonly made = new Map<string, Diagram>()
  private readonly choices = new Map<string, Choice>()
  private readonly relevant: Bits
  private failed = false

  constructor(
    private readonly route: Route,
    private readonly goal: Goal,
    private readonly budget: Budget,
  ) {
    this.relevant = either(goal.helps, goal.hinders)
  }

  build(): Diagram | undefined {
    const diagram = this.visit(0, both(this.route.action.alive, this.relevant))
    return this.failed ? undefined : diagram
  }

  private visit(from: number, alive: Bits): Diagram {
    const { action, callers, dimensions, involvedFrom } = this.route
    let at = from
    while (at < dimensions.length && !meets((dimensions[at] as Dimension).involved, alive)) at++
    const settled = without(alive, involvedFrom[at] as Bits)
    const isReached = this.goal.isReached(action, callers, { alive, settled })
    if (isReached !== undefined || at === dimensions.length) return isReached === true
    const key = `${at} ${bitsKey(alive)}`
    const known = this.made.get(key)
    if (known !== undefined) return known
    const dimension = dimensions[at] as Dimension
    if (!this.budget.spend() || (dimension.gap !== undefined && meets(dimension.gap.clauses, alive))) this.failed = true
    if (this.failed) return false
    const diagram = this.choose(dimension, at, alive)
    this.made.set(key, diagram)
    return diagram
  }

  private choose(dimension: Dimension, at: number, alive: Bits): Diagram {
    const ways = new Map<Diagram, Atom[]>()
    for (const atom of dimension.atoms) {
      const to = this.visit(at + 1, both(alive, atom.alive))
      const known = ways.get(to)
      if (known === undefined) ways.set(to, [atom])
      else known.push(atom)
    }
    const [only, ...others] = ways.keys()
    if (only !== undefined && others.length === 0) return only
    const key = `${at}: ${Array.from(ways, ([to, atoms]) => `${typeof to === 'boolean' ? to : to.id} ${atoms.map((atom) => dimension.atoms.indexOf(atom))}`).join('; ')}`
    const known = this.choices.get(key)
    if (known !== undefined) return known
    const choice: Choice = { id: this.choices.size, dimension, ways: Array.from(ways, ([to, atoms]) => ({ to, atoms })) }
    this.choices.set(key, choice)
    return choice
  }
}
