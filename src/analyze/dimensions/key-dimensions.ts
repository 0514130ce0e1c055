import { canonicalKeyName } from '../../catalog/lookup.js'
import { isInRange, parseAddress } from '../../match/cidr.js'
import { RequestContext, UNKNOWN } from '../../request/request-context.js'
import { outsideDemands } from '../callers/asked-callers.js'
import { callerKeys, timeKeys } from '../callers/derived-key-names.js'
import type { CompiledStatement } from '../conditions/compiled-statement.js'
import { type Probe, prefixProbe } from '../conditions/probe.js'
import type { GrantClause, StatementClause } from '../scene/clause.js'
import type { Scene } from '../scene/scene.js'
import { familyOf } from './action-classes.js'
import { type Dimension, withGap } from './dimension.js'
import { type Ground, vagueAt } from './ground.js'
import { demandOf, type KeyDemand, type KeyValues, keyDimension } from './key-dimension.js'

/** The condition keys that anything asks about, and whose values do not follow from anything else. */
export function keyDimensions(ground: Ground): readonly Dimension<KeyValues>[] {
  const demands = new Map<string, KeyDemand[]>()
  const add = (key: string, demand: KeyDemand): void => {
    const known = demands.get(key)
    if (known === undefined) demands.set(key, [demand])
    else known.push(demand)
  }
  for (const [index, clause] of ground.clauses.list.entries()) {
    if (clause.kind === 'grant') for (const [key, demand] of grantDemands(clause, index)) add(key, demand)
    else if (clause.kind === 'question') for (const [key, demand] of outsideDemands(clause.asked, index)) add(key, demand)
    else if (clause.kind !== 'validity') for (const [key, demand] of conditionDemands(ground, clause, index)) add(key, demand)
  }
  for (const key of ground.assignment.keys()) if (!demands.has(key) && isFree(key)) demands.set(key, [])
  return Array.from(demands, ([key, list]) => {
    const values = ground.assignment.get(key)
    const own = ownValues(ground.scene, key)
    const dimension = keyDimension(key, list, {
      size: ground.size,
      steps: ground.options.steps,
      fixed: values === 'unknown' ? [] : values,
      own,
    })
    return withGap(
      dimension,
      vagueAt(ground, (comparedWith) => comparedWith === key),
    )
  })
}

function conditionDemands(ground: Ground, clause: StatementClause, index: number): readonly (readonly [string, KeyDemand])[] {
  const { conditions } = ground.compiled.get(clause.statement) as CompiledStatement
  const keys = new Set(conditions.map(({ key }) => key).filter(isFree))
  return Array.from(keys, (key) => [
    key,
    demandOf(
      index,
      clause,
      conditions.filter((test) => test.key === key),
    ),
  ])
}

/** The values of a condition key in the request that the question is about; undefined if it is about none, or the value is not known. */
export function ownValues({ asked }: Scene, key: string): KeyValues | undefined {
  const { like } = asked ?? {}
  if (like === undefined) return undefined
  const given = RequestContext.from(like.context).valueOf(key)
  const unknown = new Set((like.unknown ?? []).map(canonicalKeyName))
  if (given === UNKNOWN || unknown.has(key) || unknown.has(`${familyOf(key)}*`)) return undefined
  return given === undefined ? [] : [given].flat()
}

/** Whether the key's values do not follow from anything else. */
function isFree(key: string): boolean {
  return !callerKeys.has(key) && !timeKeys.has(key)
}

/** What a grant asks of condition keys. Twin: checkGrant. */
function grantDemands({ grant, limit }: GrantClause, clause: number): readonly (readonly [string, KeyDemand])[] {
  const demands: [string, KeyDemand][] = []
  const { prefix, sourceIp } = grant
  if (sourceIp !== undefined) {
    const probes = sourceIp.map(({ range }): Probe => ({ kind: 'range', range }))
    const isMet = (values: KeyValues): boolean => {
      const address = values.length === 1 ? parseAddress(values[0] as string) : undefined
      return address !== undefined && sourceIp.some(({ range }) => isInRange(address, range))
    }
    demands.push(['aws:SourceIp', { clause, tests: [], probes, isMet }])
  }
  if (prefix !== undefined && limit === 'listing') {
    const isMet = (values: KeyValues): boolean => values.length === 1 && (values[0] as string).startsWith(prefix)
    demands.push(['s3:prefix', { clause, tests: [], probes: [prefixProbe(prefix)], isMet }])
  }
  return demands
}
