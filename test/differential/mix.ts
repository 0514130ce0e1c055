import { oracle } from '../oracle/oracle.js'
import type { Answer, Outcome, Probe, Request, Snapshot, Verdict } from './format.js'
import { generateCase } from './generate.js'
import { mulberry32, type Random } from './random.js'
import { OPERATORS } from './vocabulary.js'

/** How often an operator's conditions came out true, false and unknown, and how often their key was missing. */
export type OperatorRow = Record<Outcome | 'missing', number>
export type OperatorTable = Readonly<Record<string, OperatorRow>>
/** What an evaluator under test says; `applying` may be any of the oracle's, or all. */
export type Claim = { readonly verdict: string; readonly reason: string; readonly applying?: readonly number[] }
export type Mismatch = {
  readonly seed: number
  /** With the seed, `caseRandom` gives the case again. */
  readonly caseNumber: number
  readonly requestNumber: number
  readonly snapshot: Snapshot
  readonly request: Request
  readonly oracle: Answer
  readonly evaluated: Claim
}
export type Report = {
  readonly requests: number
  readonly verdicts: Record<Verdict, number>
  readonly reasons: Readonly<Record<string, number>>
  readonly operators: OperatorTable
  readonly mismatchCount: number
  /** The first of them. */
  readonly mismatches: readonly Mismatch[]
}
export type Options = {
  readonly seed: number
  readonly requests: number
  readonly evaluate?: (snapshot: object) => (request: object) => Claim
}

const MOST_MISMATCHES = 10

/** Each case has its own sequence, so that one can be had again without those before it. */
export const caseRandom = (seed: number, caseNumber: number): Random =>
  mulberry32(Math.imul(seed, 0x9e3779b1) ^ Math.imul(caseNumber + 1, 0x85ebca6b))

/** Counts the conditions an oracle evaluates: an absent key is `missing`, whatever the condition made of it. */
export function conditionProbe(): { readonly probe: Probe; readonly table: OperatorTable } {
  const rows = new Map<string, OperatorRow>(OPERATORS.map((operator) => [operator, { true: 0, false: 0, unknown: 0, missing: 0 }]))
  const probe: Probe = (operator, outcome, missing) => {
    const row = rows.get(operator)
    if (row) row[missing ? 'missing' : outcome] += 1
  }
  return { probe, table: Object.fromEntries(rows) }
}

/** Where statements decide, what the evaluator names must be among those that do. */
const DECIDED_BY_STATEMENTS = /^(policy-denies|policy-allows|both-allow)$/
function agree(answer: Answer, claim: Claim): boolean {
  if (answer.verdict !== claim.verdict || answer.reason !== claim.reason) return false
  if (claim.applying === undefined || !DECIDED_BY_STATEMENTS.test(answer.reason)) return true
  return claim.applying.length > 0 && claim.applying.every((index) => answer.applying.includes(index))
}

/** What the evaluator says, or the error it threw in place of a verdict. */
function claimOf(decide: () => Claim): Claim {
  try {
    return decide()
  } catch (error) {
    return { verdict: 'error', reason: String(error) }
  }
}

/** Runs random requests through the oracle and, if there is one, the evaluator; the mix is counted by the oracle. */
export function compare({ seed, requests, evaluate }: Options): Report {
  const { probe, table } = conditionProbe()
  const verdicts = { Allow: 0, ExplicitDeny: 0, ImplicitDeny: 0 }
  const reasons = new Map<string, number>()
  const mismatches: Mismatch[] = []
  let mismatchCount = 0
  let done = 0
  for (let caseNumber = 0; done < requests; caseNumber += 1) {
    const { snapshot, requests: batch } = generateCase(caseRandom(seed, caseNumber))
    let decide: ((request: object) => Claim) | undefined
    for (const [requestNumber, request] of batch.slice(0, requests - done).entries()) {
      const answer = oracle(snapshot, request, probe)
      verdicts[answer.verdict] += 1
      reasons.set(answer.reason, (reasons.get(answer.reason) ?? 0) + 1)
      done += 1
      if (!evaluate) continue
      const evaluated = claimOf(() => {
        decide ??= evaluate(snapshot)
        return decide(request)
      })
      if (agree(answer, evaluated)) continue
      mismatchCount += 1
      if (mismatches.length < MOST_MISMATCHES)
        mismatches.push({ seed, caseNumber, requestNumber, snapshot, request, oracle: answer, evaluated })
    }
  }
  return { requests: done, verdicts, reasons: Object.fromEntries(reasons), operators: table, mismatchCount, mismatches }
}
