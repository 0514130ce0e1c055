import type { ContextValues } from '../../operators/evaluate-operator.js'
import type { AuthorizationRequest } from '../../request/authorization-request.js'
import { callerKeys } from '../callers/derived-key-names.js'
import type { Scene } from '../scene/scene.js'
import type { Undecided } from '../scene/subject.js'
import { Budget } from '../search/budget.js'
import type { Inquiry, Query } from '../search/inquiry.js'
import type { Assignment } from '../variables/variables.js'
import { absent, keyLabelOf } from './key-traits.js'
import type { KeyCondition, Region } from './region.js'
import { regionsOf } from './regions.js'
import { Vocabulary } from './term.js'

/** A set of requests that a query is about. */
export interface FoundRegion {
  readonly scene: Scene
  readonly request: AuthorizationRequest
  /** Absent where only the one request is known: the whole set could not be told exactly, or not in time. */
  readonly region?: Region
}

export interface FoundRegions {
  readonly list: readonly FoundRegion[]
  readonly undecided: readonly Undecided[]
}

/** All requests that a query is about, as sets; each has a request that the engine has confirmed. */
export function findRegions(inquiry: Inquiry, query: Query): FoundRegions {
  const list: FoundRegion[] = []
  const undecided: Undecided[] = []
  for (const scene of inquiry.scenes) {
    const finding = inquiry.find(query, [scene])
    if (finding.kind === 'undecided') undecided.push(finding.undecided)
    if (finding.kind !== 'found') continue
    const regions = regionsOfScene(inquiry, scene, query)
    if (regions === undefined) list.push({ scene, request: finding.request })
    else list.push(...regions.map((region) => ({ scene, request: region.request, region })))
  }
  return { list, undecided }
}

/** Of the steps of a question, those for putting the requests of one space into sets. */
const REGION_SHARE = 6

/** Undefined if some set cannot be told, or the engine says otherwise about one of its requests. */
function regionsOfScene(inquiry: Inquiry, scene: Scene, { goalIn, isConfirmed }: Query): readonly Region[] | undefined {
  const { list, incomplete } = inquiry.spacesOf(scene)
  if (incomplete !== undefined) return undefined
  const found = new Map<string, { readonly region: Region; readonly assignments: Assignment[] }>()
  for (const space of list) {
    const regions = regionsOf(space, goalIn(space), new Budget(Math.ceil(inquiry.steps / REGION_SHARE)))
    if (regions === undefined || !regions.every(({ request }) => isConfirmed(request, scene))) return undefined
    for (const region of regions) {
      const { request, ...set } = region
      const key = JSON.stringify(set)
      const known = found.get(key)
      if (known === undefined) found.set(key, { region, assignments: [space.assignment] })
      else known.assignments.push(space.assignment)
    }
  }
  const all = list.map(({ assignment }) => assignment)
  return Array.from(found.values(), ({ region, assignments }) => ({
    ...region,
    conditions: [
      ...region.conditions,
      ...variableConditions(assignments, all).filter(({ key }) => !callerKeys.has(key) || !namesKeys(region)),
    ],
  }))
}

/** Whether the callers are access keys by name: what follows from a caller need not be said. */
function namesKeys({ callers }: Region): boolean {
  return callers.every(({ only }) => only.some(({ kind }) => kind === 'key'))
}

/** What variables must be for a set of requests that comes with some of their values only. */
function variableConditions(inside: readonly Assignment[], all: readonly Assignment[]): readonly KeyCondition[] {
  const keys = [...(all[0]?.keys() ?? [])]
  return keys.flatMap((key) => {
    const valuesIn = (assignments: readonly Assignment[]) =>
      new Map(assignments.map((assignment) => [JSON.stringify(assignment.get(key)), assignment.get(key) ?? []]))
    const own = valuesIn(inside)
    const others = Array.from(valuesIn(all)).filter(([name]) => !own.has(name))
    if (others.length === 0) return []
    const outside = others.map(([, values]) => textsOf(values))
    const values = Array.from(own.values(), textsOf)
    return [{ key, values: new Vocabulary([...values, ...outside], [absent], keyLabelOf).describe(values, outside) }]
  })
}

/** A value that cannot be known is no absent one. */
function textsOf(values: ContextValues): readonly string[] {
  return values === 'unknown' ? ['unknown'] : values
}
