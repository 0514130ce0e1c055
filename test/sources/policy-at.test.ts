import { describe, expect, test } from 'vitest'
import { readJson } from '../../src/policy/json-reader.js'
import { lineTableOf } from '../../src/policy/position.js'
import type { PositionedValue } from '../../src/policy/positioned-value.js'
import { embeddedPolicy } from '../../src/sources/embedded-json.js'
import type { FoundPolicy } from '../../src/sources/found.js'
import { offsetMapOf, onePlace } from '../../src/sources/offset-map.js'
import { policyAt } from '../../src/sources/policy-at.js'
import { isKnown, readable, unknownNames, unknownPart } from '../../src/sources/unknown-text.js'
import { diagnosed, unknownIn } from './read.js'

const mark = unknownPart('var.x')

/** The policy that a JSON text with marks is. */
function found(value: unknown, bucket?: string): FoundPolicy {
  const text = JSON.stringify(value)
  const place = { file: { path: 'f', text }, lines: lineTableOf(text), path: ['here'], address: 'a', isEditable: false }
  const root = readJson(text).root as PositionedValue
  return policyAt(root, bucket === undefined ? place : { ...place, bucket }, new Map([['var.x', 'x is a variable']]))
}

const statement = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' }

describe('unknown parts raise no diagnostics', () => {
  test.each<readonly [string, object]>([
    ['Version', { Version: mark, Statement: statement }],
    ['Id', { Id: mark, Statement: statement }],
    ['Statement', { Statement: mark }],
    ['one statement', { Statement: [statement, mark] }],
    [
      'Sid',
      {
        Statement: [
          { ...statement, Sid: mark },
          { ...statement, Sid: mark },
        ],
      },
    ],
    ['Effect', { Statement: { ...statement, Effect: mark } }],
    ['Principal', { Statement: { ...statement, Principal: mark } }],
    ['NotPrincipal', { Statement: { ...statement, Effect: 'Deny', Principal: undefined, NotPrincipal: mark } }],
    ['a principal', { Statement: { ...statement, Principal: { AWS: `arn:aws:iam::${mark}:root` } } }],
    ['a type of principals', { Statement: { ...statement, Principal: { [mark]: '*' } } }],
    ['Action', { Statement: { ...statement, Action: mark } }],
    ['an action', { Statement: { ...statement, Action: ['s3:GetObject', `s3:${mark}`] } }],
    ['Resource', { Statement: { ...statement, Resource: mark } }],
    ['a part of a resource', { Statement: { ...statement, Resource: `arn:aws:s3:::${mark}/*` } }],
    ['Condition', { Statement: { ...statement, Condition: mark } }],
    ['an operator', { Statement: { ...statement, Condition: { [mark]: { 'aws:SourceIp': '10.0.0.0/8' } } } }],
    ['the keys of an operator', { Statement: { ...statement, Condition: { StringLike: mark } } }],
    ['a key', { Statement: { ...statement, Condition: { StringLike: { [`${mark}:aud`]: 'x' } } } }],
    ['a value', { Statement: { ...statement, Condition: { IpAddress: { 'aws:SourceIp': mark } } } }],
  ])('%s', (_, policy) => {
    const each = found(policy, 'b')
    expect(diagnosed(each)).toEqual([])
    expect(each.unknowns.length).toBeGreaterThan(0)
    expect(each.unknowns.every(({ reason, location }) => reason === 'x is a variable' && location.path[0] === 'here')).toBe(true)
  })
})

test('what is wrong beside an unknown part is still reported', () => {
  const each = found(
    { Statement: { ...statement, Action: 's3:GetObjekt', Resource: [`arn:aws:s3:::${mark}/*`, 'arn:aws:s3:::other/*'] } },
    'b',
  )
  expect(diagnosed(each)).toEqual(['invalid-action: "s3:GetObjekt"', 'invalid-resource: "arn:aws:s3:::other/*"'])
})

test('a statement with an unknown condition is not taken for one without', () => {
  const [operator, whole] = [{ StringLike: mark }, mark].map((Condition) => found({ Statement: { ...statement, Condition } }))
  for (const each of [operator, whole])
    expect(each?.draft?.Statement[0]?.Condition.map(({ key }) => readable(key.text))).toEqual(['${var.x}'])
})

test('names that stand twice, and halves of surrogate pairs', () => {
  const text = '{"Statement": [], "Statement": [], "Id": "\\ud800"}'
  const root = readJson(text).root as PositionedValue
  const each = policyAt(root, { file: { path: 'f', text }, lines: lineTableOf(text), path: [], address: '', isEditable: true })
  expect(diagnosed(each).slice(0, 2)).toEqual(['duplicate-member: "Statement"', 'lone-surrogate: "\\ud800"'])
})

describe('JSON in a text', () => {
  const embedded = (text: string) => {
    const place = { file: { path: 'f', text }, lines: lineTableOf(text), path: [], address: '' }
    return embeddedPolicy(text, { start: 0, end: text.length }, onePlace({ start: 0, end: text.length }), place)
  }

  test('an unknown part that is no text of its own makes all of it unknown', () => {
    const each = embedded(`{"Statement": ${mark}}`)
    expect([each.diagnostics, each.root, unknownIn(each).length]).toEqual([[], undefined, 1])
  })

  test('an unknown part inside a text does not', () => {
    const each = embedded(JSON.stringify({ Statement: { ...statement, Resource: `arn:aws:s3:::${mark}/*` } }))
    expect([each.diagnostics, each.draft?.Statement.length]).toEqual([[], 1])
  })

  test.each<readonly [string, 'double-quoted' | 'single-quoted' | 'plain', string, readonly string[]]>([
    ['a\n"b', 'double-quoted', 'a\\n\\"b', ['a', '\\n', '\\"', 'b']],
    ['é💧', 'double-quoted', '\\u00e9\\ud83d\\udca7', ['\\u00e9', '\\ud83d', '\\udca7']],
    ['é💧', 'double-quoted', '\\xe9\\U0001F4A7', ['\\xe9', '\\U0001F4A7', '\\U0001F4A7']],
    ['a b', 'double-quoted', 'a\n    b', ['a', '\n', 'b']],
    ["it's", 'single-quoted', "it''s", ['i', 't', "''", 's']],
    ['a\n b\n', 'plain', 'a\n     b', ['a', '\n', ' ', 'b', '']],
    ['ab', 'plain', 'ax', ['ax', 'ax']],
  ])('%j as %s', (text, writing, source, expected) => {
    const map = offsetMapOf(text, source, 0, writing, { start: 0, end: source.length })
    const stands = Array.from({ length: text.length }, (_, index) => map.extentOf({ start: index, end: index + 1 }))
    expect(stands.map(({ start, end }) => source.slice(start, end))).toEqual(expected)
  })
})

test('marks', () => {
  const text = `a${unknownPart('x')}b${unknownPart('y')}`
  expect([isKnown(text), isKnown('a'), readable(text), unknownNames(text), unknownNames('a')]).toEqual([
    false,
    true,
    'a${x}b${y}',
    ['x', 'y'],
    [],
  ])
})
