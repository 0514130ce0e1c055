import { describe, expect, test } from 'vitest'
import { parsePolicy, parseRequest, validatePolicy, validatePolicyText } from '../../src/index.js'
import { codesOf, expectCapped, filled, SIZE } from './made.js'

/** A statement without problems for the bucket `b`, with some elements replaced. */
function statement(changes: Readonly<Record<string, string>>): string {
  const elements = { Effect: '"Allow"', Principal: '"*"', Action: '"s3:GetObject"', Resource: '"arn:aws:s3:::b/*"', ...changes }
  return `{${Object.entries(elements).map(([name, value]) => `"${name}":${value}`)}}`
}

const policyOf = (statements: string) => `{"Version":"2012-10-17","Statement":[${statements}]}`

describe('a large policy whose form is right', () => {
  test.each([
    {
      what: 'actions that do not exist, a statement each',
      text: policyOf(filled(10 * SIZE, statement({ Action: '"s3:x#"' }))),
      code: 'invalid-action',
    },
    { what: 'statements of one Sid', text: policyOf(filled(SIZE, statement({ Sid: '"s"' }))), code: 'duplicate-sid' },
    {
      what: 'statements that allow all but nobody',
      text: policyOf(filled(SIZE, statement({ Principal: '{}' }))),
      code: 'invalid-principal',
    },
    { what: 'actions that do not exist', text: policyOf(statement({ Action: `[${filled(SIZE, '"s3:#"')}]` })), code: 'invalid-action' },
    {
      what: 'patterns that cover nothing',
      text: policyOf(statement({ Action: `[${filled(SIZE / 50, '"s3:*?*?x#"')}]` })),
      code: 'invalid-action',
    },
    {
      what: 'principals that are none',
      text: policyOf(statement({ Principal: `{"AWS":[${filled(SIZE, '"x#"')}]}` })),
      code: 'invalid-principal',
    },
    { what: 'resources that are none', text: policyOf(statement({ Resource: `[${filled(SIZE, '"x#"')}]` })), code: 'invalid-resource' },
    {
      what: 'variables that are none',
      text: policyOf(statement({ Resource: `[${filled(SIZE, '"arn:aws:s3:::b/${#"')}]` })),
      code: 'malformed-variable',
    },
    {
      what: 'condition keys that do not exist',
      text: policyOf(statement({ Condition: `{"StringEquals":{${filled(SIZE, '"s3:k#":"v"')}}}` })),
      code: 'unknown-condition-key',
    },
    {
      what: 'operands that cannot be read',
      text: policyOf(statement({ Condition: `{"NumericEquals":{"s3:max-keys":[${filled(SIZE, '"x#"')}]}}` })),
      code: 'malformed-operand',
    },
    {
      what: 'keys without operands',
      text: policyOf(statement({ Condition: `{"Bool":{${filled(SIZE, '"aws:PrincipalTag/#":[]')}}}` })),
      code: 'empty-operand-list',
    },
    {
      what: 'as many actions as resources that do not fit',
      text: policyOf(statement({ Action: `[${filled(SIZE, '"s3:ListBucket"')}]`, Resource: `[${filled(SIZE, '"arn:aws:s3:::b/*"')}]` })),
      code: 'action-resource-mismatch',
    },
    {
      what: 'as many actions as conditions that do not fit',
      text: policyOf(
        statement({
          Action: `[${filled(SIZE, '"s3:PutObject"')}]`,
          Condition: `{"StringEquals":{${filled(SIZE, '"s3:ExistingObjectTag/#":"a"')}}}`,
        }),
      ),
      code: 'condition-not-applicable',
    },
  ])('$what', ({ text, code }) => {
    const { policy, diagnostics } = parsePolicy(text)
    expect(diagnostics).toEqual([])
    const problems = policy === undefined ? [] : validatePolicy(policy, { bucket: 'b' })
    expectCapped(problems)
    expect(codesOf(problems)).toContain(code)
  })

  test.each([
    { what: 'statements', text: policyOf(filled(2 * SIZE, statement({}))), codes: ['policy-too-large'] },
    { what: 'actions', text: policyOf(statement({ Action: `[${filled(SIZE, '"s3:GetObject"')}]` })), codes: ['policy-too-large'] },
    {
      what: 'one action',
      text: policyOf(statement({ Action: `"s3:${'x'.repeat(SIZE)}"` })),
      codes: ['invalid-action', 'policy-too-large'],
    },
    { what: 'one pattern of stars', text: policyOf(statement({ Action: `"s3:${'*'.repeat(SIZE / 4)}"` })), codes: ['policy-too-large'] },
    {
      what: 'one pattern of letters between stars',
      text: policyOf(statement({ Action: `"${'*a'.repeat(SIZE / 2)}"` })),
      codes: ['invalid-action', 'policy-too-large'],
    },
    {
      what: 'one resource',
      text: policyOf(statement({ Resource: `"arn:aws:s3:::b/${'a*'.repeat(SIZE / 2)}"` })),
      codes: ['policy-too-large'],
    },
    {
      what: 'one bucket',
      text: policyOf(statement({ Resource: `"arn:aws:s3:::${'?'.repeat(SIZE)}/*"` })),
      codes: ['invalid-resource', 'policy-too-large'],
    },
    {
      what: 'one resource of colons',
      text: policyOf(statement({ Resource: `"arn:aws:s3:::b/${':'.repeat(SIZE)}"` })),
      codes: ['policy-too-large'],
    },
    {
      what: 'one resource of variables',
      text: policyOf(statement({ Resource: `"arn:aws:s3:::b/${"${a, 'b'}".repeat(SIZE / 9)}"` })),
      codes: ['policy-too-large'],
    },
    {
      what: 'one resource of escapes',
      text: policyOf(statement({ Resource: `"arn:aws:s3:::b/${'${*}'.repeat(SIZE / 4)}"` })),
      codes: ['policy-too-large'],
    },
    {
      what: 'one resource of dollar signs and braces',
      text: policyOf(statement({ Resource: `"arn:aws:s3:::b/${'${'.repeat(SIZE / 2)}"` })),
      codes: ['malformed-variable', 'policy-too-large'],
    },
    {
      what: 'one principal',
      text: policyOf(statement({ Principal: `{"AWS":"${'1'.repeat(SIZE)}"}` })),
      codes: ['invalid-principal', 'policy-too-large'],
    },
    {
      what: 'one principal of slashes',
      text: policyOf(statement({ Principal: `{"AWS":"arn:aws:iam::111122223333:user${'/a'.repeat(SIZE / 2)}"}` })),
      codes: ['policy-too-large'],
    },
    {
      what: 'one condition key',
      text: policyOf(statement({ Condition: `{"Bool":{"${'k'.repeat(SIZE)}":true}}` })),
      codes: ['policy-too-large', 'unknown-condition-key'],
    },
    {
      what: 'one key of slashes',
      text: policyOf(statement({ Condition: `{"StringEquals":{"aws:PrincipalTag${'/a'.repeat(SIZE / 2)}":"x"}}` })),
      codes: ['policy-too-large'],
    },
    {
      what: 'one number',
      text: policyOf(statement({ Condition: `{"NumericEquals":{"s3:signatureAge":${'1'.repeat(SIZE)}}}` })),
      codes: ['policy-too-large'],
    },
    {
      what: 'one address of colons',
      text: policyOf(statement({ Condition: `{"IpAddress":{"aws:SourceIp":"${':'.repeat(SIZE)}"}}` })),
      codes: ['invalid-ip-address', 'policy-too-large'],
    },
    {
      what: 'one text of base64',
      text: policyOf(statement({ Condition: `{"BinaryEquals":{"aws:referer":"${'AAAA'.repeat(SIZE / 4)}"}}` })),
      codes: ['policy-too-large'],
    },
    {
      what: 'an Id of half a character each',
      text: `{"Id":"${'\\ud800'.repeat(SIZE / 6)}","Statement":[]}`,
      codes: ['empty-statement-list', 'lone-surrogate', 'policy-too-large'],
    },
  ])('$what', ({ text, codes }) => {
    expect(codesOf(validatePolicyText(text, { bucket: 'b' }))).toEqual(codes)
  })
})

