import { expect, test } from 'vitest'
import { evaluate, type Snapshot } from '../../../src/index.js'
import type { Analyser, Subject, Witness } from './analyser.js'
import { checkCases } from './report.js'

/** An analyser that never commits itself, but for what a test makes it say. */
const silent: Analyser = {
  diff: () => ({ relation: 'undecided', newlyAllowed: [], newlyDenied: [], undecided: [{}] }),
  publicAccess: () => [],
  ever: () => ({ verdict: 'undecided' }),
  always: () => ({ verdict: 'undecided' }),
  equivalent: () => ({ verdict: 'undecided' }),
  disjoint: () => ({ verdict: 'undecided' }),
  examineStatements: (subject) => statementsOf(subject).map((_, index) => ({ index, status: 'undecided', by: [] })),
}

function statementsOf(subject: Subject) {
  if ('policy' in subject) return subject.policy.Statement
  return [...subject.buckets.values()].flatMap(({ policy }) => policy?.policy?.Statement ?? [])
}

/** A request that nothing has to do with, replayed on nothing. */
const bogus: Witness = {
  request: { principal: { kind: 'anonymous' }, action: 's3:GetObject', bucket: 'b', key: 'k', time: 0, context: {} },
  decisions: [],
}

const seed = 1
const checksIn = (analyser: Partial<Analyser>): readonly string[] =>
  checkCases({ ...silent, ...analyser }, { seed, cases: 60, limit: 150 }).disagreements.map(({ check }) => check)

test('an analyser that leaves everything undecided is not contradicted', () => {
  expect(checksIn({}).filter((check) => !check.startsWith('publicAccess: one report'))).toEqual([])
})

test.each<readonly [string, string, Partial<Analyser>]>([
  ['everything is equal', 'diff: newlyAllowed', { diff: () => ({ relation: 'equal', newlyAllowed: [], newlyDenied: [], undecided: [] }) }],
  [
    'a relation that the lists do not have',
    'diff: the lists say',
    { diff: () => ({ relation: 'more', newlyAllowed: [], newlyDenied: [], undecided: [] }) },
  ],
  ['two policies are equivalent', 'equivalent', { equivalent: () => ({ verdict: 'equivalent' }) }],
  ['two policies differ, without showing where', 'equivalent: no witness', { equivalent: () => ({ verdict: 'different' }) }],
  ['two policies differ, showing nothing', 'equivalent: ', { equivalent: () => ({ verdict: 'different', witness: bogus }) }],
  ['two policies have nothing in common', 'disjoint', { disjoint: () => ({ verdict: 'disjoint' }) }],
  ['nothing is ever allowed', 'ever ', { ever: () => ({ verdict: 'never' }) }],
  ['everything is always allowed', 'always ', { always: () => ({ verdict: 'always' }) }],
  ...(['unreachable', 'shadowed', 'redundant'] as const).map(
    (status) =>
      [
        `every statement is ${status}`,
        'statements: ',
        { examineStatements: (subject: Subject) => statementsOf(subject).map((_, index) => ({ index, status, by: [] })) },
      ] as const,
  ),
  [
    'every statement is needed, showing nothing',
    'statements: ',
    { examineStatements: (subject) => statementsOf(subject).map((_, index) => ({ index, status: 'needed', by: [], witness: bogus })) },
  ],
  ['a statement too few', 'statements: one report each', { examineStatements: (subject) => silent.examineStatements(subject).slice(1) }],
])('an analyser that says %s is found out', (_, check, analyser) => {
  expect(checksIn(analyser).filter((each) => each.startsWith(check)).length).toBeGreaterThan(0)
})

test('a change whose decisions are told wrong is found out', () => {
  const diff: Analyser['diff'] = (before, after) => {
    const [beforeSnapshot, afterSnapshot] = [before, after].map(snapshotOf) as [Snapshot, Snapshot]
    const [was, is] = [evaluate(beforeSnapshot, bogus.request), evaluate(afterSnapshot, bogus.request)]
    const change = {
      request: bogus.request,
      before: { ...was, verdict: 'ImplicitDeny' as const },
      after: { ...is, verdict: 'Allow' as const },
      beforeSnapshot,
      afterSnapshot,
    }
    return { relation: 'more', newlyAllowed: [change], newlyDenied: [], undecided: [] }
  }
  expect(checksIn({ diff })).toContain('diff: the witness shows no such change')
})

function snapshotOf(subject: Subject): Snapshot {
  if (!('policy' in subject)) return subject
  const { policy, bucket = 'b', owner = 'fresh' } = subject
  const block = { BlockPublicAcls: false, IgnorePublicAcls: false, BlockPublicPolicy: false, RestrictPublicBuckets: false }
  return {
    keys: new Map(),
    accounts: new Map(),
    buckets: new Map([[bucket, { name: bucket, owner, publicAccessBlock: block, policy: { policy, diagnostics: [] } }]]),
  }
}
