import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type AuthorizationRequest,
  evaluate,
  parseDecisionTests,
  parsePolicy,
  parseRequest,
  parseSnapshot,
  printPolicy,
  runDecisionTests,
  type Snapshot,
  validatePolicyText,
} from '../../src/index.js'

/** Names that a plain object has or gives meaning to. As names from input they are names like any other. */
const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'prototype', '__defineGetter__', 'length'] as const

const before: string[] = []
const ownNames = () =>
  [Object.prototype, Array.prototype, String.prototype, Function.prototype].flatMap((prototype) => Object.getOwnPropertyNames(prototype))

beforeAll(() => {
  before.push(...ownNames())
})

afterAll(() => {
  expect(ownNames()).toEqual(before)
})

/** As text, because an object literal cannot have a member called `__proto__`. */
function object(...members: readonly (readonly [string, unknown])[]): object {
  return Object.fromEntries(members)
}

function snapshotOf(json: object): Snapshot {
  const { snapshot, diagnostics } = parseSnapshot(json)
  if (snapshot === undefined) throw new Error(JSON.stringify(diagnostics))
  return snapshot
}

function decide(snapshot: Snapshot, json: object): string {
  const { request, diagnostics } = parseRequest(json)
  if (request === undefined) throw new Error(JSON.stringify(diagnostics))
  const { verdict, reason } = evaluate(snapshot, request)
  return `${verdict} ${reason}`
}

const owner = '111122223333'
const anonymous = { kind: 'anonymous' }
const get = { principal: anonymous, action: 's3:GetObject', bucket: 'b', key: 'k' }
const allow = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' }
const withPolicy = (statement: object, version = '2012-10-17') =>
  snapshotOf({ buckets: [{ name: 'b', owner, policy: { Version: version, Statement: statement } }] })

