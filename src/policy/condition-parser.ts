import { conditionOperators, type OperatorName, setPrefixes } from '../catalog/condition-operators.js'
import type { Condition, ConditionOperator } from './ast.js'
import type { Location } from './diagnostic.js'
import type { PositionedMember } from './positioned-value.js'
import { memberNode, type Node, type ShapeReader } from './shape-reader.js'
import { suggest } from './suggestion.js'

const operatorNames: ReadonlySet<string> = new Set(conditionOperators)

/** The conditions of a Condition element: `{operator: {key: value or values}}`. */
export function parseConditions(node: Node, reader: ShapeReader): readonly Condition[] {
  const block = reader.anyObject(node, 'Condition')
  if (block === undefined) return []
  if (block.members.length === 0) reader.report('empty-condition', node, 'Condition has no operator, so it is always true', 'remove it')
  const conditions: Condition[] = []
  for (const member of block.members) {
    const operands = memberNode(node, member)
    parseOperands(operands, member.name, parseOperator(member, operands, reader), reader, conditions)
  }
  return conditions
}

function parseOperator({ name, nameExtent }: PositionedMember, node: Node, reader: ShapeReader): ConditionOperator | undefined {
  const operator = operatorOf(name, reader.locate(nameExtent, node))
  if (operator !== undefined) return operator
  const help = () => suggest(name, conditionOperators)
  reader.report(
    'unknown-operator',
    { value: { kind: 'null', ...nameExtent }, path: node.path },
    `there is no condition operator \`${name}\``,
    help,
    name,
  )
  return undefined
}

/** The operator of a name such as `ForAnyValue:StringLikeIfExists`, or undefined. Case counts. */
function operatorOf(text: string, location: Location): ConditionOperator | undefined {
  if (operatorNames.has(text)) return { name: text as OperatorName, ifExists: false, location }
  const prefix = setPrefixes.find((candidate) => text.startsWith(`${candidate}:`))
  const rest = prefix === undefined ? text : text.slice(prefix.length + 1)
  const ifExists = rest.endsWith('IfExists')
  const name = ifExists ? rest.slice(0, -'IfExists'.length) : rest
  // Null asks whether the key exists: AWS has no NullIfExists.
  if (!operatorNames.has(name) || (ifExists && name === 'Null')) return undefined
  return { name: name as OperatorName, ...(prefix === undefined ? {} : { prefix }), ifExists, location }
}

/** Adds a condition for each key of an operator. */
function parseOperands(
  node: Node,
  name: string,
  operator: ConditionOperator | undefined,
  reader: ShapeReader,
  conditions: Condition[],
): void {
  const keys = reader.anyObject(node, `the condition operator ${name}`)
  if (keys === undefined) return
  if (keys.members.length === 0) reader.report('empty-condition', node, `${name} has no key, so it is always true`, 'remove it')
  for (const member of keys.members) {
    const operands = memberNode(node, member)
    const values = reader.each(operands, (item) => reader.scalar(item, `a value of ${member.name}`))
    if (operator === undefined || values === undefined) continue
    conditions.push({ operator, key: { text: member.name, location: reader.locate(member.nameExtent, operands) }, values })
  }
}
