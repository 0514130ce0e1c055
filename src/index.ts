/**
 * Grantree's core: policies to AST, diagnostics, and decisions that explain themselves. It touches neither Node nor the clock, and runs in
 * browsers and edge workers too.
 */
export { Authorizer, type BucketDiagnostic } from './authorizer/authorizer.js'
export type { SnapshotChange } from './authorizer/change.js'
export type { SnapshotRow } from './authorizer/rows.js'
export { SnapshotError } from './authorizer/snapshot-error.js'
export type { OperatorName, SetPrefix } from './catalog/condition-operators.js'
export { MAX_POLICY_BYTES } from './catalog/limits.js'
export type { PrincipalType } from './catalog/principal-types.js'
export type { ProblemCode } from './catalog/problems.js'
export type { Decision, DecisionWithGrant, GrantReference, Reason, StatementReference, Verdict } from './decision/decision.js'
export type { CoverageReport, UncoveredGrant, UncoveredStatement } from './decision-test/coverage.js'
export type { DecisionTestCase, DecisionTestFile, Expectation } from './decision-test/decision-test.js'
export type { Engine } from './decision-test/engine.js'
export { type ParsedDecisionTests, parseDecisionTests } from './decision-test/parse-decision-tests.js'
export {
  type DecisionTestOptions,
  type DecisionTestReport,
  type DecisionTestResult,
  runDecisionTests,
} from './decision-test/run-decision-tests.js'
export { derivedKeyErrors } from './evaluate/derived-key-errors.js'
export { evaluate } from './evaluate/evaluate.js'
export type {
  ConditionOutcome,
  Explanation,
  GrantOutcome,
  IdentitySide,
  PolicySide,
  StatementOutcome,
} from './evaluate/explanation.js'
export type { AccessKey, Grant } from './grants/access-key.js'
export type { GrantLimit } from './grants/check-grant.js'
export { type Permission, permissionActions, permissions } from './grants/permission.js'
export { ImageError, type ImageProblem } from './image/image-error.js'
export type { ContextValues } from './operators/evaluate-operator.js'
export type { Truth } from './operators/truth.js'
export type {
  Condition,
  ConditionOperator,
  Effect,
  Policy,
  PolicyVersion,
  PrincipalEntry,
  Statement,
  Text,
} from './policy/ast.js'
export { formatOperator } from './policy/ast.js'
export type { Diagnostic, Location, S3Response, Severity } from './policy/diagnostic.js'
export { hasError } from './policy/diagnostic.js'
export { formatPath, type JsonPath } from './policy/json-path.js'
export { type ParsedPolicy, parsePolicy } from './policy/parser.js'
export type { Position, Span } from './policy/position.js'
export { normalizedSize, printPolicy } from './policy/printer.js'
export type { DecisionProgram } from './program/decision-program.js'
export { type PublicAccessBlock, stricterBlock } from './public-access/public-access-block.js'
export { isPublicPolicy, publicStatements, refusesPublicPolicy } from './public-access/public-policy.js'
export type { AuthorizationRequest } from './request/authorization-request.js'
export type { Caller, CallerArn, SessionRole } from './request/caller.js'
export { type ParsedRequest, parseRequest } from './request/parse-request.js'
export type { AwsPrincipal, IdentityVerdict, Principal } from './request/principal.js'
export { type ContextRecord, RequestContext } from './request/request-context.js'
export { type ParsedSnapshot, parseSnapshot } from './snapshot/parse-snapshot.js'
export type { Account, Bucket, BucketPolicy, Snapshot } from './snapshot/snapshot.js'
export type { AccountJson, BucketJson, GrantJson, KeyJson, SnapshotJson } from './snapshot/snapshot-json.js'
export type { ValidationOptions } from './validate/statement-check.js'
export { validatePolicy, validatePolicyText } from './validate/validate-policy.js'