describe.each(names)('%s', (name) => {
  test('as a condition key, in the policy and in the context', () => {
    const snapshot = withPolicy({ ...allow, Condition: { StringEquals: object([name, 'x']) } })
    expect(decide(snapshot, { ...get, context: object([name, 'x']) })).toBe('Allow policy-allows')
    expect(decide(snapshot, { ...get, context: object([name, 'y']) })).toBe('ImplicitDeny no-allow')
    expect(decide(snapshot, { ...get, context: object() })).toBe('ImplicitDeny no-allow')
    expect(decide(snapshot, get)).toBe('ImplicitDeny no-allow')
    expect(decide(withPolicy({ ...allow, Condition: { Null: object([name, 'true']) } }), get)).toBe('Allow policy-allows')
  })

  test('as an unknown key', () => {
    const snapshot = withPolicy({ ...allow, Effect: 'Deny', Condition: { StringEquals: object([name, 'x']) } })
    expect(decide(snapshot, get)).toBe('ImplicitDeny no-allow')
    expect(decide(snapshot, { ...get, unknown: [name] })).toBe('ExplicitDeny policy-denies')
    expect(decide(snapshot, { ...get, unknown: [`${name}/*`] })).toBe('ImplicitDeny no-allow')
  })

  test.each(['s3:ExistingObjectTag/', 'aws:PrincipalTag/', 'no:such/'])('as a tag of %s', (family) => {
    const snapshot = withPolicy({ ...allow, Condition: { StringEquals: object([family + name, 'x']) } })
    expect(decide(snapshot, { ...get, context: object([family + name, 'x']) })).toBe('Allow policy-allows')
    expect(decide(snapshot, get)).toBe('ImplicitDeny no-allow')
  })

  test('as a variable', () => {
    const snapshot = withPolicy({
      ...allow,
      Resource: [`arn:aws:s3:::b/\${${name}}`, `arn:aws:s3:::b/d-\${aws:PrincipalTag/${name}, 'd'}`],
    })
    expect(decide(snapshot, { ...get, key: 'x', context: object([name, 'x']) })).toBe('Allow policy-allows')
    expect(decide(snapshot, { ...get, key: 'x' })).toBe('ImplicitDeny no-allow')
    expect(decide(snapshot, { ...get, key: 'd-d' })).toBe('Allow policy-allows')
  })

  test('as a value, an operand, a key and a Sid', () => {
    const statement = { ...allow, Sid: name, Resource: `arn:aws:s3:::b/${name}`, Condition: { StringLike: { 'aws:referer': name } } }
    const snapshot = withPolicy(statement)
    expect(decide(snapshot, { ...get, key: name, context: { 'aws:referer': name } })).toBe('Allow policy-allows')
    expect(decide(snapshot, { ...get, key: name, context: { 'aws:referer': `${name}x` } })).toBe('ImplicitDeny no-allow')
    expect(validatePolicyText(JSON.stringify({ Statement: [statement, statement] })).map(({ code }) => code)).toEqual(['duplicate-sid'])
  })

  test('as a bucket', () => {
    const policy = { Statement: { ...allow, Resource: `arn:aws:s3:::${name}/*` } }
    const snapshot = snapshotOf({ buckets: [{ name, owner, policy }] })
    expect(decide(snapshot, { ...get, bucket: name })).toBe('Allow policy-allows')
    expect(decide(snapshotOf({ buckets: [{ name: 'b', owner }] }), { ...get, bucket: name })).toBe('ImplicitDeny unknown-bucket')
    expect(decide(snapshotOf({}), { ...get, bucket: name })).toBe('ImplicitDeny unknown-bucket')
  })

  test('as an access key', () => {
    const key = { accessKey: name, account: owner, grants: [{ bucket: 'b', permission: 'read', prefix: name }] }
    const snapshot = snapshotOf({ buckets: [{ name: 'b', owner }], keys: [key] })
    expect(decide(snapshot, { ...get, key: `${name}/x`, principal: { kind: 'key', accessKey: name } })).toBe('Allow grant')
    expect(decide(snapshot, { ...get, principal: { kind: 'key', accessKey: name } })).toBe('ImplicitDeny no-allow')
    expect(decide(snapshotOf({ buckets: [{ name: 'b', owner }] }), { ...get, principal: { kind: 'key', accessKey: name } })).toBe(
      'ImplicitDeny unknown-key',
    )
  })

  test('as an account, a canonical user, a service and a provider', () => {
    const statement = { ...allow, Principal: { AWS: name, Service: name, Federated: name, CanonicalUser: name } }
    const snapshot = snapshotOf({
      buckets: [{ name: 'b', owner: name, policy: { Statement: statement } }],
      accounts: [{ id: name, canonicalId: `${name}2` }],
    })
    const ask = (principal: object) => decide(snapshot, { ...get, principal })
    expect(ask({ kind: 'service', service: name })).toBe('Allow policy-allows')
    expect(ask({ kind: 'federated', provider: name })).toBe('Allow policy-allows')
    expect(ask({ kind: 'canonicalUser', id: name })).toBe('Allow policy-allows')
    expect(ask({ kind: 'aws', arn: `arn:aws:iam::${name}:user/u` })).toBe('ImplicitDeny identity-side-missing')
    expect(ask({ kind: 'aws', arn: `arn:aws:iam::${name}:root` })).toBe('Allow identity-allows')
    expect(ask({ kind: 'service', service: 'x' })).toBe('ImplicitDeny no-allow')
    expect(ask({ kind: 'canonicalUser', id: 'x' })).toBe('ImplicitDeny no-allow')
  })

  test('as an element, an operator, a principal type, an effect and a version is an error, and nothing else happens', () => {
    const codes = (policy: object) => {
      const { policy: read, diagnostics } = parsePolicy(JSON.stringify(policy))
      expect(read).toBeUndefined()
      return diagnostics.map(({ code }) => code)
    }
    expect(codes(object(['Statement', []], [name, {}]))).toEqual(['unknown-element'])
    expect(codes({ Statement: { ...allow, ...object([name, { Effect: 'Allow' }]) } })).toEqual(['unknown-element'])
    expect(codes({ Statement: { ...allow, Principal: object([name, '*']) } })).toEqual(['unknown-principal-type'])
    expect(codes({ Statement: { ...allow, Condition: object([name, { k: 'v' }]) } })).toEqual(['unknown-operator'])
    expect(codes({ Statement: { ...allow, Condition: object([`ForAllValues:${name}IfExists`, { k: 'v' }]) } })).toEqual([
      'unknown-operator',
    ])
    expect(codes({ Statement: { ...allow, Effect: name } })).toEqual(['invalid-effect'])
    expect(codes({ Statement: [], Version: name })).toEqual(['invalid-version'])
  })

  test('as a member of a snapshot, a request or a file of tests is an error', () => {
    const codes = (diagnostics: readonly { readonly code: string }[]) => diagnostics.map(({ code }) => code)
    const bucket = { name: 'b', owner }
    const key = { accessKey: 'k', account: owner, grants: [] }
    expect(codes(parseSnapshot(object([name, []])).diagnostics)).toEqual(['unknown-member'])
    expect(codes(parseSnapshot({ buckets: [{ ...bucket, ...object([name, 1]) }] }).diagnostics)).toEqual(['unknown-member'])
    expect(codes(parseSnapshot({ buckets: [{ ...bucket, publicAccessBlock: object([name, true]) }] }).diagnostics)).toEqual([
      'unknown-member',
    ])
    expect(codes(parseSnapshot({ keys: [{ ...key, ...object([name, {}]) }] }).diagnostics)).toEqual(['unknown-member'])
    expect(codes(parseSnapshot({ keys: [{ ...key, status: name }] }).diagnostics)).toEqual(['invalid-value'])
    expect(codes(parseSnapshot({ keys: [{ ...key, grants: [{ bucket: 'b', permission: name }] }] }).diagnostics)).toEqual(['invalid-value'])
    expect(codes(parseRequest({ ...get, ...object([name, 1]) }).diagnostics)).toEqual(['unknown-member'])
    expect(codes(parseRequest({ ...get, principal: { kind: name } }).diagnostics)).toEqual(['invalid-value'])
    expect(codes(parseRequest({ ...get, principal: object(['kind', 'anonymous'], [name, 'x']) }).diagnostics)).toEqual(['unknown-member'])
    expect(codes(parseRequest({ ...get, action: name }).diagnostics)).toEqual(['unknown-action'])
    expect(codes(parseDecisionTests(JSON.stringify(object(['cases', []], [name, 1]))).diagnostics)).toEqual(['unknown-member'])
  })

  test('as an expected error of a decision test', () => {
    const { tests } = parseDecisionTests(JSON.stringify({ cases: [{ name, request: get, expect: { error: name } }] }))
    expect(tests && runDecisionTests(tests).results).toMatchObject([{ passed: false }])
  })

  test('survives printing', () => {
    const text = JSON.stringify({ Statement: [{ Sid: name, ...allow, Condition: { StringEquals: object([name, name]) } }] })
    const { policy } = parsePolicy(text)
    expect(policy && printPolicy(policy, 0)).toBe(text)
  })
})

