import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { problems as catalogue } from '../../src/catalog/problems.js'
import type { Policy, PrincipalEntry, Statement, Text } from '../../src/policy/ast.js'
import { parseDraft, parsePolicy } from '../../src/policy/parser.js'
import { arbitraryPolicy } from './arbitrary-policy.js'
import { type Problem, problemsOf } from './problems.js'

/** A statement without problems, with some elements replaced or, if `undefined`, left out. One element a line. */
function statement(changes: Readonly<Record<string, string | undefined>> = {}): string {
  const elements = { Effect: '"Allow"', Principal: '"*"', Action: '"s3:GetObject"', Resource: '"arn:aws:s3:::b/*"', ...changes }
  const lines = Object.entries(elements).flatMap(([name, value]) => (value === undefined ? [] : [`"${name}":${value}`]))
  return `{\n${lines.join(',\n')}}`
}

const policyOf = (...statements: readonly string[]) => `{"Statement":[${statements.join(',')}]}`

function problemsIn(text: string): readonly Problem[] {
  const { policy, diagnostics } = parsePolicy(text)
  expect(policy === undefined).toBe(diagnostics.some(({ severity }) => severity === 'error'))
  return problemsOf(text, diagnostics)
}

function parsed(text: string): Policy {
  const { policy, diagnostics } = parsePolicy(text)
  if (policy === undefined) throw new Error(JSON.stringify(diagnostics))
  return policy
}

function firstStatement(changes: Readonly<Record<string, string | undefined>>): Statement {
  const [first] = parsed(policyOf(statement(changes))).Statement
  if (first === undefined) throw new Error('no statement')
  return first
}

const textsOf = (texts: readonly Text[] | undefined) => texts?.map(({ text }) => text)
const entriesOf = (entries: readonly PrincipalEntry[] | undefined) => entries?.map(({ type, text }) => `${type} ${text}`)

interface Row {
  readonly text: string
  readonly problems: readonly Omit<Problem, 'severity' | 's3'>[]
}

/** Each problem as written, with the severity and S3's message from the catalogue; `s3` only where they hold the offending text. */
function expectProblems({ text, problems }: Row): void {
  const found = problemsIn(text)
  expect(found.map(({ severity, s3, ...problem }) => problem)).toEqual(problems)
  for (const { code, severity, s3 } of found) {
    const { severity: expected, s3Message } = catalogue[code]
    expect(severity).toBe(expected)
    if (s3Message?.includes('{}') !== true) expect(s3).toBe(s3Message)
  }
}

