import { type PositionedValue, plainValueOf } from '../../policy/positioned-value.js'
import { itemsOf, memberOf, textOf } from '../members.js'
import type { Lookup } from './template.js'

/** One way in which a template's conditions can hold together. */
export interface Assignment {
  /** Which conditions hold; those that are missing may hold or not. */
  readonly conditions: ReadonlyMap<string, boolean>
  /** What the conditions come from: which things are equal to which texts. */
  readonly comparisons: readonly DecidedComparison[]
}

export interface DecidedComparison {
  /** What is compared, as `spellingOf` writes it. */
  readonly subject: string
  readonly text: string
  readonly holds: boolean
}

/** Nothing is known about any condition. */
export const undecided: Assignment = { conditions: new Map(), comparisons: [] }

/** More comparisons than this, and their combinations are too many to look at each. */
const MAX_COMPARISONS = 4

/**
 * The ways in which the named conditions can hold together, or undefined if there are too many. Conditions are worked out from the
 * comparisons they are made of, each of which can go either way, as parameters can be anything at deployment; what compares the same thing
 * with two texts is not equal to both.
 */
export function assignmentsOf(names: readonly string[], conditions: Lookup): readonly Assignment[] | undefined {
  const comparisons = [...comparisonsOf(names, conditions).values()]
  if (comparisons.length > MAX_COMPARISONS) return undefined
  return waysOf(comparisons).map((holding) => {
    const known = new Map<string, boolean>()
    return {
      conditions: new Map(names.map((name) => [name, holdsNamed(name, conditions, holding, known)])),
      comparisons: comparisons.flatMap(({ spelling, subject, text }) =>
        subject === undefined || text === undefined ? [] : { subject, text, holds: holding.has(spelling) },
      ),
    }
  })
}

/** A comparison that may hold or not: its spelling, and what is compared with which text if that is how it is made. */
interface Comparison {
  readonly spelling: string
  readonly subject?: string
  readonly text?: string
}

function comparisonsOf(names: readonly string[], conditions: Lookup): ReadonlyMap<string, Comparison> {
  const comparisons = new Map<string, Comparison>()
  const seen = new Set<string>()
  const visitNamed = (name: string): void => {
    if (seen.has(name)) return
    seen.add(name)
    const condition = conditions.get(name)
    if (condition === undefined) comparisons.set(name, { spelling: name })
    else visit(condition)
  }
  const visit = (condition: PositionedValue): void => {
    const { name, operands } = partsOf(condition)
    if (name !== undefined) visitNamed(name)
    else if (operands !== undefined) operands.forEach(visit)
    else if (constantOf(condition) === undefined) comparisons.set(spellingOf(condition), comparisonOf(condition))
  }
  names.forEach(visitNamed)
  return comparisons
}

/** What a condition is made of: another by its name, or several others. */
function partsOf(condition: PositionedValue): { readonly name?: string; readonly operands?: readonly PositionedValue[] } {
  const name = textOf(condition, 'Condition')
  if (name !== undefined) return { name }
  const several = memberOf(condition, 'Fn::Not') ?? memberOf(condition, 'Fn::And') ?? memberOf(condition, 'Fn::Or')
  return several === undefined ? {} : { operands: itemsOf(several) }
}

function comparisonOf(condition: PositionedValue): Comparison {
  const spelling = spellingOf(condition)
  const [left, right] = itemsOf(memberOf(condition, 'Fn::Equals'))
  if (left === undefined || right === undefined) return { spelling }
  if (right.kind === 'string') return { spelling, subject: spellingOf(left), text: right.text }
  return left.kind === 'string' ? { spelling, subject: spellingOf(right), text: left.text } : { spelling }
}

/** Whether a comparison of two texts holds; undefined if it depends on something. */
function constantOf(condition: PositionedValue): boolean | undefined {
  const [left, right] = itemsOf(memberOf(condition, 'Fn::Equals'))
  return left?.kind === 'string' && right?.kind === 'string' ? left.text === right.text : undefined
}

/** Equal for values that are written alike, wherever they stand. */
export function spellingOf(value: PositionedValue): string {
  return JSON.stringify(plainValueOf(value))
}

/** Every set of comparisons that can hold together. */
function waysOf(comparisons: readonly Comparison[]): readonly ReadonlySet<string>[] {
  const ways: ReadonlySet<string>[] = []
  for (let bits = 0; bits < 1 << comparisons.length; bits++) {
    const holding = comparisons.filter((_, index) => (bits >> index) % 2 === 1)
    const subjects = holding.flatMap(({ subject }) => subject ?? [])
    if (new Set(subjects).size === subjects.length) ways.push(new Set(holding.map(({ spelling }) => spelling)))
  }
  return ways
}

function holdsNamed(name: string, conditions: Lookup, holding: ReadonlySet<string>, known: Map<string, boolean>): boolean {
  const found = known.get(name)
  if (found !== undefined) return found
  // A condition that is made of itself is refused at deployment; any answer ends the circle.
  known.set(name, false)
  const condition = conditions.get(name)
  const holds = condition === undefined ? holding.has(name) : holdsOf(condition, conditions, holding, known)
  known.set(name, holds)
  return holds
}

function holdsOf(condition: PositionedValue, conditions: Lookup, holding: ReadonlySet<string>, known: Map<string, boolean>): boolean {
  const { name, operands } = partsOf(condition)
  if (name !== undefined) return holdsNamed(name, conditions, holding, known)
  if (operands === undefined) return constantOf(condition) ?? holding.has(spellingOf(condition))
  const answers = operands.map((operand) => holdsOf(operand, conditions, holding, known))
  if (memberOf(condition, 'Fn::Not') !== undefined) return answers[0] === false
  return memberOf(condition, 'Fn::And') === undefined ? answers.includes(true) : !answers.includes(false)
}
