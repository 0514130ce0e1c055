import { and } from '../operators/truth.js'
import type { PolicyVersion, Statement } from '../policy/ast.js'
import type { Caller } from '../request/caller.js'
import type { EvaluationContext } from '../request/evaluation-context.js'
import type { StatementOutcome } from './explanation.js'
import { matchAction } from './match-action.js'
import { matchConditions } from './match-conditions.js'
import { matchPrincipal } from './match-principal.js'
import { matchResource } from './match-resource.js'

/** What statements are matched with. */
export interface Question {
  readonly caller: Caller
  readonly action: string
  /** The ARN of the bucket or object. */
  readonly resource: string
  readonly context: EvaluationContext
}

/** A statement is the conjunction of its parts. An Allow needs true; a Deny applies on unknown too. */
export function evaluateStatement(
  statement: Statement,
  index: number,
  version: PolicyVersion | undefined,
  { caller, action, resource, context }: Question,
): StatementOutcome {
  const { Sid, Effect, Condition } = statement
  const { truth: principal, byAccount } = matchPrincipal(statement, caller)
  const parts = { principal, action: matchAction(statement, action), resource: matchResource(statement, version, resource, context) }
  const conditions = matchConditions(Condition, version, context)
  const truth = and([...Object.values(parts), ...conditions.map((condition) => condition.truth)])
  return {
    index,
    ...(Sid !== undefined && { sid: Sid.text }),
    effect: Effect,
    applies: Effect === 'Allow' ? truth === true : truth !== false,
    delegates: Effect === 'Allow' && byAccount,
    truth,
    ...parts,
    conditions,
  }
}
