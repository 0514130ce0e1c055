import type { AccessAnswer } from '../analyze/questions/allowed.js'
import type { PolicySubject } from '../analyze/scene/subject.js'
import type { Analysis } from './analysis.js'
import { onlyAllowing } from './changed-policy.js'
import { namesAny } from './named-actions.js'
import { possibleOwners } from './possible-owners.js'

const never: AccessAnswer<'possible' | 'never'> = { verdict: 'never', undecided: [] }

/**
 * Whether one Allow statement, all Deny statements considered, lets a caller outside the owner's account do any of these actions, whoever of
 * the accounts that may own the bucket does.
 */
export function outsidersMay(
  analysis: Analysis,
  subject: PolicySubject,
  index: number,
  actions: readonly string[],
): AccessAnswer<'possible' | 'never'> {
  const statement = subject.policy.Statement[index]
  if (statement === undefined || !namesAny(statement, actions)) return never
  const answers: AccessAnswer<'possible' | 'never'>[] = []
  for (const owner of possibleOwners(subject)) {
    const make = (whole: PolicySubject) => ({ ...onlyAllowing(whole, index), owner })
    const answer = analysis.everIn(`statement ${index} outside ${owner} ${actions.join()}`, make, { action: actions, except: [owner] })
    if (answer === undefined || answer.verdict === 'never') return never
    answers.push(answer)
  }
  return answers.find(({ verdict }) => verdict === 'undecided') ?? answers.at(-1) ?? never
}
