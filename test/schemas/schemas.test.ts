import { describe, expect, test } from 'vitest'
import { actions } from '../../src/catalog/actions.js'
import { conditionKeys } from '../../src/catalog/condition-keys.js'
import { conditionOperators } from '../../src/catalog/condition-operators.js'
import { principalTypes } from '../../src/catalog/principal-types.js'
import { problems } from '../../src/catalog/problems.js'
import { permissions } from '../../src/index.js'
import { accepts, idOf, kinds, schemaText } from './documents.js'
import { memberOf } from './parsers.js'

/** What stands in a schema at the end of a path. */
function partOf(kind: (typeof kinds)[number], ...path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => memberOf(value, name), JSON.parse(schemaText(kind)))
}

function namesOf(value: unknown): readonly string[] {
  return Object.keys(value as object)
}

function constantsOf(branches: unknown): readonly unknown[] {
  return (branches as readonly unknown[]).map((branch) => memberOf(branch, 'const'))
}

describe.each(kinds)('the schema of a %s', (kind) => {
  test('compiles', () => expect(accepts(kind, 'no such document')).toBe(false))

  test('is draft-07 and has its own address', () => {
    expect(partOf(kind, '$schema')).toBe('http://json-schema.org/draft-07/schema#')
    expect(partOf(kind, '$id')).toBe(idOf(kind))
  })

  test('refers to other schemas by the name of their file', () => {
    const references = [...schemaText(kind).matchAll(/"\$ref": "([^"]+)"/g)].map(([, reference = '']) => reference)
    const files = new Set(references.map((reference) => reference.split('#')[0]))
    const known = new Set(['', ...kinds.map((name) => `${name}.schema.json`)])
    expect([...files].filter((file) => !known.has(file ?? ''))).toEqual([])
  })

  test('says something about every member that people write', () => {
    const silent: string[] = []
    const look = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null) return
      for (const [name, part] of Object.entries(memberOf(value, 'properties') ?? {})) {
        const isShown =
          memberOf(part, 'const') !== undefined || memberOf(part, 'title') !== undefined || memberOf(part, 'description') !== undefined
        const isPartOfBranch = /\/(if|then|else)$/.test(path)
        const isConditionKey = path.endsWith('/conditionKeys')
        if (!isShown && !isPartOfBranch && !isConditionKey && memberOf(part, '$ref') === undefined) silent.push(`${path}/${name}`)
      }
      for (const [name, part] of Object.entries(value)) look(part, `${path}/${name}`)
    }
    look(JSON.parse(schemaText(kind)), '')
    expect(silent).toEqual([])
  })
})

describe('the schemas know what the catalogue knows', () => {
  const named = (kind: string) => actions.filter((row) => row.kind === kind).map(({ name }) => name)
  const requestActions = partOf('request', 'properties', 'action', 'anyOf', '2', 'enum')

  test.each([
    [
      'bucket actions',
      partOf('policy', 'definitions', 'bucketAction', 'enum'),
      named('bucket').filter((name) => name !== 's3:CreateBucket'),
    ],
    ['object actions', partOf('policy', 'definitions', 'objectAction', 'enum'), named('object')],
    ['actions of no bucket policy', requestActions, [...named('none'), ...named('other')].sort()],
    ['condition operators', namesOf(partOf('policy', 'definitions', 'condition', 'properties')), conditionOperators],
    [
      'condition keys',
      namesOf(partOf('policy', 'definitions', 'conditionKeys', 'properties')),
      conditionKeys
        .map(({ name }) => name)
        .filter((name) => !name.endsWith('/'))
        .sort(),
    ],
    ['principal types', namesOf(partOf('policy', 'definitions', 'principal', 'anyOf', '1', 'properties')), principalTypes],
    ['permissions', constantsOf(partOf('snapshot', 'definitions', 'grant', 'properties', 'permission', 'anyOf')), permissions],
    [
      'codes of errors',
      partOf('decision-test', 'definitions', 'expectation', 'anyOf', '3', 'properties', 'error', 'anyOf', '0', 'enum'),
      Object.entries(problems).flatMap(([code, { severity }]) => (severity === 'error' ? [code] : [])),
    ],
  ])('%s', (_, listed, known) => expect(listed).toEqual(known))

  test('families of condition keys, in words', () => {
    const families = conditionKeys.map(({ name }) => name).filter((name) => name.endsWith('/'))
    expect(
      families.filter(
        (name) => !String(partOf('policy', 'definitions', 'statement', 'properties', 'Condition', 'description')).includes(`${name}…`),
      ),
    ).toEqual([])
  })
})
