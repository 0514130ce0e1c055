import type { ActionRow } from '../../catalog/actions.js'
import { type Bits, either, noBits } from '../bits.js'
import type { CallerGroup } from '../callers/caller-groups.js'
import type { CallerSample } from '../callers/caller-sample.js'
import type { ActionClass } from '../dimensions/action-classes.js'
import { type Dimension, restrict } from '../dimensions/dimension.js'
import type { KeyValues } from '../dimensions/key-dimension.js'
import { type Presence, presenceOf } from '../dimensions/presence.js'
import type { Space } from '../dimensions/space.js'
import type { Draft } from './draft.js'

/** The dimensions that requests of one class of actions by one group of callers have, in the order in which they are chosen: first those without a choice. */
export interface Route {
  readonly action: ActionClass
  readonly callers: CallerGroup
  readonly dimensions: readonly Dimension[]
  /** The clauses that any dimension from a place on asks about. */
  readonly involvedFrom: readonly Bits[]
}

/** The routes through a space. Dimensions are made once for all routes that share them. */
export function* routesOf(space: Space): Generator<Route> {
  const keys = new Map<string, Dimension<KeyValues>>()
  const keyFor = (dimension: Dimension<KeyValues>, presence: Presence): Dimension<KeyValues> => {
    if (presence === 'either') return dimension
    const name = `${presence} ${dimension.name}`
    const known = keys.get(name)
    if (known !== undefined) return known
    const restricted = restrict(dimension, (values) => values.length > 0 === (presence === 'present'))
    keys.set(name, restricted)
    return restricted
  }
  for (const action of space.actions) {
    for (const callers of space.callers) {
      const dimensions = [
        callers.callers,
        space.resources[action.kind === 'object' ? 'object' : 'bucket'],
        ...space.keys.map((key) => keyFor(key, presenceOf(key.name, action, callers.nature))),
        space.time,
        space.operation,
      ].sort((a, b) => Number(a.atoms.length > 1) - Number(b.atoms.length > 1)) as readonly Dimension[]
      if (dimensions.every(({ atoms }) => atoms.length > 0)) yield { action, callers, dimensions, involvedFrom: involvedFrom(dimensions) }
    }
  }
}

function involvedFrom(dimensions: readonly Dimension[]): readonly Bits[] {
  const result = [noBits((dimensions[0] as Dimension).involved.length * 32)]
  for (const { involved } of [...dimensions].reverse()) result.unshift(either(involved, result[0] as Bits))
  return result
}

/** The request with these values, one for each dimension of the route. */
export function draftOf(space: Space, { dimensions }: Route, action: ActionRow, values: readonly unknown[]): Draft {
  const keys = new Map<string, KeyValues>()
  for (const [index, { name }] of dimensions.entries()) if (!ownNames.has(name)) keys.set(name, values[index] as KeyValues)
  const chosenFor = (name: string) => values[dimensions.findIndex((dimension) => dimension.name === name)]
  const { place } = space.scene
  const asksForTime = space.time.involved.some((word) => word !== 0)
  return {
    action,
    caller: chosenFor('caller') as CallerSample,
    resource: chosenFor('resource') as string,
    keys,
    isHeadBucket: chosenFor('operation') as boolean,
    ...(asksForTime && { time: chosenFor('time') as number }),
    ...(place.kind === 'bucket' && { bucket: place.name }),
  }
}

const ownNames: ReadonlySet<string> = new Set(['caller', 'resource', 'time', 'operation'])
