import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { conditionOperators, setPrefixes } from '../../src/catalog/condition-operators.js'
import { principalTypes } from '../../src/catalog/principal-types.js'
import { formatOperator, type Policy } from '../../src/policy/ast.js'
import { parsePolicy } from '../../src/policy/parser.js'
import { normalizedSize, printPolicy } from '../../src/policy/printer.js'
import { arbitraryPolicy } from './arbitrary-policy.js'

function parsed(text: string): Policy {
  const { policy, diagnostics } = parsePolicy(text)
  if (policy === undefined) throw new Error(JSON.stringify(diagnostics))
  return policy
}

const elements = '"Effect":"Allow","Principal":"*","Action":"a","Resource":"r"'

describe('printPolicy', () => {
  test.each([
    { what: 'a policy without statements', text: '{ "Statement" : [ ] }', printed: '{"Statement":[]}' },
    {
      what: 'a single statement, as a list',
      text: `{"Statement":{${elements}}}`,
      printed: `{"Statement":[{${elements}}]}`,
    },
    {
      what: 'elements in another order',
      text: '{"Statement":[{"Condition":{"Bool":{"k":"true"}},"Resource":"r","Action":"a","Principal":"*","Effect":"Allow","Sid":"s"}],"Id":"i","Version":"2012-10-17"}',
      printed: `{"Version":"2012-10-17","Id":"i","Statement":[{"Sid":"s",${elements},"Condition":{"Bool":{"k":"true"}}}]}`,
    },
    {
      what: 'negated elements',
      text: '{"Version":"2008-10-17","Statement":[{"NotResource":["r"],"NotAction":["a","b"],"NotPrincipal":{"AWS":["1"]},"Effect":"Deny"}]}',
      printed:
        '{"Version":"2008-10-17","Statement":[{"Effect":"Deny","NotPrincipal":{"AWS":"1"},"NotAction":["a","b"],"NotResource":"r"}]}',
    },
    {
      what: 'lists of one and of none',
      text: '{"Statement":[{"Effect":"Allow","Principal":{"AWS":["1"],"Service":["s","t"]},"Action":["a"],"Resource":[],"Condition":{"Bool":{"k":["true"],"l":[]}}}]}',
      printed:
        '{"Statement":[{"Effect":"Allow","Principal":{"AWS":"1","Service":["s","t"]},"Action":"a","Resource":[],"Condition":{"Bool":{"k":"true","l":[]}}}]}',
    },
    {
      what: 'types of principal in the order of the documentation',
      text: '{"Statement":[{"Effect":"Allow","Principal":{"CanonicalUser":"c","Federated":"f","Service":"s","AWS":"*"},"Action":"a","Resource":"r"}]}',
      printed:
        '{"Statement":[{"Effect":"Allow","Principal":{"AWS":"*","Service":"s","Federated":"f","CanonicalUser":"c"},"Action":"a","Resource":"r"}]}',
    },
    {
      what: 'principals of nobody',
      text: '{"Statement":[{"Effect":"Allow","Principal":{"AWS":[]},"Action":"a","Resource":"r"}]}',
      printed: '{"Statement":[{"Effect":"Allow","Principal":{},"Action":"a","Resource":"r"}]}',
    },
    {
      what: 'numbers and booleans as text, as they are spelled',
      text: `{"Statement":[{${elements},"Condition":{"NumericEquals":{"k":[1e3,10.0]},"Bool":{"k":true}}}]}`,
      printed: `{"Statement":[{${elements},"Condition":{"NumericEquals":{"k":["1e3","10.0"]},"Bool":{"k":"true"}}}]}`,
    },
    {
      what: 'prefixes and IfExists',
      text: `{"Statement":[{${elements},"Condition":{"ForAllValues:StringLikeIfExists":{"k":"v"},"ForAnyValue:StringLike":{"k":"v"}}}]}`,
      printed: `{"Statement":[{${elements},"Condition":{"ForAllValues:StringLikeIfExists":{"k":"v"},"ForAnyValue:StringLike":{"k":"v"}}}]}`,
    },
    {
      what: 'conditions that say nothing',
      text: `{"Statement":[{${elements},"Condition":{"Bool":{}}},{${elements},"Condition":{}}]}`,
      printed: `{"Statement":[{${elements}},{${elements}}]}`,
    },
    {
      what: 'names that JavaScript gives meaning to',
      text: `{"Statement":[{${elements},"Condition":{"StringEquals":{"__proto__":"a","constructor":"b","toString":["c","d"]}}}]}`,
      printed: `{"Statement":[{${elements},"Condition":{"StringEquals":{"__proto__":"a","constructor":"b","toString":["c","d"]}}}]}`,
    },
    {
      what: 'empty texts',
      text: '{"Id":"","Statement":[{"Sid":"","Effect":"Allow","Principal":{"AWS":""},"Action":"","Resource":["",""]}]}',
      printed: '{"Id":"","Statement":[{"Sid":"","Effect":"Allow","Principal":{"AWS":""},"Action":"","Resource":["",""]}]}',
    },
  ])('$what', ({ text, printed }) => {
    expect(printPolicy(parsed(text), 0)).toBe(printed)
  })

  test('indents by two spaces unless told otherwise', () => {
    const policy = parsed('{"Statement":[],"Id":"i"}')
    expect(printPolicy(policy)).toBe('{\n  "Id": "i",\n  "Statement": []\n}')
    expect(printPolicy(policy, 2)).toBe(printPolicy(policy))
    expect(printPolicy(policy, 4)).toBe('{\n    "Id": "i",\n    "Statement": []\n}')
    expect(printPolicy(policy, 0)).toBe('{"Id":"i","Statement":[]}')
  })

  test('print → parse → print is stable', () => {
    fc.assert(
      fc.property(arbitraryPolicy, fc.constantFrom(0, 2), (policy, indent) => {
        const printed = printPolicy(parsed(JSON.stringify(policy)), indent)
        expect(printPolicy(parsed(printed), indent)).toBe(printed)
      }),
      { numRuns: 1000 },
    )
  })

  test('a printed policy is the same policy, its places aside', () => {
    const withoutPlaces = (policy: Policy) => JSON.parse(JSON.stringify(policy, (name, value) => (name === 'location' ? undefined : value)))
    fc.assert(
      fc.property(arbitraryPolicy, (policy) => {
        const first = parsed(JSON.stringify(policy))
        expect(withoutPlaces(parsed(printPolicy(first)))).toEqual(withoutPlaces(first))
      }),
      { numRuns: 1000 },
    )
  })

  test('a policy that is in its normal form prints as it is', () => {
    const normal = `{"Version":"2012-10-17","Id":"i","Statement":[{"Sid":"s",${elements},"Condition":{"Bool":{"k":"true"}}},{${elements}}]}`
    expect(printPolicy(parsed(normal), 0)).toBe(normal)
  })
})

