import { type Bits, bitsOf, either, meets, noBits, without } from '../bits.js'
import type { Space } from '../dimensions/space.js'
import type { SideClauses } from '../scene/clauses.js'
import type { Goal } from './goal.js'
import { verdictsAt } from './goals.js'

/** That a statement applies and none of the others does. Statements are those of the first side. */
export function appliesWithout(space: Space, statement: number, others: readonly number[]): Goal {
  const helps = bitsOfStatements(space, [statement])
  const hinders = bitsOfStatements(space, others)
  return {
    helps,
    hinders,
    isReached(_, __, { alive, settled }) {
      if (!meets(helps, alive) || meets(hinders, settled)) return false
      return meets(helps, settled) && !meets(hinders, alive) ? true : undefined
    },
  }
}

/** That the verdict would be another without the statement. */
export function verdictChangesWithout(space: Space, statement: number): Goal {
  const own = bitsOfStatements(space, [statement])
  const { denies, allows, delegations, grants, validities } = space.clauses.sides[0] as SideClauses
  const isDeny = meets(own, denies)
  const rivals = isDeny ? denies : [denies, allows, delegations, grants].reduce(either)
  return {
    // Grants help callers of other accounts, who need them, and hinder those of the owner's, for whom they are enough.
    helps: [own, validities, isDeny ? noBits(space.clauses.list.length) : grants].reduce(either),
    hinders: without(rivals, own),
    isReached(action, callers, progress) {
      if (!meets(own, progress.alive)) return false
      const { alive, settled } = progress
      const withIt = verdictsAt(space, 0, action, callers, progress)
      const withoutIt = verdictsAt(space, 0, action, callers, { alive: without(alive, own), settled: without(settled, own) })
      if ((withIt & withoutIt) === 0) return true
      return isOne(withIt) && withIt === withoutIt ? false : undefined
    },
  }
}

function isOne(verdicts: number): boolean {
  return (verdicts & (verdicts - 1)) === 0
}

function bitsOfStatements({ clauses }: Space, statements: readonly number[]): Bits {
  const places = clauses.list.flatMap((clause, place) => ('index' in clause && statements.includes(clause.index) ? [place] : []))
  return bitsOf(clauses.list.length, places)
}
