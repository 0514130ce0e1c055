import type { ActionRow } from '../../catalog/actions.js'
import type { CallerGroup, KnownCaller } from '../callers/caller-groups.js'
import type { Atom, Dimension } from '../dimensions/dimension.js'
import type { Box } from '../search/diagram.js'
import type { Route } from '../search/route.js'

/** Boxes put together: several actions, callers of several groups, and what the other dimensions must be. */
export interface Block {
  readonly actions: readonly ActionRow[]
  readonly callers: ReadonlyMap<CallerGroup, readonly Atom<KnownCaller>[]>
  readonly parts: ReadonlyMap<string, Part>
  /** A route through it. */
  readonly route: Route
}

/** The atoms that a dimension may have. Not all: then there is no part. */
export interface Part {
  readonly dimension: Dimension
  readonly atoms: readonly Atom[]
}

/** The same requests in fewer blocks. */
export function mergeBoxes(boxes: readonly Box[]): readonly Block[] {
  const blocks = boxes.map(blockOf)
  const byCallers = mergeEqual(blocks, actionsKey, mergeCallers)
  const byParts = mergeParts(mergeEqual(byCallers, callersKey, mergeActions))
  return mergeEqual(mergeEqual(byParts, actionsKey, mergeCallers), callersKey, mergeActions)
}

function blockOf({ route, parts }: Box): Block {
  const { callers } = route.callers
  const chosen = (parts.get(callers) ?? callers.atoms) as readonly Atom<KnownCaller>[]
  const others = Array.from(parts).filter(([dimension]) => dimension !== callers)
  return {
    actions: route.action.actions,
    callers: new Map([[route.callers, chosen]]),
    parts: new Map(others.map(([dimension, atoms]) => [dimension.name, { dimension, atoms }])),
    route,
  }
}

/** Puts together what has the same parts and the same key. */
function mergeEqual(blocks: readonly Block[], keyOf: (block: Block) => string, merge: (a: Block, b: Block) => Block): readonly Block[] {
  const merged = new Map<string, Block>()
  for (const block of blocks) {
    const key = `${block.route.action.kind} ${keyOf(block)} ${partsKey(block)}`
    const known = merged.get(key)
    merged.set(key, known === undefined ? block : merge(known, block))
  }
  return [...merged.values()]
}

function mergeActions(a: Block, b: Block): Block {
  return { ...a, actions: [...new Set([...a.actions, ...b.actions])] }
}

function mergeCallers(a: Block, b: Block): Block {
  const callers = new Map(a.callers)
  for (const [group, atoms] of b.callers) callers.set(group, [...new Set([...(callers.get(group) ?? []), ...atoms])])
  return { ...a, callers }
}

/** Puts together what differs in one part only, until nothing does. */
function mergeParts(blocks: readonly Block[]): readonly Block[] {
  const left = [...blocks]
  for (let i = 0; i < left.length; i++) {
    for (let j = i + 1; j < left.length; j++) {
      const merged = mergeOnePart(left[i] as Block, left[j] as Block)
      if (merged === undefined) continue
      left.splice(j, 1)
      left[i] = merged
      j = i
    }
  }
  return left
}

function mergeOnePart(a: Block, b: Block): Block | undefined {
  if (a.route.action.kind !== b.route.action.kind || actionsKey(a) !== actionsKey(b) || callersKey(a) !== callersKey(b)) return undefined
  const names = new Set([...a.parts.keys(), ...b.parts.keys()])
  const different = [...names].filter((name) => partKey(a.parts.get(name)) !== partKey(b.parts.get(name)))
  const [name, ...others] = different
  const one = name === undefined ? undefined : a.parts.get(name)
  const other = name === undefined ? undefined : b.parts.get(name)
  if (name === undefined || others.length > 0) return undefined
  const parts = new Map(a.parts)
  if (one === undefined || other === undefined) parts.delete(name)
  else {
    if (one.dimension !== other.dimension) return undefined
    const atoms = one.dimension.atoms.filter((atom) => one.atoms.includes(atom) || other.atoms.includes(atom))
    if (atoms.length === one.dimension.atoms.length) parts.delete(name)
    else parts.set(name, { dimension: one.dimension, atoms })
  }
  // A request of either is one of both; the route that has the part stays, so that a witness can be made of it.
  return { ...a, parts }
}

function actionsKey({ actions }: Block): string {
  return actions
    .map(({ name }) => name)
    .sort()
    .join()
}

function callersKey({ callers }: Block): string {
  return Array.from(callers, ([{ callers: dimension, standings }, atoms]) => `${JSON.stringify(standings)}${indices(dimension, atoms)}`)
    .sort()
    .join()
}

function partsKey({ parts }: Block): string {
  return Array.from(parts, ([name, part]) => `${name}: ${partKey(part)}`)
    .sort()
    .join('; ')
}

/** By values, because the same values may be atoms of different dimensions where a key cannot be there. */
function partKey(part: Part | undefined): string {
  return part === undefined ? '' : part.atoms.map(({ value }) => JSON.stringify(value)).join()
}

function indices(dimension: Dimension, atoms: readonly Atom[]): string {
  return dimension.atoms.flatMap((atom, index) => (atoms.includes(atom) ? index : [])).join()
}
