import { type Asked, exceptedCaller } from '../asked.js'
import { allowed, askedAbout, conjunction, denied } from '../goals.js'
import { type Finding, Inquiry } from '../inquiry.js'
import { resourceArn } from '../resource-arn.js'
import { type AnalyzeOptions, isPolicySubject, type Subject, type Undecided } from '../subject.js'
import { isAllowedAt } from './confirm.js'
import { type Witness, witnessOf } from './witness.js'

/** Which requests a question is about; what is left out is any. */
export interface AccessQuestion {
  /** An action, or a pattern such as `s3:Put*`. */
  readonly action?: string
  /** `bucket`, `bucket/key` or an ARN, or a pattern of them. */
  readonly resource?: string
  /** Not by these: account ids, ARNs, access keys, services, or `anonymous`. */
  readonly except?: readonly string[]
}

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

function askedOf(subject: Subject, { action, resource, except = [] }: AccessQuestion): Asked {
  const accessKeys = new Set(isPolicySubject(subject) ? [] : subject.keys.keys())
  return {
    ...(action !== undefined && { actions: [action] }),
    ...(resource !== undefined && { resource: resourceArn(resource) }),
    except: except.map((text) => exceptedCaller(text, accessKeys)),
  }
}

function answerOf<Verdict extends string>(finding: Finding, found: Verdict, none: Verdict): AccessAnswer<Verdict> {
  if (finding.kind === 'found') return { verdict: found, witness: witnessOf(finding.request, finding.scene), undecided: [] }
  return finding.kind === 'none' ? { verdict: none, undecided: [] } : { verdict: 'undecided', undecided: [finding.undecided] }
}