describe('the document', () => {
  const first = { code: 'not-an-object', path: '$', at: '1:1', message: 'a policy is a JSON object' } as const

  test.each([
    { text: '', found: '' },
    { text: ' ', found: ' ' },
    { text: '\n\n', found: '\n' },
    { text: 'x', found: 'x' },
    { text: '[]', found: '[' },
    { text: '  [{}]', found: ' ' },
    { text: '"{}"', found: '"' },
    { text: 'null', found: 'n' },
    { text: '1', found: '1' },
    { text: '[{"a":1,"a":1}]', found: '[' },
  ])('$text', ({ text, found }) => {
    expectProblems({ text, problems: [{ ...first, found }] })
    expect(problemsIn(text)).toMatchObject([{ s3: "Policies must be valid JSON and the first byte must be '{'" }])
  })

  test.each([
    { space: ' ', end: '1:2' },
    { space: '\n\t ', end: '2:3' },
    { space: '\r\n', end: '2:1' },
  ])('blanks before the policy: $space', ({ space, end }) => {
    const text = space + policyOf(statement())
    expectProblems({
      text,
      problems: [
        { code: 'leading-space', path: '$', at: '1:1', found: space, message: 'white space before the policy', help: 'remove it' },
      ],
    })
    const [diagnostic] = parsePolicy(text).diagnostics
    expect(`${diagnostic?.span.end.line}:${diagnostic?.span.end.column}`).toBe(end)
    expect(diagnostic?.severity).toBe('refused')
    expect(parsed(text).Statement).toHaveLength(1)
  })

  test('a byte order mark is no white space of JSON', () => {
    const text = `\ufeff${policyOf(statement())}`
    expect(problemsIn(text).map(({ code, at }) => [code, at])).toContainEqual(['invalid-json', '1:1'])
  })

  test.each<Row>([
    {
      text: '{"Statement":',
      problems: [
        { code: 'invalid-json', path: '$.Statement', at: '1:14', found: '', message: 'expected a value, found the end of the text' },
      ],
    },
    {
      text: '{}{}',
      problems: [{ code: 'invalid-json', path: '$', at: '1:3', found: '{}', message: 'text after the end of the document' }],
    },
    {
      text: `{"Statement":[${statement()},]}`,
      problems: [{ code: 'invalid-json', path: '$.Statement[1]', at: '5:32', found: ']', message: 'expected a value, found `]`' }],
    },
    {
      text: policyOf(statement({ Sid: '"a\tb"' })),
      problems: [
        { code: 'invalid-json', path: '$.Statement[0].Sid', at: '6:9', found: '\t', message: 'control characters in text must be escaped' },
      ],
    },
    {
      text: policyOf(statement({ Condition: '['.repeat(62) })),
      problems: [
        {
          code: 'nesting-too-deep',
          path: `$.Statement[0].Condition${'[0]'.repeat(61)}`,
          at: '6:74',
          found: '[',
          message: 'nested deeper than 64 levels',
        },
      ],
    },
    {
      text: `{"Statement":[],"Statement":[${statement()}]}`,
      problems: [
        {
          code: 'duplicate-member',
          path: '$.Statement',
          at: '1:17',
          found: '"Statement"',
          message: '`Statement` appears twice in the same object',
        },
      ],
    },
    {
      text: policyOf(statement({ Sid: '"\\ud800"' })),
      problems: [
        {
          code: 'lone-surrogate',
          path: '$.Statement[0].Sid',
          at: '6:7',
          found: '"\\ud800"',
          message: 'text holds half of a surrogate pair, which is no character',
        },
      ],
    },
  ])('$text', (row) => {
    expectProblems(row)
    expect(problemsIn(row.text)).toMatchObject([{ s3: 'This policy contains invalid Json' }])
  })

  test('names that are twice in the same object, at every depth', () => {
    const text = policyOf(statement({ Principal: '{"AWS":"a","AWS":"b"}', Condition: '{"Bool":{"k":"1","k":"2"},"Bool":{}}' })).replace(
      '"Effect"',
      '"Effect":"Deny","Effect"',
    )
    expect(problemsIn(text).map(({ code, path, at }) => [code, path, at])).toEqual([
      ['duplicate-member', '$.Statement[0].Effect', '2:17'],
      ['duplicate-member', '$.Statement[0].Principal.AWS', '3:24'],
      ['duplicate-member', '$.Statement[0].Condition.Bool.k', '6:30'],
      ['duplicate-member', '$.Statement[0].Condition.Bool', '6:39'],
      ['empty-condition', '$.Statement[0].Condition.Bool', '6:46'],
    ])
  })

  test.each<Row>([
    { text: '{}', problems: [{ code: 'missing-statement', path: '$', at: '1:1', found: '{}', message: 'a policy needs `Statement`' }] },
    {
      text: '{"Statements":[]}',
      problems: [
        { code: 'missing-statement', path: '$', at: '1:1', found: '{"Statements":[]}', message: 'a policy needs `Statement`' },
        {
          code: 'unknown-element',
          path: '$.Statements',
          at: '1:2',
          found: '"Statements"',
          message: 'a policy has no member `Statements`',
          help: 'did you mean `Statement`?',
        },
      ],
    },
    {
      text: '{"x":1,"__proto__":{},"statement":[],"Statement":[]}',
      problems: [
        {
          code: 'unknown-element',
          path: '$.x',
          at: '1:2',
          found: '"x"',
          message: 'a policy has no member `x`',
          help: 'its members are `Version`, `Id`, `Statement`',
        },
        {
          code: 'unknown-element',
          path: '$.__proto__',
          at: '1:8',
          found: '"__proto__"',
          message: 'a policy has no member `__proto__`',
          help: 'its members are `Version`, `Id`, `Statement`',
        },
        {
          code: 'unknown-element',
          path: '$.statement',
          at: '1:23',
          found: '"statement"',
          message: 'a policy has no member `statement`',
          help: 'did you mean `Statement`?',
        },
      ],
    },
    {
      text: '{"Statement":1}',
      problems: [
        { code: 'wrong-type', path: '$.Statement', at: '1:14', found: '1', message: 'a statement must be an object, found a number' },
      ],
    },
    {
      text: '{"Statement":null}',
      problems: [
        { code: 'wrong-type', path: '$.Statement', at: '1:14', found: 'null', message: 'a statement must be an object, found null' },
      ],
    },
    {
      text: '{"Statement":["a",[],true]}',
      problems: [
        { code: 'wrong-type', path: '$.Statement[0]', at: '1:15', found: '"a"', message: 'a statement must be an object, found text' },
        { code: 'wrong-type', path: '$.Statement[1]', at: '1:19', found: '[]', message: 'a statement must be an object, found an array' },
        {
          code: 'wrong-type',
          path: '$.Statement[2]',
          at: '1:22',
          found: 'true',
          message: 'a statement must be an object, found a boolean',
        },
      ],
    },
    {
      text: '{"Id":1,"Statement":[]}',
      problems: [{ code: 'wrong-type', path: '$.Id', at: '1:7', found: '1', message: 'Id must be text, found a number' }],
    },
    {
      text: '{"Id":{},"Statement":[]}',
      problems: [{ code: 'wrong-type', path: '$.Id', at: '1:7', found: '{}', message: 'Id must be text, found an object' }],
    },
    {
      text: '{"Version":20121017,"Statement":[]}',
      problems: [{ code: 'wrong-type', path: '$.Version', at: '1:12', found: '20121017', message: 'Version must be text, found a number' }],
    },
    ...['', '2012-10-18', '2012-10-17 ', '1', '2008', 'toString'].map((version) => ({
      text: `{"Version":"${version}","Statement":[]}`,
      problems: [
        {
          code: 'invalid-version',
          path: '$.Version',
          at: '1:12',
          found: `"${version}"`,
          message: `there is no policy version \`${version}\``,
          help: 'use `2012-10-17`',
        } as const,
      ],
    })),
  ])('$text', expectProblems)

  test.each([
    { text: '{"Statement":[]}', expected: {} },
    { text: '{"Version":"2012-10-17","Statement":[]}', expected: { Version: '2012-10-17' } },
    { text: '{"Version":"2008-10-17","Statement":[]}', expected: { Version: '2008-10-17' } },
    { text: '{"Id":"","Statement":[]}', expected: { Id: { text: '', location: expect.anything() } } },
    {
      text: '{"Statement":[],"Id":"x","Version":"2012-10-17"}',
      expected: { Version: '2012-10-17', Id: { text: 'x', location: expect.anything() } },
    },
  ])('$text is read', ({ text, expected }) => {
    expect(parsed(text)).toStrictEqual({ ...expected, Statement: [], location: expect.objectContaining({ path: [] }) })
  })

  test('a single statement stands for a list of one', () => {
    const single = parsed(`{"Statement":${statement()}}`)
    const listed = parsed(policyOf(statement()))
    expect(single.Statement).toHaveLength(1)
    expect(single.Statement[0]?.location.path).toEqual(['Statement'])
    expect(listed.Statement[0]?.location.path).toEqual(['Statement', 0])
    expect(single.Statement[0]).toMatchObject({ Effect: 'Allow', Action: [{ text: 's3:GetObject' }] })
  })
})

