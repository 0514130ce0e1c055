import { describe, expect, test } from 'vitest'
import { Fleet } from '../../bench/fleet.js'
import { questionsOf, referenceFor } from '../../bench/questions.js'
import { grantWorkload, policyWorkload, type Workload } from '../../bench/workloads.js'
import { Authorizer, evaluate, parseSnapshot, type Snapshot, type SnapshotJson, validatePolicyText } from '../../src/index.js'
import { mulberry32 } from '../differential/random.js'

const parse = (json: SnapshotJson): Snapshot => {
  const { snapshot } = parseSnapshot(json)
  if (snapshot === undefined) throw new Error('an invalid snapshot')
  return snapshot
}
const policyText = ({ snapshot }: Workload) => JSON.stringify(snapshot.buckets?.[0]?.policy)

/** How many of the answers are each verdict, in percent. */
function shares(workload: Workload): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { verdict } of questionsOf(workload, 4000, mulberry32(1))(4000)) counts[verdict] = (counts[verdict] ?? 0) + 1
  return Object.fromEntries(Object.entries(counts).map(([verdict, count]) => [verdict, Math.round((count / 4000) * 100)]))
}

describe('policies', () => {
  test.each([
    [20, 4500],
    [200, 47_000],
    [2000, 470_000],
    [20_000, 4_700_000],
  ])('%i statements are about %i bytes', (statements, bytes) => {
    const text = policyText(policyWorkload(statements))
    expect(text.length / bytes).toBeGreaterThan(0.95)
    expect(text.length / bytes).toBeLessThan(1.03)
    expect(JSON.parse(text).Statement).toHaveLength(statements)
  })

  test('S3 would store the small one', () => {
    expect(validatePolicyText(policyText(policyWorkload(20)), { bucket: 'big' })).toEqual([])
  })

  test('answers are mixed as the comment says', () => {
    const { Allow, ExplicitDeny, ImplicitDeny } = shares(policyWorkload(200))
    expect(Allow).toBeCloseTo(58, -1)
    expect(ExplicitDeny).toBeCloseTo(20, -1)
    expect(ImplicitDeny).toBeCloseTo(22, -1)
  })

  test.each([20, 200])('the reference says the same on the statements that may apply as on all %i', (statements) => {
    const workload = policyWorkload(statements)
    const whole = parse(workload.snapshot)
    const verdictOf = referenceFor(workload)
    const random = mulberry32(2)
    for (let request = 0; request < 400; request++) {
      const asked = workload.describe(random)
      expect(verdictOf(asked), JSON.stringify(asked)).toBe(evaluate(whole, asked).verdict)
    }
  })
})

test('grants: answers are mixed as the comment says', () => {
  const { Allow, ImplicitDeny } = shares(grantWorkload(100, 3, 500))
  expect(Allow).toBeCloseTo(58, -1)
  expect(ImplicitDeny).toBeCloseTo(42, -1)
})

test('a seed gives the same requests again, in strings of their own', () => {
  for (const workload of [grantWorkload(100, 3, 500), policyWorkload(20)]) {
    expect(workload.requests(mulberry32(3), 50)).toEqual(workload.requests(mulberry32(3), 50))
    expect(workload.requests(mulberry32(3), 50)).not.toEqual(workload.requests(mulberry32(4), 50))
  }
})

describe('a fleet', () => {
  test('its rows are its snapshot', async () => {
    const fleet = new Fleet(50, 3, 200)
    const rows = await Authorizer.from(fleet.rows())
    const snapshot = Authorizer.from(fleet.snapshot())
    const random = mulberry32(5)
    for (let request = 0; request < 200; request++) {
      const asked = fleet.lookUp(random).request
      expect(rows.decide(asked)).toEqual(snapshot.decide(asked))
    }
  })

  test('after changes its questions have the verdicts of the whole snapshot, and `with` has come to the same', () => {
    const fleet = new Fleet(50, 3, 200, 400)
    const random = mulberry32(6)
    let authorizer = Authorizer.from(fleet.snapshot())
    const seen = new Set<string>()
    for (let change = 0; change < 400; change++) {
      const next = fleet.change(random)
      seen.add(next.remove === undefined ? Object.keys(next).join() : 'remove')
      authorizer = authorizer.with(next)
      if (change % 40 !== 0) continue
      const whole = parse(fleet.snapshot())
      for (let request = 0; request < 40; request++) {
        const { request: asked, verdict } = fleet.question(random)
        expect(verdict, JSON.stringify(asked)).toBe(evaluate(whole, asked).verdict)
        expect(authorizer.decide(asked).verdict).toBe(verdict)
      }
    }
    expect([...seen].sort()).toEqual(['buckets', 'keys', 'remove'])
  })

  test('knows which look-ups find a grant', () => {
    const fleet = new Fleet(50, 3, 200)
    const random = mulberry32(7)
    const table = new Map(fleet.grantTable())
    for (let request = 0; request < 200; request++) {
      const { request: asked, isGranted } = fleet.lookUp(random)
      const accessKey = asked.principal.kind === 'key' ? asked.principal.accessKey : ''
      expect(table.get(accessKey)?.includes(asked.bucket ?? '')).toBe(isGranted)
    }
  })
})
