import type { Undecided } from '../../analyze/scene/subject.js'
import { listOf, quoted } from '../../analyze/words/lists.js'
import type { Decision, StatementReference } from '../../decision/decision.js'
import { reasonTexts } from './reasons.js'

/** `denied (the bucket's policy denies it, statement 2 …)`. */
export function decisionInWords({ verdict, reason, statement }: Decision): string {
  const by = statement === undefined ? '' : `, ${statementsInWords([statement])}`
  return `${verdict === 'Allow' ? 'allowed' : 'denied'} (${reasonTexts[reason]}${by})`
}

/** Texts from outside stand between backticks, as in all words of the analyser. */
export function statementsInWords(statements: readonly StatementReference[]): string {
  const names = statements.map(({ index, sid }) => (sid === undefined ? `${index + 1}` : `${index + 1} ${quoted(sid)}`))
  return `statement${names.length === 1 ? '' : 's'} ${listOf(names, 'and')}`
}

/** Why there is no answer, and a next step where there is one. */
export function undecidedInWords({ code, reason }: Undecided): string {
  return code === 'budget' ? `${reason}; a larger --budget may do` : reason
}

/** Each reason once. */
export function reasonsOf(undecided: readonly Undecided[]): readonly string[] {
  return [...new Set(undecided.map(undecidedInWords))]
}

/** `1 bucket`, `2 buckets`, `nothing`. */
export function counted(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`
}
