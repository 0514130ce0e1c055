import type { ActionRow } from '../../catalog/actions.js'
import { findConditionKey } from '../../catalog/lookup.js'
import type { KnownCaller } from '../callers/caller-groups.js'
import type { Atom, Dimension } from '../dimensions/dimension.js'
import type { KeyValues } from '../dimensions/key-dimension.js'
import type { Space } from '../dimensions/space.js'
import type { Budget } from '../search/budget.js'
import { type Box, boxesOf } from '../search/diagram.js'
import { requestOf } from '../search/draft.js'
import type { Goal } from '../search/goal.js'
import { draftOf, routesOf } from '../search/route.js'
import { describeActions } from './action-terms.js'
import { callerLabelOf, callerTraits } from './caller-traits.js'
import { grantTraits } from './grant-traits.js'
import { keyLabelOf, keyTraits } from './key-traits.js'
import type { CallerLabel, KeyLabel, ResourceLabel } from './labels.js'
import { type Block, mergeBoxes, type Part } from './merge.js'
import type { KeyCondition, Region } from './region.js'
import { resourceLabelOf, resourceTraits } from './resource-traits.js'
import { type Terms, Vocabulary } from './term.js'
import { timeSpans } from './time-spans.js'

/** All requests of a space that reach a goal, as few sets as are found; undefined if that takes too long or cannot be told exactly. */
export function regionsOf(space: Space, goal: Goal, budget: Budget): readonly Region[] | undefined {
  const boxes: Box[] = []
  for (const route of routesOf(space)) {
    const own = boxesOf(route, goal, budget, MOST)
    if (own === undefined || boxes.length > MOST) return undefined
    boxes.push(...own)
  }
  const describer = new Describer(space)
  return mergeBoxes(boxes).map((block) => describer.describe(block))
}

/** More boxes than this are not put together: nobody would read them. */
const MOST = 200

/** Says in terms of traits what a block of requests is. */
export class Describer {
  private readonly everybody: readonly KnownCaller[]
  private readonly callers: Vocabulary<KnownCaller, CallerLabel>
  private readonly resources = new Map<string, Vocabulary<string, ResourceLabel>>()
  private readonly keys = new Map<string, Vocabulary<KeyValues, KeyLabel>>()

  constructor(private readonly space: Space) {
    this.everybody = space.callers.flatMap(({ callers }) => samplesOf(callers.atoms))
    this.callers = new Vocabulary(this.everybody, callerTraits(space), callerLabelOf)
  }

  describe(block: Block): Region {
    const { place } = this.space.scene
    const { actions, parts, route } = block
    const resource = parts.get('resource')
    const time = parts.get('time')
    const operation = parts.get('operation')
    const values = route.dimensions.map((dimension) => (partOf(block, dimension)[0] as Atom).value)
    return {
      kind: route.action.kind,
      actions: actions.map(({ name }) => name),
      actionTerms: describeActions(actions, this.space),
      callers: this.describeCallers(block),
      ...(place.kind === 'bucket' && { bucket: place.name }),
      resources:
        resource === undefined ? everything : this.describeResources(route.action.kind === 'object' ? 'object' : 'bucket', resource),
      conditions: this.describeKeys(parts),
      ...(time !== undefined && { times: spansOf(time as Part & { dimension: Dimension<number> }) }),
      ...(operation !== undefined && { operation: operation.atoms[0]?.value === true ? 'HeadBucket' : 'not HeadBucket' }),
      request: requestOf(draftOf(this.space, route, actions[0] as ActionRow, values)),
    }
  }

  private describeCallers({ callers }: Block): Terms<CallerLabel> {
    const inside = Array.from(callers.values()).flatMap(samplesOf)
    const isInside = new Set(inside)
    const leftOut = inside.some(isPermittedMember) ? () => false : isPermittedMember
    const outside = this.everybody.filter((caller) => !isInside.has(caller) && !leftOut(caller))
    return this.callers.describe(inside, outside)
  }

  private describeResources(kind: 'bucket' | 'object', part: Part): Terms<ResourceLabel> {
    const { inside, outside } = sidesOf<string>(part)
    return this.vocabularyOfResources(kind).describe(inside, outside)
  }

  private describeKeys(parts: ReadonlyMap<string, Part>): readonly KeyCondition[] {
    return Array.from(parts).flatMap(([key, part]) => {
      if (key === 'resource' || key === 'time' || key === 'operation') return []
      const { inside, outside } = sidesOf<KeyValues>(part)
      return [{ key, values: this.describeValues(key, inside, outside) }]
    })
  }

  private describeValues(key: string, inside: readonly KeyValues[], outside: readonly KeyValues[]): Terms<KeyLabel> {
    const known = this.keys.get(key) ?? this.vocabularyOfKey(key)
    this.keys.set(key, known)
    return known.describe(inside, outside)
  }

  private vocabularyOfKey(key: string): Vocabulary<KeyValues, KeyLabel> {
    const tests = Array.from(this.space.compiled.values()).flatMap(({ conditions }) => conditions.filter((test) => test.key === key))
    const isMultiValued = findConditionKey(key)?.multiValued === true
    const values = samplesOf(this.space.keys.find(({ name }) => name === key)?.atoms ?? [])
    return new Vocabulary(values, [...keyTraits(tests, isMultiValued), ...grantTraits(this.space, key)], keyLabelOf)
  }

  /** Of buckets, or of objects. */
  private vocabularyOfResources(kind: 'bucket' | 'object'): Vocabulary<string, ResourceLabel> {
    const known =
      this.resources.get(kind) ?? new Vocabulary(samplesOf(this.space.resources[kind].atoms), resourceTraits(this.space), resourceLabelOf)
    this.resources.set(kind, known)
    return known
  }
}

/** Whether the caller is of the owner's account and its own permissions allow what it asks for: no statement gives it anything. */
function isPermittedMember({ principal, sides }: KnownCaller): boolean {
  return principal.kind === 'aws' && principal.identityVerdict === 'Allow' && sides.every(({ isMember }) => isMember)
}

const everything: Terms<never> = [{ only: [], except: [] }]

function samplesOf<Value>(atoms: readonly Atom<Value>[]): readonly Value[] {
  return atoms.flatMap(({ samples }) => samples)
}

/** The samples of the part's atoms, and of all others. */
function sidesOf<Value>({ dimension, atoms }: Part): { readonly inside: readonly Value[]; readonly outside: readonly Value[] } {
  const others = dimension.atoms.filter((atom) => !atoms.includes(atom))
  return { inside: samplesOf(atoms) as readonly Value[], outside: samplesOf(others) as readonly Value[] }
}

function spansOf(part: Part) {
  const { inside, outside } = sidesOf<number>(part)
  return timeSpans(inside, outside)
}

function partOf({ parts, callers, route }: Block, dimension: Dimension): readonly Atom[] {
  if (dimension === route.callers.callers) return callers.get(route.callers) ?? dimension.atoms
  return parts.get(dimension.name)?.atoms ?? dimension.atoms
}
