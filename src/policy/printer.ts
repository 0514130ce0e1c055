import { type Condition, formatOperator, type Policy, type PrincipalEntry, type Statement, type Text } from './ast.js'

/**
 * The policy as S3 normalises it: its elements in S3's order, lists of one as single values.
 * @param indent spaces per level; 0 for one line
 */
export function printPolicy(policy: Policy, indent = 2): string {
  return JSON.stringify(policyValue(policy), undefined, indent)
}

/** Bytes of UTF-8 that the normalised policy takes. S3 stores up to 20,480. */
export function normalizedSize(policy: Policy): number {
  return utf8Length(printPolicy(policy, 0))
}

function policyValue({ Version, Id, Statement }: Policy): object {
  return { ...(Version && { Version }), ...(Id && { Id: Id.text }), Statement: Statement.map(statementValue) }
}

function statementValue(statement: Statement): object {
  const { Sid, Effect, Principal, NotPrincipal, Action, NotAction, Resource, NotResource, Condition } = statement
  return {
    ...(Sid && { Sid: Sid.text }),
    Effect,
    ...(Principal && { Principal: principalsValue(Principal) }),
    ...(NotPrincipal && { NotPrincipal: principalsValue(NotPrincipal) }),
    ...(Action && { Action: textsValue(Action) }),
    ...(NotAction && { NotAction: textsValue(NotAction) }),
    ...(Resource && { Resource: textsValue(Resource) }),
    ...(NotResource && { NotResource: textsValue(NotResource) }),
    ...(Condition.length > 0 && { Condition: conditionsValue(Condition) }),
  }
}

function textsValue(texts: readonly Text[]): unknown {
  return texts.length === 1 ? texts[0]?.text : texts.map(({ text }) => text)
}

function principalsValue(entries: readonly PrincipalEntry[]): unknown {
  if (entries[0]?.type === '*') return '*'
  return Object.fromEntries([...groupBy(entries, ({ type }) => type)].map(([type, texts]) => [type, textsValue(texts)]))
}

function conditionsValue(conditions: readonly Condition[]): object {
  const block: Record<string, Record<string, unknown>> = {}
  for (const [name, group] of groupBy(conditions, ({ operator }) => formatOperator(operator))) {
    const keys: Record<string, unknown> = Object.create(null)
    for (const { key, values } of group) keys[key.text] = textsValue(values)
    block[name] = keys
  }
  return block
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group === undefined) groups.set(keyOf(item), [item])
    else group.push(item)
  }
  return groups
}

function utf8Length(text: string): number {
  let bytes = 0
  for (const character of text) {
    const point = character.codePointAt(0) as number
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
  }
  return bytes
}
