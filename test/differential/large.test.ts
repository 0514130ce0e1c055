import { expect, test } from 'vitest'
import { policyStages } from '../../src/compile/stages.js'
import { Authorizer, evaluate, parseRequest, parseSnapshot } from '../../src/index.js'
import { statementsOf } from '../laws/scenes.js'
import type { Request, Snapshot } from './format.js'
import { generateCase } from './generate.js'
import { mulberry32, type Random, times } from './random.js'

/** What the small policies of the stream never need: classes of actions that multiply, lists times lists, deep tries. */
const seed = Number(process.env['GRANTREE_SEED'] ?? Date.now() % 0x7fffffff)
const ROUNDS = 12
const POLICIES = 60

test(`on policies of hundreds of statements the program answers as the reference does (GRANTREE_SEED=${seed})`, {
  timeout: 300_000,
}, () => {
  const random = mulberry32(seed)
  const verdicts = new Map<string, number>()
  /** Policies in which statements tell their actions, and their principals, themselves. */
  const seen = { actions: 0, principals: 0 }
  for (let round = 0; round < ROUNDS; round++) {
    const { snapshot: json, requests } = largeCase(random)
    const { snapshot } = parseSnapshot(json)
    if (snapshot === undefined) throw new Error('an invalid snapshot')
    const authorizer = Authorizer.from(snapshot)
    for (const { name, policy } of snapshot.buckets.values()) {
      const bodies = policy?.policy === undefined ? [] : policyStages(policy.policy, name).index.bodies
      seen.actions += bodies.some(({ actions }) => actions !== undefined) ? 1 : 0
      seen.principals += bodies.some(({ principal }) => principal?.test === 'listed' && principal.names.length > 50) ? 1 : 0
    }
    for (const each of requests) {
      const { request } = parseRequest(each)
      if (request === undefined) throw new Error('an invalid request')
      const { verdict, reason, policy } = evaluate(snapshot, request)
      const decision = authorizer.decide(request)
      expect([decision.verdict, decision.reason], JSON.stringify(each)).toEqual([verdict, reason])
      verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1)
      const { statement } = decision
      if (statement === undefined) continue
      if (policy.kind !== 'statements') throw new Error('a statement without a policy')
      expect(policy.statements[statement.index]?.applies, JSON.stringify(each)).toBe(true)
    }
  }
  expect(seen.actions).toBeGreaterThan(2)
  expect(seen.principals).toBeGreaterThan(2)
  for (const verdict of ['Allow', 'ExplicitDeny', 'ImplicitDeny']) expect(verdicts.get(verdict) ?? 0, verdict).toBeGreaterThan(100)
})

/** The statements of many policies as one, and their requests. Denies are rare, or nothing would ever be allowed. */
function largeCase(random: Random): { readonly snapshot: Snapshot; readonly requests: readonly Request[] } {
  const cases = times(POLICIES, () => generateCase(random))
  const all = cases.flatMap(({ snapshot }) => snapshot.buckets.flatMap(({ policy }) => statementsOf(policy) ?? []))
  const statements = all.filter(({ Effect }) => Effect === 'Allow' || random() < 0.04)
  const [first] = cases
  if (first === undefined) throw new Error('no case')
  const buckets = first.snapshot.buckets.map((bucket) => ({
    ...bucket,
    publicAccessBlock: {},
    policy: { Version: '2012-10-17', Statement: [...statements, listsTimesLists(random, bucket.name), ...ownActions(random, bucket.name)] },
  }))
  const requests = cases.flatMap((each) =>
    each.requests.map((request) => ({ ...request, bucket: request.bucket ?? buckets[0]?.name ?? 'b' })),
  )
  return { snapshot: { ...first.snapshot, buckets }, requests }
}

/** More principals and resources than the index multiplies. */
function listsTimesLists(random: Random, bucket: string): object {
  const account = ['111122223333', '444455556666'][Math.floor(random() * 2)]
  const names = ['alice', 'bob', 'carol', ...times(60, () => `u${Math.floor(random() * 1000)}`)]
  return {
    Effect: 'Allow',
    Principal: { AWS: [account, ...names.map((name) => `arn:aws:iam::${account}:user/${name}`), `arn:aws:iam::${account}:role/team/app`] },
    Action: ['s3:Get*', 's3:PutObject'],
    Resource: Array.from({ length: 60 }, (_, index) => `arn:aws:s3:::${bucket}/${['a', 'home/', 'x', ''][index % 4]}${index}*`),
  }
}

const parts = ['Get', 'Put', 'Delete', 'Object', 'Bucket', 'Acl', 'Tagging', 'Version', 'List', 'e', 't', 'n', 'c', 'o', 'B', 'L']

/** In every second policy, statements of which no two are about the same actions. */
function ownActions(random: Random, bucket: string): readonly object[] {
  if (random() < 0.5) return []
  const part = () => parts[Math.floor(random() * parts.length)]
  return times(250, () => ({
    Effect: random() < 0.02 ? 'Deny' : 'Allow',
    Principal: { AWS: `arn:aws:iam::111122223333:user/${['alice', 'bob', 'carol'][Math.floor(random() * 3)]}` },
    [random() < 0.1 ? 'NotAction' : 'Action']: [`s3:*${part()}*${part()}*`, `s3:${part()}*`],
    Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/${['', 'a', 'home/'][Math.floor(random() * 3)]}*`],
  }))
}
