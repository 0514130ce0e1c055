import { type JsonPath, stepTo } from '../policy/json-path.js'
import type { Extent, PositionedMember, PositionedObject, PositionedValue } from '../policy/positioned-value.js'
import { isKnown, unknownNames } from './unknown-text.js'

/** A part of a policy that is made at deployment. */
export interface UnknownPart {
  readonly extent: Extent
  readonly path: JsonPath
  /** What it is called in the file. */
  readonly names: readonly string[]
}

/** A policy whose unknown elements have the form that such elements have, and where they stand. */
export interface Settled {
  readonly root: PositionedValue
  readonly unknowns: readonly UnknownPart[]
}

/**
 * Gives unknown elements of a policy their form, so that nobody takes the statement for one without them: an unknown Principal is one
 * principal of unknown name, an unknown Condition one condition on an unknown key. A statement whose Effect is unknown is unknown as a
 * whole: neither what is said of an Allow nor what is said of a Deny holds of it.
 */
export function settle(root: PositionedValue, path: JsonPath): Settled {
  const unknowns: UnknownPart[] = []
  return { root: settlePolicy(root, path, unknowns), unknowns }
}

/** Whether the value as a whole is made at deployment. */
function isUnknown(value: PositionedValue): value is Extract<PositionedValue, { kind: 'string' }> {
  return value.kind === 'string' && !isKnown(value.text)
}

function settlePolicy(root: PositionedValue, path: JsonPath, unknowns: UnknownPart[]): PositionedValue {
  if (root.kind !== 'object') return noted(root, path, unknowns)
  return withMembers(root, ({ name, value }) => {
    const way = stepTo(path, name)
    if (name === 'Statement') return settleStatements(value, way, unknowns)
    const settled = noted(value, way, unknowns)
    // Of the two versions, the one without variables is hardly ever chosen.
    return name === 'Version' && isUnknown(settled) ? { ...settled, text: '2012-10-17' } : settled
  })
}

function settleStatements(value: PositionedValue, path: JsonPath, unknowns: UnknownPart[]): PositionedValue {
  if (value.kind !== 'array') return settleStatement(value, path, unknowns)
  return { ...value, items: value.items.map((item, index) => settleStatement(item, stepTo(path, index), unknowns)) }
}

function settleStatement(value: PositionedValue, path: JsonPath, unknowns: UnknownPart[]): PositionedValue {
  if (value.kind !== 'object') return noted(value, path, unknowns)
  const effect = value.members.find(({ name }) => name === 'Effect')?.value
  if (effect !== undefined && isUnknown(effect)) {
    return noted({ kind: 'string', text: effect.text, start: value.start, end: value.end }, path, unknowns)
  }
  return withMembers(value, (member) => settleElement(member, noted(member.value, stepTo(path, member.name), unknowns)))
}

function settleElement({ name }: PositionedMember, value: PositionedValue): PositionedValue {
  switch (name) {
    case 'Principal':
    case 'NotPrincipal':
      return isUnknown(value) ? objectOf('AWS', value) : value
    case 'Condition':
      if (isUnknown(value)) return objectOf('StringEquals', objectOf(value.text, value))
      return value.kind === 'object' ? withMembers(value, ({ value: keys }) => (isUnknown(keys) ? objectOf(keys.text, keys) : keys)) : value
    default:
      return value
  }
}

/** An object of one member that stands where its value stands. */
function objectOf(name: string, value: PositionedValue): PositionedObject {
  const { start, end } = value
  return { kind: 'object', members: [{ name, nameExtent: { start, end }, value }], start, end }
}

function withMembers(object: PositionedObject, settled: (member: PositionedMember) => PositionedValue): PositionedObject {
  return { ...object, members: object.members.map((member) => ({ ...member, value: settled(member) })) }
}

/** The value itself, after noting the unknown texts in it. */
function noted(value: PositionedValue, path: JsonPath, unknowns: UnknownPart[]): PositionedValue {
  if (value.kind === 'string' && !isKnown(value.text)) unknowns.push({ extent: value, path, names: unknownNames(value.text) })
  if (value.kind === 'array') for (const [index, item] of value.items.entries()) noted(item, stepTo(path, index), unknowns)
  if (value.kind !== 'object') return value
  for (const { name, nameExtent, value: held } of value.members) {
    const way = stepTo(path, name)
    if (!isKnown(name)) unknowns.push({ extent: nameExtent, path: way, names: unknownNames(name) })
    noted(held, way, unknowns)
  }
  return value
}
