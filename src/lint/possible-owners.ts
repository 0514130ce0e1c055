import { accountsNamedIn } from '../analyze/scene/named-accounts.js'
import type { PolicySubject } from '../analyze/scene/subject.js'

/** Whose bucket it may be: the owner's if that is known, else that of any account that the policy names, and of one that it does not name. */
export function possibleOwners({ policy, owner }: PolicySubject): readonly string[] {
  if (owner !== undefined) return [owner]
  // Whatever stands where an account may stand counts: one more possible owner makes rules more careful.
  const named = [...accountsNamedIn(policy)].filter((text) => text !== '' && text !== '*')
  return [...named, unnamed]
}

const unnamed = '100000000001'
