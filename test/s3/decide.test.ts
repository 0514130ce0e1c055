import { describe, expect, test } from 'vitest'
import { Authorizer } from '../../src/index.js'
import type { AuthorizationRequest } from '../../src/request/authorization-request.js'
import type { RequestContext } from '../../src/request/request-context.js'
import { type Headers, planned } from './ask.js'

const owner = '111122223333'

function authorizerOf(...statements: readonly object[]): Authorizer {
  return Authorizer.from({
    buckets: [{ name: 'b', owner, policy: { Version: '2012-10-17', Statement: statements } }],
    keys: [{ accessKey: 'AKIAEXAMPLE', account: owner, grants: [{ bucket: 'b', permission: 'read', prefix: 'u/' }] }],
  })
}

const withGrant = authorizerOf({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::b/secret/*' })

describe('a grant on a prefix', () => {
  test.each([
    ['GET /b/u/a', 'Allow'],
    ['GET /b/v/a', 'ImplicitDeny'],
    ['GET /b/u/../v/a', 'Allow'],
    ['GET /b/u%2Fa', 'Allow'],
    ['GET /b/%75/a', 'Allow'],
    ['GET /b//u/a', 'ImplicitDeny'],
    ['GET /b', 'ImplicitDeny'],
    ['GET /b?prefix=u/', 'Allow'],
    ['GET /b?list-type=2&prefix=u%2Fx', 'Allow'],
    ['GET /b?prefix=', 'ImplicitDeny'],
    ['GET /b?versions&prefix=u/', 'Allow'],
    ['HEAD /b', 'Allow'],
    ['PUT /b/u/a', 'ImplicitDeny'],
    ['DELETE /b?policy', 'ImplicitDeny'],
  ])('%s: %s', (line, verdict) => {
    const [question] = planned(line).questions
    expect(withGrant.decide(question as AuthorizationRequest).verdict).toBe(verdict)
    expect(withGrant.explain(question as AuthorizationRequest).verdict).toBe(verdict)
  })
})

describe('a policy on condition keys', () => {
  const all = { Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: ['arn:aws:s3:::b', 'arn:aws:s3:::b/*'] }
  const deny = (Condition: object) => authorizerOf(all, { ...all, Effect: 'Deny', Condition })
  const allow = (Condition: object) => authorizerOf({ ...all, Condition })

  test.each<[effect: 'Allow' | 'Deny', condition: object, line: string, headers: Headers, verdict: string]>([
    ['Deny', { Bool: { 'aws:SecureTransport': 'false' } }, 'GET /b/k', {}, 'Allow'],
    ['Deny', { NumericGreaterThan: { 's3:max-keys': '10' } }, 'GET /b', {}, 'ExplicitDeny'],
    ['Deny', { NumericGreaterThan: { 's3:max-keys': '10' } }, 'GET /b?max-keys=10', {}, 'Allow'],
    ['Deny', { NumericGreaterThan: { 's3:max-keys': '10' } }, 'GET /b?max-keys=ten', {}, 'ExplicitDeny'],
    ['Deny', { StringNotEquals: { 's3:x-amz-acl': 'private' } }, 'PUT /b/k', { 'x-amz-acl': 'private' }, 'Allow'],
    ['Deny', { StringNotEquals: { 's3:x-amz-acl': 'private' } }, 'PUT /b/k', {}, 'ExplicitDeny'],
    ['Deny', { Null: { 's3:x-amz-server-side-encryption': 'true' } }, 'PUT /b/k', {}, 'ExplicitDeny'],
    ['Deny', { Null: { 's3:x-amz-server-side-encryption': 'true' } }, 'PUT /b/k', { 'x-amz-server-side-encryption': 'AES256' }, 'Allow'],
    ['Deny', { StringEquals: { 's3:ExistingObjectTag/secret': 'yes' } }, 'GET /b/k', {}, 'ExplicitDeny'],
    ['Allow', { StringEquals: { 's3:ExistingObjectTag/public': 'yes' } }, 'GET /b/k', {}, 'ImplicitDeny'],
    ['Allow', { StringEquals: { 's3:RequestObjectTag/a': 'b' } }, 'PUT /b/k', { 'x-amz-tagging': 'a=b' }, 'Allow'],
    ['Allow', { Bool: { 's3:ObjectCreationOperation': 'false' } }, 'PUT /b/k?uploadId=u&partNumber=1', {}, 'Allow'],
    ['Allow', { StringLike: { 's3:x-amz-copy-source': 'private/*' } }, 'PUT /b/k', { 'x-amz-copy-source': '%70rivate/k' }, 'ImplicitDeny'],
  ])('%s if %j: %s %j: %s', (effect, condition, line, headers, verdict) => {
    const authorizer = effect === 'Deny' ? deny(condition) : allow(condition)
    const question = planned(line, { headers }).questions.at(-1) as AuthorizationRequest
    const alone = { ...question, principal: { kind: 'anonymous' } } as const
    expect(authorizer.decide(alone).verdict).toBe(verdict)
    expect(authorizer.explain(alone).verdict).toBe(verdict)
  })

  test('what only the embedder can tell is named, and may be told', () => {
    const authorizer = allow({ StringEquals: { 's3:ExistingObjectTag/public': 'yes' } })
    const [question] = planned('GET /b/k').questions as [AuthorizationRequest]
    const alone = { ...question, principal: { kind: 'anonymous' } } as const
    expect(authorizer.requirements(alone)).toEqual(['s3:ExistingObjectTag/public'])
    const told = (values: Record<string, string | string[]>) =>
      authorizer.decide({ ...alone, context: (alone.context as RequestContext).withValues(values) }).verdict
    expect(told({ 's3:ExistingObjectTag/public': 'yes' })).toBe('Allow')
    expect(told({ 's3:ExistingObjectTag/public': [] })).toBe('ImplicitDeny')
    expect(told({ 's3:ExistingObjectTag/other': 'yes' })).toBe('ImplicitDeny')
    expect(told({})).toBe('ImplicitDeny')
  })
})
