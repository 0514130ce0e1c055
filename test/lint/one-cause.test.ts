import { describe, expect, test } from 'vitest'
import { type ActiveRule, allRules, barePolicy, defineRule, type Finding, lintFound, type Severity } from '../../src/lint.js'

type Level = Severity | 'off'

/** All rules, some of them with another severity or off. */
function rulesWith(levels: Readonly<Record<string, Level>>): readonly ActiveRule[] {
  return allRules.flatMap((rule) => {
    const level = levels[rule.meta.id] ?? rule.meta.severity
    return level === 'off' ? [] : { rule, severity: level, options: {} }
  })
}

/** What the rules of these names find, in the order of the text. */
function told(statements: readonly object[], names: readonly string[], levels: Readonly<Record<string, Level>> = {}): readonly Finding[] {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: statements })
  const { findings } = lintFound(barePolicy({ path: 'policy.json', text }), rulesWith(levels))
  return findings.filter(({ rule }) => names.includes(rule))
}

const reading = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::assets/*' }
const ids = (findings: readonly Finding[]): readonly string[] => findings.map(({ rule }) => rule)

test('what a rule explains are rules', () => {
  const known = allRules.map(({ meta }) => meta.id)
  const explained = allRules.flatMap(({ meta }) => meta.explains ?? [])
  expect(explained).toContain('public-administration')
  for (const id of explained) expect(known).toContain(id)
})

test('findings outside of statements have causes of their own', () => {
  const rule = (id: string, explains: readonly string[] = []): ActiveRule => ({
    rule: defineRule({
      meta: {
        ...{ id, severity: 'warning', category: 'structure', summary: id, recommended: true, fixable: false, analysis: false },
        ...{ explains, messages: { found: id } },
      },
      create: ({ report }) => ({ policy: ({ location }) => report({ messageId: 'found', location }) }),
    }),
    severity: 'warning',
    options: {},
  })
  const { findings } = lintFound(barePolicy({ path: 'policy.json', text: JSON.stringify({ Statement: [reading] }) }), [
    rule('a/effect'),
    rule('a/reason', ['a/effect']),
  ])
  expect(ids(findings)).toEqual(['a/effect', 'a/reason'])
})

describe.each([
  ['spoofable-condition', { StringLike: { 'aws:Referer': 'https://example.com/*' } }, 'anybody can send any `aws:Referer`: use presigned'],
  ['allow-if-exists', { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }, 'requests without `aws:PrincipalOrgID`: use `'],
  [
    'allow-for-all-values',
    { 'ForAllValues:StringEquals': { 'aws:PrincipalServiceNamesList': 'logging.s3.amazonaws.com' } },
    'requests without `aws:PrincipalServiceNamesList`: add `"Null"',
  ],
  ['negated-allow', { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }, 'requests without `aws:PrincipalOrgID`: say who'],
])('a guard that keeps nobody out is told once: %s', (id, Condition, why) => {
  test.each<[level: Level, expected: string]>([
    ['error', id],
    ['security', id],
    ['warning', 'public-read'],
    ['off', 'public-read'],
  ])('with severity %s', (level, expected) => {
    const findings = told([{ ...reading, Condition }], [id, 'public-read'], { [id]: level })
    expect(ids(findings)).toEqual([expected])
    if (expected === 'public-read') expect(findings[0]?.help).toContain(why)
  })

  test('beside another statement that is open by itself', () => {
    const findings = told(
      [
        { ...reading, Condition },
        { ...reading, Action: 's3:GetObjectVersion' },
      ],
      [id, 'public-read'],
      { [id]: 'error' },
    )
    expect(ids(findings)).toEqual([id, 'public-read'])
  })
})

test('a negated guard of a named principal is told by itself', () => {
  const Condition = { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }
  const findings = told([{ ...reading, Principal: { AWS: '111122223333' }, Condition }], ['negated-allow', 'public-read'])
  expect(ids(findings)).toEqual(['negated-allow'])
})

describe('a Deny that hits whom it is to spare', () => {
  const denying = {
    Effect: 'Deny',
    NotPrincipal: { AWS: 'arn:aws:iam::111122223333:user/alice' },
    Action: 's3:*',
    Resource: ['arn:aws:s3:::assets', 'arn:aws:s3:::assets/*'],
  }
  const names = ['deny-not-principal', 'owner-lockout']

  test('is told as the lock-out that it is, with the way out', () => {
    const findings = told([denying], names)
    expect(ids(findings)).toEqual(['owner-lockout'])
    expect(findings[0]?.help).toContain('name `arn:aws:iam::111122223333:root` too')
  })

  test('is told by itself where it locks nobody out', () => {
    expect(ids(told([{ ...denying, Action: 's3:GetObject', Resource: 'arn:aws:s3:::assets/*' }], names))).toEqual(['deny-not-principal'])
    expect(ids(told([denying], names, { 'owner-lockout': 'off' }))).toEqual(['deny-not-principal'])
  })
})

describe('a statement that is covered by one that is open to anybody', () => {
  const named = { ...reading, Principal: { AWS: 'arn:aws:iam::111122223333:role/app' } }
  const names = ['redundant-statement', 'public-read']

  test('stays: it is needed once the open one is mended', () => {
    expect(ids(told([named, reading], names))).toEqual(['public-read'])
  })

  test('is told if it is as open itself', () => {
    expect(ids(told([reading, { ...reading, Resource: 'arn:aws:s3:::assets/img/*' }], names))).toEqual([
      'public-read',
      'public-read',
      'redundant-statement',
    ])
  })

  test('is told if a Deny closes the open one', () => {
    const Condition = { StringNotEquals: { 'aws:PrincipalAccount': '111122223333' } }
    const closing = { ...reading, Effect: 'Deny', Condition }
    expect(ids(told([named, reading, closing], names))).toEqual(['redundant-statement'])
  })
})
