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

/**
 * Says which values are inside and which outside, by as few traits as are found: the term that says most for its length first. What no
 * trait tells apart is said by the values themselves.
 */
export function describe<Value, Label>(
  inside: readonly Value[],
  outside: readonly Value[],
  traits: readonly Trait<Value, Label>[],
  labelOf: (value: Value) => Label,
): Terms<Label> {
  if (outside.length === 0) return [{ only: [], except: [] }]
  const candidates = candidatesOf(inside, outside, traits)
  const terms: Term<Label>[] = []
  let left: readonly Value[] = inside
  while (left.length > 0) {
    const best = bestOf(candidates, left)
    if (best === undefined) return [...terms, ...left.map((value) => ({ only: [labelOf(value)], except: [] }))]
    terms.push({ only: best.only.map(({ label }) => label), except: best.except.map(({ label }) => label) })
    left = left.filter((value) => !covers(best, value))
  }
  return terms
}

/** The trait, asked once about each value. */
export function remembering<Value, Label>({ label, holds }: Trait<Value, Label>): Trait<Value, Label> {
  const known = new Map<Value, boolean>()
  return {
    label,
    holds(value) {
      let answer = known.get(value)
      if (answer === undefined) {
        answer = holds(value)
        known.set(value, answer)
      }
      return answer
    },
  }
}

interface Candidate<Value, Label> {
  readonly only: readonly Trait<Value, Label>[]
  readonly except: readonly Trait<Value, Label>[]
}

function covers<Value, Label>({ only, except }: Candidate<Value, Label>, value: Value): boolean {
  return only.every(({ holds }) => holds(value)) && !except.some(({ holds }) => holds(value))
}

/** Everything, or what one trait is true of, narrowed until nothing outside is left in it. */
function candidatesOf<Value, Label>(
  inside: readonly Value[],
  outside: readonly Value[],
  traits: readonly Trait<Value, Label>[],
): readonly Candidate<Value, Label>[] {
  const starts: Candidate<Value, Label>[] = [{ only: [], except: [] }, ...traits.map((trait) => ({ only: [trait], except: [] }))]
  return starts.flatMap((start) => narrow(start, inside, outside, traits) ?? [])
}

function narrow<Value, Label>(
  start: Candidate<Value, Label>,
  inside: readonly Value[],
  outside: readonly Value[],
  traits: readonly Trait<Value, Label>[],
): Candidate<Value, Label> | undefined {
  let candidate = start
  const kept = inside.filter((value) => covers(start, value))
  let wrong = outside.filter((value) => covers(start, value))
  if (kept.length === 0) return undefined
  while (wrong.length > 0) {
    const steps = traits.flatMap((trait) => {
      const holding = kept.filter(trait.holds).length
      const removed = wrong.filter((value) => trait.holds(value) === (holding === 0)).length
      if (removed === 0 || (holding !== 0 && holding !== kept.length)) return []
      const next =
        holding === 0 ? { ...candidate, except: [...candidate.except, trait] } : { ...candidate, only: [...candidate.only, trait] }
      return [{ next, removed }]
    })
    const best = steps.reduce<(typeof steps)[number] | undefined>((a, b) => (a === undefined || b.removed > a.removed ? b : a), undefined)
    if (best === undefined) return undefined
    candidate = best.next
    wrong = wrong.filter((value) => covers(candidate, value))
  }
  return candidate
}

function bestOf<Value, Label>(candidates: readonly Candidate<Value, Label>[], left: readonly Value[]): Candidate<Value, Label> | undefined {
  let best: { readonly candidate: Candidate<Value, Label>; readonly worth: number } | undefined
  for (const candidate of candidates) {
    const worth = left.filter((value) => covers(candidate, value)).length / (1 + candidate.only.length + candidate.except.length)
    if (worth > 0 && (best === undefined || worth > best.worth)) best = { candidate, worth }
  }
  return best?.candidate
}
