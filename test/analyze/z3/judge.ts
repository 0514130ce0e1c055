import { type AccessDiff, diff } from '../../../src/analyze.js'
import { type Answered, compare, type Pair } from './compare.js'
import { OWNER } from './policies.js'
import { isAllowed } from './replay.js'
import type { Z3 } from './solver.js'

/** What came of many pairs. */
export interface Tally {
  /** Directions by what Z3 says and what the analyser says. */
  readonly verdicts: Record<string, number>
  readonly skipped: Record<string, number>
  pairs: number
  answered: number
  slowest: number
  /** Requests of Z3's that the reference evaluator decides otherwise: the translation is wrong. */
  readonly misread: string[]
  /** Where analyser and Z3 contradict each other. */
  readonly disagreements: string[]
}

export async function judgeAll(z3: Z3, pairs: readonly Pair[], timeout: number): Promise<Tally> {
  const tally: Tally = { verdicts: {}, skipped: {}, pairs: 0, answered: 0, slowest: 0, misread: [], disagreements: [] }
  for (const pair of pairs) {
    tally.pairs++
    const answer = await compare(z3, pair, timeout)
    if ('skipped' in answer) tally.skipped[answer.skipped] = (tally.skipped[answer.skipped] ?? 0) + 1
    else judge(pair, answer, tally)
  }
  return tally
}

function judge(pair: Pair, answer: Answered, tally: Tally): void {
  tally.answered++
  const { before, after, bucket } = answer
  const place = { owner: OWNER, ...(bucket !== undefined && { bucket }) }
  const found = diff({ policy: before, ...place }, { policy: after, ...place })
  for (const name of ['newlyAllowed', 'newlyDenied'] as const) {
    const { kind, request, milliseconds } = answer[name]
    tally.slowest = Math.max(tally.slowest, milliseconds)
    const claim = claimOf(found, name)
    const verdict = `Z3 ${kind}, analyser ${claim}`
    tally.verdicts[verdict] = (tally.verdicts[verdict] ?? 0) + 1
    const example = JSON.stringify({ name: pair.name, direction: name, kind, claim, before: pair.before, after: pair.after, request })
    const isNew = name === 'newlyAllowed'
    if (request !== undefined && (isAllowed(before, request) === isNew || isAllowed(after, request) !== isNew)) tally.misread.push(example)
    if ((claim === 'none' && kind === 'sat') || (claim === 'some' && kind === 'unsat')) tally.disagreements.push(example)
  }
}

/** Whether the analyser has found a request of this direction, has proved that there is none, or does not know. */
function claimOf({ relation, newlyAllowed, newlyDenied }: AccessDiff, name: 'newlyAllowed' | 'newlyDenied'): 'some' | 'none' | 'undecided' {
  if ((name === 'newlyAllowed' ? newlyAllowed : newlyDenied).length > 0) return 'some'
  return relation === 'undecided' ? 'undecided' : 'none'
}
