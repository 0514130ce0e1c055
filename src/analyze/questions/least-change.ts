import type { ActionRow } from '../../catalog/actions.js'
import type { Decision } from '../../decision/decision.js'
import type { AuthorizationRequest } from '../../request/authorization-request.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import { type Bits, both, isEmpty, noBits } from '../bits.js'
import type { CallerSample } from '../callers/caller-sample.js'
import type { Atom, Dimension } from '../dimensions/dimension.js'
import { ownValues } from '../dimensions/key-dimensions.js'
import type { Space } from '../dimensions/space.js'
import { Describer } from '../regions/regions.js'
import { ARN } from '../scene/resource-arn.js'
import { type Side, sceneAt } from '../scene/scene.js'
import { type AnalyzeOptions, tooManySteps, type Undecided } from '../scene/subject.js'
import { Budget, DEFAULT_BUDGET } from '../search/budget.js'
import { type Costs, cheapestWays, type Way } from '../search/cheapest.js'
import { requestOf } from '../search/draft.js'
import type { Goal } from '../search/goal.js'
import { allowed, denied } from '../search/goals.js'
import { Inquiry } from '../search/inquiry.js'
import { draftOf, routesOf } from '../search/route.js'
import { regionParts } from '../words/region-words.js'
import { decisionAt } from './confirm.js'

/** What would have to be otherwise for a request to be decided otherwise. */
export interface LeastChange {
  readonly decision: Decision
  /** Of a request that is not allowed: the smallest changes with which it would be. Empty if none of a few changes helps. */
  readonly changes: readonly RequestChange[]
  /** Of an allowed request: each single thing that must be as it is, or like it. */
  readonly hangsOn: readonly RequestChange[]
  readonly undecided: readonly Undecided[]
}

export interface RequestChange {
  /** What is changed: `action`, `caller`, `resource`, `time`, `operation`, or condition keys. */
  readonly changed: readonly string[]
  /** Of a change: what it must be instead. Of what a request hangs on: what it must be. */
  readonly words: string
  /** A request with the change: allowed, or no longer allowed. */
  readonly request: AuthorizationRequest
  readonly decision: Decision
}

/** A request that differs in more than this is another request. Keys cost one, the resource two, action and caller three. */
const LIMIT = 5
const ACTION_COST = 3
const costsOf: Readonly<Record<string, number>> = { caller: 3, resource: 2 }

/** No more ways than these are told. */
const MOST = 5

/** The smallest change of a denied request that would be allowed; of an allowed request, what that hangs on. The bucket stays the same. */
export function leastChange(snapshot: Snapshot, request: AuthorizationRequest, options: AnalyzeOptions = {}): LeastChange {
  const inquiry = new Inquiry([snapshot], options, { like: request })
  const scene = sceneAt(inquiry.scenes, request.bucket)
  const [side] = scene?.sides ?? []
  if (scene === undefined || side === undefined)
    throw new RangeError(`there is no bucket ${JSON.stringify(request.bucket)} in the snapshot`)
  const decision = decisionAt(side, request)
  const { list, incomplete } = inquiry.spacesOf(scene)
  const undecided = incomplete === undefined ? [] : [{ code: 'inexact', reason: incomplete } as const]
  const budget = new Budget(options.budget ?? DEFAULT_BUDGET)
  const isAllowed = decision.verdict === 'Allow'
  const found = list.flatMap((space) => new Changes(space, request, side, budget).find(isAllowed))
  const least = Math.min(...found.map(({ cost }) => cost))
  const changes = distinct(isAllowed ? found : found.filter(({ cost }) => cost === least)).slice(0, isAllowed ? undefined : MOST)
  const spent = budget.isSpent ? [tooManySteps] : []
  return { decision, changes: isAllowed ? [] : changes, hangsOn: isAllowed ? changes : [], undecided: [...undecided, ...spent] }
}

interface Found extends RequestChange {
  readonly cost: number
}

function distinct(found: readonly Found[]): readonly RequestChange[] {
  return [...new Map(found.map(({ cost: _, ...change }) => [`${change.changed.join()} ${change.words}`, change])).values()]
}

class Changes {
  constructor(
    private readonly space: Space,
    private readonly request: AuthorizationRequest,
    private readonly side: Side,
    private readonly budget: Budget,
  ) {}

  find(isAllowed: boolean): readonly Found[] {
    return isAllowed ? this.hinges() : this.ways()
  }

  /** The smallest changes that make it allowed. */
  private ways(): readonly Found[] {
    const goal = allowed(this.space, 0)
    const costs: Costs = {
      ofAction: (actions) => (this.isOwnAction(actions) ? 0 : ACTION_COST),
      ofAtom: (dimension, atom) => (this.isOwn(dimension, atom) ? 0 : (costsOf[dimension.name] ?? 1)),
    }
    const ways = cheapestWays(this.space, goal, costs, LIMIT, this.budget)
    const kinds = new Map<string, Way>()
    for (const way of ways) {
      const kind = this.changedIn(way).join()
      if (!kinds.has(kind)) kinds.set(kind, way)
    }
    return Array.from(kinds.values()).flatMap((way) => this.changeOf(way, goal, 'Allow'))
  }

