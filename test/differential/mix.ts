import { oracle } from '../oracle/oracle.js'
import type { Answer, Outcome, Probe, Request, Snapshot, Verdict } from './format.js'
import { type Case, generateCase } from './generate.js'
import { mulberry32 } from './random.js'
import { OPERATORS } from './vocabulary.js'

/** How often an operator's conditions came out true, false and unknown, and how often their key was missing. */
export type OperatorRow = Record<Outcome | 'missing', number>
export type OperatorTable = Readonly<Record<string, OperatorRow>>
/** What an evaluator under test says. */
export type Claim = {
  readonly verdict: string
  readonly reason: string
  /** Any of the oracle's, or all. */
  readonly applying?: readonly number[]
  /** With the reason `grant`, the permission that it names; empty for a grant that lists its actions. */
  readonly permission?: string
  /** With the reason `grant`, those of all grants that allow: what any evaluator names must be among them. */
  readonly permissions?: readonly string[]
}
/** An evaluator under test: a snapshot made ready, then its requests, of which it may leave out some. */
export type Evaluator = {
  readonly name: string
  readonly prepare: (snapshot: object) => (request: object) => Claim | undefined
}
export type Mismatch = {
  readonly seed: number
  /** With the seed, `caseOf` gives the case again. */
  readonly caseNumber: number
  readonly requestNumber: number
  readonly snapshot: Snapshot
  readonly request: Request
  readonly oracle: Answer
  /** What each evaluator says, by its name. */
  readonly claims: Claims
}
type Claims = Readonly<Record<string, Claim>>
export type Report = {
  readonly requests: number
  readonly verdicts: Record<Verdict, number>
  readonly reasons: Readonly<Record<string, number>>
  readonly operators: OperatorTable
  /** How many requests each evaluator answered. */
  readonly answered: Readonly<Record<string, number>>
  readonly mismatchCount: number
  /** The first of them. */
  readonly mismatches: readonly Mismatch[]
}
export type Options = {
  readonly seed: number
  readonly requests: number
  readonly evaluators?: readonly Evaluator[]
}

const MOST_MISMATCHES = 10

/** Requests to one snapshot: compiling it takes longer than deciding them all. */
const BATCH = [12, 18] as const

/** Each case has its own sequence, so that one can be had again without those before it. */
export const caseOf = (seed: number, caseNumber: number): Case =>
  generateCase(mulberry32(Math.imul(seed, 0x9e3779b1) ^ Math.imul(caseNumber + 1, 0x85ebca6b)), BATCH)

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
function agree(answer: Answer, claims: readonly Claim[], claim: Claim): boolean {
  const { verdict, reason, applying, permission } = claim
  if (answer.verdict !== verdict || answer.reason !== reason) return false
  if (permission !== undefined && claims.some(({ permissions }) => permissions?.includes(permission) === false)) return false
  if (applying === undefined || !DECIDED_BY_STATEMENTS.test(answer.reason)) return true
  return applying.length > 0 && applying.every((index) => answer.applying.includes(index))
}

/** What the evaluator says, or the error it threw in place of a verdict. */
function claimOf(decide: () => Claim | undefined): Claim | undefined {
  try {
    return decide()
  } catch (error) {
    return { verdict: 'error', reason: String(error) }
  }
}

/** The evaluators on one snapshot, each made ready when it is first asked. */
function prepareAll(evaluators: readonly Evaluator[], snapshot: object): (request: object) => Claims {
  const deciders = new Map<string, ReturnType<Evaluator['prepare']>>()
  return (request) =>
    Object.fromEntries(
      evaluators.flatMap(({ name, prepare }) => {
        const claim = claimOf(() => {
          const decide = deciders.get(name) ?? prepare(snapshot)
          deciders.set(name, decide)
          return decide(request)
        })
        return claim === undefined ? [] : [[name, claim] as const]
      }),
    )
}

/** Runs random requests through the oracle and the evaluators, all of which must agree; the mix is counted by the oracle. */
export function compare({ seed, requests, evaluators = [] }: Options): Report {
  const { probe, table } = conditionProbe()
  const verdicts = { Allow: 0, ExplicitDeny: 0, ImplicitDeny: 0 }
  const reasons = new Map<string, number>()
  const answered = new Map(evaluators.map(({ name }) => [name, 0]))
  const mismatches: Mismatch[] = []
  let mismatchCount = 0
  let done = 0
  for (let caseNumber = 0; done < requests; caseNumber += 1) {
    const { snapshot, requests: batch } = caseOf(seed, caseNumber)
    const ask = prepareAll(evaluators, snapshot)
    for (const [requestNumber, request] of batch.slice(0, requests - done).entries()) {
      const answer = oracle(snapshot, request, probe)
      verdicts[answer.verdict] += 1
      reasons.set(answer.reason, (reasons.get(answer.reason) ?? 0) + 1)
      done += 1
      const claims = ask(request)
      for (const name of Object.keys(claims)) answered.set(name, (answered.get(name) ?? 0) + 1)
      const all = Object.values(claims)
      if (all.every((claim) => agree(answer, all, claim))) continue
      mismatchCount += 1
      if (mismatches.length < MOST_MISMATCHES)
        mismatches.push({ seed, caseNumber, requestNumber, snapshot, request, oracle: answer, claims })
    }
  }
  return {
    requests: done,
    verdicts,
    reasons: Object.fromEntries(reasons),
    operators: table,
    answered: Object.fromEntries(answered),
    mismatchCount,
    mismatches,
  }
}
