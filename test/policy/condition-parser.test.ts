import { describe, expect, test } from 'vitest'
import { conditionOperators, setPrefixes } from '../../src/catalog/condition-operators.js'
import { type Condition, formatOperator } from '../../src/policy/ast.js'
import { formatPath } from '../../src/policy/json-path.js'
import { parsePolicy } from '../../src/policy/parser.js'
import { type Problem, problemsOf } from './problems.js'

/** A policy with this condition block, which starts at column 1 of line 2. */
function policyWith(condition: string): string {
  return `{"Statement":{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":\n${condition}}}`
}

function conditionsOf(condition: string): readonly Condition[] {
  const { policy, diagnostics } = parsePolicy(policyWith(condition))
  expect(diagnostics).toEqual([])
  return policy?.Statement[0]?.Condition ?? []
}

function problemsIn(condition: string): readonly Problem[] {
  const text = policyWith(condition)
  const { policy, diagnostics } = parsePolicy(text)
  expect(policy === undefined).toBe(diagnostics.some(({ severity }) => severity === 'error'))
  return problemsOf(text, diagnostics)
}

describe('operators', () => {
  const forms = [...setPrefixes.map((prefix) => ({ prefix, text: `${prefix}:` })), { prefix: undefined, text: '' }]

  test.each(conditionOperators)('%s with every prefix and suffix', (name) => {
    for (const { prefix, text } of forms) {
      for (const ifExists of [true, false]) {
        if (name === 'Null' && ifExists) continue
        const spelled = `${text}${name}${ifExists ? 'IfExists' : ''}`
        const [condition, ...others] = conditionsOf(`{"${spelled}":{"k":"v"}}`)
        expect(others).toEqual([])
        expect(condition?.operator).toEqual({ name, ...(prefix !== undefined && { prefix }), ifExists, location: expect.anything() })
        expect('prefix' in (condition?.operator ?? {})).toBe(prefix !== undefined)
        expect(condition && formatOperator(condition.operator)).toBe(spelled)
      }
    }
  })

  test.each(
    ['StringEqual', 'stringEquals', 'StringEquals ', ' StringEquals', 'IPAddress', 'StringEqualsIfExist', 'StringEqualsifexists'].concat(
      [
        'StringEqualsIfExistsIfExists',
        'IfExists',
        'NullIfExists',
        'ForAllValues:NullIfExists',
        'ForAllValues:',
        'ForAllValues',
        ':Bool',
        '',
      ],
      ['ForAllValuesStringEquals', 'ForAllValues:ForAnyValue:Bool', 'ForAllValues: Bool', 'forAllValues:Bool', 'ForAllValue:Bool', 'Bool:'],
      ['__proto__', 'constructor', 'toString', 'hasOwnPropertyIfExists', 'ForAllValues:__proto__', '$&', '{}'],
    ),
  )('there is no operator %j', (name) => {
    expect(problemsIn(`{"${name}":{"k":"v"}}`)).toMatchObject([
      {
        code: 'unknown-operator',
        severity: 'error',
        path: formatPath(['Statement', 'Condition', name]),
        at: '2:2',
        found: `"${name}"`,
        message: `there is no condition operator \`${name}\``,
        s3: `Invalid Condition type : ${name}`,
      },
    ])
  })

  test.each([
    { name: 'StringEqual', help: 'did you mean `StringEquals`?' },
    { name: 'stringEquals', help: 'did you mean `StringEquals`?' },
    { name: 'STRINGEQUALS', help: 'did you mean `StringEquals`?' },
    { name: 'StringEquals ', help: 'did you mean `StringEquals`?' },
    { name: ':StringEquals', help: 'did you mean `StringEquals`?' },
    { name: 'IPAddress', help: 'did you mean `IpAddress`?' },
    { name: 'NumericGreatrThan', help: 'did you mean `NumericGreaterThan`?' },
    { name: 'Frobnicate', help: undefined },
    { name: '__proto__', help: undefined },
  ])('$name: $help', ({ name, help }) => {
    const [problem] = problemsIn(`{"${name}":{"k":"v"}}`)
    expect(problem?.help).toBe(help)
  })
})