  /** Each single dimension in which another value makes it no longer allowed. */
  private hinges(): readonly Found[] {
    const goal = denied(this.space, 0)
    return Array.from(routesOf(this.space)).flatMap((route) => {
      const own = route.dimensions.map((dimension) => dimension.atoms.find((atom) => this.isOwn(dimension, atom)))
      if (!this.isOwnAction(route.action.actions) || !own.every((atom) => atom !== undefined)) return []
      return route.dimensions.flatMap((dimension, at) => {
        const other = dimension.atoms.find((atom) => reaches(goal, { route, atoms: own.with(at, atom) }))
        if (other === undefined) return []
        return this.changeOf({ route, atoms: own.with(at, other) }, allowed(this.space, 0), 'denied')
      })
    })
  }

  /** @param said what the words are of: the values with which the goal is reached */
  private changeOf(way: Way, said: Goal, expected: 'Allow' | 'denied'): readonly Found[] {
    const { route, atoms } = way
    const action = this.isOwnAction(route.action.actions)
      ? (route.action.actions.find(({ name }) => name === this.request.action) as ActionRow)
      : (route.action.actions[0] as ActionRow)
    const values = route.dimensions.map((dimension, at) => this.valueOf(dimension, atoms[at] as Atom))
    const made = requestOf(draftOf(this.space, route, action, values))
    // What no clause asks about is not part of the way: it stays as it was.
    const request: AuthorizationRequest = {
      ...made,
      ...(this.request.time !== undefined && made.time === undefined && { time: this.request.time }),
    }
    const decision = decisionAt(this.side, request)
    if ((decision.verdict === 'Allow') !== (expected === 'Allow')) return []
    const changed = this.changedIn(way)
    const cost = changed.reduce((sum, name) => sum + (name === 'action' ? ACTION_COST : (costsOf[name] ?? 1)), 0)
    return [{ changed, words: this.wordsOf(way, changed, said), request, decision, cost }]
  }

  private wordsOf({ route, atoms }: Way, changed: readonly string[], said: Goal): string {
    const parts = new Map<string, { dimension: Dimension; atoms: readonly Atom[] }>()
    for (const [at, dimension] of route.dimensions.entries()) {
      if (!changed.includes(dimension.name)) continue
      const fitting = dimension.atoms.filter((atom) => reaches(said, { route, atoms: (atoms as Atom[]).with(at, atom) }))
      parts.set(dimension.name, { dimension, atoms: fitting })
    }
    const callers = parts.get('caller')?.atoms ?? route.callers.callers.atoms
    parts.delete('caller')
    const block = { actions: route.action.actions, callers: new Map([[route.callers, callers]]), parts, route }
    const region = new Describer(this.space).describe(block as Parameters<Describer['describe']>[0])
    const words = regionParts(region)
    return [
      ...(changed.includes('action') ? [words.actions] : []),
      ...(changed.includes('resource') ? [`on ${words.resources}`] : []),
      ...(changed.includes('caller') ? [`for ${words.callers}`] : []),
      ...words.conditions,
    ].join(', ')
  }

  private changedIn({ route, atoms }: Way): readonly string[] {
    const dimensions = route.dimensions.filter((dimension, at) => !this.isOwn(dimension, atoms[at] as Atom)).map(({ name }) => name)
    return this.isOwnAction(route.action.actions) ? dimensions : ['action', ...dimensions]
  }

  private isOwnAction(actions: readonly ActionRow[]): boolean {
    return actions.some(({ name }) => name === this.request.action)
  }

  private isOwn({ name, involved }: Dimension, { samples }: Atom): boolean {
    // A request without a time is like no request with one, where anything asks for it.
    if (name === 'time' && this.request.time === undefined) return isEmpty(involved)
    return samples.some((sample) => this.isOwnValue(name, sample))
  }

  private valueOf({ name }: Dimension, { value, samples }: Atom): unknown {
    return samples.find((sample) => this.isOwnValue(name, sample)) ?? value
  }

  private isOwnValue(name: string, sample: unknown): boolean {
    const { principal, bucket, key, time, operation } = this.request
    switch (name) {
      case 'caller':
        return (sample as CallerSample).principal === principal
      case 'resource':
        return bucket === undefined || sample === `${ARN}${bucket}` || sample === `${ARN}${bucket}/${key}`
      case 'time':
        return sample === time
      case 'operation':
        return sample === (operation === 'HeadBucket')
      default:
        return JSON.stringify(sample) === JSON.stringify(ownValues(this.space.scene, name))
    }
  }
}

/** Whether these choices together reach the goal. */
function reaches(goal: Goal, { route, atoms }: Way): boolean {
  const alive = atoms.reduce<Bits>((left, atom) => both(left, atom.alive), route.action.alive)
  const settled = alive.length === 0 ? noBits(1) : alive
  return goal.isReached(route.action, route.callers, { alive, settled }) === true
}