describe('a statement', () => {
  const whole = { Effect: '"Allow"', Principal: '"*"', Action: '"a"', Resource: '"r"' }
  const place = { path: '$.Statement[0]', at: '1:15' } as const

  test.each<{ without: string; problem: Pick<Problem, 'code' | 'message' | 'help'> }>([
    { without: 'Effect', problem: { code: 'missing-effect', message: 'a statement needs `Effect`', help: 'use `Allow` or `Deny`' } },
    { without: 'Principal', problem: { code: 'missing-principal', message: 'a statement needs `Principal` or `NotPrincipal`' } },
    { without: 'Action', problem: { code: 'missing-action', message: 'a statement needs `Action` or `NotAction`' } },
    { without: 'Resource', problem: { code: 'missing-resource', message: 'a statement needs `Resource` or `NotResource`' } },
  ])('without $without', ({ without, problem }) => {
    const text = statement({ [without]: undefined })
    expectProblems({ text: policyOf(text), problems: [{ ...problem, ...place, found: text }] })
    expect(problemsIn(policyOf(text))).toMatchObject([{ s3: `Missing required field ${without}` }])
  })

  test('without anything', () => {
    expect(problemsIn('{"Statement":{}}').map(({ code, path }) => [code, path])).toEqual([
      ['missing-effect', '$.Statement'],
      ['missing-principal', '$.Statement'],
      ['missing-action', '$.Statement'],
      ['missing-resource', '$.Statement'],
    ])
  })

  test.each([
    { name: 'Principal', negated: 'NotPrincipal', value: '"*"' },
    { name: 'Action', negated: 'NotAction', value: '"s3:*"' },
    { name: 'Resource', negated: 'NotResource', value: '"*"' },
  ] as const)('$name or $negated, not both', ({ name, negated, value }) => {
    expectProblems({
      text: policyOf(statement({ [negated]: value })),
      problems: [
        {
          code: 'conflicting-elements',
          path: `$.Statement[0].${negated}`,
          at: `6:${negated.length + 4}`,
          found: value,
          message: `a statement has \`${name}\` or \`${negated}\`, not both`,
          help: 'split it in two statements',
        },
      ],
    })
    const read = firstStatement({ [name]: undefined, [negated]: value })
    expect([name in read, negated in read]).toEqual([false, true])
  })

  test.each([
    { effect: 'allow', help: 'did you mean `Allow`?' },
    { effect: 'ALLOW', help: 'did you mean `Allow`?' },
    { effect: 'Denny', help: 'did you mean `Deny`?' },
    { effect: 'Allow ', help: 'did you mean `Allow`?' },
    { effect: '', help: 'use `Allow` or `Deny`' },
    { effect: 'Permit', help: 'use `Allow` or `Deny`' },
    { effect: '$&', help: 'use `Allow` or `Deny`' },
    { effect: '__proto__', help: 'use `Allow` or `Deny`' },
  ])('effect $effect', ({ effect, help }) => {
    const text = policyOf(statement({ Effect: `"${effect}"` }))
    expectProblems({
      text,
      problems: [
        {
          code: 'invalid-effect',
          path: '$.Statement[0].Effect',
          at: '2:10',
          found: `"${effect}"`,
          message: `there is no effect \`${effect}\``,
          help,
        },
      ],
    })
    expect(problemsIn(text)).toMatchObject([{ s3: `Invalid effect: ${effect}` }])
  })

  test.each(['Allow', 'Deny'] as const)('effect %s', (effect) => {
    expect(firstStatement({ Effect: `"${effect}"` }).Effect).toBe(effect)
  })

  test.each<{ element: string; value: string; at: string; path: string; found: string; message: string }>([
    { element: 'Effect', value: 'true', at: '2:10', path: '', found: 'true', message: 'Effect must be text, found a boolean' },
    { element: 'Effect', value: '["Allow"]', at: '2:10', path: '', found: '["Allow"]', message: 'Effect must be text, found an array' },
    { element: 'Sid', value: '1', at: '6:7', path: '', found: '1', message: 'Sid must be text, found a number' },
    { element: 'Sid', value: '["a"]', at: '6:7', path: '', found: '["a"]', message: 'Sid must be text, found an array' },
    { element: 'Action', value: 'null', at: '4:10', path: '', found: 'null', message: 'Action must be text, found null' },
    { element: 'Action', value: '["a",1]', at: '4:15', path: '[1]', found: '1', message: 'Action must be text, found a number' },
    { element: 'Action', value: '[["a"]]', at: '4:11', path: '[0]', found: '["a"]', message: 'Action must be text, found an array' },
    { element: 'Resource', value: '{}', at: '5:12', path: '', found: '{}', message: 'Resource must be text, found an object' },
    {
      element: 'Resource',
      value: '["a","b",false]',
      at: '5:21',
      path: '[2]',
      found: 'false',
      message: 'Resource must be text, found a boolean',
    },
    {
      element: 'Principal',
      value: '"a"',
      at: '3:13',
      path: '',
      found: '"a"',
      message: 'Principal without a type must be `"*"`, found text',
    },
    { element: 'Principal', value: '""', at: '3:13', path: '', found: '""', message: 'Principal without a type must be `"*"`, found text' },
    {
      element: 'Principal',
      value: '"111122223333"',
      at: '3:13',
      path: '',
      found: '"111122223333"',
      message: 'Principal without a type must be `"*"`, found text',
    },
    {
      element: 'Principal',
      value: '["*"]',
      at: '3:13',
      path: '',
      found: '["*"]',
      message: 'Principal must be `"*"` or an object such as `{"AWS": "111122223333"}`, found an array',
    },
    {
      element: 'Principal',
      value: 'null',
      at: '3:13',
      path: '',
      found: 'null',
      message: 'Principal must be `"*"` or an object such as `{"AWS": "111122223333"}`, found null',
    },
    {
      element: 'Principal',
      value: '{"AWS":1}',
      at: '3:20',
      path: '.AWS',
      found: '1',
      message: 'Principal AWS must be text, found a number',
    },
    {
      element: 'Principal',
      value: '{"AWS":["a",{}]}',
      at: '3:25',
      path: '.AWS[1]',
      found: '{}',
      message: 'Principal AWS must be text, found an object',
    },
    {
      element: 'Principal',
      value: '{"Service":null}',
      at: '3:24',
      path: '.Service',
      found: 'null',
      message: 'Principal Service must be text, found null',
    },
    { element: 'Condition', value: '[]', at: '6:13', path: '', found: '[]', message: 'Condition must be an object, found an array' },
  ])('$element $value', ({ element, value, path, ...rest }) => {
    expectProblems({
      text: policyOf(statement({ [element]: value })),
      problems: [{ code: 'wrong-type', path: `$.Statement[0].${element}${path}`, ...rest }],
    })
  })

  test.each(['NotPrincipal', 'NotAction', 'NotResource'])('%s of the wrong type', (negated) => {
    const text = policyOf(statement({ [negated.slice(3)]: undefined, [negated]: '1' }))
    expect(problemsIn(text)).toMatchObject([
      { code: 'wrong-type', path: `$.Statement[0].${negated}`, found: '1', message: expect.stringContaining(`${negated} must be `) },
    ])
  })

  test.each(
    [
      { name: 'Actions', help: 'did you mean `Action`?' },
      { name: 'action', help: 'did you mean `Action`?' },
      { name: 'Notaction', help: 'did you mean `NotAction`?' },
      { name: 'Conditions', help: 'did you mean `Condition`?' },
      { name: 'effect', help: 'did you mean `Effect`?' },
      { name: 'x', help: 'did you mean `Sid`?' },
    ].filter(({ name }) => name !== 'x'),
  )('no member $name', ({ name, help }) => {
    expectProblems({
      text: policyOf(statement({ [name]: '1' })),
      problems: [
        {
          code: 'unknown-element',
          path: `$.Statement[0].${name}`,
          at: '6:1',
          found: `"${name}"`,
          message: `a statement has no member \`${name}\``,
          help,
        },
      ],
    })
  })

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', ''])('no member %j', (name) => {
    const text = policyOf(`{${Object.entries(whole).map(([key, value]) => `"${key}":${value}`)},"${name}":{"Effect":"Deny"}}`)
    expect(problemsIn(text)).toMatchObject([
      {
        code: 'unknown-element',
        found: `"${name}"`,
        help: 'its members are `Sid`, `Effect`, `Principal`, `NotPrincipal`, `Action`, `NotAction`, `Resource`, `NotResource`, `Condition`',
      },
    ])
  })

  test.each([
    { name: 'aws', help: 'did you mean `AWS`?' },
    { name: 'AWs', help: 'did you mean `AWS`?' },
    { name: 'Services', help: 'did you mean `Service`?' },
    { name: 'CanonicalUsr', help: 'did you mean `CanonicalUser`?' },
    { name: 'Everyone', help: 'its members are `AWS`, `Service`, `Federated`, `CanonicalUser`' },
    { name: '__proto__', help: 'its members are `AWS`, `Service`, `Federated`, `CanonicalUser`' },
    { name: '*', help: 'its members are `AWS`, `Service`, `Federated`, `CanonicalUser`' },
  ])('no principal type $name', ({ name, help }) => {
    const text = policyOf(statement({ Principal: `{"AWS":"*","${name}":"x"}` }))
    expect(problemsIn(text)).toEqual([
      {
        code: 'unknown-principal-type',
        severity: 'error',
        path: expect.stringMatching(/^\$\.Statement\[0\]\.Principal/),
        at: '3:24',
        found: `"${name}"`,
        message: `Principal has no member \`${name}\``,
        help,
        s3: 'Invalid principal in policy',
      },
    ])
  })

  test('several problems at once, each in its place', () => {
    const text = `{"Version":"2013",
 "Statement":[{"Effect":"allow","Principal":{"Aws":"*"},"Action":[1],"NotAction":"a",
   "Conditions":{}},
  5,
  {"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"StringEqual":{"a":null}}}]}`
    expect(problemsIn(text).map(({ code, path, at, found }) => [code, path, at, found.split('\n')[0]])).toEqual([
      ['invalid-version', '$.Version', '1:12', '"2013"'],
      ['missing-resource', '$.Statement[0]', '2:15', '{"Effect":"allow","Principal":{"Aws":"*"},"Action":[1],"NotAction":"a",'],
      ['invalid-effect', '$.Statement[0].Effect', '2:25', '"allow"'],
      ['unknown-principal-type', '$.Statement[0].Principal.Aws', '2:46', '"Aws"'],
      ['wrong-type', '$.Statement[0].Action[0]', '2:67', '1'],
      ['conflicting-elements', '$.Statement[0].NotAction', '2:82', '"a"'],
      ['unknown-element', '$.Statement[0].Conditions', '3:4', '"Conditions"'],
      ['wrong-type', '$.Statement[1]', '4:3', '5'],
      ['unknown-operator', '$.Statement[2].Condition.StringEqual', '5:80', '"StringEqual"'],
      ['wrong-type', '$.Statement[2].Condition.StringEqual.a', '5:99', 'null'],
    ])
  })

  test.each([
    { value: '"a"', texts: ['a'] },
    { value: '["a"]', texts: ['a'] },
    { value: '["a","b","a"]', texts: ['a', 'b', 'a'] },
    { value: '[]', texts: [] },
    { value: '""', texts: [''] },
  ])('Action, Resource and their negations take $value', ({ value, texts }) => {
    for (const name of ['Action', 'Resource'] as const) {
      expect(textsOf(firstStatement({ [name]: value })[name])).toEqual(texts)
      expect(textsOf(firstStatement({ [name]: undefined, [`Not${name}`]: value })[`Not${name}`])).toEqual(texts)
    }
  })

  test.each([
    { value: '"*"', entries: ['* *'] },
    { value: '{"AWS":"*"}', entries: ['AWS *'] },
    { value: '{"AWS":["*"]}', entries: ['AWS *'] },
    { value: '{"AWS":["a","b"]}', entries: ['AWS a', 'AWS b'] },
    { value: '{"Service":"s","AWS":["a"],"CanonicalUser":[],"Federated":["f"]}', entries: ['AWS a', 'Service s', 'Federated f'] },
    { value: '{"CanonicalUser":"c"}', entries: ['CanonicalUser c'] },
    { value: '{"AWS":[]}', entries: [] },
    { value: '{}', entries: [] },
  ])('Principal and NotPrincipal take $value', ({ value, entries }) => {
    expect(entriesOf(firstStatement({ Principal: value }).Principal)).toEqual(entries)
    expect(entriesOf(firstStatement({ Principal: undefined, NotPrincipal: value }).NotPrincipal)).toEqual(entries)
  })

  test('elements that are left out are absent, and Condition is an empty list', () => {
    expect(Object.keys(firstStatement({})).toSorted()).toEqual(['Action', 'Condition', 'Effect', 'Principal', 'Resource', 'location'])
    expect(firstStatement({}).Condition).toEqual([])
    expect(firstStatement({ Sid: '""' }).Sid?.text).toBe('')
  })
})