describe('values', () => {
  test.each([
    { json: '"a"', texts: ['a'] },
    { json: '""', texts: [''] },
    { json: '["a"]', texts: ['a'] },
    { json: '["a","b","a"]', texts: ['a', 'b', 'a'] },
    { json: '[]', texts: [] },
    { json: 'true', texts: ['true'] },
    { json: 'false', texts: ['false'] },
    { json: '10', texts: ['10'] },
    { json: '10.0', texts: ['10.0'] },
    { json: '1e3', texts: ['1e3'] },
    { json: '-0', texts: ['-0'] },
    { json: '12345678901234567890', texts: ['12345678901234567890'] },
    { json: '["1", 1, true, 1.50E+2]', texts: ['1', '1', 'true', '1.50E+2'] },
    { json: '"\\u0041"', texts: ['A'] },
  ])('$json: $texts', ({ json, texts }) => {
    const [condition] = conditionsOf(`{"StringEquals":{"k":${json}}}`)
    expect(condition?.values.map(({ text }) => text)).toEqual(texts)
    expect(condition?.key.text).toBe('k')
  })

  test.each([
    { json: 'null', path: '$.Statement.Condition.StringEquals.k', at: '2:22', found: 'null', what: 'null' },
    { json: '{}', path: '$.Statement.Condition.StringEquals.k', at: '2:22', found: '{}', what: 'an object' },
    { json: '["a",null]', path: '$.Statement.Condition.StringEquals.k[1]', at: '2:27', found: 'null', what: 'null' },
    { json: '["a",["b"]]', path: '$.Statement.Condition.StringEquals.k[1]', at: '2:27', found: '["b"]', what: 'an array' },
    { json: '[{"a":1}]', path: '$.Statement.Condition.StringEquals.k[0]', at: '2:23', found: '{"a":1}', what: 'an object' },
  ])('$json is no value', ({ json, path, at, found, what }) => {
    expect(problemsIn(`{"StringEquals":{"k":${json}}}`)).toEqual([
      {
        code: 'wrong-type',
        severity: 'error',
        path,
        at,
        found,
        message: `a value of k must be text, a number, or a boolean, found ${what}`,
        s3: 'Invalid policy syntax.',
      },
    ])
  })
})

