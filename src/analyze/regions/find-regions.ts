import type { AuthorizationRequest } from '../../request/authorization-request.js'
import type { Inquiry, Query } from '../inquiry.js'
import type { Scene } from '../scene.js'
import type { Undecided } from '../subject.js'
import type { Region } from './region.js'
import { regionsOf } from './regions.js'

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

/** Undefined if some set cannot be told, or the engine says otherwise about one of its requests. */
function regionsOfScene(inquiry: Inquiry, scene: Scene, { goalIn, isConfirmed }: Query): readonly Region[] | undefined {
  const { list, incomplete } = inquiry.spacesOf(scene)
  if (incomplete !== undefined) return undefined
  const regions = new Map<string, Region>()
  for (const space of list) {
    const found = regionsOf(space, goalIn(space))
    if (found === undefined || !found.every(({ request }) => isConfirmed(request, scene))) return undefined
    // What variables stand for is not said, so the same sets come again for other values of them.
    for (const region of found) {
      const { request, ...set } = region
      const key = JSON.stringify(set)
      if (!regions.has(key)) regions.set(key, region)
    }
  }
  return [...regions.values()]
}
