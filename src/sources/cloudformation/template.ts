import type { PositionedObject, PositionedValue } from '../../policy/positioned-value.js'
import { memberOf, objectOf, textOf } from '../members.js'

/** The parts of a template that values refer to. */
export interface Template {
  readonly parameters: Lookup
  readonly mappings: Lookup
  readonly conditions: Lookup
  readonly resources: Lookup
}

/** Values by their logical ids. */
export type Lookup = ReadonlyMap<string, PositionedValue>

/** The template that a document is; undefined if it has no resources with types. */
export function templateOf(root: PositionedValue): Template | undefined {
  const resources = objectOf(root, 'Resources')
  if (resources === undefined) return undefined
  const isTyped = resources.members.some(({ value }) => textOf(value, 'Type') !== undefined)
  if (!isTyped && memberOf(root, 'AWSTemplateFormatVersion') === undefined) return undefined
  return {
    parameters: lookupOf(objectOf(root, 'Parameters')),
    mappings: lookupOf(objectOf(root, 'Mappings')),
    conditions: lookupOf(objectOf(root, 'Conditions')),
    resources: lookupOf(resources),
  }
}

function lookupOf(object: PositionedObject | undefined): Lookup {
  return new Map((object?.members ?? []).map(({ name, value }) => [name, value]))
}