describe('half a surrogate pair', () => {
  const halves = ['\ud800', '\udfff', 'a\ud83d', '\ude00\ud83d']

  test.each(halves)('%j anywhere in a document is an error', (half) => {
    const places = [
      { Id: half, Statement: [] },
      { Statement: [{ ...allow, Sid: half }] },
      { Statement: [{ ...allow, Resource: [`arn:aws:s3:::b/${half}`] }] },
      { Statement: [{ ...allow, Principal: { AWS: half } }] },
      { Statement: [{ ...allow, Condition: { StringEquals: { [half]: 'x' } } }] },
      { Statement: [{ ...allow, Condition: { StringEquals: { k: half } } }] },
      { Statement: [{ ...allow, Condition: { [half]: {} } }] },
      { Statement: [], [half]: 1 },
    ]
    for (const place of places) {
      // Escaped, and as it is.
      for (const text of [
        JSON.stringify(place),
        JSON.stringify(place).replaceAll(/\\u(d[89a-f]..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
      ]) {
        const { policy, diagnostics } = parsePolicy(text)
        expect(policy).toBeUndefined()
        expect(diagnostics).toContainEqual(expect.objectContaining({ code: 'lone-surrogate' }))
      }
    }
    expect(parseRequest({ ...get, key: half }).request).toBeUndefined()
    expect(parseRequest({ ...get, context: { [half]: 'x' } }).request).toBeUndefined()
    expect(parseRequest({ ...get, unknown: [half] }).request).toBeUndefined()
    expect(parseRequest({ ...get, principal: { kind: 'service', service: half } }).request).toBeUndefined()
    expect(parseSnapshot({ buckets: [{ name: half, owner }] }).snapshot).toBeUndefined()
    expect(
      parseSnapshot({ buckets: [{ name: 'b', owner, policy: { Id: half, Statement: [] } }] }).snapshot?.buckets.get('b')?.policy?.policy,
    ).toBeUndefined()
    expect(
      parseSnapshot({ buckets: [{ name: 'b', owner, policy: JSON.stringify({ Id: half, Statement: [] }) }] }).snapshot?.buckets.get('b')
        ?.policy?.policy,
    ).toBeUndefined()
  })

  test('of two that meet in the text is a character', () => {
    expect(parseRequest('{"principal":{"kind":"anonymous"},"action":"s3:GetObject","bucket":"b","key":"\\ud83d\ude00"}').request?.key).toBe(
      '😀',
    )
  })

  test.each(halves)('%j in a request that nobody has read never makes evaluate throw', (half) => {
    const snapshot = withPolicy({
      ...allow,
      Principal: { AWS: '*', Service: 'a?', CanonicalUser: 'x*' },
      Resource: ['arn:aws:s3:::b/?', 'arn:aws:s3:::b/*?*', 'arn:aws:s3:::b/${aws:referer}'],
      Condition: {
        StringEqualsIgnoreCaseIfExists: { 'aws:referer': ['ß', '${aws:UserAgent}'] },
        StringLikeIfExists: { 'aws:UserAgent': '*?' },
      },
    })
    const requests: readonly AuthorizationRequest[] = [
      { principal: { kind: 'service', service: half }, action: 's3:GetObject', bucket: 'b', key: half },
      { principal: { kind: 'canonicalUser', id: half }, action: half, bucket: half, key: half },
      { principal: { kind: 'aws', arn: half }, action: 's3:GetObject', bucket: 'b', key: half },
      { principal: { kind: 'aws', arn: `arn:aws:iam::${half}:user/${half}` }, action: 's3:GetObject', bucket: 'b', key: half },
      {
        principal: { kind: 'anonymous' },
        action: 's3:GetObject',
        bucket: 'b',
        key: half,
        context: { 'aws:referer': half, 'aws:UserAgent': half, [half]: half },
        unknown: [half],
      },
    ]
    for (const request of requests) expect(['Allow', 'ImplicitDeny', 'ExplicitDeny']).toContain(evaluate(snapshot, request).verdict)
  })
})