describe('parsePolicy', () => {
  test('every text of the policy stands where its location says', () => {
    fc.assert(
      fc.property(arbitraryPolicy, fc.constantFrom(0, 2), (policy, indent) => {
        const source = JSON.stringify(policy, undefined, indent)
        const { Statement: statements, Id } = parsed(source)
        const texts = statements.flatMap((item) => [
          ...[item.Principal, item.NotPrincipal, item.Action, item.NotAction, item.Resource, item.NotResource].flatMap(
            (list) => list ?? [],
          ),
          ...item.Condition.flatMap(({ key, values }) => [key, ...values]),
          ...(item.Sid === undefined ? [] : [item.Sid]),
        ])
        for (const { text, location } of Id === undefined ? texts : [Id, ...texts]) {
          const { start, end } = location.span
          expect(String(JSON.parse(source.slice(start.offset, end.offset)))).toBe(text)
          expect(valueAt(policy, location.path)).toSatisfy((value) => String(value) === text || location.path.at(-1) === text)
        }
      }),
      { numRuns: 300 },
    )
  })

  test('policies without an error are read, whatever else they are', () => {
    fc.assert(
      fc.property(arbitraryPolicy, (policy) => {
        expect(parsePolicy(JSON.stringify(policy)).policy).toBeDefined()
      }),
    )
  })

  test('never throws, and gives a policy exactly if there is no error', () => {
    const anyText = fc.oneof(
      fc.json(),
      fc.string(),
      arbitraryPolicy.map((policy) => JSON.stringify(policy)),
    )
    const broken = fc
      .tuple(anyText, fc.nat(400), fc.nat(3), fc.constantFrom('', '"', '{', '[', '1', ',', '\\'))
      .map(([text, at, removed, added]) => text.slice(0, at) + added + text.slice(at + removed))
    fc.assert(
      fc.property(broken, (text) => {
        const { policy, diagnostics } = parsePolicy(text)
        expect(policy === undefined).toBe(diagnostics.some(({ severity }) => severity === 'error'))
      }),
      { numRuns: 1000 },
    )
  })

  test('after 1,000 problems an error of the whole takes the place of the rest', () => {
    const { policy, diagnostics } = parsePolicy(policyOf(...new Array<string>(1500).fill('1')))
    expect(policy).toBeUndefined()
    expect(diagnostics).toHaveLength(1001)
    expect(diagnostics[999]).toMatchObject({ code: 'wrong-type', path: ['Statement', 999] })
    expect(diagnostics.at(-1)).toMatchObject({ code: 'too-many-problems', severity: 'error', path: [] })
  })

  test('a thousand warnings are warnings, one more is an error', () => {
    const warned = statement({ Condition: '{}' })
    expect(parsePolicy(policyOf(...new Array<string>(1000).fill(warned))).policy?.Statement).toHaveLength(1000)
    expect(parsePolicy(policyOf(...new Array<string>(1001).fill(warned))).policy).toBeUndefined()
  })
})

