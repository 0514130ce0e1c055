import { type Language, literal, something, withoutSlash } from '../../languages/language.js'
import type { CompiledStatement } from '../conditions/compiled-statement.js'
import { type Probe, prefixProbe } from '../conditions/probe.js'
import { patternTest } from '../conditions/resource-test.js'
import type { Clause } from '../scene/clause.js'
import { ARN, partsOf } from '../scene/resource-arn.js'
import { chooseTexts } from '../values/texts.js'
import { type Demand, type Dimension, dimensionOf, withGap } from './dimension.js'
import { type Ground, vagueAt } from './ground.js'

/** The ARNs of buckets, or of objects. */
export function resourceDimension(ground: Ground, kind: 'bucket' | 'object'): Dimension<string> {
  const { place } = ground.scene
  const demands = ground.clauses.list.flatMap((clause, index) => resourceDemand(ground, clause, index, kind))
  const name = place.kind === 'bucket' ? place.name : undefined
  if (place.kind === 'nothing') return dimensionOf('resource', [''], questionsOnNothing(ground), ground.size)
  if (kind === 'bucket' && name !== undefined) return dimensionOf('resource', [`${ARN}${name}`], demands, ground.size)
  const bucket = name === undefined ? withoutSlash : literal(name)
  const language: Language = [[...literal(ARN), ...bucket, ...(kind === 'object' ? [...literal('/'), ...something] : [])]]
  const liked = name === undefined ? [] : [`${ARN}${name}/other`]
  const { values, incomplete } = chooseTexts(
    { language, liked },
    demands.flatMap(({ probes }) => probes),
    ground.options.steps,
  )
  const dimension = dimensionOf('resource', [...ownResource(ground, kind), ...values], demands, ground.size, incomplete)
  return withGap(
    dimension,
    vagueAt(ground, (comparedWith) => comparedWith === 'resource'),
  )
}

function ownResource(ground: Ground, kind: 'bucket' | 'object'): readonly string[] {
  const { like } = ground.scene.asked ?? {}
  if (like?.bucket === undefined) return []
  if (kind === 'bucket') return [`${ARN}${like.bucket}`]
  return like.key === undefined ? [] : [`${ARN}${like.bucket}/${like.key}`]
}

/** A question about a resource is about no action on nothing. */
function questionsOnNothing(ground: Ground): readonly Demand<string>[] {
  return ground.clauses.list.flatMap((clause, index) =>
    clause.kind === 'question' && clause.asked.resource !== undefined
      ? [{ clause: index, isMet: () => clause.asked.resource === '*' }]
      : [],
  )
}

function resourceDemand(
  ground: Ground,
  clause: Clause,
  index: number,
  kind: 'bucket' | 'object',
): readonly (Demand<string> & { probes: readonly Probe[] })[] {
  if (clause.kind === 'validity') return []
  if (clause.kind === 'grant') {
    const start = `${ARN}${ground.scene.place.kind === 'bucket' ? ground.scene.place.name : ''}/${clause.grant.prefix}`
    if (clause.limit !== 'object' || kind !== 'object') return []
    return [{ clause: index, probes: [prefixProbe(start)], isMet: (arn) => arn.startsWith(start) }]
  }
  if (clause.kind === 'question') {
    const { resource } = clause.asked
    if (resource === undefined) return []
    const { probes, truthOf } = patternTest(resource)
    return [{ clause: index, probes, isMet: (arn) => truthOf(partsOf(arn)) === true }]
  }
  const { probes, truthOf } = (ground.compiled.get(clause.statement) as CompiledStatement).resource
  const isMet = clause.kind === 'deny' ? (arn: string) => truthOf(partsOf(arn)) !== false : (arn: string) => truthOf(partsOf(arn)) === true
  return [{ clause: index, probes, isMet }]
}
