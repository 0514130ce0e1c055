import { describe, expect, test } from 'vitest'
import { parseDecisionTests } from '../../src/decision-test/parse-decision-tests.js'
import { type DecisionTestReport, runDecisionTests } from '../../src/decision-test/run-decision-tests.js'

const request = { principal: { kind: 'anonymous' }, action: 's3:GetObject', bucket: 'b', key: 'x' }
const plain = { name: 'a case', request }
const statement = (rest: object) => ({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*', ...rest })
const open = { Statement: [statement({})] }

function run(...cases: readonly object[]): DecisionTestReport {
  return runFile({ cases })
}

function runFile(json: object): DecisionTestReport {
  const { tests, diagnostics } = parseDecisionTests(JSON.stringify(json))
  if (tests === undefined) throw new Error(JSON.stringify(diagnostics))
  return runDecisionTests(tests)
}

describe('a case passes if the verdict, or the error, is the expected one', () => {
  const allowed = { ...plain, policy: open }
  const missingKey = { ...plain, request: { ...request, key: undefined } }
  const conflict = { ...plain, request: { ...request, context: { 'aws:ResourceAccount': '9' } } }
  test.each<[string, object, unknown, boolean]>([
    ['allowed', allowed, 'Allow', true],
    ['allowed', allowed, 'ImplicitDeny', false],
    ['allowed', allowed, 'ExplicitDeny', false],
    ['allowed', allowed, { error: 'Allow' }, false],
    ['denied by nobody', plain, 'ImplicitDeny', true],
    ['denied by nobody', plain, 'ExplicitDeny', false],
    ['denied', { ...plain, policy: { Statement: [statement({ Effect: 'Deny' })] } }, 'ExplicitDeny', true],
    ['denied', { ...plain, policy: { Statement: [statement({ Effect: 'Deny' })] } }, 'ImplicitDeny', false],
    ['an invalid request', missingKey, { error: 'missing-key' }, true],
    ['an invalid request', missingKey, { error: 'missing-bucket' }, false],
    ['an invalid request', missingKey, 'ImplicitDeny', false],
    ['a policy without meaning', { ...plain, policy: {} }, { error: 'missing-statement' }, true],
    ['a policy without meaning', { ...plain, policy: {} }, 'ExplicitDeny', false],
    ['a policy with two errors, the second', { ...plain, policy: { Extra: 1 } }, { error: 'missing-statement' }, true],
    ['a policy with two errors, the first', { ...plain, policy: { Extra: 1 } }, { error: 'unknown-element' }, true],
    ['a context that contradicts the bucket', conflict, { error: 'derived-key-conflict' }, true],
    ['a context that contradicts the bucket', conflict, 'ImplicitDeny', false],
    ['a context that agrees with the bucket’s owner', { ...conflict, owner: '9' }, 'ImplicitDeny', true],
    [
      'a refused policy is evaluated',
      { ...plain, policy: { Statement: [statement({ Principal: undefined, NotPrincipal: { AWS: '1' } })] } },
      'Allow',
      true,
    ],
    ['a bucket in quarantine', { ...plain, snapshot: { buckets: [{ name: 'b', owner: '1', policy: {} }] } }, 'ExplicitDeny', true],
  ])('%s, expects %j: %s', (_, testCase, expected, passed) => {
    const [result] = run({ ...testCase, expect: expected }).results
    expect(result?.passed).toBe(passed)
    // Either a decision or errors, never both.
    expect(result?.decision === undefined).toBe((result?.errors.length ?? 0) > 0)
  })

  test('a result has its case, its decision and its errors', () => {
    const [good, bad] = run({ ...plain, policy: open, expect: 'Allow' }, { ...missingKey, name: 'bad', expect: 'Allow' }).results
    expect(good).toMatchObject({
      case: { name: 'a case', expect: 'Allow' },
      passed: true,
      errors: [],
      decision: { verdict: 'Allow', reason: 'policy-allows' },
    })
    expect(bad).toMatchObject({ case: { name: 'bad' }, passed: false, errors: [{ code: 'missing-key' }] })
    expect(bad).not.toHaveProperty('decision')
  })

  test('a contradiction is placed at its case', () => {
    const [, result] = run({ ...plain, expect: 'Allow' }, { ...conflict, expect: 'Allow' }).results
    expect(result?.errors).toMatchObject([{ code: 'derived-key-conflict', path: ['cases', 1] }])
  })

  test('results stand in the order of the cases', () => {
    const names = ['c', 'a', 'b', 'a']
    expect(run(...names.map((name) => ({ ...plain, name, expect: 'Allow' }))).results.map((result) => result.case.name)).toEqual(names)
  })

  test('no cases, no results', () => {
    expect(run()).toEqual({
      results: [],
      coverage: { statements: { total: 0, covered: 0, uncovered: [] }, grants: { total: 0, covered: 0, uncovered: [] } },
    })
  })
})

describe('coverage', () => {
  const snapshot = {
    buckets: [
      {
        name: 'b',
        owner: '1',
        policy: {
          Statement: [
            statement({ Sid: 'Everybody' }),
            statement({ Sid: 'Puts', Action: 's3:PutObject' }),
            statement({ Effect: 'Deny', Resource: 'arn:aws:s3:::b/secret' }),
            statement({
              Effect: 'Deny',
              Sid: 'Unsure',
              Action: 's3:GetObjectAcl',
              Condition: { Bool: { 'aws:SecureTransport': 'perhaps' } },
            }),
          ],
        },
      },
      { name: 'broken', owner: '1', policy: {} },
      { name: 'bare', owner: '1' },
    ],
    keys: [
      {
        accessKey: 'k',
        account: '1',
        grants: [
          { bucket: 'b', permission: 'write' },
          { bucket: 'bare', permission: 'read' },
        ],
      },
      { accessKey: 'idle', account: '1', grants: [{ bucket: '', permission: 'fullaccess' }] },
      { accessKey: 'none', account: '1', grants: [] },
    ],
  }
  const ask = (rest: object) => ({ ...plain, request: { ...request, ...rest }, expect: 'Allow' })
  const coverage = (...cases: readonly object[]) => runFile({ snapshot, cases }).coverage
  const places = ({ statements, grants }: DecisionTestReport['coverage']) => [
    ...statements.uncovered.map(({ bucket, index }) => `${bucket} ${index}`),
    ...grants.uncovered.map(({ accessKey, index }) => `${accessKey} ${index}`),
  ]
  const everything = ['b 0', 'b 1', 'b 2', 'b 3', 'k 0', 'k 1', 'idle 0']

  test.each<[string, object, readonly string[]]>([
    ['an Allow that applies', {}, ['b 0']],
    ['an Allow and a Deny that apply', { key: 'secret' }, ['b 0', 'b 2']],
    ['a Deny that applies because it is unknown', { action: 's3:GetObjectAcl', context: { 'aws:SecureTransport': 'true' } }, ['b 3']],
    ['a Deny that does not apply', { action: 's3:GetObjectAcl' }, []],
    ['a grant that allows', { principal: { kind: 'key', accessKey: 'k' }, bucket: 'bare' }, ['k 1']],
    [
      'a grant that allows, and a statement that applies',
      { principal: { kind: 'key', accessKey: 'k' }, action: 's3:PutObject' },
      ['b 1', 'k 0'],
    ],
    ['a grant that does not allow', { principal: { kind: 'key', accessKey: 'k' }, action: 's3:DeleteObject' }, []],
    ['a key that is not in the snapshot', { principal: { kind: 'key', accessKey: 'x' } }, []],
    ['a bucket in quarantine', { bucket: 'broken' }, []],
  ])('%s', (_, rest, covered) => {
    const report = coverage(ask(rest))
    expect(places(report)).toEqual(everything.filter((place) => !covered.includes(place)))
    const ofBuckets = covered.filter((place) => place.startsWith('b ')).length
    expect(report.statements).toMatchObject({ total: 4, covered: ofBuckets })
    expect(report.grants).toMatchObject({ total: 3, covered: covered.length - ofBuckets })
  })

  test('says which statement and which grant', () => {
    expect(coverage(ask({})).statements.uncovered).toStrictEqual([
      { bucket: 'b', index: 1, sid: 'Puts' },
      { bucket: 'b', index: 2 },
      { bucket: 'b', index: 3, sid: 'Unsure' },
    ])
    expect(coverage(ask({})).grants.uncovered).toStrictEqual([
      { accessKey: 'k', index: 0 },
      { accessKey: 'k', index: 1 },
      { accessKey: 'idle', index: 0 },
    ])
  })

  test('adds up over the cases, and counts nothing twice', () => {
    const report = coverage(
      ask({}),
      ask({}),
      ask({ action: 's3:PutObject' }),
      ask({ principal: { kind: 'key', accessKey: 'idle' }, bucket: 'bare' }),
    )
    expect(places(report)).toEqual(['b 2', 'b 3', 'k 0', 'k 1'])
    expect(report).toMatchObject({ statements: { total: 4, covered: 2 }, grants: { total: 3, covered: 1 } })
  })

  test('a failed case covers too', () => {
    expect(places(coverage({ ...ask({}), expect: 'ExplicitDeny' }))).not.toContain('b 0')
  })

  test('a case with an error covers nothing', () => {
    expect(places(coverage(ask({}), { ...ask({ action: 's3:PutObject', time: -1 }) }))).toContain('b 1')
  })

  test('each case’s own policy counts for itself', () => {
    const own = { ...plain, policy: open, expect: 'Allow' }
    const other = { ...own, request: { ...request, action: 's3:PutObject' } }
    expect(run(own, own).coverage.statements).toEqual({ total: 2, covered: 2, uncovered: [] })
    expect(run(own, other).coverage.statements).toEqual({ total: 2, covered: 1, uncovered: [{ bucket: 'b', index: 0 }] })
  })

  test('what the file’s snapshot holds is listed even if no case comes to it', () => {
    expect(places(coverage())).toEqual(everything)
    expect(places(coverage({ ...plain, policy: { Statement: [] }, expect: 'ImplicitDeny' }))).toEqual(everything)
  })

  test('names that hold commas and quotes are told apart', () => {
    const keys = ['a', 'a",0', '["a"]'].map((accessKey) => ({
      accessKey,
      account: '1',
      grants: [{ bucket: '', permission: 'fullaccess' }],
    }))
    const report = runFile({
      snapshot: { ...snapshot, keys },
      cases: [ask({ principal: { kind: 'key', accessKey: 'a' }, bucket: 'bare' })],
    })
    expect(report.coverage.grants).toMatchObject({ total: 3, covered: 1, uncovered: [{ accessKey: 'a",0' }, { accessKey: '["a"]' }] })
  })
})
