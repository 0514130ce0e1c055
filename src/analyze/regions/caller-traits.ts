import { matchPrincipal } from '../../evaluate/match-principal.js'
import { hasWildcard } from '../../match/wildcard.js'
import type { PrincipalEntry, Statement } from '../../policy/ast.js'
import type { KnownCaller } from '../callers/caller-groups.js'
import { callerKeys } from '../callers/derived-key-names.js'
import type { ConditionTest } from '../conditions/condition-test.js'
import type { Space } from '../dimensions/space.js'
import { keyTraits } from './key-traits.js'
import type { CallerLabel } from './labels.js'
import type { Trait } from './term.js'

export type CallerTrait = Trait<KnownCaller, CallerLabel>

/** What policies, grants and kinds let one say of callers, the plainest first. */
export function callerTraits(space: Space): readonly CallerTrait[] {
  const traits = [
    ...accessKeyTraits(space),
    ...kindTraits,
    ...Array.from(space.compiled, ([statement, { conditions }]) => [...entryTraits(statement), ...conditionTraits(conditions)]).flat(),
    ...ownerTraits(space),
    permitted,
  ]
  return [...new Map(traits.map((trait) => [JSON.stringify(trait.label), trait])).values()]
}

function accessKeyTraits({ callers }: Space): readonly CallerTrait[] {
  const samples = callers.flatMap((group) => group.callers.atoms.flatMap((atom) => atom.samples))
  return samples.flatMap(({ principal }) => (principal.kind === 'key' ? keyTrait(principal.accessKey) : []))
}

const kindTraits: readonly CallerTrait[] = [
  ...(['anonymous', 'key', 'aws', 'service', 'federated', 'canonicalUser'] as const).map(
    (kind): CallerTrait => ({ label: { kind: 'kind', principal: kind }, holds: ({ principal }) => principal.kind === kind }),
  ),
  ...(['user', 'session', 'federated-user', 'root'] as const).map(
    (type): CallerTrait => ({
      label: { kind: 'type', type },
      holds: ({ principal, sides }) => principal.kind === 'aws' && sides[0]?.caller?.arn?.type === type,
    }),
  ),
]

function entryTraits({ Principal = [], NotPrincipal = [] }: Statement): readonly CallerTrait[] {
  return [...Principal, ...NotPrincipal].filter(({ text }) => !hasWildcard(text)).map(entryTrait)
}

function conditionTraits(conditions: readonly ConditionTest[]): readonly CallerTrait[] {
  return conditions
    .filter(({ key }) => callerKeys.has(key))
    .flatMap((test) =>
      keyTraits([test], false).map(
        (trait): CallerTrait => ({
          label: { kind: 'condition', key: test.key, label: trait.label },
          holds: (caller) => trait.holds(valuesOf(caller, test.key)),
        }),
      ),
    )
}

function ownerTraits({ scene }: Space): readonly CallerTrait[] {
  return scene.sides
    .filter(({ exists }) => exists)
    .map(({ owner }) => ({
      label: { kind: 'member', account: owner },
      holds: ({ sides }) => sides.some(({ caller }) => caller?.account === owner),
    }))
}

const permitted: CallerTrait = {
  label: { kind: 'permitted' },
  holds: ({ principal }) => principal.kind === 'aws' && principal.identityVerdict === 'Allow',
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
