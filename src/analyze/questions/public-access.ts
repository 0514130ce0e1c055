import type { Policy } from '../../policy/ast.js'
import { isPublicPolicy, publicStatements } from '../../public-access/public-policy.js'
import { namedIn } from '../scene/named.js'
import { type Scene, scenesOf } from '../scene/scene.js'
import type { AnalyzeOptions, Subject, Undecided } from '../scene/subject.js'
import { allowed, askedAbout, conjunction } from '../search/goals.js'
import { Inquiry } from '../search/inquiry.js'
import { isAllowedAt } from './confirm.js'
import { type Witness, witnessOf } from './witness.js'

export interface PublicOptions extends AnalyzeOptions {
  /** Accounts that are no strangers, besides the owner's and those that the policy names. */
  readonly trusted?: readonly string[]
}

/** Whether a bucket's policy lets strangers in. */
export interface PublicReport {
  /** Absent for a policy that may be on any bucket. */
  readonly bucket?: string
  /** AWS's definition, which looks at each Allow statement alone, and the statements that make it so. */
  readonly aws: { readonly isPublic: boolean; readonly statements: readonly number[] }
  /** Whether an anonymous caller or a stranger, who belongs to nothing that the policy names, is ever allowed anything. */
  readonly exact: 'public' | 'not-public' | 'undecided'
  readonly witness?: Witness
  readonly undecided: readonly Undecided[]
}

/** One report for each bucket that has a policy. */
export function publicAccess(subject: Subject, { trusted = [], ...options }: PublicOptions = {}): readonly PublicReport[] {
  return scenesOf([subject]).flatMap((scene) => {
    const policy = scene.sides[0]?.policy
    return policy === undefined ? [] : [reportOf(subject, scene, policy, trusted, options)]
  })
}

function reportOf(subject: Subject, scene: Scene, policy: Policy, trusted: readonly string[], options: AnalyzeOptions): PublicReport {
  const { place, sides } = scene
  const owner = sides[0]?.owner ?? ''
  const outside = namedIn(policy, [owner, ...trusted])
  const inquiry = new Inquiry([subject], options, { outside })
  const scenes = inquiry.scenes.filter((other) => JSON.stringify(other.place) === JSON.stringify(place))
  const finding = inquiry.find(
    {
      goalIn: (space) => conjunction(askedAbout(space), allowed(space, 0)),
      isConfirmed: (request) => isAllowedAt(sides[0], request),
    },
    scenes,
  )
  return {
    ...(place.kind === 'bucket' && { bucket: place.name }),
    aws: { isPublic: isPublicPolicy(policy), statements: publicStatements(policy) },
    exact: finding.kind === 'found' ? 'public' : finding.kind === 'none' ? 'not-public' : 'undecided',
    ...(finding.kind === 'found' && { witness: witnessOf(finding.request, scene) }),
    undecided: finding.kind === 'undecided' ? [finding.undecided] : [],
  }
}
