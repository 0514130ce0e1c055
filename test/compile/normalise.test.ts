import { describe, expect, test } from 'vitest'
import { actions } from '../../src/catalog/actions.js'
import { type Json, normalOf, shown, shownPattern, stagesOf } from './stages-of.js'

/** What the statement asks of the bucket itself, and of the keys in it. */
function resources(statement: Json, version?: string): readonly (readonly string[])[] {
  const { onBucket, onObjects } = normalOf(statement, version)
  return [onBucket.map(shown), onObjects.map(shown)]
}

const decidable = actions.filter(({ kind }) => kind === 'bucket' || kind === 'object').map(({ name }) => name)

describe('Resource, on the bucket `bucket` and on its objects', () => {
  test.each<[string | readonly string[], readonly string[], readonly string[]]>([
    ['*', ['ANY'], ['ANY']],
    ['arn:aws:s3:::bucket', ['ANY'], []],
    ['arn:aws:s3:::bucket/*', [], ['ANY']],
    ['arn:aws:s3:::bucket*', ['ANY'], ['ANY']],
    ['arn:aws:s3:::*', ['ANY'], ['ANY']],
    ['arn:aws:s3:::bucket/', [], ['']],
    ['arn:aws:s3:::bucket/photos/*', [], ['photos/*']],
    ['arn:aws:s3:::bucket/a?b', [], ['a?b']],
    ['arn:aws:s3:::b?cket/x', [], ['x']],
    ['arn:aws:s3:::*/x', [], ['*/x', 'x']],
    ['arn:aws:s3:::*et', ['ANY'], ['*et']],
    ['arn:aws:s3:::b*t/x', [], ['*t/x', 'x']],
    ['arn:aws:s3:::bucket/${*}', [], ['\\*']],
    ['arn:*:s?:*:*:bucket/x', [], ['x']],
    ['arn:*:*3:::bucket/x', [], ['x']],
    ['arn:aws:s3:::other/*', [], []],
    ['arn:aws:s3:::buckets/*', [], []],
    ['arn:aws:s3:::buck/*', [], []],
    ['arn:aws:s3:::Bucket/*', [], []],
    ['arn:aws-cn:s3:::bucket/*', [], []],
    ['arn:aws:s3:eu-west-1::bucket/*', [], []],
    ['bucket/*', [], []],
    ['arn:aws:s3:::bucket/${', [], []],
    ['arn:aws:s3::${aws:username}:bucket/*', [], []],
    ['arn:aws:s3:::bucket/${aws:username}/*', ['rest: /${aws:username}/*'], ['rest: ${aws:username}/*']],
    ["arn:aws:s3:::bucket/${aws:username, 'x'}", ["rest: /${aws:username, 'x'}"], ["rest: ${aws:username, 'x'}"]],
    ['arn:aws:s3:::${aws:username}/x', ['resource: ${aws:username}/x'], ['resource: ${aws:username}/x']],
    ['arn:aws:s3:::*${aws:username}', ['resource: *${aws:username}'], ['resource: *${aws:username}']],
    ['arn:aws:s3:::other/${aws:username}', [], []],
    [['arn:aws:s3:::bucket/a', '*', 'x'], ['ANY'], ['ANY']],
    [['arn:aws:s3:::bucket/a', 'arn:aws:s3:::other/b', 'arn:aws:s3:::bucket/c'], [], ['a', 'c']],
    [[], [], []],
  ])('Allow %j', (Resource, onBucket, onObjects) => {
    expect(resources({ Resource })).toEqual([onBucket, onObjects])
  })

  test.each<[string, readonly string[], readonly string[]]>([
    ['bucket/*', ['UNKNOWN'], ['UNKNOWN']],
    ['arn:aws:s3:::bucket/${', ['UNKNOWN'], ['UNKNOWN']],
    ['arn:aws:s3::${aws:username}:bucket/*', ['UNKNOWN'], ['UNKNOWN']],
    ['arn:aws:s3:::other/*', [], []],
    ['arn:aws:s3:::other/${aws:username}', ['rest: '], ['rest: ']],
    ['arn:aws:s3:::bucket/x', [], ['x']],
  ])('a Deny keeps what nobody can tell: %s', (Resource, onBucket, onObjects) => {
    expect(resources({ Effect: 'Deny', Resource })).toEqual([onBucket, onObjects])
  })

  test.each<[string | readonly string[], readonly string[], readonly string[]]>([
    ['*', [], []],
    ['arn:aws:s3:::bucket/*', ['ANY'], []],
    ['arn:aws:s3:::bucket', [], ['ANY']],
    ['arn:aws:s3:::other/*', ['ANY'], ['ANY']],
    [['arn:aws:s3:::bucket/a', 'arn:aws:s3:::bucket/b*'], ['ANY'], ['none of [a, b*]']],
    ['bucket', ['none of [UNKNOWN]'], ['none of [UNKNOWN]']],
    ['arn:aws:s3:::bucket/${aws:username}', ['none of [rest: /${aws:username}]'], ['none of [rest: ${aws:username}]']],
  ])('NotResource %j', (NotResource, onBucket, onObjects) => {
    expect(resources({ NotResource })).toEqual([onBucket, onObjects])
    expect(resources({ NotResource, Effect: 'Deny' })).toEqual([onBucket, onObjects])
  })

  test('before 2012-10-17 a variable is text', () => {
    expect(resources({ Resource: 'arn:aws:s3:::bucket/${*}' }, '2008-10-17')).toEqual([[], ['${*}']])
  })
})

