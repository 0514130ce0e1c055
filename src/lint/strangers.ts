import type { AccessAnswer } from '../analyze/questions/allowed.js'
import type { PolicySubject } from '../analyze/scene/subject.js'
import { hasWildcard } from '../match/wildcard.js'
import type { Statement } from '../policy/ast.js'
import { type Ability, abilities } from './abilities.js'
import type { Analysis } from './analysis.js'
import { alsoDenying, onlyAllowing } from './changed-policy.js'
import { namesAny } from './named-actions.js'

type Answer = AccessAnswer<'possible' | 'never'>

const none: Answer = { verdict: 'never', undecided: [] }

/** Whether an Allow statement could be about strangers at all: the cheap question before the exact one. */
export function mayBeAboutStrangers({ Effect, Principal }: Statement): boolean {
  return Effect === 'Allow' && (Principal === undefined || Principal.some(({ text }) => hasWildcard(text)))
}

/**
 * Whether one Allow statement, all Deny statements considered, lets strangers do something.
 * @param except patterns of `bucket` or `bucket/key` on which they are meant to
 */
export function strangersMay(analysis: Analysis, index: number, { telling, actions }: Ability, except: readonly string[] = []): Answer {
  const statement = analysis.policySubject?.policy.Statement[index]
  if (statement === undefined || !mayBeAboutStrangers(statement) || !namesAny(statement, actions)) return none
  if (isRestricted(analysis) || analysis.publicAccess().every(({ exact }) => exact === 'not-public')) return none
  // A request that everybody understands is the better witness.
  const answer = askAboutStrangers(analysis, index, [telling], except)
  return answer.verdict === 'possible' ? answer : askAboutStrangers(analysis, index, actions, except)
}

/** Whether RestrictPublicBuckets keeps all but the owner's account and AWS's services out. */
function isRestricted(analysis: Analysis): boolean {
  const isSet = analysis.policySubject?.publicAccessBlock?.RestrictPublicBuckets === true
  return isSet && analysis.publicAccess().some(({ aws }) => aws.isPublic)
}

function askAboutStrangers(analysis: Analysis, index: number, action: readonly string[], except: readonly string[]): Answer {
  const resources = except.map((pattern) => `arn:aws:s3:::${pattern}`)
  const policy = analysis.policySubject?.policy
  if (policy === undefined) return none
  const make = (subject: PolicySubject): PolicySubject => {
    const allowing = onlyAllowing(subject, index)
    return resources.length === 0 ? allowing : alsoDenying(allowing, { resources })
  }
  const name = `statement ${index} strangers ${action.join()} ${JSON.stringify(except)}`
  return analysis.everIn(name, make, { action, strangersTo: policy }) ?? none
}

/** All that a statement lets strangers do, in words. */
export function allThatStrangersMay(analysis: Analysis, index: number): readonly string[] {
  return Object.values(abilities).flatMap((ability) =>
    strangersMay(analysis, index, ability).verdict === 'possible' ? [ability.words] : [],
  )
}
