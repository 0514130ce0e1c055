import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parsePolicy, printPolicy } from '../../src/index.js'
import type { Grant, Request, Snapshot } from '../differential/format.js'
import { mapStatements, type PlainStatement, type Scene, scenes, statementsOf, verdicts } from './scenes.js'

const runs = { numRuns: 1500 }

/** Compares the answers before and after a change: no denial may become an allow. */
function expectNoNewAllow({ requests }: Scene, before: Snapshot, after: Snapshot, changed: readonly Request[] = requests): void {
  const was = verdicts(before, requests)
  const is = verdicts(after, changed)
  const gained = requests.filter((_, index) => was[index] !== 'Allow' && is[index] === 'Allow')
  expect(gained, JSON.stringify({ before, after })).toEqual([])
}

describe('laws', () => {
  test('adding a Deny to a policy without an error never turns a denial into an allow', () => {
    fc.assert(
      fc.property(scenes, (scene) => {
        const denies = scene.donor.buckets.flatMap(({ policy }) => statementsOf(policy) ?? []).filter(({ Effect }) => Effect === 'Deny')
        if (denies.length === 0) return
        const added = denies[scene.pick(denies.length)]
        expectNoNewAllow(
          scene,
          scene.snapshot,
          mapStatements(scene.snapshot, (statements) => [...statements, added]),
        )
      }),
      runs,
    )
  })

  test('removing an Allow never turns a denial into an allow', () => {
    fc.assert(
      fc.property(scenes, (scene) => {
        // Without a public Allow a policy may stop being public, and RestrictPublicBuckets ends with that.
        const snapshot = withoutBlocks(scene.snapshot)
        const after = mapStatements(snapshot, (statements) => {
          const index = scene.pick(statements.length)
          return statements.filter((statement, at) => at !== index || statement.Effect === 'Deny')
        })
        expectNoNewAllow(scene, snapshot, after)
      }),
      runs,
    )
  })

  test('the order of statements, values and grants, and repeating them, never change a verdict', () => {
    fc.assert(
      fc.property(scenes, (scene) => {
        const { snapshot, requests, pick } = scene
        const shuffled = mapStatements(snapshot, (statements) =>
          repeatAndShuffle(
            statements.map((item) => shuffleValues(item, pick)),
            pick,
          ),
        )
        const after = { ...shuffled, keys: shuffled.keys.map((key) => ({ ...key, grants: repeatAndShuffle(key.grants, pick) })) }
        expect(verdicts(after, requests)).toEqual(verdicts(snapshot, requests))
      }),
      runs,
    )
  })

  test('narrowing a grant never adds access', () => {
    fc.assert(
      fc.property(scenes, (scene) => {
        const { snapshot, pick } = scene
        const after = {
          ...snapshot,
          keys: snapshot.keys.map((key) => ({ ...key, grants: key.grants.flatMap((grant) => narrow(grant, pick)) })),
        }
        expectNoNewAllow(scene, snapshot, after)
      }),
      runs,
    )
  })

  test('print → parse → print is stable, and the printed policy gives the same verdicts', () => {
    fc.assert(
      fc.property(scenes, ({ snapshot, requests }) => {
        const buckets = snapshot.buckets.map((bucket) => {
          const { policy } = statementsOf(bucket.policy) === undefined ? {} : parsePolicy(JSON.stringify(bucket.policy))
          if (policy === undefined) return bucket
          const printed = printPolicy(policy)
          const again = parsePolicy(printed).policy
          expect(again && printPolicy(again)).toBe(printed)
          return { ...bucket, policy: printed }
        })
        expect(verdicts({ ...snapshot, buckets }, requests)).toEqual(verdicts(snapshot, requests))
      }),
      runs,
    )
  })

  test('making a key unknown, whether a condition or a variable reads it, never turns a denial into an allow', () => {
    fc.assert(
      fc.property(scenes, (scene) => {
        const { snapshot, requests, pick } = scene
        const names = keysReadBy(snapshot)
        if (names.length === 0) return
        const name = names[pick(names.length)] ?? ''
        const changed = requests.map((request) => ({ ...request, unknown: [...(request.unknown ?? []), name] }))
        expectNoNewAllow(scene, snapshot, snapshot, changed)
      }),
      runs,
    )
  })

  test('an identity side that says less never adds access', () => {
    fc.assert(
      fc.property(scenes, (scene) => {
        const { snapshot, requests } = scene
        const changed = requests.map((request) =>
          request.principal.kind === 'aws'
            ? { ...request, principal: { ...request.principal, identityVerdict: 'ExplicitDeny' as const } }
            : request,
        )
        expectNoNewAllow(scene, snapshot, snapshot, changed)
      }),
      runs,
    )
  })
})

function withoutBlocks({ buckets, accounts = [], ...rest }: Snapshot): Snapshot {
  return {
    ...rest,
    buckets: buckets.map(({ publicAccessBlock, ...bucket }) => bucket),
    accounts: accounts.map(({ publicAccessBlock, ...account }) => account),
  }
}

type Pick = Scene['pick']

function shuffle<Item>(items: readonly Item[], pick: Pick): readonly Item[] {
  const shuffled = [...items]
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = pick(last + 1)
    ;[shuffled[last], shuffled[other]] = [shuffled[other] as Item, shuffled[last] as Item]
  }
  return shuffled
}

function repeatAndShuffle<Item>(items: readonly Item[], pick: Pick): readonly Item[] {
  return items.length === 0 ? items : shuffle([...items, items[pick(items.length)] as Item], pick)
}

/** Every list inside the statement in another order with a repeated item; a single value as a list. */
function shuffleValues(value: unknown, pick: Pick): unknown {
  if (Array.isArray(value)) return repeatAndShuffle(value, pick)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(shuffle(Object.entries(value), pick).map(([name, member]) => [name, shuffleValues(member, pick)]))
}

function narrow(grant: Grant, pick: Pick): readonly Grant[] {
  const { permission, actions, bucket, prefix, sourceIp = ['0.0.0.0/0'] } = grant
  switch (pick(5)) {
    case 0:
      return []
    case 1:
      return [{ ...grant, prefix: `${prefix ?? ''}${['', 'a', 'home/'][pick(3)]}` }]
    case 2:
      return [{ ...grant, sourceIp: sourceIp.slice(0, 1) }]
    case 3:
      return actions === undefined
        ? [permission === 'readwrite' ? { ...grant, permission: 'read' } : grant]
        : [{ ...grant, actions: actions.slice(1) }]
    default:
      return permission === 'readwrite'
        ? [{ bucket, permission: 'write', ...(prefix !== undefined && { prefix }), sourceIp: ['10.0.0.0/8'] }].filter(
            () => grant.sourceIp === undefined,
          )
        : [grant]
  }
}

/** The condition keys that the policies' conditions and variables, and the grants, read. */
function keysReadBy({ buckets }: Snapshot): readonly string[] {
  const statements: readonly PlainStatement[] = buckets.flatMap(({ policy }) => statementsOf(policy) ?? [])
  const conditions = statements.flatMap(({ Condition = {} }) => Object.values(Condition as Record<string, object>).flatMap(Object.keys))
  const variables = [...JSON.stringify(statements).matchAll(/\$\{([A-Za-z0-9:/-]+)/g)].map(([, name]) => name ?? '')
  return [...new Set([...conditions, ...variables, 'aws:SourceIp', 's3:prefix'])].filter((name) => name !== '')
}
