import type { AccessAnswer } from '../analyze/questions/allowed.js'
import type { PolicySubject } from '../analyze/scene/subject.js'
import type { Analysis } from './analysis.js'
import { onlyAllowing } from './changed-policy.js'
import { possibleOwners } from './possible-owners.js'

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
  let last: AccessAnswer<'possible' | 'never'> = { verdict: 'never', undecided: [] }
  for (const owner of possibleOwners(subject)) {
    const make = (whole: PolicySubject) => ({ ...onlyAllowing(whole, index), owner })
    last = analysis.everIn(`statement ${index} outside ${owner} ${actions.join()}`, make, { action: actions, except: [owner] }) ?? last
    if (last.verdict !== 'possible') return last
  }
  return last
}
