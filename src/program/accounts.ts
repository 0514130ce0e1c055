import { accountOf } from './caller.js'
import type { DecisionProgram } from './decision-program.js'
import * as layout from './name-layout.js'
import { memberOfName, memberOfNumber, textOfNumber } from './names.js'
import type { Registers } from './registers.js'

/** Whether an account restricts public buckets. @param account the number of its name */
export function restrictsPublic(program: DecisionProgram, account: number): boolean {
  return (memberOfNumber(program, account, layout.NAME_FLAGS) & layout.FLAG_ACCOUNT_RESTRICTS) !== 0
}

/** A canonical user is a caller of the account that has its id, if the snapshot tells. */
export function loadCanonicalUser(program: DecisionProgram, r: Registers): void {
  const account = memberOfName(program, r.canonicalId, layout.NAME_ACCOUNT)
  if (account === 0) return
  r.hasAccount = true
  r.accountText = textOfNumber(program, account)
  r.accountTo = r.accountText.length
}

/** The canonical user id of the caller's account, if the snapshot tells. */
export function loadCanonicalId(program: DecisionProgram, r: Registers): void {
  if (!r.hasAccount) return
  const canonicalId = memberOfName(program, accountOf(r), layout.NAME_CANONICAL_ID)
  if (canonicalId !== 0) r.canonicalId = textOfNumber(program, canonicalId)
}
