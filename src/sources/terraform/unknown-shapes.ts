import type { PositionedMember, PositionedObject, PositionedValue } from '../../policy/positioned-value.js'
import { isKnown } from '../unknown-text.js'
import { isUnknownValue } from './unknown-values.js'

/*
 * Where a policy needs an object and has an unknown value, an object that holds it: the statement then still has a principal and a
 * condition, though nobody can say which. A statement with an unknown condition must not pass for one without conditions.
 */

/** The policy with unknown values in the shape that a policy has at their places. */
export function withShapes(root: PositionedValue): PositionedValue {
  return mapMembers(root, (member) => (member.name === 'Statement' ? { ...member, value: mapStatements(member.value) } : member))
}

function mapStatements(value: PositionedValue): PositionedValue {
  if (value.kind === 'array') return { ...value, items: value.items.map((item) => mapMembers(item, inStatement)) }
  return mapMembers(value, inStatement)
}

function inStatement(member: PositionedMember): PositionedMember {
  const { name, value } = member
  if (name === 'Principal' || name === 'NotPrincipal') return { ...member, value: principals(value) }
  if (name !== 'Condition') return member
  const block = isUnknownValue(value) ? holding(value, 'StringEquals') : value
  return { ...member, value: mapMembers(block, operands) }
}

function principals(value: PositionedValue): PositionedValue {
  if (isUnknownValue(value)) return holding(value, 'AWS')
  return mapMembers(value, (member) => (isKnown(member.name) ? member : { ...member, name: 'AWS' }))
}

function operands(member: PositionedMember): PositionedMember {
  const name = isKnown(member.name) ? member.name : 'StringEquals'
  const { value } = member
  return { ...member, name, value: isUnknownValue(value) && value.kind === 'string' ? holding(value, value.text) : value }
}

function holding(value: PositionedValue, name: string): PositionedObject {
  const { start, end } = value
  return { kind: 'object', members: [{ name, nameExtent: { start, end }, value }], start, end }
}

function mapMembers(value: PositionedValue, change: (member: PositionedMember) => PositionedMember): PositionedValue {
  return value.kind === 'object' ? { ...value, members: value.members.map(change) } : value
}
