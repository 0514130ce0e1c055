import { describe, expect, test } from 'vitest'
import { mulberry32 } from '../differential/random.js'
import { ask } from './ask.js'
import { cases } from './cases.js'
import { judge } from './judge.js'
import { proofOf } from './oracle.js'
import { showFinding } from './report.js'
import { makeRequest, run } from './run.js'
import { sceneGate, secrets } from './scene.js'
import { showSent } from './sent.js'

describe('random and mutated requests', () => {
  test('nothing fails, nothing is permitted that is not signed or for everybody, nothing is taken for less than it is', async () => {
    const tally = await run({ requests: 6000, seed: 20_261_123 })
    expect(tally.findings.map(showFinding)).toEqual([])
    // The run is worth something: much is permitted, nearly everything is tried.
    const permitted = tally.outcomes.get('permitted') ?? 0
    expect(permitted / tally.requests).toBeGreaterThan(0.05)
    expect(tally.outcomes.size).toBeGreaterThan(20)
    expect(tally.operations.size).toBeGreaterThan(60)
    expect(tally.delivered).toBeGreaterThan(500)
    expect(tally.brokenOff).toBeGreaterThan(10)
  })

  test('a seed makes the same requests again', () => {
    const [one, other] = [mulberry32(7), mulberry32(7)]
    for (let i = 0; i < 200; i++) expect(showSent(makeRequest(one).sent)).toBe(showSent(makeRequest(other).sent))
  })

  test('the oracle knows a signature from a wrong one', () => {
    const random = mulberry32(11)
    let proven = 0
    for (let i = 0; i < 500; i++) {
      const { sent, kind, before, after } = makeRequest(random)
      if (kind === 'anonymous' || kind === 'form' || kind === 'random' || before.length + after.length > 0) continue
      expect(proofOf(sent, secrets)).toBeDefined()
      expect(proofOf({ ...sent, method: `${sent.method}X` }, secrets)).toBeUndefined()
      expect(proofOf({ ...sent, time: sent.time + 8 * 86_400_000 }, secrets)).toBeUndefined()
      expect(proofOf({ ...sent, headers: [...sent.headers, ['x-amz-acl', 'public-read']] }, secrets)).toBeUndefined()
      proven++
    }
    expect(proven).toBeGreaterThan(100)
  })
})

describe('found once, or tried first', () => {
  const gate = sceneGate()
  test.each(cases)('$name: $expected', async ({ sent, expected }) => {
    const answer = await ask(gate, sent, mulberry32(1))
    expect(judge(sent, answer)).toBeUndefined()
    expect(answer.outcome.kind === 'permitted' ? 'permitted' : answer.outcome.error.code).toBe(expected)
  })
})
