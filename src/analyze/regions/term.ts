import { type Bits, both, either, isEmpty, isWithin, meets, noBits, sizeOf, withBits, without } from '../bits.js'

/** Something that can be said of a value, and of which values it is true. */
export interface Trait<Value, Label> {
  readonly label: Label
  readonly holds: (value: Value) => boolean
}

/** The values of which all of `only` is true and none of `except`; without both, all values. */
export interface Term<Label> {
  readonly only: readonly Label[]
  readonly except: readonly Label[]
}

/** A set of values in terms of traits: those of any of its terms. */
export type Terms<Label> = readonly Term<Label>[]

/** A trait, and of which of the values it is true, by their places. */
interface KnownTrait<Label> {
  readonly label: Label
  readonly holding: Bits
}

/** A term, and which values it is of. */
interface Candidate<Label> extends Term<Label> {
  readonly covered: Bits
}

/**
 * Says which values are inside a set and which outside, by as few traits as are found: the term that says most for its length first. What no
 * trait tells apart is said by the values themselves. Each trait is asked once about each value, however many sets are described.
 */
export class Vocabulary<Value, Label> {
  private readonly places: ReadonlyMap<Value, number>
  private readonly traits: readonly KnownTrait<Label>[]
  private readonly exceptions: readonly KnownTrait<Label>[]

  /** @param exceptions traits that are only good for leaving something out */
  constructor(
    private readonly values: readonly Value[],
    traits: readonly Trait<Value, Label>[],
    private readonly labelOf: (value: Value) => Label,
    exceptions: readonly Trait<Value, Label>[] = [],
  ) {
    this.places = new Map(values.map((value, place) => [value, place]))
    this.traits = traits.map((trait) => this.know(trait))
    this.exceptions = exceptions.map((trait) => this.know(trait))
  }

  describe(insideValues: readonly Value[], outsideValues: readonly Value[]): Terms<Label> {
    if (outsideValues.length === 0) return [{ only: [], except: [] }]
    const inside = this.bitsOf(insideValues)
    const outside = this.bitsOf(outsideValues)
    const everything: Candidate<Label> = { only: [], except: [], covered: either(inside, outside) }
    const starts = [
      everything,
      ...this.traits.map(({ label, holding }) => ({ only: [label], except: [], covered: both(holding, everything.covered) })),
    ]
    const candidates = starts.flatMap((start) => this.narrow(start, inside) ?? [])
    return this.choose(candidates, inside)
  }

  private know({ label, holds }: Trait<Value, Label>): KnownTrait<Label> {
    return { label, holding: this.bitsOf(this.values.filter(holds)) }
  }

  private bitsOf(values: readonly Value[]): Bits {
    return withBits(
      noBits(this.values.length),
      values.flatMap((value) => this.places.get(value) ?? []),
    )
  }

  /** The term that says most for its length, and again for what is left. */
  private choose(candidates: readonly Candidate<Label>[], inside: Bits): Terms<Label> {
    const terms: Term<Label>[] = []
    let left = inside
    while (!isEmpty(left)) {
      let best: { readonly candidate: Candidate<Label>; readonly worth: number } | undefined
      for (const candidate of candidates) {
        const worth = sizeOf(both(candidate.covered, left)) / (1 + candidate.only.length + candidate.except.length)
        if (worth > 0 && (best === undefined || worth > best.worth)) best = { candidate, worth }
      }
      if (best === undefined) return [...terms, ...this.oneByOne(left)]
      const { only, except, covered } = best.candidate
      terms.push({ only, except })
      left = without(left, covered)
    }
    return terms
  }

  private oneByOne(left: Bits): Terms<Label> {
    const rest = this.values.filter((_, place) => meets(left, withBits(noBits(this.values.length), [place])))
    return rest.map((value) => ({ only: [this.labelOf(value)], except: [] }))
  }

  /** Takes away what is outside, by traits that are true of all that is kept, or of nothing that is; undefined if something is left. */
  private narrow(start: Candidate<Label>, inside: Bits): Candidate<Label> | undefined {
    const kept = both(start.covered, inside)
    if (isEmpty(kept)) return undefined
    let candidate = start
    while (!isWithin(candidate.covered, inside)) {
      const wrong = without(candidate.covered, inside)
      const next = this.bestStep(candidate, kept, wrong)
      if (next === undefined) return undefined
      candidate = next
    }
    return candidate
  }

  private bestStep({ only, except, covered }: Candidate<Label>, kept: Bits, wrong: Bits): Candidate<Label> | undefined {
    let best: { readonly candidate: Candidate<Label>; readonly removed: number } | undefined
    for (const { label, holding } of [...this.traits, ...this.exceptions]) {
      const isException = !meets(holding, kept)
      if (!isException && !isWithin(kept, holding)) continue
      const left = isException ? without(covered, holding) : both(covered, holding)
      const removed = sizeOf(wrong) - sizeOf(both(wrong, left))
      if (removed === 0 || (best !== undefined && removed <= best.removed)) continue
      const terms = isException ? { only, except: [...except, label] } : { only: [...only, label], except }
      best = { candidate: { ...terms, covered: left }, removed }
    }
    return best?.candidate
  }
}
