import { expect, test } from 'vitest'
import { redundantValue } from '../../src/lint/rules/conditions/redundant-value.js'
import { denyNotPrincipal } from '../../src/lint/rules/principals/deny-not-principal.js'
import { redundantPrincipal } from '../../src/lint/rules/principals/redundant-principal.js'
import { lintFound, type Rule } from '../../src/lint.js'
import { foundIn } from './lint-case.js'

const arn = 'arn:aws:iam::111122223333:user/a'

function policyOf(count: number, make: (list: readonly string[]) => object): string {
  const list = Array.from({ length: count }, () => arn)
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Action: 's3:*', Resource: 'arn:aws:s3:::b/*', ...make(list) }],
  })
}

test.each<[Rule, (list: readonly string[]) => object]>([
  [redundantValue, (list) => ({ Principal: '*', Condition: { ArnLike: { 'aws:PrincipalArn': list } } })],
  [redundantPrincipal, (list) => ({ Principal: { AWS: list } })],
  [denyNotPrincipal, (list) => ({ NotPrincipal: { AWS: list } })],
])('lists past the limit are left alone', (rule, make) => {
  const active = [{ rule, severity: rule.meta.severity, options: {} }]
  const findings = (count: number) => lintFound(foundIn({ why: '', text: policyOf(count, make) }), active).findings.length
  expect(findings(1000)).toBeGreaterThanOrEqual(999)
  expect(findings(1001)).toBe(0)
})
