import { commonActionKeys, resourceTypeKeys } from '../../catalog/actions.js'
import { conditionKeys } from '../../catalog/condition-keys.js'
import { findAction } from '../../catalog/lookup.js'
import type { Principal } from '../../request/principal.js'
import { type GivenValue, UNKNOWN } from '../../request/request-context.js'
import type { OperationRow } from '../operations/operation-row.js'
import { settingOf } from '../planning/asked.js'
import { takesHeader } from '../routing/read-headers.js'
import type { KeySource, ReadKey } from './key-source.js'
import { keySources } from './key-sources.js'

/** What the contexts of one action, asked by one operation for one kind of caller, have in common. */
export interface ContextLayout {
  /** What does not depend on the request, by the key's place in the catalogue: to be copied. */
  readonly slots: readonly GivenValue[]
  /** What does. */
  readonly fills: readonly { readonly slot: number; readonly read: ReadKey }[]
  /** Families of which the embedder alone can tell a key, as `family/*`. */
  readonly unknownFamilies: ReadonlySet<string>
  /** Families with a key for each tag of the request. */
  readonly tagFamilies: readonly { readonly family: string; readonly source: Extract<KeySource, { from: 'tags' }> }[]
}

const layouts = new Map<OperationRow, Map<string, Map<Principal['kind'], ContextLayout>>>()

/** The layout, made once: there are as many as combinations that the operations ask for. */
export function contextLayoutOf(operation: OperationRow, action: string, caller: Principal['kind']): ContextLayout {
  const byAction = layouts.get(operation) ?? new Map<string, Map<Principal['kind'], ContextLayout>>()
  layouts.set(operation, byAction)
  const byCaller = byAction.get(action) ?? new Map<Principal['kind'], ContextLayout>()
  byAction.set(action, byCaller)
  const layout = byCaller.get(caller) ?? makeLayout(operation, action, caller)
  byCaller.set(caller, layout)
  return layout
}

function makeLayout(operation: OperationRow, action: string, caller: Principal['kind']): ContextLayout {
  const carried = keysCarriedBy(action)
  const slots = new Array<GivenValue>(conditionKeys.length).fill(undefined)
  const fills: { slot: number; read: ReadKey }[] = []
  const unknownFamilies = new Set<string>()
  const tagFamilies: { family: string; source: Extract<KeySource, { from: 'tags' }> }[] = []
  for (const [slot, { name }] of conditionKeys.entries()) {
    const source = keySources.get(name)
    if (!isGlobal(name) && !carried.has(name)) continue
    // A key without a row is one that nobody has thought about.
    const part = source === undefined ? UNKNOWN : partOf(source, name, operation, caller)
    if (typeof part === 'function') fills.push({ slot, read: part })
    else if (part !== undefined && source?.from === 'tags') tagFamilies.push({ family: name, source })
    else if (part === UNKNOWN && name.endsWith('/')) unknownFamilies.add(`${name}*`)
    else slots[slot] = part
  }
  return { slots, fills, unknownFamilies, tagFamilies }
}

/** What fills a key's place: a value, the same for all requests, or what reads it. */
function partOf(source: KeySource, name: string, operation: OperationRow, caller: Principal['kind']): GivenValue | ReadKey {
  const isUntold = operation.untold?.includes(name) === true
  switch (source.from) {
    case 'header':
      if (!takesHeader(operation, source.header)) return isUntold ? UNKNOWN : undefined
      return (asked) => settingOf(asked, source.header) ?? (isUntold ? UNKNOWN : undefined)
    case 'parameter':
      return operation.parameters?.includes(source.parameter)
        ? ({ request }) => request.query.get(source.parameter) ?? source.whenLeftOut
        : undefined
    case 'body':
    case 'connection':
    case 'authentication':
    case 'derived':
      return isUntold ? UNKNOWN : source.read
    case 'caller':
      return source.values[caller]
    case 'embedder':
      return source.isAbsentForAnonymous && caller === 'anonymous' ? undefined : UNKNOWN
    case 'tags':
      return UNKNOWN
    case 'engine':
    case 'nowhere':
      return undefined
  }
}

/** The condition keys that the catalogue gives an action. */
function keysCarriedBy(action: string): ReadonlySet<string> {
  const row = findAction(action)
  if (row === undefined) return new Set()
  const common = commonActionKeys.filter((key) => !row.lacks?.includes(key))
  return new Set([...common, ...row.keys, ...row.resourceTypes.flatMap((type) => resourceTypeKeys[type] ?? [])])
}

/** Keys of tags are those of the actions that list them; the other `aws:` keys come with every request. */
function isGlobal(name: string): boolean {
  return !name.startsWith('s3:') && !keysOfSomeActions.has(name)
}

const keysOfSomeActions: ReadonlySet<string> = new Set(['aws:RequestTag/', 'aws:ResourceTag/', 'aws:TagKeys'])
