import type { AnalyzeOptions, Subject, Undecided } from '../scene/subject.js'
import { allowed, askedAbout, conjunction, denied } from '../search/goals.js'
import { type Finding, Inquiry } from '../search/inquiry.js'
import { type AccessQuestion, askedOf } from './access-question.js'
import { isAllowedAt } from './confirm.js'
import { type Witness, witnessOf } from './witness.js'

export interface AccessAnswer<Verdict extends string> {
  readonly verdict: Verdict | 'undecided'
  readonly witness?: Witness
  readonly undecided: readonly Undecided[]
}

/** Whether some such request is ever allowed. */
export function ever(subject: Subject, question: AccessQuestion, options?: AnalyzeOptions): AccessAnswer<'possible' | 'never'> {
  const finding = new Inquiry([subject], options, askedOf(subject, question)).find({
    goalIn: (space) => conjunction(askedAbout(space), allowed(space, 0)),
    isConfirmed: (request, { sides }) => isAllowedAt(sides[0], request),
  })
  return answerOf(finding, 'possible', 'never')
}

/** Whether every such request is allowed. */
export function always(subject: Subject, question: AccessQuestion, options?: AnalyzeOptions): AccessAnswer<'always' | 'refutable'> {
  const finding = new Inquiry([subject], options, askedOf(subject, question)).find({
    goalIn: (space) => conjunction(askedAbout(space), denied(space, 0)),
    isConfirmed: (request, { sides }) => !isAllowedAt(sides[0], request),
  })
  return answerOf(finding, 'refutable', 'always')
}

function answerOf<Verdict extends string>(finding: Finding, found: Verdict, none: Verdict): AccessAnswer<Verdict> {
  if (finding.kind === 'found') return { verdict: found, witness: witnessOf(finding.request, finding.scene), undecided: [] }
  return finding.kind === 'none' ? { verdict: none, undecided: [] } : { verdict: 'undecided', undecided: [finding.undecided] }
}
