import type { DecisionWithGrant } from '../decision/decision.js'
import type { AuthorizationRequest } from '../request/authorization-request.js'
import { evaluationContextOf } from '../request/evaluation-context.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import { decide, type Facts, gatherFacts } from './evaluate.js'
import type { IdentitySide, PolicySide, StatementOutcome } from './explanation.js'

/**
 * What the decision would be if everything that is unknown turned out in the caller's favour, each statement and grant for itself: Allow if the request
 * may still come to be allowed. Never the answer to a request, which treats the unknown the other way round.
 */
export function evaluateAtBest(snapshot: Snapshot, request: AuthorizationRequest): DecisionWithGrant {
  const facts = gatherFacts(snapshot, request)
  return decide({ ...facts, identity: identityAtBest(facts), policy: policyAtBest(facts.policy) })
}

function identityAtBest({ identity, request, caller, bucket }: Facts): IdentitySide {
  if (identity.kind !== 'grants' || caller === undefined) return identity
  if (evaluationContextOf(request, caller, bucket?.owner).valuesOf('aws:SourceIp') !== 'unknown') return identity
  // The address is the last thing that is asked: the grant allows everything else.
  return { ...identity, grants: identity.grants.map((outcome) => (outcome.failed === 'source-ip' ? without(outcome, 'failed') : outcome)) }
}

function policyAtBest(policy: PolicySide): PolicySide {
  if (policy.kind !== 'statements') return policy
  return { ...policy, statements: policy.statements.map(statementAtBest) }
}

function statementAtBest(outcome: StatementOutcome): StatementOutcome {
  return outcome.truth === 'unknown' ? { ...outcome, applies: outcome.effect === 'Allow' } : outcome
}

function without<T extends object, Name extends keyof T>(object: T, name: Name): Omit<T, Name> {
  const { [name]: _, ...rest } = object
  return rest
}
