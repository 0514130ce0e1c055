import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { ProblemCode } from '../../src/catalog/problems.js'
import { allRules, type Found, lintFound } from '../../src/lint.js'
import { foundIn, readCases } from './lint-case.js'

/** The problems that rules on principals and conditions stand for. */
const codes: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'unknown-principal-type',
  'invalid-principal',
  'allow-not-principal',
  'unknown-operator',
  'unknown-condition-key',
  'unknown-global-key',
  'condition-not-applicable',
  'invalid-ip-address',
  'malformed-operand',
  'empty-condition',
  'empty-operand-list',
  'null-with-set-operator',
])

const active = allRules.map((rule) => ({ rule, severity: rule.meta.severity, options: {} }))
const ids = readdirSync(new URL('../../fixtures/lint', import.meta.url)).map((name) => name.slice(0, -'.json'.length))

function checkProblems(found: Found): void {
  const { findings } = lintFound(found, active)
  for (const { code, message, path } of found.diagnostics) {
    if (!codes.has(code)) continue
    const rules = findings.filter((finding) => finding.message === message && String(finding.location.path) === String(path))
    const mismatches = findings.filter(
      ({ rule, location }) => rule === 'operator-key-mismatch' && String(path).startsWith(String(location.path)),
    )
    // What an operator cannot read is not said again where the operator is what is wrong.
    expect(rules.length === 0 && code === 'malformed-operand' ? mismatches.length : rules.length, `${code}: ${message}`).toBe(1)
  }
}

test.each(ids)('each problem in the cases of %s is one rule’s', (id) => {
  const { bad, good } = readCases(id)
  for (const each of [...bad, ...good]) checkProblems(foundIn(each))
})
