import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parsePolicy, validatePolicy } from '../../src/index.js'
import { codesOf, foundIn, policy, policyWith, problemsOf, statement, unmark } from './policy-text.js'

const manyProblems = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "same",
      "Effect": «"Alow"»,
      "Principal": { "AWS": [«"*"», "111122223333", «"nobody"»] },
      "Action": [«"s3:GetObjects"», «"s3:ListBucket"»],
      "Resource": «"arn:aws:s3:::other/*"»,
      "Condition": {
        "IpAddress": { "aws:SourceIp": [«"home"»] },
        «"StringEqual"»: { "aws:username": "alice" },
        "NumericEquals": { «"s3:nosuchkey"»: «"many"» }
      }
    },
    {
      "Sid": «"same"»,
      «"Efect"»: "Allow",
      "Effect": "Deny",
      "NotPrincipal": { "AWS": «""» },
      "NotAction": «"s3:CreateBucket"»,
      "NotResource": «"*"»,
      "Condition": «{}»
    }
  ]
}`

describe('all problems of a policy', () => {
  const { text, places } = unmark(manyProblems)

  test('are found at once, form and meaning together, in the order of the text', () => {
    expect(problemsOf(text).map((problem) => foundIn(problem).place)).toEqual(places)
  })

  test('are these', () => {
    expect(codesOf(text)).toEqual([
      'invalid-effect',
      'invalid-principal',
      'invalid-principal',
      'invalid-action',
      'action-resource-mismatch',
      'invalid-resource',
      'invalid-ip-address',
      'unknown-operator',
      'unknown-condition-key',
      'malformed-operand',
      'duplicate-sid',
      'unknown-element',
      'invalid-principal',
      'invalid-action',
      'invalid-resource',
      'empty-condition',
    ])
  })
})

describe('one mistake is one problem', () => {
  test.each([
    ['Principal is no object', policyWith({ Principal: '"arn:aws:iam::111122223333:user/alice"' }), ['wrong-type']],
    ['Principal is a list', policyWith({ Principal: '["*"]' }), ['wrong-type']],
    ['an AWS entry is a number', policyWith({ Principal: '{ "AWS": 111122223333 }' }), ['wrong-type']],
    ['Action is an object', policyWith({ Action: '{}' }), ['wrong-type']],
    ['Resource is null', policyWith({ Resource: 'null' }), ['wrong-type']],
    ['Statement is text', '{"Statement": "Allow"}', ['wrong-type']],
    ['a value of a condition is null', policyWith({ Condition: '{ "StringEquals": { "aws:username": null } }' }), ['wrong-type']],
    ['the only principal type is unknown', policyWith({ Principal: '{ "User": "alice" }' }), ['unknown-principal-type']],
    [
      'a variable stands in the account of a resource',
      policyWith({ Resource: '"arn:aws:s3::${aws:PrincipalAccount}:b/*"' }),
      ['invalid-resource'],
    ],
  ])('%s', (_, text, codes) => expect(codesOf(text)).toEqual(codes))
})

describe('a single value is a list of one', () => {
  test.each([
    ['Action', (value: string) => policyWith({ Action: value }), ['"s3:GetObject"', '"s3:Nope"', '"s3:ListBucket"']],
    [
      'Resource',
      (value: string) => policyWith({ Resource: value }),
      ['"arn:aws:s3:::b/*"', '"*"', '"arn:aws:s3:::b"', '"arn:aws:s3:::b/${"'],
    ],
    ['Principal', (value: string) => policyWith({ Principal: `{ "AWS": ${value} }` }), ['"*"', '"111122223333"', '"nobody"', '""', '1']],
    [
      'a condition',
      (value: string) => policyWith({ Condition: `{ "IpAddress": { "aws:SourceIp": ${value} } }` }),
      ['"10.0.0.1"', '"x"', '{}'],
    ],
    ['Statement', (value: string) => policy(value), [statement(), statement({ Effect: '"x"' }), '{}', '1']],
  ] as const)('%s', (_, textOf, values) => {
    for (const value of values) expect(codesOf(textOf(`[${value}]`))).toEqual(codesOf(textOf(value)))
  })
})

/** Statements that are right and wrong in all ways, to be put together. */
const statements = [
  statement(),
  statement({ Sid: '"a"', Action: '["s3:Nope", "s3:ListBucket"]', Resource: '["*", "arn:aws:s3:::other"]' }),
  statement({ Sid: '"a"', Principal: '{ "AWS": ["*", "x"], "Service": "" }' }),
  statement({
    Condition: '{ "StringEquals": { "s3:x": [], "aws:x": "${", "s3:prefix": "y" }, "ForAnyValue:Null": { "aws:username": "maybe" } }',
  }),
  statement({ Condition: '{ "NumericEquals": { "aws:SourceIp": ["x", "y"], "AWS:SourceIp": ["10.0.0.1"] }, "Bool": {} }' }),
  statement({ Principal: undefined, NotPrincipal: '{ "AWS": "*" }', Action: undefined, NotAction: '[]', Resource: '[]' }),
]

describe('laws', () => {
  const texts = fc.array(fc.constantFrom(...statements), { maxLength: 6 }).map((list) => policy(`[${list.join(', ')}]`))

  test('problems come in the order of the text', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const offsets = problemsOf(text).map(({ span }) => span.start.offset)
        expect(offsets).toEqual(offsets.toSorted((a, b) => a - b))
      }),
      { numRuns: 300 },
    )
  })

  test('a policy without an error has the problems of its form and those of its meaning, no more and no fewer', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { policy: parsed, diagnostics } = parsePolicy(text)
        if (parsed === undefined) throw new Error('the statements have no errors')
        const apart = [...diagnostics, ...validatePolicy(parsed, { bucket: 'b' })].map(foundIn)
        const sorted = (list: readonly unknown[]) => list.map((item) => JSON.stringify(item)).sort()
        expect(sorted(problemsOf(text).map(foundIn))).toEqual(sorted(apart))
      }),
      { numRuns: 300 },
    )
  })

  test('a statement has its problems, whatever stands before and after it (duplicate Sids aside)', () => {
    const counts = (text: string) => codesOf(text).filter((code) => code !== 'duplicate-sid' && code !== 'empty-statement-list').length
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...statements), { maxLength: 5 }), (list) => {
        const apart = list.map((item) => counts(policy(item))).reduce((sum, count) => sum + count, 0)
        expect(counts(policy(`[${list.join(', ')}]`))).toBe(apart)
      }),
      { numRuns: 300 },
    )
  })

  test('whatever the text, validating never throws, and places lie in the text', () => {
    const pieces = [
      ...statements,
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '"Statement"',
      '"Effect"',
      'null',
      '1e',
      '\\u',
      '\\',
      '\n',
      '\ud83d',
      '“',
    ]
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), fc.boolean(), (list, isPolicy) => {
        const text = isPolicy ? policy(list.join('')) : list.join('')
        for (const { span } of problemsOf(text)) {
          expect(span.start.offset).toBeGreaterThanOrEqual(0)
          expect(span.end.offset).toBeGreaterThanOrEqual(span.start.offset)
          expect(span.end.offset).toBeLessThanOrEqual(text.length)
        }
      }),
      { numRuns: 5_000 },
    )
  })
})
