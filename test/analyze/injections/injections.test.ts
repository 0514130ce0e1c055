import { describe, expect, test } from 'vitest'
import { diff } from '../../../src/analyze.js'
import { parsePolicy, printPolicy } from '../../../src/index.js'
import { mulberry32, type Random } from '../../differential/random.js'
import { newlyAllowed } from '../brute-force/check-diff.js'
import { generatePair } from '../brute-force/pairs.js'
import { listOf, type PlainPolicy, type PlainStatement } from '../brute-force/plain.js'
import { readPolicy, sceneOf } from '../brute-force/scene.js'
import { sweep } from '../brute-force/sweep.js'
import { corpusIsThere, corpusPairs } from '../z3/corpus-pairs.js'
import { wideningsOf } from './widenings.js'

const seed = Number(process.env['GRANTREE_SEED'] ?? 20261123)
/** How many pairs, and how many widenings of each; how many requests the search for what is gained looks at. */
const pairs = Number(process.env['GRANTREE_PAIRS'] ?? 4)
const widenings = Number(process.env['GRANTREE_WIDENINGS'] ?? 20)
const requests = Number(process.env['GRANTREE_REQUESTS'] ?? 120)
const variables = `GRANTREE_PAIRS=${pairs} GRANTREE_WIDENINGS=${widenings} GRANTREE_REQUESTS=${requests} GRANTREE_SEED=${seed}`
const HOUR = 3_600_000

interface PolicyPair {
  readonly before: PlainPolicy
  readonly after: PlainPolicy
  readonly given: { readonly bucket?: string; readonly owner?: string }
}

interface Count {
  pairs: number
  tried: number
  gained: number
}

function shuffled<T>(random: Random, list: readonly T[]): readonly T[] {
  return list
    .map((item) => [random(), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item)
}

/** Makes `after` a little wider in many ways; each that a search shows to gain something must be refuted. */
function check({ before, after, given }: PolicyPair, random: Random, count: Count): void {
  const subject = { policy: readPolicy(before), ...given }
  const { relation } = diff(subject, { policy: readPolicy(after), ...given })
  if (relation !== 'equal' && relation !== 'less') return
  count.pairs++
  for (const { name, policy } of shuffled(random, wideningsOf(random, after)).slice(0, widenings)) {
    count.tried++
    const scene = sceneOf({ before: { policy: before, ...given }, after: { policy, ...given } })
    const found = sweep(scene, requests, random)
    const gained = found.judged.find(newlyAllowed)
    if (gained === undefined) continue
    count.gained++
    const said = diff(subject, { policy: readPolicy(policy), ...given })
    if (said.newlyAllowed.length > 0) continue
    expect({ name, before, policy, given, request: found.requestOf(gained), relation: said.relation }).toEqual('newly allowed')
  }
}

/** A policy as it was read, every list a list. */
function plainOf(text: string): PlainPolicy | undefined {
  const { policy } = parsePolicy(text)
  if (policy === undefined) return undefined
  const printed = JSON.parse(printPolicy(policy)) as {
    Version?: '2012-10-17'
    Statement: readonly Record<string, string | readonly string[]>[]
  }
  const Statement = listOf(printed.Statement).map((statement) => {
    const lists = ['Action', 'NotAction', 'Resource', 'NotResource'].filter((name) => statement[name] !== undefined)
    return { ...statement, ...Object.fromEntries(lists.map((name) => [name, listOf(statement[name])])) } as unknown as PlainStatement
  })
  return { ...(printed.Version && { Version: printed.Version }), Statement }
}

describe('whatever a policy gains is found', () => {
  test(`of random pairs (${variables})`, { timeout: HOUR }, () => {
    const random = mulberry32(seed)
    const count: Count = { pairs: 0, tried: 0, gained: 0 }
    while (count.pairs < pairs) {
      const { before, after } = generatePair(random)
      if (!('policy' in before) || !('policy' in after)) continue
      const { policy, ...given } = before
      check({ before: policy, after: after.policy, given }, random, count)
    }
    expect(count.tried).toBeGreaterThan(pairs * 5)
    expect(count.gained).toBeGreaterThan(pairs)
  })

  test.skipIf(!corpusIsThere)(
    `of policies that others wrote (skipped where ../shared/corpus is not there; ${variables})`,
    { timeout: HOUR },
    () => {
      const random = mulberry32(seed)
      const count: Count = { pairs: 0, tried: 0, gained: 0 }
      for (const pair of shuffled(random, corpusPairs())) {
        const [before, after] = [plainOf(pair.before), plainOf(pair.after)]
        if (before !== undefined && after !== undefined) check({ before, after, given: {} }, random, count)
        if (count.pairs >= pairs / 2) break
      }
      expect(count.pairs).toBeGreaterThan(0)
      expect(count.gained).toBeGreaterThan(0)
    },
  )
})
