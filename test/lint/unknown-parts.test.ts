import { expect, test } from 'vitest'
import { allRules, barePolicy, lintFound } from '../../src/lint.js'

const statement = { Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::assets/*' }
const file = { path: 'policy.json', text: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }) }

/** The rules that ask the analyser, without an option that they need. */
const analysing = allRules.filter(({ meta }) => meta.analysis && meta.category !== 'grants' && meta.id !== 'new-access')

test.each(analysing.map((rule) => [rule.meta.id, rule] as const))('%s has no answer where a part of the policy is not known', (_, rule) => {
  const found = barePolicy(file)
  const [part] = found.draft?.Statement ?? []
  if (part === undefined) throw new Error('the policy has a statement')
  const unknowns = [{ location: part.location, reason: 'var.statement is a variable' }]
  const { findings, undecided } = lintFound({ ...found, unknowns }, [{ rule, severity: 'warning', options: {} }])
  expect(findings).toEqual([])
  expect(undecided.map(({ reason }) => reason)).toEqual(['var.statement is a variable'])
})

test.each(analysing.map((rule) => [rule.meta.id, rule] as const))('%s is silent where the policy has an error', (_, rule) => {
  const text = JSON.stringify({ Statement: [{ ...statement, Effect: 'Perhaps' }, statement] })
  const result = lintFound(barePolicy({ path: 'policy.json', text }), [{ rule, severity: 'warning', options: {} }])
  expect(result).toEqual({ findings: [], undecided: [] })
})
