import { actionNumber } from '../catalog/action-numbers.js'
import { type ActionRow, actions } from '../catalog/actions.js'
import type { DecisionWithGrant, Reason, StatementReference } from '../decision/decision.js'
import type { AccessKey } from '../grants/access-key.js'
import { nothingBlocked, stricterBlock } from '../public-access/public-access-block.js'
import { publicStatements } from '../public-access/public-policy.js'
import type { AuthorizationRequest } from '../request/authorization-request.js'
import { type AccountDirectory, type Caller, callerOf } from '../request/caller.js'
import { type EvaluationContext, evaluationContextOf } from '../request/evaluation-context.js'
import type { Bucket, Snapshot } from '../snapshot/snapshot.js'
import { evaluateStatement } from './evaluate-statement.js'
import type { Explanation, IdentitySide, PolicySide, StatementOutcome } from './explanation.js'
import { decidingGrant, evaluateIdentity, identityAllows } from './identity-side.js'
import { keyProblem } from './key-status.js'
import { isRescued } from './rescue.js'

/**
 * Answers a request and says why: the reference evaluator, docs/semantics.md as code, plain and slow. The request must be valid
 * (`parseRequest` tells), its action in the catalogue's spelling; condition keys that follow from caller and bucket are never taken from its context.
 */
export function evaluate(snapshot: Snapshot, request: AuthorizationRequest): Explanation {
  const facts = gatherFacts(snapshot, request)
  const { caller, resource, bucket, identity, policy } = facts
  return {
    ...decide(facts),
    request,
    identity,
    policy,
    ...(caller !== undefined && { caller }),
    ...(resource !== undefined && { resource }),
    ...(bucket !== undefined && { owner: bucket.owner }),
  }
}

/** The caller of a request, or undefined if its key is not in the snapshot. */
export function resolveCaller(snapshot: Snapshot, { principal }: AuthorizationRequest): Caller | undefined {
  const directory = directoryOf(snapshot)
  if (principal.kind !== 'key') return callerOf(principal, directory)
  const key = snapshot.keys.get(principal.accessKey)
  const canonicalId = key && directory.canonicalIdOf(key.account)
  return key && { kind: 'key', account: key.account, arn: key.arn, ...(canonicalId !== undefined && { canonicalId }), ...keyUserId(key) }
}

/** A key that acts as a user has its own name for a unique id; what the id of a role or session is cannot be told. */
function keyUserId({ arn, accessKey }: AccessKey): Pick<Caller, 'userId'> {
  return arn.type === 'user' ? { userId: accessKey } : {}
}

/** What a request is decided on. */
export interface Facts {
  readonly request: AuthorizationRequest
  readonly key?: AccessKey
  readonly caller?: Caller
  readonly action?: ActionRow
  readonly bucket?: Bucket
  readonly resource?: string
  readonly identity: IdentitySide
  readonly policy: PolicySide
}

export function gatherFacts(snapshot: Snapshot, request: AuthorizationRequest): Facts {
  const { principal } = request
  const key = principal.kind === 'key' ? snapshot.keys.get(principal.accessKey) : undefined
  const caller = resolveCaller(snapshot, request)
  const number = actionNumber(request.action)
  const action = number === undefined ? undefined : actions[number]
  const bucket = request.bucket === undefined ? undefined : snapshot.buckets.get(request.bucket)
  if (caller === undefined) return { request, ...(bucket && { bucket }), identity: { kind: 'none' }, policy: { kind: 'none' } }
  const context = evaluationContextOf(request, caller, bucket?.owner)
  const resource = bucket && action && resourceArn(action, request)
  return {
    request,
    caller,
    ...(key && { key }),
    ...(action && { action }),
    ...(bucket && { bucket }),
    ...(resource !== undefined && { resource }),
    identity: evaluateIdentity(request, action, key, caller, bucket?.owner, context),
    policy: evaluatePolicy(snapshot, bucket, caller, action, resource, context),
  }
}

function resourceArn({ kind, name }: ActionRow, { bucket, key }: AuthorizationRequest): string | undefined {
  if (kind === 'object' && key === undefined) throw new TypeError(`a request for ${name} needs a key`)
  if (kind === 'bucket') return `arn:aws:s3:::${bucket}`
  return kind === 'object' ? `arn:aws:s3:::${bucket}/${key}` : undefined
}

function evaluatePolicy(
  snapshot: Snapshot,
  bucket: Bucket | undefined,
  caller: Caller,
  action: ActionRow | undefined,
  resource: string | undefined,
  context: EvaluationContext,
): PolicySide {
  if (bucket?.policy === undefined) return { kind: 'none' }
  const { policy, diagnostics } = bucket.policy
  if (policy === undefined) return { kind: 'unreadable', diagnostics }
  if (action === undefined || resource === undefined) return { kind: 'none' }
  const question = { caller, action: action.name, resource, context }
  const { RestrictPublicBuckets: restricts } = stricterBlock(
    bucket.publicAccessBlock,
    snapshot.accounts.get(bucket.owner)?.publicAccessBlock ?? nothingBlocked,
  )
  return {
    kind: 'statements',
    statements: policy.Statement.map((statement, index) => evaluateStatement(statement, index, policy.Version, question)),
    restrictedBy: restricts ? publicStatements(policy) : [],
  }
}

