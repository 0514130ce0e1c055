import type { AccessAnswer } from '../analyze/questions/allowed.js'
import { hasWildcard } from '../match/wildcard.js'
import type { Statement } from '../policy/ast.js'
import { type Ability, abilities } from './abilities.js'
import type { Analysis } from './analysis.js'
import { alsoDenying, onlyAllowing } from './changed-policy.js'

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
export function strangersMay(analysis: Analysis, index: number, { name, actions }: Ability, except: readonly string[] = []): Answer {
  const policy = analysis.policySubject?.policy
  const statement = policy?.Statement[index]
  if (policy === undefined || statement === undefined || !mayBeAboutStrangers(statement)) return none
  if (analysis.publicAccess().every(({ exact }) => exact === 'not-public')) return none
  const resources = except.map((pattern) => `arn:aws:s3:::${pattern}`)
  const answer = analysis.everIn(
    `statement ${index} strangers ${name} ${JSON.stringify(except)}`,
    (subject) => {
      const allowing = onlyAllowing(subject, index)
      return resources.length === 0 ? allowing : alsoDenying(allowing, { resources })
    },
    { action: actions, strangersTo: policy },
  )
  return answer ?? none
}

/** All that a statement lets strangers do, in words. */
export function allThatStrangersMay(analysis: Analysis, index: number): readonly string[] {
  return Object.values(abilities).flatMap((ability) =>
    strangersMay(analysis, index, ability).verdict === 'possible' ? [ability.words] : [],
  )
}
