import type { ActionRow } from '../../catalog/actions.js'
import { actionsCoveredBy } from '../../catalog/lookup.js'
import { permissionActions, permissions } from '../../grants/permission.js'
import { hasWildcard } from '../../match/wildcard.js'
import type { Space } from '../dimensions/space.js'
import { type Terms, type Trait, Vocabulary } from './term.js'

/** So few actions are told one by one, and left out one by one. */
const FEW = 8

/** Actions in the patterns that policies and grants use, among all actions that are done to the same. */
export function describeActions(actions: readonly ActionRow[], space: Space): Terms<string> {
  const kind = actions[0]?.kind
  const isInside = new Set(actions)
  const outside = space.actions.flatMap((one) => one.actions).filter((action) => action.kind === kind && !isInside.has(action))
  if (actions.length <= 2) return actions.map(({ name }) => ({ only: [name], except: [] }))
  const exceptions = outside.length > FEW ? [] : outside.map(single)
  const vocabulary = new Vocabulary([...actions, ...outside], patternTraits(space), ({ name }) => name, exceptions)
  return vocabulary.describe(actions, outside)
}

function single(action: ActionRow): Trait<ActionRow, string> {
  return { label: action.name, holds: (other) => other === action }
}

function patternTraits({ compiled, clauses }: Space): readonly Trait<ActionRow, string>[] {
  const texts = Array.from(compiled.keys()).flatMap(({ Action = [], NotAction = [] }) => [...Action, ...NotAction].map(({ text }) => text))
  const granted = clauses.list.flatMap((clause) => (clause.kind === 'grant' ? clause.grant.actions : []))
  const patterns = [...new Set([...texts, ...granted])].filter(hasWildcard)
  const named = patterns.map((pattern): Trait<ActionRow, string> => {
    const covered = new Set(actionsCoveredBy(pattern))
    return { label: pattern, holds: (action) => covered.has(action) }
  })
  const ofPermissions = permissions.slice(0, -1).map((permission): Trait<ActionRow, string> => {
    const covered = new Set(permissionActions[permission])
    return { label: `what ${permission} allows`, holds: ({ name }) => covered.has(name) }
  })
  const usesGrants = clauses.list.some(({ kind }) => kind === 'grant')
  return [...named, ...(usesGrants ? ofPermissions : [])]
}