function directoryOf({ accounts }: Snapshot): AccountDirectory {
  return {
    accountOf(canonicalId) {
      for (const account of accounts.values()) {
        if (account.canonicalId === canonicalId) return account.id
      }
      return undefined
    },
    canonicalIdOf: (account) => accounts.get(account)?.canonicalId,
  }
}

/** The checks in their order; the first that applies decides. */
export function decide(facts: Facts): DecisionWithGrant {
  const { request, key, caller, action, bucket, identity, policy } = facts
  if (caller === undefined) return implicitDeny('unknown-key')
  const problem = key && keyProblem(key, request.time)
  if (problem !== undefined) return implicitDeny(problem)
  if (identity.kind === 'verdict' && identity.verdict === 'ExplicitDeny') return explicitDeny('identity-denies')
  if (action === undefined) return implicitDeny('unknown-action')
  if (action.kind === 'other') return implicitDeny('unsupported-action')
  if (action.kind === 'none' || (bucket === undefined && action.name === 's3:CreateBucket')) return decideByIdentity(identity)
  if (bucket === undefined) return implicitDeny('unknown-bucket')
  if (isRescued(action.name, caller, key, bucket.owner)) return { verdict: 'Allow', reason: 'owner-rescue' }
  if (policy.kind === 'unreadable') return explicitDeny('policy-unreadable')
  const statements = policy.kind === 'statements' ? policy.statements : []
  const deny = statements.find(({ effect, applies }) => effect === 'Deny' && applies)
  if (deny !== undefined) return explicitDeny('policy-denies', deny)
  const isOutsider = caller.kind !== 'service' && caller.account !== bucket.owner
  if (isOutsider && policy.kind === 'statements' && policy.restrictedBy.length > 0) return implicitDeny('public-access-blocked')
  return decideBySides(caller, bucket.owner, identity, statements)
}

/** What is on no bucket, or on one that does not exist yet, has no policy. */
function decideByIdentity(identity: IdentitySide): DecisionWithGrant {
  return identityAllows(identity) ? identityAllow(identity) : implicitDeny('no-identity-allow')
}

/** In one account either side may allow; across accounts both must; callers without a side of their own have the policy alone. */
function decideBySides(caller: Caller, owner: string, identity: IdentitySide, statements: readonly StatementOutcome[]): DecisionWithGrant {
  const allows = statements.filter(({ effect, applies }) => effect === 'Allow' && applies)
  const direct = allows.find(({ delegates }) => !delegates)
  const policyAllow = direct ?? allows[0]
  const byIdentity = identityAllows(identity)
  if (identity.kind === 'none') return direct === undefined ? implicitDeny('no-allow') : policyAllows('policy-allows', direct)
  if (caller.account === owner) {
    if (byIdentity) return identityAllow(identity)
    if (direct !== undefined) return policyAllows('policy-allows', direct)
    return implicitDeny(policyAllow === undefined ? 'no-allow' : 'identity-side-missing')
  }
  if (byIdentity)
    return policyAllow === undefined
      ? implicitDeny('policy-side-missing')
      : { ...policyAllows('both-allow', policyAllow), ...grantOf(identity) }
  return implicitDeny(policyAllow === undefined ? 'no-allow' : 'identity-side-missing')
}

function implicitDeny(reason: Reason): DecisionWithGrant {
  return { verdict: 'ImplicitDeny', reason }
}

function explicitDeny(reason: Reason, statement?: StatementOutcome): DecisionWithGrant {
  return { verdict: 'ExplicitDeny', reason, ...(statement && { statement: referenceOf(statement) }) }
}

function policyAllows(reason: Reason, statement: StatementOutcome): DecisionWithGrant {
  return { verdict: 'Allow', reason, statement: referenceOf(statement) }
}

function identityAllow(identity: IdentitySide): DecisionWithGrant {
  const grant = decidingGrant(identity)
  if (grant === undefined) return { verdict: 'Allow', reason: 'identity-allows' }
  return { verdict: 'Allow', reason: 'grant', ...(grant.permission !== undefined && { permission: grant.permission }), grant }
}

function grantOf(identity: IdentitySide): Pick<DecisionWithGrant, 'grant'> {
  const grant = decidingGrant(identity)
  return grant === undefined ? {} : { grant }
}

function referenceOf({ index, sid }: StatementOutcome): StatementReference {
  return { index, ...(sid !== undefined && { sid }) }
}
