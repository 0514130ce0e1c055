import type { Scene } from '../scene/scene.js'
import type { AnalyzeOptions, Subject, Undecided } from '../scene/subject.js'
import { allowedByBoth, allowedOnlyBy, askedAbout, conjunction } from '../search/goals.js'
import { type Finding, Inquiry, type Query } from '../search/inquiry.js'
import { type AccessQuestion, askedOf } from './access-question.js'
import { isAllowedAt } from './confirm.js'
import { type Witness, witnessOf } from './witness.js'

/** How what two subjects allow is related. */
export interface Comparison<Verdict extends string> {
  readonly verdict: Verdict | 'undecided'
  /** A request that shows it: allowed by one and not by the other, or by both. */
  readonly witness?: Witness
  readonly undecided: readonly Undecided[]
}

export interface ComparisonOptions extends AnalyzeOptions {
  /** Compare these requests only. Default: all. */
  readonly about?: AccessQuestion
}

/** Whether two subjects allow exactly the same requests. */
export function equivalent(a: Subject, b: Subject, { about, ...options }: ComparisonOptions = {}): Comparison<'equivalent' | 'different'> {
  const inquiry = new Inquiry([a, b], options, about && askedOf(a, about))
  const findings = [onlyBy(0, 1), onlyBy(1, 0)].map((query) => inquiry.find(query))
  return comparisonOf(findings, 'different', 'equivalent')
}

/** Whether no request is allowed by both subjects. */
export function disjoint(a: Subject, b: Subject, { about, ...options }: ComparisonOptions = {}): Comparison<'disjoint' | 'overlapping'> {
  const finding = new Inquiry([a, b], options, about && askedOf(a, about)).find({
    goalIn: (space) => conjunction(askedAbout(space), allowedByBoth(space, 0, 1)),
    isConfirmed: (request, { sides }) => sides.every((side) => isAllowedAt(side, request)),
  })
  return comparisonOf([finding], 'overlapping', 'disjoint')
}

/** A request that one side allows and another does not. */
export function onlyBy(side: number, other: number): Query {
  return {
    goalIn: (space) => conjunction(askedAbout(space), allowedOnlyBy(space, side, other)),
    isConfirmed: (request, { sides }: Scene) => isAllowedAt(sides[side], request) && !isAllowedAt(sides[other], request),
  }
}

function comparisonOf<Verdict extends string>(findings: readonly Finding[], found: Verdict, none: Verdict): Comparison<Verdict> {
  const undecided = findings.flatMap((finding) => (finding.kind === 'undecided' ? finding.undecided : []))
  const witness = findings.find((finding) => finding.kind === 'found')
  if (witness?.kind === 'found') return { verdict: found, witness: witnessOf(witness.request, witness.scene), undecided: [] }
  return { verdict: undecided.length > 0 ? 'undecided' : none, undecided }
}
