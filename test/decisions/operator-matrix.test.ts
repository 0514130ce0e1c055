import { expect, test } from 'vitest'
import { conditionOperators } from '../../src/catalog/condition-operators.js'
import { evaluate } from '../../src/index.js'
import { readCorpus } from './read-corpus.js'

/** Every operator must meet each of these in the corpus. */
const situations = ['present', 'absent', 'empty', 'several', 'malformed', 'unknown', 'IfExists', 'ForAllValues', 'ForAnyValue'] as const

/** Null has no IfExists: AWS refuses it. */
const impossible = new Set(['Null IfExists'])

test('the corpus shows every operator in every situation', () => {
  const shown = new Set<string>()
  for (const { snapshot, request } of readCorpus().flatMap(({ cases }) => cases)) {
    if (snapshot === undefined || request === undefined) continue
    const { policy } = evaluate(snapshot, request)
    const conditions = policy.kind === 'statements' ? policy.statements.flatMap((statement) => statement.conditions) : []
    const emptyKeys = Object.entries(request.context ?? {}).flatMap(([key, value]) => (value.length === 0 && value !== '' ? [key] : []))
    for (const { operator, key, values, truth } of conditions) {
      const [prefix, rest = prefix] = operator.includes(':') ? operator.split(':') : ['', operator]
      const name = (rest ?? '').replace('IfExists', '')
      const isPlain = prefix === '' && rest === name
      if (values === 'unknown') shown.add(`${name} unknown`)
      else if (truth === 'unknown' && values.length === 1) shown.add(`${name} malformed`)
      else if (truth === 'unknown' && name === 'Null') shown.add(`${name} malformed`)
      if (isPlain && values.length === 1) shown.add(`${name} present`)
      if (isPlain && values.length === 0)
        shown.add(`${name} ${emptyKeys.some((other) => other.toLowerCase() === key.toLowerCase()) ? 'empty' : 'absent'}`)
      if (isPlain && values !== 'unknown' && values.length > 1) shown.add(`${name} several`)
      if (prefix !== '') shown.add(`${name} ${prefix}`)
      if (rest !== name) shown.add(`${name} IfExists`)
    }
  }
  const wanted = conditionOperators.flatMap((name) => situations.map((situation) => `${name} ${situation}`))
  expect(wanted.filter((item) => !shown.has(item) && !impossible.has(item))).toEqual([])
})