describe('Action, as names from the catalogue', () => {
  test.each<[Json, readonly string[]]>([
    [{ Action: 's3:GetObject' }, ['s3:GetObject']],
    [{ Action: 'S3:getOBJECT' }, ['s3:GetObject']],
    [{ Action: ['s3:PutObject', 's3:GetObject', 's3:Get?bject'] }, ['s3:GetObject', 's3:PutObject']],
    [{ Action: 's3:*BucketPolicy' }, ['s3:DeleteBucketPolicy', 's3:GetBucketPolicy', 's3:PutBucketPolicy']],
    [{ Action: 's3:ListAllMyBuckets' }, []],
    [{ Action: 's3:CreateJob' }, []],
    [{ Action: 's3:GetObjekt' }, []],
    [{ Action: [] }, []],
    [{ Action: 's3:*' }, decidable],
    [{ Action: '*' }, decidable],
    [{ NotAction: '*' }, []],
    [{ NotAction: [] }, decidable],
    [{ NotAction: 's3:getobject' }, decidable.filter((name) => name !== 's3:GetObject')],
  ])('%j', (statement, expected) => {
    expect(normalOf(statement).actions).toEqual(expected)
  })
})

describe('Condition', () => {
  const conditionOf = (Condition: Json, version?: string) =>
    normalOf({ Condition }, version).conditions.map(({ operator, prefix, ifExists, key, operands }) => [
      [prefix, operator, ifExists ? 'IfExists' : undefined].filter(Boolean).join(' '),
      key,
      operands.map(({ text, pattern }) => [text, pattern && shownPattern(pattern)]),
    ])

  test.each<[string, Json, unknown]>([
    ['a key is spelled as in the catalogue', { StringLike: { 'S3:PREFIX': 'a*' } }, ['StringLike', 's3:prefix', [['a*', 'a*']]]],
    ['without wildcards a star is text', { StringEquals: { 's3:prefix': 'a*' } }, ['StringEquals', 's3:prefix', [['a*', 'a\\*']]]],
    ['prefix and IfExists are apart', { 'ForAnyValue:StringEqualsIfExists': { k: [] } }, ['ForAnyValue StringEquals IfExists', 'k', []]],
    [
      'variables are cut out',
      { StringEquals: { k: ['${AWS:username}', "${x, 'y'}"] } },
      [
        'StringEquals',
        'k',
        [
          ['${AWS:username}', '${aws:username}'],
          ["${x, 'y'}", "${x, 'y'}"],
        ],
      ],
    ],
    ['a malformed variable has no pattern', { StringEquals: { k: '${' } }, ['StringEquals', 'k', [['${', undefined]]]],
    ['only texts and ARNs have variables', { NumericEquals: { k: '${a}' } }, ['NumericEquals', 'k', [['${a}', '${a}']]]],
    [
      'numbers are their text',
      { NumericEquals: { k: [1e3, true] } },
      [
        'NumericEquals',
        'k',
        [
          ['1000', '1000'],
          ['true', 'true'],
        ],
      ],
    ],
  ])('%s', (_, Condition, expected) => {
    expect(conditionOf(Condition)).toEqual([expected])
  })

  test('before 2012-10-17 a variable is text', () => {
    const { conditions } = normalOf({ Condition: { StringEquals: { k: '${aws:username}' } } }, '2008-10-17')
    expect(conditions[0]?.operands[0]?.pattern).toEqual([{ kind: 'text', text: '${aws:username}' }])
  })

  test('every operator and key is a condition of its own, in order', () => {
    expect(conditionOf({ Bool: { b: 'true', a: 'true' }, Null: { c: 'true' } }).map(([operator, key]) => [operator, key])).toEqual([
      ['Bool', 'b'],
      ['Bool', 'a'],
      ['Null', 'c'],
    ])
  })
})

describe('the whole policy', () => {
  test('statements keep their order, place and Sid, also those that never apply', () => {
    const { statements } = stagesOf([{ Sid: 'a' }, { Action: 's3:CreateJob' }, { Sid: 'c', Effect: 'Deny' }]).normalise
    expect(statements.map(({ index, sid, effect }) => [index, sid, effect])).toEqual([
      [0, 'a', 'Allow'],
      [1, undefined, 'Allow'],
      [2, 'c', 'Deny'],
    ])
  })

  test.each([
    ['*', true],
    [{ AWS: '111122223333' }, false],
  ])('whether it is public: Principal %j', (Principal, isPublic) => {
    expect(stagesOf([{ Principal }]).normalise.isPublic).toBe(isPublic)
  })
})
