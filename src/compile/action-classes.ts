import { actions } from '../catalog/actions.js'
import type { NumberedStatement } from './numbered-policy.js'

export type ResourceKind = 'bucket' | 'object'

/** Statements with one set of actions. */
export interface ActionGroup {
  readonly actions: readonly number[]
  readonly statements: NumberedStatement[]
}

/** Actions of one kind that the same groups cover. */
export interface ActionClass {
  readonly kind: ResourceKind
  readonly members: number[]
  readonly groups: ActionGroup[]
}

/** Statements by their actions, without those that no resource of the statement is about. */
export function groupByActions(statements: readonly NumberedStatement[]): readonly ActionGroup[] {
  const groups = new Map<string, ActionGroup>()
  /** Statements share their lists: those of one list differ by the kinds of their resources alone. */
  const groupsOfList = new Map<readonly number[], (ActionGroup | undefined)[]>()
  for (const statement of statements) {
    const { actions: list, onBucket, onObjects } = statement
    const kinds = (onBucket.length > 0 ? 1 : 0) + (onObjects.length > 0 ? 2 : 0)
    const known = groupsOfList.get(list)
    const ofList = known ?? [undefined, undefined, undefined, undefined]
    if (known === undefined) groupsOfList.set(list, ofList)
    const group = ofList[kinds] ?? groupOf(actionsWithResource(statement), groups)
    ofList[kinds] = group
    group.statements.push(statement)
  }
  return [...groups.values()]
}

function groupOf(own: readonly number[], groups: Map<string, ActionGroup>): ActionGroup {
  const identity = own.join(' ')
  const group = groups.get(identity) ?? { actions: own, statements: [] }
  groups.set(identity, group)
  return group
}

/** An action on objects of a statement whose resources are all buckets is about nothing, and the reverse. */
function actionsWithResource({ actions: own, onBucket, onObjects }: NumberedStatement): readonly number[] {
  return own.filter((action) => (kindOf(action) === 'bucket' ? onBucket : onObjects).length > 0)
}

/** The classes of the actions, in order of the groups that cover them. */
export function classesOf(groups: readonly ActionGroup[]): readonly ActionClass[] {
  const parts = partition(groups)
  const classes = new Map<number, ActionClass>()
  const seen = new Set<number>()
  for (const group of groups) {
    for (const action of group.actions) {
      const own = classes.get(parts[action] as number) ?? { kind: kindOf(action), members: [], groups: [] }
      if (own.groups.length === 0) classes.set(parts[action] as number, own)
      if (own.groups[own.groups.length - 1] !== group) own.groups.push(group)
      if (!seen.has(action)) own.members.push(action)
      seen.add(action)
    }
  }
  return [...classes.values()]
}

/** A number for each action: two have the same if every group covers both or neither. Each group splits the parts that it covers partly. */
function partition(groups: readonly ActionGroup[]): readonly number[] {
  const parts: number[] = actions.map((_, action) => (kindOf(action) === 'bucket' ? 0 : 1))
  let count = 2
  for (const group of groups) {
    const covered = new Map<number, number>()
    for (const action of group.actions) {
      const part = parts[action] as number
      const own = covered.get(part) ?? count++
      covered.set(part, own)
      parts[action] = own
    }
  }
  return parts
}

/** One class a kind of resource; each statement tells its actions itself. */
export function coarseClasses(groups: readonly ActionGroup[]): readonly ActionClass[] {
  const covered = [...new Set(groups.flatMap((group) => group.actions))]
  return (['bucket', 'object'] as const).flatMap((kind) => {
    const members = covered.filter((action) => kindOf(action) === kind)
    return members.length === 0 ? [] : [{ kind, members, groups: [...groups] }]
  })
}

function kindOf(action: number): ResourceKind {
  return actions[action]?.kind === 'bucket' ? 'bucket' : 'object'
}