describe('normalizedSize', () => {
  const size = (id: string) => normalizedSize(parsed(JSON.stringify({ Id: id, Statement: [] })))
  const empty = '{"Id":"","Statement":[]}'.length

  test.each([
    { id: '', bytes: 0 },
    { id: 'a', bytes: 1 },
    { id: '\u007f', bytes: 1 },
    { id: '\u0080', bytes: 2 },
    { id: 'é', bytes: 2 },
    { id: '\u07ff', bytes: 2 },
    { id: '\u0800', bytes: 3 },
    { id: '€', bytes: 3 },
    { id: '\uffff', bytes: 3 },
    { id: '\u{10000}', bytes: 4 },
    { id: '😀', bytes: 4 },
    { id: '\u{10ffff}', bytes: 4 },
    { id: 'aé€😀', bytes: 10 },
    { id: '"', bytes: 2 },
    { id: '\n', bytes: 2 },
    { id: '\u0001', bytes: 6 },
  ])('$id takes $bytes bytes', ({ id, bytes }) => {
    expect(size(id)).toBe(empty + bytes)
  })

  test('blanks of the text do not count, and neither does its order', () => {
    expect(normalizedSize(parsed('{ "Statement" : [ ] ,\n\n "Id" : "é" }'))).toBe(empty + 2)
  })

  test('the bytes of UTF-8 of the policy printed on one line', () => {
    fc.assert(
      fc.property(arbitraryPolicy, fc.string({ unit: 'binary' }), (policy, id) => {
        const read = parsed(JSON.stringify({ ...policy, Id: id }))
        expect(normalizedSize(read)).toBe(Buffer.byteLength(printPolicy(read, 0)))
      }),
    )
  })
})

describe('arbitraryPolicy', () => {
  const policies = fc.sample(arbitraryPolicy, { numRuns: 3000, seed: 1 }).map((policy) => parsed(JSON.stringify(policy)))
  const statements = policies.flatMap(({ Statement: list }) => list)

  test('has every operator with every prefix, with and without IfExists', () => {
    const seen = new Set(statements.flatMap(({ Condition: conditions }) => conditions.map(({ operator }) => formatOperator(operator))))
    const prefixes = ['', ...setPrefixes.map((prefix) => `${prefix}:`)]
    const all = conditionOperators.flatMap((name) =>
      prefixes.flatMap((prefix) => (name === 'Null' ? [prefix + name] : [prefix + name, `${prefix}${name}IfExists`])),
    )
    expect(all.filter((operator) => !seen.has(operator))).toEqual([])
  })

  test('has principals of all types, negated elements, empty lists, both versions and none', () => {
    const entries = statements.flatMap(({ Principal = [], NotPrincipal = [] }) => [...Principal, ...NotPrincipal])
    expect(new Set(entries.map(({ type }) => type))).toEqual(new Set(['*', ...principalTypes]))
    for (const name of ['Principal', 'Action', 'Resource'] as const) {
      expect(statements.some((statement) => statement[`Not${name}`] !== undefined)).toBe(true)
      expect(statements.some((statement) => statement[name]?.length === 0)).toBe(true)
    }
    expect(new Set(policies.map(({ Version }) => Version))).toEqual(new Set(['2012-10-17', '2008-10-17', undefined]))
  })
})