describe('parseDraft', () => {
  test.each([
    { text: policyOf(statement()), statements: 1 },
    { text: policyOf(statement(), '1', statement({ Effect: undefined })), statements: 2 },
    { text: '{"Statement":[],"x":1}', statements: 0 },
    { text: '{"Statement":[1,2]}', statements: undefined },
    { text: '{"Statement":1}', statements: undefined },
    { text: '{}', statements: undefined },
    { text: '{', statements: undefined },
    { text: '[]', statements: undefined },
  ])('$text', ({ text, statements }) => {
    const { draft, diagnostics } = parseDraft(text)
    expect(draft?.Statement.length).toBe(statements)
    expect(diagnostics).toEqual(parsePolicy(text).diagnostics)
  })

  test.each([
    { element: 'Action', value: '["a",1]' },
    { element: 'NotAction', value: '{}' },
    { element: 'Resource', value: '[null]' },
    { element: 'Principal', value: '"a"' },
    { element: 'Principal', value: '[]' },
    { element: 'Principal', value: '{"AWS":"a","Aws":"b"}' },
    { element: 'Principal', value: '{"AWS":"a","Service":[1]}' },
    { element: 'NotPrincipal', value: '{"AWS":["a",{}]}' },
  ])('half of $element $value is not taken for the whole', ({ element, value }) => {
    const { draft } = parseDraft(policyOf(statement({ [element.replace('Not', '')]: undefined, [element]: value })))
    expect(draft?.Statement).toHaveLength(1)
    expect(draft?.Statement[0]).not.toHaveProperty(element)
  })

  test('neither is half of a condition', () => {
    const { draft } = parseDraft(policyOf(statement({ Condition: '{"Bool":{"k":["true",null],"l":"true"},"Boool":{"m":"x"}}' })))
    expect(draft?.Statement[0]?.Condition.map(({ key }) => key.text)).toEqual(['l'])
  })
})

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((inner, step) => (inner as Record<string | number, unknown>)[step], value)
}
