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
  // One by one: a spread for each element that may be absent would take longer than all the rest of printing.
  const value: Record<string, unknown> = {}
  if (Sid !== undefined) value.Sid = Sid.text
  value.Effect = Effect
  if (Principal !== undefined) value.Principal = principalsValue(Principal)
  if (NotPrincipal !== undefined) value.NotPrincipal = principalsValue(NotPrincipal)
  if (Action !== undefined) value.Action = textsValue(Action)
  if (NotAction !== undefined) value.NotAction = textsValue(NotAction)
  if (Resource !== undefined) value.Resource = textsValue(Resource)
  if (NotResource !== undefined) value.NotResource = textsValue(NotResource)
  if (Condition.length > 0) value.Condition = conditionsValue(Condition)
  return value
}

function textsValue(texts: readonly Text[]): unknown {
  return texts.length === 1 ? texts[0]?.text : texts.map(({ text }) => text)
}

/** Types stand in the order of their first entries. */
function principalsValue(entries: readonly PrincipalEntry[]): unknown {
  if (entries[0]?.type === '*') return '*'
  const types: Record<string, string | string[]> = {}
  for (const { type, text } of entries) addText(types, type, text)
  return types
}

function addText(lists: Record<string, string | string[]>, name: string, text: string): void {
  const list = lists[name]
  if (list === undefined) lists[name] = text
  else if (typeof list === 'string') lists[name] = [list, text]
  else list.push(text)
}

function conditionsValue(conditions: readonly Condition[]): object {
  const block: Record<string, Record<string, unknown>> = {}
  for (const { operator, key, values } of conditions) {
    const name = formatOperator(operator)
    const keys: Record<string, unknown> = block[name] ?? Object.create(null)
    keys[key.text] = textsValue(values)
    block[name] = keys
  }
  return block
}

function utf8Length(text: string): number {
  let bytes = 0
  for (const character of text) {
    const point = character.codePointAt(0) as number
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
  }
  return bytes
}
