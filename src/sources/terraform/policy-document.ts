import type { Extent, PositionedMember, PositionedValue } from '../../policy/positioned-value.js'
import { isKnown } from '../unknown-text.js'
import type { Attribute, Block, Expression } from './block.js'
import type { Evaluator } from './evaluator.js'
import { mergeStatements } from './merge-statements.js'
import { placeAt } from './place-at.js'
import { findPolicy } from './policy-source.js'
import { childrenOf, type SyntaxNode } from './syntax.js'
import { isUnknownValue } from './unknown-values.js'

/** The policy that a `data.aws_iam_policy_document` makes. Source: the AWS provider's page on it. */
export function documentValue(block: Block, evaluator: Evaluator): PositionedValue {
  const { attributes, extent, head } = block
  const own = block.blocks.flatMap((statement) => statementOf(statement, evaluator))
  const before = [
    ...policiesIn(attributes.get('source_json'), evaluator),
    ...policiesIn(attributes.get('source_policy_documents'), evaluator),
  ]
  const after = [
    ...policiesIn(attributes.get('override_json'), evaluator),
    ...policiesIn(attributes.get('override_policy_documents'), evaluator),
  ]
  const statements = mergeStatements([...before.map(statementsOf), own, ...after.map(statementsOf)])
  const members = [
    optional('Version', attributes.get('version'), evaluator) ?? madeMember('Version', '2012-10-17', head),
    optional('Id', attributes.get('policy_id'), evaluator),
    { name: 'Statement', nameExtent: head, value: { kind: 'array' as const, items: statements, ...extent } },
  ]
  return { kind: 'object', members: members.filter((member) => member !== undefined), ...extent }
}

/** A member that does not stand in the file, at the place that stands for it. */
function madeMember(name: string, text: string, { start, end }: Extent): PositionedMember {
  return { name, nameExtent: { start, end }, value: { kind: 'string', text, start, end } }
}

function memberAt(name: string, nameExtent: Extent, value: PositionedValue): PositionedMember {
  return { name, nameExtent, value }
}

/** The member that an attribute becomes, or undefined if it is not there or `null`. */
function optional(
  name: string,
  attribute: Attribute | undefined,
  evaluator: Evaluator,
  change: (text: string) => string = (text) => text,
): PositionedMember | undefined {
  const value = attribute && evaluator.evaluate(attribute.value)
  if (attribute === undefined || value === undefined || value.kind === 'null') return undefined
  return memberAt(name, attribute.nameExtent, changeTexts(value, change))
}

function changeTexts(value: PositionedValue, change: (text: string) => string): PositionedValue {
  if (value.kind === 'string') return { ...value, text: change(value.text) }
  return value.kind === 'array' ? { ...value, items: value.items.map((item) => changeTexts(item, change)) } : value
}

/** The provider's way to write a policy variable: `&{aws:username}`, so that Terraform does not take it for its own. */
function withVariables(text: string): string {
  return text.replaceAll('&{', '${')
}

function statementOf(block: Block, evaluator: Evaluator): readonly PositionedValue[] {
  if (block.type === 'dynamic' && block.labels[0] === 'statement')
    return [evaluator.unknowns.value('dynamic "statement"', 'a `dynamic` block makes the statements', block.extent)]
  if (block.type !== 'statement') return []
  const { attributes } = block
  const members = [
    optional('Sid', attributes.get('sid'), evaluator),
    optional('Effect', attributes.get('effect'), evaluator) ?? madeMember('Effect', 'Allow', block.head),
    principalsOf('Principal', 'principals', block, evaluator),
    principalsOf('NotPrincipal', 'not_principals', block, evaluator),
    optional('Action', attributes.get('actions'), evaluator),
    optional('NotAction', attributes.get('not_actions'), evaluator),
    optional('Resource', attributes.get('resources'), evaluator, withVariables),
    optional('NotResource', attributes.get('not_resources'), evaluator, withVariables),
    conditionOf(block, evaluator),
  ]
  const present = members.filter((member) => member !== undefined).filter(({ name, value }) => name !== 'Sid' || !isEmptyText(value))
  return [{ kind: 'object', members: present, ...block.extent }]
}

function isEmptyText(value: PositionedValue): boolean {
  return value.kind === 'string' && value.text === ''
}

/** The blocks of a name and the `dynamic` blocks that make such. */
function blocksOf(block: Block, name: string): { readonly blocks: readonly Block[]; readonly dynamic: Block | undefined } {
  return {
    blocks: block.blocks.filter(({ type }) => type === name),
    dynamic: block.blocks.find(({ type, labels }) => type === 'dynamic' && labels[0] === name),
  }
}

function unknownBlocks(name: string, block: Block, evaluator: Evaluator): PositionedValue {
  return evaluator.unknowns.value(`dynamic "${name}"`, `a \`dynamic\` block makes \`${name}\``, block.extent)
}