describe('a large policy whose form is wrong', () => {
  test.each([
    { what: 'statements that are none', text: policyOf(filled(2 * SIZE, '1')), code: 'wrong-type' },
    { what: 'empty statements', text: policyOf(filled(SIZE, '{}')), code: 'missing-effect' },
    { what: 'statements with half their elements', text: policyOf(filled(SIZE, '{"Effect":"allow","Action":1}')), code: 'invalid-effect' },
    { what: 'unknown elements of one statement', text: policyOf(`{${filled(SIZE, '"E#":1')}}`), code: 'unknown-element' },
    {
      what: 'principal types that do not exist',
      text: policyOf(statement({ Principal: `{${filled(SIZE, '"T#":"*"')}}` })),
      code: 'unknown-principal-type',
    },
    {
      what: 'principals that are no texts',
      text: policyOf(statement({ Principal: `{"AWS":[${filled(SIZE, '{}')}]}` })),
      code: 'wrong-type',
    },
    { what: 'actions that are no texts', text: policyOf(statement({ Action: `[${filled(SIZE, 'null')}]` })), code: 'wrong-type' },
    {
      what: 'operators that do not exist',
      text: policyOf(statement({ Condition: `{${filled(SIZE, '"O#":{"k":"v"}')}}` })),
      code: 'unknown-operator',
    },
    {
      what: 'operators that are nearly one',
      text: policyOf(statement({ Condition: `{${filled(SIZE, '"StringEqual#":{}')}}` })),
      code: 'unknown-operator',
    },
    {
      what: 'operators without objects',
      text: policyOf(statement({ Condition: `{${filled(SIZE, '"O#":[]')}}` })),
      code: 'unknown-operator',
    },
    {
      what: 'operands that are no texts',
      text: policyOf(statement({ Condition: `{"Bool":{"k":[${filled(SIZE, 'null')}]}}` })),
      code: 'wrong-type',
    },
  ])('$what', ({ text, code }) => {
    const { policy, diagnostics } = parsePolicy(text)
    expect(policy).toBeUndefined()
    expectCapped(diagnostics)
    expect(codesOf(diagnostics)).toContain(code)
  })

  test('help is made for problems that are listed, and none of it names a text that is too long', () => {
    const long = 'StringEquals'.padEnd(SIZE, 'x')
    const diagnostics = validatePolicyText(policyOf(statement({ Condition: `{"${long}":{"${long}":"v"}}`, Action: `"${long}"` })))
    expect(codesOf(diagnostics)).toEqual(expect.arrayContaining(['invalid-action', 'unknown-operator']))
    expect(diagnostics.filter(({ help }) => (help?.length ?? 0) > 1000)).toEqual([])
  })

  test.each([
    {
      what: 'a condition key',
      text: (name: string) => policyOf(statement({ Condition: `{"Bool":{"${name}":[${filled(10_000, 'null')}]}}` })),
    },
    { what: 'a context key', text: (name: string) => `{"context":{"${name}":[${filled(10_000, 'null')}]}}` },
  ])('a long name of $what is not copied into a thousand messages', ({ text }) => {
    const document = text('k'.repeat(100_000))
    const diagnostics = document.startsWith('{"context"') ? parseRequest(document).diagnostics : parsePolicy(document).diagnostics
    expectCapped(diagnostics)
    const words = diagnostics.reduce((sum, { message, help = '', s3 }) => sum + message.length + help.length + (s3?.message.length ?? 0), 0)
    expect(words).toBeLessThan(10 * document.length)
  })
})
