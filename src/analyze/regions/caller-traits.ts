import { canonicalKeyName } from '../../catalog/lookup.js'
import { matchPrincipal } from '../../evaluate/match-principal.js'
import { hasWildcard } from '../../match/wildcard.js'
import type { PrincipalEntry } from '../../policy/ast.js'
import type { KnownCaller } from '../callers/caller-groups.js'
import { callerKeys } from '../callers/derived-key-names.js'
import type { Space } from '../space.js'
import { keyTraits } from './key-traits.js'
import type { CallerLabel } from './labels.js'
import type { Trait } from './term.js'

export type CallerTrait = Trait<KnownCaller, CallerLabel>

/** What policies, grants and kinds let one say of callers. */
export function callerTraits(space: Space): readonly CallerTrait[] {
  const traits = new Map<string, CallerTrait>()
  const add = (trait: CallerTrait): void => {
    traits.set(JSON.stringify(trait.label), trait)
  }
  for (const { callers } of space.callers) {
    for (const { samples } of callers.atoms) {
      for (const { principal } of samples) if (principal.kind === 'key') add(keyTrait(principal.accessKey))
    }
  }
  for (const kind of ['anonymous', 'key', 'aws', 'service', 'federated', 'canonicalUser'] as const) {
    add({ label: { kind: 'kind', principal: kind }, holds: ({ principal }) => principal.kind === kind })
  }
  for (const type of ['user', 'session', 'federated-user', 'root'] as const) {
    add({
      label: { kind: 'type', type },
      holds: ({ principal, sides }) => principal.kind === 'aws' && sides[0]?.caller?.arn?.type === type,
    })
  }
  for (const [{ Principal = [], NotPrincipal = [] }, { conditions }] of space.compiled) {
    for (const entry of [...Principal, ...NotPrincipal]) if (!hasWildcard(entry.text)) add(entryTrait(entry))
    const tests = conditions.filter(({ key }) => callerKeys.has(key))
    for (const key of new Set(tests.map((test) => test.key))) {
      const own = tests.filter((test) => test.key === key)
      for (const trait of keyTraits(own, false)) {
        const label: CallerLabel = { kind: 'condition', key: canonicalKeyName(key), label: trait.label }
        add({ label, holds: (caller) => trait.holds(valuesOf(caller, key)) })
      }
    }
  }
  for (const owner of new Set(space.scene.sides.filter(({ exists }) => exists).map((side) => side.owner))) {
    add({ label: { kind: 'member', account: owner }, holds: ({ sides }) => sides.some(({ caller }) => caller?.account === owner) })
  }
  add({
    label: { kind: 'permitted' },
    holds: ({ principal }) => principal.kind === 'aws' && principal.identityVerdict === 'Allow',
  })
  return [...traits.values()]
}

export function callerLabelOf({ principal }: KnownCaller): CallerLabel {
  return { kind: 'is', principal }
}

function keyTrait(accessKey: string): CallerTrait {
  return { label: { kind: 'key', accessKey }, holds: ({ principal }) => principal.kind === 'key' && principal.accessKey === accessKey }
}

function entryTrait(entry: PrincipalEntry): CallerTrait {
  const statement = { Effect: 'Allow', Principal: [entry], Condition: [], location: entry.location } as const
  const type = entry.type === '*' ? 'AWS' : entry.type
  return {
    label: { kind: 'named', type, text: entry.text },
    holds: ({ sides }) => sides.some(({ caller }) => caller !== undefined && matchPrincipal(statement, caller).truth === true),
  }
}

/** What the first side that knows the caller says; what is not known counts as none. */
function valuesOf({ sides }: KnownCaller, key: string): readonly string[] {
  const values = sides.find(({ context }) => context !== undefined)?.context?.valuesOf(key)
  return values === undefined || values === 'unknown' ? [] : values
}
