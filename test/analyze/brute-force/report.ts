import type { Analyser } from './analyser.js'
import { type CheckedCase, checkCase } from './check-case.js'
import type { Disagreement } from './disagreement.js'

export type Counts = Readonly<Record<string, number>>

export interface Report {
  readonly cases: number
  readonly requests: number
  /** Cases whose whole space of requests was looked at. */
  readonly whole: number
  readonly said: Counts
  readonly seen: Counts
  readonly operators: Counts
  /** The first few, each with the seed of its case. */
  readonly disagreements: readonly (Disagreement & { readonly seed: number })[]
  readonly disagreementCount: number
}

const MOST_SHOWN = 20

/** Many cases, each from a seed of its own, so that one can be looked at alone. */
export function checkCases(analyser: Analyser, { seed, cases, limit }: { seed: number; cases: number; limit: number }): Report {
  const [said, seen, operators] = [counter(), counter(), counter()]
  const disagreements: (Disagreement & { seed: number })[] = []
  let [requests, whole, disagreementCount] = [0, 0, 0]
  for (let at = 0; at < cases; at++) {
    const checked = checkedCase(analyser, seed + at, limit)
    requests += checked.requests
    whole += Number(checked.isWhole)
    disagreementCount += checked.disagreements.length
    for (const each of checked.said) said.add(each)
    for (const each of checked.operators) operators.add(each)
    seen.add(checked.seen)
    if (disagreements.length < MOST_SHOWN)
      disagreements.push(...checked.disagreements.slice(0, 3).map((each) => ({ seed: seed + at, ...each })))
  }
  return { cases, requests, whole, said: said.counts, seen: seen.counts, operators: operators.counts, disagreements, disagreementCount }
}

function checkedCase(analyser: Analyser, seed: number, limit: number): CheckedCase {
  try {
    return checkCase(analyser, seed, limit)
  } catch (error) {
    throw new Error(`the case of seed ${seed} failed`, { cause: error })
  }
}

function counter() {
  const counts: Record<string, number> = {}
  return {
    counts,
    add(name: string) {
      counts[name] = (counts[name] ?? 0) + 1
    },
  }
}

/** The share of what was said that begins so, among all that was said of that question. */
export function shareOf(counts: Counts, question: string, answer: string): number {
  const all = Object.entries(counts).filter(([name]) => name.startsWith(question))
  const total = all.reduce((sum, [, count]) => sum + count, 0)
  return total === 0 ? 0 : (counts[`${question}${answer}`] ?? 0) / total
}
