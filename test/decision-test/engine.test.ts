import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { Authorizer } from '../../src/authorizer/authorizer.js'
import type { DecisionTestFile } from '../../src/decision-test/decision-test.js'
import { defaultEngine, type Engine, engines, preparedOnce } from '../../src/decision-test/engine.js'
import { parseDecisionTests } from '../../src/decision-test/parse-decision-tests.js'
import { runDecisionTests } from '../../src/decision-test/run-decision-tests.js'

afterEach(() => vi.restoreAllMocks())

function parse(json: object | string): DecisionTestFile {
  const { tests, diagnostics } = parseDecisionTests(typeof json === 'string' ? json : JSON.stringify(json))
  if (tests === undefined) throw new Error(JSON.stringify(diagnostics))
  return tests
}

const request = { principal: { kind: 'anonymous' }, action: 's3:GetObject', bucket: 'b', key: 'x' }
const open = { Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' }] }
const buckets = [{ name: 'b', owner: '1', policy: open }]
const plain = { name: 'a case', request, expect: 'Allow' }
const fixtures = ['photography', 'tenants', 'environments'].map((name) => ({
  name,
  tests: parse(readFileSync(new URL(`../../fixtures/${name}/tests.json`, import.meta.url), 'utf8')),
}))

describe.each(fixtures)('$name: every engine gives the expected answers', ({ tests }) => {
  const run = (engine: Engine) => {
    const { results, coverage } = runDecisionTests(tests, { engine })
    const answers = results.map(({ case: { name }, passed, decision, errors }) => {
      const { verdict, reason, statement, permission, grant } = decision ?? {}
      return { name, passed, errors, verdict, reason, statement, permission, grant }
    })
    return { answers, coverage }
  }

  test.each(Object.keys(engines) as Engine[])('%s', (engine) => {
    expect(run(engine).answers.filter(({ passed }) => !passed)).toEqual([])
    expect(run(engine)).toEqual(run('reference'))
  })
})

describe('the engine decides', () => {
  const tests = parse({ snapshot: { buckets }, cases: [plain] })
  const coverage = { statements: { total: 1, covered: 1, uncovered: [] }, grants: { total: 0, covered: 0, uncovered: [] } }
  const wrong = { verdict: 'ImplicitDeny', reason: 'no-allow' } as const

  test.each<[string, { readonly engine?: Engine } | undefined, boolean]>([
    ['the program', { engine: 'program' }, false],
    ['the program, by default', undefined, false],
    ['the program, where options do not say', {}, false],
    ['the reference', { engine: 'reference' }, true],
  ])('%s, and coverage is told by the reference', (_, options, passed) => {
    vi.spyOn(Authorizer.prototype, 'decide').mockReturnValue(wrong)
    const report = runDecisionTests(tests, options)
    expect(report.results).toMatchObject([{ passed, decision: passed ? { verdict: 'Allow' } : wrong }])
    expect(report.coverage).toEqual(coverage)
  })

  test('the default is in the table', () => {
    expect(engines).toHaveProperty(defaultEngine)
  })

  test('the grant that takes part is told', () => {
    const keys = [{ accessKey: 'k', account: '1', grants: [{ bucket: 'b', permission: 'read' }] }]
    const asked = { ...request, principal: { kind: 'key', accessKey: 'k' } }
    const { results } = runDecisionTests(parse({ snapshot: { buckets, keys }, cases: [{ ...plain, request: asked }] }))
    expect(results[0]?.decision).toEqual({
      verdict: 'Allow',
      reason: 'grant',
      permission: 'read',
      grant: { index: 0, bucket: 'b', permission: 'read' },
    })
    expect(runDecisionTests(tests).results[0]?.decision).not.toHaveProperty('grant')
  })
})

describe('a snapshot is compiled once in a run', () => {
  const compiled = (json: object, engine: Engine = 'program') => {
    const tests = parse(json)
    const from = vi.spyOn(Authorizer, 'from')
    runDecisionTests(tests, { engine })
    return from.mock.calls.length
  }
  const own = { ...plain, policy: open }
  const invalid = { ...plain, request: { ...request, key: undefined } }

  test.each<[string, object, number]>([
    ['which the cases share', { snapshot: { buckets }, cases: [plain, plain, plain] }, 1],
    ['which is each case’s own', { snapshot: { buckets }, cases: [own, plain, own, plain] }, 3],
    ['unless no case comes to it', { snapshot: { buckets }, cases: [own] }, 1],
    ['unless no request is valid', { snapshot: { buckets }, cases: [invalid] }, 0],
  ])('%s', (_, json, times) => {
    expect(compiled(json)).toBe(times)
  })

  test('not at all for the reference', () => {
    expect(compiled({ cases: [own] }, 'reference')).toBe(0)
  })

  test('preparedOnce gives equal snapshots that are two an answer each', () => {
    const [a, b] = [parse({ snapshot: { buckets }, cases: [] }), parse({ snapshot: { buckets }, cases: [] })].map(
      ({ snapshot }) => snapshot,
    )
    if (a === undefined || b === undefined) throw new Error('no snapshot')
    const prepare = preparedOnce(engines.reference)
    expect(prepare(a)).toBe(prepare(a))
    expect(prepare(a)).not.toBe(prepare(b))
  })
})
