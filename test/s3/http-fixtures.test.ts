import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type ActionRow, actions, commonActionKeys, resourceTypeKeys } from '../../src/catalog/actions.js'
import { findConditionKey } from '../../src/catalog/lookup.js'
import { hasFixtureShape } from './http-fixture-shape.js'
import { operationNames } from './operation-names.js'
import { type ExpectedQuestion, FIXTURES, type FixtureCase, readExpected, readHttpFixture, readRequests } from './read-http-fixture.js'

/** They are answered with 501, whatever they say. */
const notImplemented = new Set(['CreateSession', 'ListDirectoryBuckets', 'RenameObject', 'WriteGetObjectResponse'])

/** The requests of these are those of the operations that took their place. */
const successors: ReadonlyMap<string, string> = new Map([
  ['GetBucketLifecycle', 'GetBucketLifecycleConfiguration'],
  ['GetBucketNotification', 'GetBucketNotificationConfiguration'],
  ['PutBucketLifecycle', 'PutBucketLifecycleConfiguration'],
  ['PutBucketNotification', 'PutBucketNotificationConfiguration'],
])

const rich = [
  'CopyObject',
  'CreateBucket',
  'CreateMultipartUpload',
  'DeleteObject',
  'DeleteObjects',
  'GetObject',
  'GetObjectAttributes',
  'ListObjectsV2',
  'PostObject',
  'PutObject',
  'PutObjectRetention',
  'UploadPartCopy',
]

const rows = new Map(actions.map((row) => [row.name, row]))

test('every operation has its two files, and nothing else is there', () => {
  const files = operationNames.flatMap((name) => [`${name}.expected.json`, `${name}.http`])
  expect(operationNames).toHaveLength(119)
  expect(readdirSync(FIXTURES).sort()).toEqual([...files, 'README.md'].sort())
})

describe.each(operationNames)('%s', (operation) => {
  const { cases } = readExpected(operation)

  test('the expectations have the right form', () => {
    expect(hasFixtureShape(readExpected(operation)) ? [] : hasFixtureShape.errors).toEqual([])
  })

  test('requests and cases have the same names in the same order, each once', () => {
    const names = cases.map(({ name }) => name)
    expect(readRequests(operation).map(({ name }) => name)).toEqual(names)
    expect(new Set(names).size).toBe(names.length)
  })

  test('it is met and it is missed', () => {
    const met = cases.filter((each) => 'operation' in each && each.operation === (successors.get(operation) ?? operation))
    const missed = cases.filter((each) => 'error' in each)
    expect(met.length > 0).toBe(!notImplemented.has(operation))
    expect(missed.length).toBeGreaterThan(0)
    expect(cases.length).toBeGreaterThanOrEqual(rich.includes(operation) ? 8 : 3)
  })

  test('the operations that requests come to exist, and are current', () => {
    for (const each of cases) {
      if (!('operation' in each)) continue
      expect(operationNames).toContain(each.operation)
      expect(successors.has(each.operation)).toBe(false)
      expect(notImplemented.has(each.operation)).toBe(false)
    }
  })

  test('requests could have been sent like this', () => {
    for (const { name, http, body, facts, case: expected } of readHttpFixture(operation)) {
      const announced = http.headers.get('content-length')
      expect(http.headers.has('host'), name).toBe(true)
      expect(http.target.startsWith('/'), name).toBe(true)
      expect(body === undefined, name).toBe(expected.bodySeen === false)
      if (body === undefined) expect(Number(announced), name).toBeGreaterThan(0)
      else expect(body.length, name).toBe(Number(announced ?? 0))
      expect(http.headers.has('authorization'), name).toBe(facts.authType === 'REST-HEADER')
      expect(http.target.includes('X-Amz-Signature='), name).toBe(
        facts.authType === 'REST-QUERY-STRING' || (http.method === 'OPTIONS' && name.startsWith('before')),
      )
    }
  })

  test('every question is one that can be asked', () => {
    for (const each of cases) for (const question of questionsOf(each)) checkQuestion(question, each.name)
  })
})

function questionsOf(each: FixtureCase): readonly ExpectedQuestion[] {
  if ('error' in each) return []
  const { questions, objects = [], ifSourceIsTagged = [], ifMissing, trims = [] } = each
  return [
    ...questions,
    ...objects.flatMap((object) => object.questions),
    ...ifSourceIsTagged,
    ...(ifMissing === undefined ? [] : [ifMissing]),
    ...trims.map(({ question }) => question),
  ]
}

/** A question names what its action is done to, and gives values only to condition keys that requests for the action can carry. */
function checkQuestion({ action, bucket, key, context = {} }: ExpectedQuestion, name: string): void {
  const row = rows.get(action)
  expect(row, `${name}: ${action}`).toBeDefined()
  if (row === undefined) return
  expect({ action, bucket: bucket !== undefined, key: key !== undefined }, name).toEqual({
    action,
    bucket: row.kind !== 'none',
    key: row.kind === 'object',
  })
  for (const [conditionKey, value] of Object.entries(context)) {
    expect(findConditionKey(conditionKey), `${name}: ${conditionKey}`).toBeDefined()
    if (value !== null) expect(carries(row, conditionKey), `${name}: ${action} with ${conditionKey}`).toBe(true)
  }
}

/** Global keys come with every action unless its row could name them. */
function carries({ keys, lacks = [], resourceTypes }: ActionRow, conditionKey: string): boolean {
  const slash = conditionKey.indexOf('/')
  const name = slash < 0 ? conditionKey : conditionKey.slice(0, slash + 1)
  const own = new Set([...commonActionKeys, ...keys, ...resourceTypes.flatMap((type) => resourceTypeKeys[type] ?? [])])
  const isNamedByRows = name.startsWith('s3:') || actions.some((row) => row.keys.includes(name))
  return isNamedByRows ? own.has(name) && !lacks.includes(name) : true
}
