import { accountsNamedIn } from '../analyze/scene/named-accounts.js'
import type { PolicySubject } from '../analyze/scene/subject.js'

/** Whose bucket it may be: the owner's if that is known, else that of any account that the policy names, else of one that it does not name. */
export function possibleOwners({ policy, owner }: PolicySubject): readonly string[] {
  if (owner !== undefined) return [owner]
  const named = [...accountsNamedIn(policy)].filter(isAccount)
  return named.length === 0 ? [unnamed] : named
}

const unnamed = '100000000001'

function isAccount(text: string): boolean {
  return text.length === 12 && Array.from(text).every((letter) => letter >= '0' && letter <= '9')
}
