import { foldAscii } from '../match/case.js'
import { hasWildcard, matchesWildcard, wildcard } from '../match/wildcard.js'
import { type ActionRow, actions } from './actions.js'
import { type ConditionKeyRow, conditionKeys } from './condition-keys.js'

const foldedActionNames = actions.map(({ name }) => foldAscii(name))
const actionsByFoldedName = new Map(actions.map((row, index) => [foldedActionNames[index], row]))
const keysByFoldedName = new Map(conditionKeys.map((row) => [foldAscii(row.name), row]))
const keySlots = new Map(conditionKeys.flatMap((row, index) => (row.name.endsWith('/') ? [] : [[row.name, index] as const])))

/** The action of this name in any ASCII case, or undefined. */
export function findAction(name: string): ActionRow | undefined {
  return actionsByFoldedName.get(foldAscii(name))
}

/** The actions that a pattern such as `s3:Get*` covers. */
export function actionsCoveredBy(pattern: string): readonly ActionRow[] {
  if (!hasWildcard(pattern)) {
    const named = findAction(pattern)
    return named === undefined ? [] : [named]
  }
  const folded = wildcard(foldAscii(pattern))
  return actions.filter((_, index) => matchesWildcard(folded, foldedActionNames[index] as string))
}

/**
 * The one spelling of a condition key: the catalogue's for the keys it knows (`AWS:sourceip` is `aws:SourceIp`), lower case for
 * others. The suffix of a family keeps its case unless the family ignores it.
 */
export function canonicalKeyName(name: string): string {
  // Most policies spell their keys as the catalogue does.
  if (keySlots.has(name)) return name
  const family = familyOf(name)
  if (family !== undefined) {
    const suffix = name.slice(family.name.length)
    return family.name + (family.suffixIgnoresCase ? foldAscii(suffix) : suffix)
  }
  return keysByFoldedName.get(foldAscii(name))?.name ?? foldAscii(name)
}

/** What the catalogue knows of a key, by any spelling of its name; undefined for keys that it does not have. */
export function findConditionKey(name: string): ConditionKeyRow | undefined {
  const row = familyOf(name) ?? keysByFoldedName.get(foldAscii(name))
  // `aws:PrincipalTag/` alone is a family without a key.
  return row !== undefined && row.name.length < name.length + (row.name.endsWith('/') ? 0 : 1) ? row : undefined
}

/** The place in the catalogue of the condition key with exactly this name; -1 for the keys of families and for those it does not have. */
export function slotOfKey(name: string): number {
  return keySlots.get(name) ?? -1
}

function familyOf(name: string): ConditionKeyRow | undefined {
  const slash = name.indexOf('/')
  return slash < 0 ? undefined : keysByFoldedName.get(foldAscii(name.slice(0, slash + 1)))
}