describe('blocks', () => {
  test('operators, keys and values know where they stand', () => {
    const text = policyWith('{"StringLike":{"s3:prefix":["a",\n"b"]},\n"Bool":{"aws:SecureTransport":true}}')
    const places = parsePolicy(text).policy?.Statement[0]?.Condition.map(({ operator, key, values }) =>
      [operator, key, ...values].map(({ location: { path, span } }) => [
        path.slice(2).join(' '),
        `${span.start.line}:${span.start.column}`,
        text.slice(span.start.offset, span.end.offset),
      ]),
    )
    expect(places).toEqual([
      [
        ['StringLike', '2:2', '"StringLike"'],
        ['StringLike s3:prefix', '2:16', '"s3:prefix"'],
        ['StringLike s3:prefix 0', '2:29', '"a"'],
        ['StringLike s3:prefix 1', '3:1', '"b"'],
      ],
      [
        ['Bool', '4:1', '"Bool"'],
        ['Bool aws:SecureTransport', '4:9', '"aws:SecureTransport"'],
        ['Bool aws:SecureTransport', '4:31', 'true'],
      ],
    ])
  })

  test('every key under every operator is a condition, in the order of the text', () => {
    const conditions = conditionsOf('{"Bool":{"b":"true","a":"true"},"StringEquals":{"b":"x"},"BoolIfExists":{"a":[]}}')
    expect(conditions.map(({ operator, key }) => `${formatOperator(operator)} ${key.text}`)).toEqual([
      'Bool b',
      'Bool a',
      'StringEquals b',
      'BoolIfExists a',
    ])
  })

  test('keys that JavaScript gives meaning to are keys like any other', () => {
    const conditions = conditionsOf('{"StringEquals":{"__proto__":"a","constructor":"b","toString":"c","":"d"}}')
    expect(conditions.map(({ key, values }) => [key.text, values[0]?.text])).toEqual([
      ['__proto__', 'a'],
      ['constructor', 'b'],
      ['toString', 'c'],
      ['', 'd'],
    ])
  })

  test.each<{ condition: string; problem: Omit<Problem, 'severity'> }>([
    {
      condition: '{}',
      problem: {
        code: 'empty-condition',
        path: '$.Statement.Condition',
        at: '2:1',
        found: '{}',
        message: 'Condition has no operator, so it is always true',
        help: 'remove it',
      },
    },
    {
      condition: '{"Bool":{}}',
      problem: {
        code: 'empty-condition',
        path: '$.Statement.Condition.Bool',
        at: '2:9',
        found: '{}',
        message: 'Bool has no key, so it is always true',
        help: 'remove it',
      },
    },
    {
      condition: '{"ForAnyValue:StringLikeIfExists":{}}',
      problem: {
        code: 'empty-condition',
        path: '$.Statement.Condition["ForAnyValue:StringLikeIfExists"]',
        at: '2:35',
        found: '{}',
        message: 'ForAnyValue:StringLikeIfExists has no key, so it is always true',
        help: 'remove it',
      },
    },
  ])('$condition is a warning', ({ condition, problem }) => {
    expect(problemsIn(condition)).toEqual([{ ...problem, severity: 'warning' }])
    expect(parsePolicy(policyWith(condition)).policy?.Statement[0]?.Condition).toEqual([])
  })

  test.each([
    { condition: '[]', path: '$.Statement.Condition', at: '2:1', found: '[]', message: 'Condition must be an object, found an array' },
    { condition: 'null', path: '$.Statement.Condition', at: '2:1', found: 'null', message: 'Condition must be an object, found null' },
    { condition: '"a"', path: '$.Statement.Condition', at: '2:1', found: '"a"', message: 'Condition must be an object, found text' },
    { condition: '1', path: '$.Statement.Condition', at: '2:1', found: '1', message: 'Condition must be an object, found a number' },
    { condition: 'true', path: '$.Statement.Condition', at: '2:1', found: 'true', message: 'Condition must be an object, found a boolean' },
    {
      condition: '{"Bool":[]}',
      path: '$.Statement.Condition.Bool',
      at: '2:9',
      found: '[]',
      message: 'the condition operator Bool must be an object, found an array',
    },
    {
      condition: '{"Bool":"a"}',
      path: '$.Statement.Condition.Bool',
      at: '2:9',
      found: '"a"',
      message: 'the condition operator Bool must be an object, found text',
    },
  ])('$condition is of the wrong type', ({ condition, ...problem }) => {
    expect(problemsIn(condition)).toEqual([{ code: 'wrong-type', severity: 'error', ...problem, s3: 'Invalid policy syntax.' }])
  })

  test('what stands under an unknown operator is looked through too', () => {
    expect(problemsIn('{"Boool":{"k":null,"l":"x"},"Nul":{},"Bol":1}').map(({ code, at, help }) => [code, at, help])).toEqual([
      ['unknown-operator', '2:2', 'did you mean `Bool`?'],
      ['wrong-type', '2:15', undefined],
      ['unknown-operator', '2:29', 'did you mean `Null`?'],
      ['empty-condition', '2:35', 'remove it'],
      ['unknown-operator', '2:38', 'did you mean `Bool`?'],
      ['wrong-type', '2:44', undefined],
    ])
  })
})
