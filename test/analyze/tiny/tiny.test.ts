import { expect, test } from 'vitest'
import { diff } from '../../../src/analyze.js'
import { type AuthorizationRequest, Authorizer, parsePolicy } from '../../../src/index.js'
import { mulberry32 } from '../../differential/random.js'
import { changed, type TinyStatement, tinyPolicy } from './tiny-policies.js'
import { tinyRequests } from './tiny-requests.js'

const seed = Number(process.env['GRANTREE_SEED'] ?? 20261123)
const pairs = Number(process.env['GRANTREE_POLICIES'] ?? 300)
/** Of more requests than this, so many are looked at, evenly spread. */
const MOST = 1500

const requests = new Map<string, readonly AuthorizationRequest[]>()

function requestsFor(...policies: readonly (readonly TinyStatement[])[]): readonly AuthorizationRequest[] {
  const keys = new Set(policies.flat().flatMap(({ Condition = {} }) => Object.values(Condition).flatMap((one) => Object.keys(one))))
  const name = [...keys].sort().join()
  const known = requests.get(name) ?? tinyRequests(keys)
  requests.set(name, known)
  return known
}

test(`all that tiny policies allow and their changes do not (GRANTREE_POLICIES=${pairs} GRANTREE_SEED=${seed})`, {
  timeout: 7_200_000,
}, () => {
  const random = mulberry32(seed)
  const relations = new Map<string, number>()
  let looked = 0
  for (let pair = 0; pair < pairs; pair++) {
    const before = tinyPolicy(random)
    const after = changed(random, before)
    const [old, next] = [before, after].map((Statement) => JSON.stringify({ Version: '2012-10-17', Statement }))
    const [a, b] = [old, next].map((policy) => Authorizer.from({ buckets: [{ name: 'b', owner: '1', policy: policy as string }] }))
    const subjects = [old, next].map((text) => ({ policy: parsePolicy(text as string).policy, bucket: 'b', owner: '1' }))
    const said = diff(subjects[0] as never, subjects[1] as never)
    const all = requestsFor(before, after)
    const step = Math.max(1, all.length / MOST)
    let [more, less] = [false, false]
    for (let at = random() * step; at < all.length; at += step) {
      const request = all[Math.floor(at)] as AuthorizationRequest
      const [was, is] = [a?.isAllowed(request), b?.isAllowed(request)]
      if (is && !was) more = true
      if (was && !is) less = true
      looked++
    }
    // Every change has been confirmed by the evaluator before it was told; here it is whether one is missing.
    const where = `${old} ${next} ${said.relation}`
    expect(said.undecided, where).toEqual([])
    if (more) expect(['more', 'incomparable'], where).toContain(said.relation)
    if (less) expect(['less', 'incomparable'], where).toContain(said.relation)
    for (const { before: was, after: is } of said.newlyAllowed)
      expect([was.verdict === 'Allow', is.verdict], where).toEqual([false, 'Allow'])
    for (const { before: was, after: is } of said.newlyDenied)
      expect([was.verdict, is.verdict === 'Allow'], where).toEqual(['Allow', false])
    const seen = more ? (less ? 'incomparable' : 'more') : less ? 'less' : 'equal'
    relations.set(`${said.relation}, a search says ${seen}`, (relations.get(`${said.relation}, a search says ${seen}`) ?? 0) + 1)
  }
  console.log(`GRANTREE_SEED=${seed}: ${pairs} pairs, ${looked} requests`, relations)
  const share = (relation: string) =>
    [...relations].reduce((sum, [name, count]) => sum + (name.startsWith(relation) ? count : 0), 0) / pairs
  for (const relation of ['equal', 'more', 'less', 'incomparable']) expect(share(relation), relation).toBeGreaterThan(0.02)
})
