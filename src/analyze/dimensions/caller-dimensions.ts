import type { Principal } from '../../request/principal.js'
import { type CallerGroup, callerGroups } from '../callers/caller-groups.js'
import { type CallerTest, callerProbes } from '../callers/caller-probes.js'
import { chooseCallers } from '../callers/choose-callers.js'
import { callerKeys } from '../callers/derived-key-names.js'
import { exactProbe } from '../conditions/probe.js'
import { withGap } from './dimension.js'
import { type Ground, vagueAt } from './ground.js'

/** Everybody who can ask, in groups of whom the same can be said. */
export function callerDimensions(ground: Ground): readonly CallerGroup[] {
  const { sides } = ground.scene
  const statements = [...ground.compiled.keys()]
  const named = statements.flatMap(({ Principal = [], NotPrincipal = [] }) => [...Principal, ...NotPrincipal])
  const entries = [...named, ...(ground.scene.asked?.except ?? []).flatMap((one) => (one.kind === 'entry' ? one.entry : []))]
  const tests = [...ground.compiled.values()].flatMap(({ conditions }) => conditions.filter(({ key }) => callerKeys.has(key)))
  const accounts = new Set(sides.filter(({ exists }) => exists).map(({ owner }) => owner))
  const mapped = mappedAccounts(ground)
  const probes = callerProbes(
    entries,
    [...tests, ...assignedTests(ground)],
    [...accounts, ...mapped.map(({ id }) => id)],
    mapped.map(({ canonicalId }) => canonicalId),
  )
  const { principals, incomplete } = chooseCallers(probes, ground.scene.place.kind === 'nothing' ? 'all' : accounts, ground.options.steps)
  const isPossible = (context: { valuesOf(key: string): unknown }): boolean =>
    Array.from(ground.assignment).every(([key, values]) => !callerKeys.has(key) || sameValues(context.valuesOf(key), values))
  const isLimited = Array.from(ground.assignment.keys()).some((key) => callerKeys.has(key))
  const question = { scene: ground.scene, clauses: ground.clauses.list, compiled: ground.compiled, ...(isLimited && { isPossible }) }
  const groups = callerGroups([...ownPrincipal(ground), ...principals, ...keyPrincipals(ground)], question, incomplete)
  const gap = vagueAt(ground, (comparedWith) => callerKeys.has(comparedWith))
  return groups.map((group) => ({ ...group, callers: withGap(group.callers, gap) }))
}

/** Callers whose keys have the values that variables stand for must be among those chosen. */
function assignedTests(ground: Ground): readonly CallerTest[] {
  return Array.from(ground.assignment).flatMap(([key, values]) => {
    if (!callerKeys.has(key) || values === 'unknown') return []
    return [{ key, probes: values.map(exactProbe), operands: values, operator: { name: 'StringEquals', ifExists: false } }]
  })
}

function ownPrincipal(ground: Ground): readonly Principal[] {
  const { like } = ground.scene.asked ?? {}
  return like === undefined ? [] : [like.principal]
}

function keyPrincipals(ground: Ground): readonly Principal[] {
  if (ground.scene.place.kind === 'any-bucket') return []
  const names = new Set(ground.scene.sides.flatMap(({ snapshotFor }) => [...snapshotFor(undefined).keys.keys()]))
  return Array.from(names, (accessKey) => ({ kind: 'key', accessKey }))
}

/** The accounts whose canonical id a snapshot tells. */
function mappedAccounts(ground: Ground): readonly { readonly id: string; readonly canonicalId: string }[] {
  return ground.scene.sides.flatMap(({ snapshotFor }) =>
    Array.from(snapshotFor(undefined).accounts.values()).flatMap(({ id, canonicalId }) =>
      canonicalId === undefined ? [] : { id, canonicalId },
    ),
  )
}

function sameValues(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