function principalsOf(name: string, blockName: string, block: Block, evaluator: Evaluator): PositionedMember | undefined {
  const { blocks, dynamic } = blocksOf(block, blockName)
  const at = dynamic ?? blocks[0]
  if (at === undefined) return undefined
  if (dynamic !== undefined) return memberAt(name, dynamic.head, unknownBlocks(blockName, dynamic, evaluator))
  const types = new Map<string, PositionedMember>()
  for (const each of blocks) {
    const type = required('type', each, evaluator)
    const identifiers = changeTexts(required('identifiers', each, evaluator), withVariables)
    const typeName = type.kind === 'string' ? type.text : ''
    const before = types.get(typeName)?.value
    types.set(typeName, memberAt(typeName, type, before === undefined ? identifiers : joinLists(before, identifiers)))
  }
  const everybody = types.size === 1 ? soleStar(types.get('*')?.value) : undefined
  const extent = { start: at.extent.start, end: (blocks.at(-1) ?? at).extent.end }
  return memberAt(name, at.head, everybody ?? { kind: 'object', members: [...types.values()], ...extent })
}

/** `type = "*"` with `identifiers = ["*"]` is the bare `"*"`. */
function soleStar(identifiers: PositionedValue | undefined): PositionedValue | undefined {
  const only = identifiers?.kind === 'array' && identifiers.items.length === 1 ? identifiers.items[0] : identifiers
  return only?.kind === 'string' && only.text === '*' ? only : undefined
}

function required(name: string, block: Block, evaluator: Evaluator): PositionedValue {
  const attribute = block.attributes.get(name)
  return attribute === undefined
    ? evaluator.unknowns.value(name, `\`${name}\` is missing`, block.extent)
    : evaluator.evaluate(attribute.value)
}

function joinLists(a: PositionedValue, b: PositionedValue): PositionedValue {
  const items = [a, b].flatMap((list) => (list.kind === 'array' ? list.items : [list]))
  return { kind: 'array', items, start: a.start, end: Math.max(a.end, b.end) }
}

function conditionOf(block: Block, evaluator: Evaluator): PositionedMember | undefined {
  const { blocks, dynamic } = blocksOf(block, 'condition')
  const at = blocks[0] ?? dynamic
  if (at === undefined) return undefined
  const tests = new Map<string, { readonly nameExtent: Extent; readonly keys: Map<string, PositionedMember>; readonly extent: Extent }>()
  const add = (test: PositionedValue, variable: PositionedValue, values: PositionedValue, extent: Extent) => {
    const operator = test.kind === 'string' ? test.text : ''
    const key = variable.kind === 'string' ? variable.text : ''
    const entry = tests.get(operator) ?? { nameExtent: test, keys: new Map<string, PositionedMember>(), extent }
    tests.set(operator, entry)
    const before = entry.keys.get(key)?.value
    entry.keys.set(key, memberAt(key, variable, before === undefined ? values : joinLists(before, values)))
  }
  for (const each of blocks) {
    const values = changeTexts(required('values', each, evaluator), withVariables)
    add(required('test', each, evaluator), required('variable', each, evaluator), values, each.extent)
  }
  if (dynamic !== undefined) {
    const unknown = unknownBlocks('condition', dynamic, evaluator)
    add(unknown, unknown, unknown, dynamic.extent)
  }
  const members = [...tests].map(([operator, { nameExtent, keys, extent }]) =>
    memberAt(operator, nameExtent, { kind: 'object', members: [...keys.values()], ...extent }),
  )
  return memberAt('Condition', at.head, {
    kind: 'object',
    members,
    start: at.extent.start,
    end: (dynamic ?? blocks.at(-1) ?? at).extent.end,
  })
}

/** The policies that an attribute lists, or names: each is a reference to another document, or JSON. */
function policiesIn(attribute: Attribute | undefined, evaluator: Evaluator): readonly PositionedValue[] {
  if (attribute === undefined) return []
  const { file, node } = attribute.value
  return (listedIn(node) ?? [node]).map((item) => {
    const { root, file: from } = findPolicy({ node: item, file }, evaluator)
    const unknown = () => (root !== undefined && isUnknownValue(root) ? placeAt(root, item) : unreadable({ node: item, file }, evaluator))
    return root?.kind !== 'object' ? unknown() : from === file ? root : placeAt(root, item)
  })
}

function unreadable(expression: Expression, evaluator: Evaluator): PositionedValue {
  return evaluator.unknowns.expression(expression, 'is no policy that can be read')
}

/** The items of a list that is written out. */
function listedIn(node: SyntaxNode): readonly SyntaxNode[] | undefined {
  const list = node.children[0]
  const tuple = list?.type === 'collection_value' ? list.children[0] : undefined
  return tuple?.type === 'tuple' ? childrenOf(tuple, 'expression') : undefined
}

/** What cannot be read as a policy is one unknown statement. */
function statementsOf(policy: PositionedValue): readonly PositionedValue[] {
  if (isUnknownValue(policy) || policy.kind !== 'object') return [policy]
  const statement = policy.members.findLast(({ name }) => name === 'Statement' && isKnown(name))?.value
  if (statement === undefined) return []
  return statement.kind === 'array' ? statement.items : [statement]
}
