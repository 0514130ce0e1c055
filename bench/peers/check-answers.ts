import type { CheckedRequest } from './checked-requests.js'
import { counts, limits } from './limits.js'
import type { Outcome } from './outcome.js'
import type { Engine } from './peer.js'

/** All answers right, and what one took: the median in milliseconds. */
export interface Right {
  readonly checked: number
  readonly milliseconds: number
}

/** Asks an engine every request, or as many as it has time for, and compares. */
export function checkAnswers(engine: Engine, requests: readonly CheckedRequest[]): Right | Outcome {
  const begin = performance.now()
  const times: number[] = []
  const wrong: string[] = []
  for (const { request, expected } of requests) {
    const start = performance.now()
    if (start - begin > limits.checking && times.length >= counts.fewestChecked) break
    const answer = engine.decide(request)
    const taken = performance.now() - start
    if (taken > limits.decision) return { status: 'slow', reason: `one decision took ${(taken / 1000).toFixed(1)} s` }
    times.push(taken)
    if (answer !== expected) wrong.push(`${answer} instead of ${expected} for ${JSON.stringify(request)}`)
  }
  if (wrong.length > 0) return { status: 'wrong', reason: `${wrong.length} of ${times.length}, first ${wrong[0]}` }
  return { checked: times.length, milliseconds: times.sort((a, b) => a - b)[times.length >> 1] ?? 0 }
}
