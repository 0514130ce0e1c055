import type { ResourcePattern } from '../conditions/resource-test.js'
import type { Space } from '../dimensions/space.js'
import { ARN, partsOf, shortResource } from '../scene/resource-arn.js'
import type { ResourceLabel } from './labels.js'
import type { Trait } from './term.js'

/** The patterns of resources, and of the prefixes of grants. */
export function resourceTraits({ compiled, clauses, scene }: Space): readonly Trait<string, ResourceLabel>[] {
  const traits = new Map<string, Trait<string, ResourceLabel>>()
  const add = ({ text, matches }: ResourcePattern): void => {
    const pattern = shortResource(text)
    traits.set(pattern, { label: { kind: 'matches', pattern }, holds: (arn) => matches(partsOf(arn)) })
  }
  for (const { resource } of compiled.values()) for (const pattern of resource.patterns) add(pattern)
  const bucket = scene.place.kind === 'bucket' ? scene.place.name : ''
  for (const clause of clauses.list) {
    if (clause.kind !== 'grant' || clause.limit !== 'object') continue
    const start = `${bucket}/${clause.grant.prefix}`
    traits.set(`${start}*`, { label: { kind: 'matches', pattern: `${start}*` }, holds: (arn) => arn.startsWith(ARN + start) })
  }
  return [...traits.values()]
}

export function resourceLabelOf(arn: string): ResourceLabel {
  return { kind: 'is', resource: shortResource(arn) }
}
