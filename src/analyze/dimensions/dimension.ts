import { type Bits, bitsKey, bitsOf, dropBit, either } from '../bits.js'

/**
 * One thing in which requests differ, on its own: who asks, which object, the value of one condition key. Its atoms are its values, those that
 * no clause tells apart taken together.
 */
export interface Dimension<Value = unknown> {
  /** `caller`, `resource`, `time`, `operation`, or the condition key. */
  readonly name: string
  readonly atoms: readonly Atom<Value>[]
  /** The clauses that ask something of it. */
  readonly involved: Bits
  /** Absent if every value is like one of the atoms. */
  readonly gap?: Gap
}

/** That some value may be like none of the atoms, where one of these clauses is concerned. */
export interface Gap {
  readonly reason: string
  readonly clauses: Bits
}

export interface Atom<Value = unknown> {
  /** The first of its samples: the one to show. */
  readonly value: Value
  /** The clauses that such a value lets live. */
  readonly alive: Bits
  /** The values that were tried and came out alike. */
  readonly samples: readonly Value[]
}

/** What a clause asks of a dimension: all of its tests must pass. */
export interface Demand<Value> {
  readonly clause: number
  readonly isMet: (value: Value) => boolean
}

/** The atoms of the values, in the order in which they first come. @param size how many clauses there are */
export function dimensionOf<Value>(
  name: string,
  values: readonly Value[],
  demands: readonly Demand<Value>[],
  size: number,
  gap?: string | Gap,
): Dimension<Value> {
  const involved = bitsOf(
    size,
    demands.map(({ clause }) => clause),
  )
  const all = bitsOf(
    size,
    Array.from({ length: size }, (_, clause) => clause),
  )
  const atoms = new Map<string | number, Atom<Value> & { readonly samples: Value[] }>()
  for (const value of values) {
    const alive = all.slice()
    for (const { clause, isMet } of demands) if (!isMet(value)) dropBit(alive, clause)
    const key = bitsKey(alive)
    const known = atoms.get(key)
    if (known === undefined) atoms.set(key, { value, alive, samples: [value] })
    else known.samples.push(value)
  }
  const known = typeof gap === 'string' ? { reason: gap, clauses: involved } : gap
  return { name, atoms: [...atoms.values()], involved, ...(known !== undefined && { gap: known }) }
}

/** The dimension with a further gap. */
export function withGap<Value>(dimension: Dimension<Value>, gap: Gap | undefined): Dimension<Value> {
  if (gap === undefined) return dimension
  const { reason, clauses } = dimension.gap ?? gap
  return { ...dimension, gap: { reason, clauses: either(clauses, gap.clauses) } }
}

/** The dimension with only some of its values. */
export function restrict<Value>(dimension: Dimension<Value>, isPossible: (value: Value) => boolean): Dimension<Value> {
  const atoms = dimension.atoms.flatMap(({ alive, samples }) => {
    const left = samples.filter(isPossible)
    return left.length === 0 ? [] : [{ value: left[0] as Value, alive, samples: left }]
  })
  return { ...dimension, atoms }
}
