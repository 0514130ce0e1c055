import { expect, test } from 'vitest'
import { conditionOperators } from '../../../src/catalog/condition-operators.js'
import { parsePolicy, parseSnapshot } from '../../../src/index.js'
import { mulberry32 } from '../../differential/random.js'
import { newlyAllowed, newlyDenied } from './check-diff.js'
import { generatePair } from './pairs.js'
import { conditionsOf, entriesOf, listOf, policiesOf } from './plain.js'
import { sceneOf } from './scene.js'
import { replay, sweep } from './sweep.js'

const seed = Number(process.env['GRANTREE_SEED'] ?? 20_261_123)
const pairs = Array.from({ length: 400 }, (_, at) => generatePair(mulberry32(seed + at)))
const statements = pairs.flatMap(({ before, after }) => [before, after].flatMap(policiesOf)).flatMap(({ Statement }) => Statement)

test(`pairs are readable, and the same seed gives the same (GRANTREE_SEED=${seed})`, () => {
  for (const [at, pair] of pairs.entries()) {
    for (const policy of [pair.before, pair.after].flatMap(policiesOf)) expect(parsePolicy(JSON.stringify(policy)).policy).toBeDefined()
    for (const side of [pair.before, pair.after]) if ('snapshot' in side) expect(parseSnapshot(side.snapshot).snapshot).toBeDefined()
    expect(generatePair(mulberry32(seed + at))).toEqual(pair)
  }
})

test(`every operator, form and element is there (GRANTREE_SEED=${seed})`, () => {
  const conditions = statements.flatMap(conditionsOf)
  const bases = new Set(conditions.map(({ base }) => base))
  expect(conditionOperators.filter((name) => !bases.has(name))).toEqual([])
  const forms = new Set(conditions.map(({ operator, base }) => operator.replace(base, '…')))
  expect([...forms].sort()).toEqual([
    'ForAllValues:…',
    'ForAllValues:…IfExists',
    'ForAnyValue:…',
    'ForAnyValue:…IfExists',
    '…',
    '…IfExists',
  ])
  const elements = new Set(statements.flatMap((statement) => Object.keys(statement)))
  expect([...elements].sort()).toEqual([
    'Action',
    'Condition',
    'Effect',
    'NotAction',
    'NotPrincipal',
    'NotResource',
    'Principal',
    'Resource',
    'Sid',
  ])
  const kinds = new Set(
    statements.flatMap(({ Principal, NotPrincipal }) => [...entriesOf(Principal), ...entriesOf(NotPrincipal)].map(([kind]) => kind)),
  )
  expect([...kinds].sort()).toEqual(['*', 'AWS', 'CanonicalUser', 'Federated', 'Service'])
  const isVariable = (text: string) => text.includes('${aws:username')
  expect(statements.some(({ Resource = [] }) => Resource.some(isVariable))).toBe(true)
  expect(conditions.some(({ operands }) => operands.some(isVariable))).toBe(true)
  expect(Math.max(...statements.map(({ Resource }) => listOf(Resource).length))).toBeLessThanOrEqual(8)
})

test(`many pairs are equal or ordered, and most are allowed something (GRANTREE_SEED=${seed})`, () => {
  const counts = { equal: 0, less: 0, more: 0, incomparable: 0 }
  let silent = 0
  for (const [at, pair] of pairs.entries()) {
    const found = sweep(sceneOf(pair), 300, mulberry32(seed + at))
    const [gain, loss] = [found.judged.find(newlyAllowed), found.judged.find(newlyDenied)]
    for (const example of [gain, loss]) if (example !== undefined) replay(found, example)
    counts[gain ? (loss ? 'incomparable' : 'more') : loss ? 'less' : 'equal'] += 1
    if (!found.judged.some(({ before }) => before.verdict === 'Allow')) silent += 1
  }
  const share = (count: number) => count / pairs.length
  expect(share(counts.equal)).toBeGreaterThan(0.2)
  expect(share(counts.more)).toBeGreaterThan(0.08)
  expect(share(counts.less)).toBeGreaterThan(0.08)
  expect(share(counts.incomparable)).toBeGreaterThan(0.02)
  expect(share(silent)).toBeLessThan(0.2)
})
