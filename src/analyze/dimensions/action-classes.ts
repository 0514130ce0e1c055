import { type ActionRow, actions } from '../../catalog/actions.js'
import { carriesKey, isKeyOfActions } from '../../catalog/carried-keys.js'
import { actionsCoveredBy } from '../../catalog/lookup.js'
import { rescuingActions } from '../../catalog/rescuing-actions.js'
import type { Statement } from '../../policy/ast.js'
import { addBit, type Bits, bitsKey, noBits } from '../bits.js'
import type { Clause } from '../scene/clause.js'
import { limitApplies } from '../scene/clauses.js'
import type { Scene } from '../scene/scene.js'

/** Actions between which nothing tells but their names. */
export interface ActionClass {
  readonly actions: readonly ActionRow[]
  readonly kind: 'bucket' | 'object' | 'none'
  /** The clauses about these actions. */
  readonly alive: Bits
  /** The condition keys of the scene that requests for them never carry. */
  readonly lacks: ReadonlySet<string>
  readonly rescues: boolean
  /** It makes a bucket that need not be there yet. */
  readonly creates: boolean
}

/** Where an action can be asked for. Only these have verdicts that differ from caller to caller. */
const kindsAt: Readonly<Record<Scene['place']['kind'], readonly string[]>> = {
  bucket: ['bucket', 'object'],
  'any-bucket': ['bucket', 'object'],
  nothing: ['none'],
}

/** @param keys the condition keys that the scene's clauses ask about */
export function actionClasses({ place }: Scene, clauses: readonly Clause[], keys: readonly string[]): readonly ActionClass[] {
  const possible = actions.filter(({ kind }) => kindsAt[place.kind].includes(kind))
  const alive = new Map(possible.map((action) => [action, noBits(clauses.length)]))
  for (const [index, clause] of clauses.entries()) {
    for (const action of actionsOf(clause, possible)) if (alive.has(action)) addBit(alive.get(action) as Bits, index)
  }
  const classes = new Map<string, ActionClass & { readonly actions: ActionRow[] }>()
  for (const action of possible) {
    const lacks = keys.filter((key) => isKeyOfActions(familyOf(key)) && !carriesKey(action, familyOf(key)))
    const rescues = rescuingActions.has(action.name)
    const creates = action.name === 's3:CreateBucket'
    const bits = alive.get(action) as Bits
    const key = `${bitsKey(bits)} ${action.kind} ${lacks.join()} ${rescues} ${creates}`
    const known = classes.get(key)
    if (known === undefined) {
      const kind = action.kind as ActionClass['kind']
      classes.set(key, { actions: [action], kind, alive: bits, lacks: new Set(lacks), rescues, creates })
    } else known.actions.push(action)
  }
  return [...classes.values()]
}

function actionsOf(clause: Clause, possible: readonly ActionRow[]): readonly ActionRow[] {
  if (clause.kind === 'validity') return possible
  if (clause.kind === 'question') return clause.asked.actions === undefined ? possible : coveredBy(clause.asked.actions)
  if (clause.kind !== 'grant') return actionsOfStatement(clause.statement, possible)
  return coveredBy(clause.grant.actions).filter((action) => limitApplies(clause, action))
}

function actionsOfStatement({ Action, NotAction = [] }: Statement, possible: readonly ActionRow[]): readonly ActionRow[] {
  const named = new Set(coveredBy((Action ?? NotAction).map(({ text }) => text)))
  return possible.filter((action) => named.has(action) === (Action !== undefined))
}

function coveredBy(patterns: readonly string[]): readonly ActionRow[] {
  return patterns.flatMap(actionsCoveredBy)
}

/** The catalogue has families of keys under the name that ends in a slash. */
export function familyOf(key: string): string {
  return key.slice(0, key.indexOf('/') + 1) || key
}
