import { describe, expect, test } from 'vitest'
import { type ActiveRule, allRules, barePolicy, lintFound, type Severity } from '../../src/lint.js'

const readable = (Condition: object) => {
  const statement = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::assets/*', Condition }
  return barePolicy({ path: 'policy.json', text: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }) })
}

/** All rules, one of them with another severity or off. */
function rulesWith(id: string, level?: Severity | 'off'): readonly ActiveRule[] {
  return allRules.flatMap((rule) => {
    const changed = rule.meta.id === id ? level : undefined
    return changed === 'off' ? [] : { rule, severity: changed ?? rule.meta.severity, options: {} }
  })
}

describe.each([
  ['spoofable-condition', { StringLike: { 'aws:Referer': 'https://example.com/*' } }],
  ['allow-if-exists', { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }],
  ['allow-for-all-values', { 'ForAllValues:StringEquals': { 'aws:PrincipalServiceNamesList': 'logging.s3.amazonaws.com' } }],
])('a guard that keeps nobody out is told once: %s', (id, condition) => {
  test.each<[level: Severity | 'off' | undefined, expected: readonly string[]]>([
    [undefined, [id]],
    ['error', [id]],
    ['warning', ['public-read', id]],
    ['off', ['public-read']],
  ])('with severity %s', (level, expected) => {
    const { findings } = lintFound(readable(condition), rulesWith(id, level))
    const told = findings.map(({ rule }) => rule).filter((rule) => rule === id || rule === 'public-read')
    expect(told).toEqual(expected)
  })
})
