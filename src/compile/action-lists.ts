import { actions } from '../catalog/actions.js'
import type { Statement, Text } from '../policy/ast.js'
import { ActionPatterns } from './action-patterns.js'

/** The actions that a policy is asked about. */
const decidable = actions.flatMap(({ name, kind }) => (kind === 'bucket' || kind === 'object' ? [name] : []))

/**
 * The actions of statements, by name. Statements repeat their lists of actions: equal ones are looked up once and share one array, by
 * which the stages behind know them again.
 */
export class ActionLists {
  private readonly patterns = new ActionPatterns()
  private readonly ofOne = new Map<string, readonly string[]>()
  private readonly ofMany = new Map<string, readonly string[]>()

  of({ Action, NotAction = [] }: Statement): readonly string[] {
    const texts = Action ?? NotAction
    const isNegated = Action === undefined
    const isOne = texts.length === 1 && !isNegated
    const lists = isOne ? this.ofOne : this.ofMany
    const identity = isOne ? (texts[0] as Text).text : identityOf(texts, isNegated)
    const known = lists.get(identity)
    if (known !== undefined) return known
    const sets = texts.map(({ text }) => this.patterns.coveredBy(text))
    const list = decidable.filter((name) => sets.some((set) => set.has(name)) !== isNegated)
    lists.set(identity, list)
    return list
  }
}

/** With the lengths, so that a text that holds commas is no list. */
function identityOf(texts: readonly Text[], isNegated: boolean): string {
  let identity = isNegated ? 'not' : ''
  for (const { text } of texts) identity += `${text.length},${text}`
  return identity
}
