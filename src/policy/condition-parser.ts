import { conditionOperators, type OperatorName, setPrefixes } from '../catalog/condition-operators.js'
import type { Condition, ConditionOperator } from './ast.js'
import { allOrNone, type Node, type ShapeReader } from './shape-reader.js'
import { suggest } from './suggestion.js'

const operatorNames: ReadonlySet<string> = new Set(conditionOperators)

/** The conditions of a Condition element: `{operator: {key: value or values}}`. */
export function parseConditions(node: Node, reader: ShapeReader): readonly Condition[] {
  const block = reader.anyObject(node, 'Condition')
  if (block === undefined) return []
  if (block.members.length === 0) reader.report('empty-condition', node, 'Condition has no operator, so it is always true', 'remove it')
  return block.members.flatMap(({ name, nameExtent, value }) => {
    const path = [...node.path, name]
    const parsed = parseOperator(name)
    const operator = parsed && { ...parsed, location: reader.locate(nameExtent, path) }
    if (operator === undefined) {
      const help = () => suggest(name, conditionOperators)
      reader.report(
        'unknown-operator',
        { value: { kind: 'null', ...nameExtent }, path },
        `there is no condition operator \`${name}\``,
        help,
        name,
      )
    }
    return parseOperands({ value, path }, name, operator, reader)
  })
}

/** The operator of a name such as `ForAnyValue:StringLikeIfExists`, or undefined. Case counts. */
function parseOperator(text: string): Omit<ConditionOperator, 'location'> | undefined {
  const prefix = setPrefixes.find((candidate) => text.startsWith(`${candidate}:`))
  const rest = prefix === undefined ? text : text.slice(prefix.length + 1)
  const ifExists = rest.endsWith('IfExists')
  const name = ifExists ? rest.slice(0, -'IfExists'.length) : rest
  // Null asks whether the key exists: AWS has no NullIfExists.
  if (!operatorNames.has(name) || (ifExists && name === 'Null')) return undefined
  return { name: name as OperatorName, ...(prefix === undefined ? {} : { prefix }), ifExists }
}

function parseOperands(node: Node, name: string, operator: ConditionOperator | undefined, reader: ShapeReader): readonly Condition[] {
  const keys = reader.anyObject(node, `the condition operator ${name}`)
  if (keys === undefined) return []
  if (keys.members.length === 0) reader.report('empty-condition', node, `${name} has no key, so it is always true`, 'remove it')
  return keys.members.flatMap((member) => {
    const path = [...node.path, member.name]
    const values = allOrNone(reader.list({ value: member.value, path }).map((item) => reader.scalar(item, `a value of ${member.name}`)))
    const key = { text: member.name, location: reader.locate(member.nameExtent, path) }
    return operator === undefined || values === undefined ? [] : [{ operator, key, values }]
  })
}
