import { describe, expect, test } from 'vitest'
import { problems as catalogue } from '../../src/catalog/problems.js'
import { diagnosticOf, hasError, type Location, type Problem } from '../../src/policy/diagnostic.js'
import { readDocument } from '../../src/policy/document.js'
import { formatPath } from '../../src/policy/json-path.js'
import { ProblemList } from '../../src/policy/problem-list.js'

function locationOf(index: number, ...path: readonly (string | number)[]): Location {
  const position = { offset: index, line: 1, column: index + 1 }
  return { path, span: { start: position, end: position } }
}

function problemAt(index: number, ...path: readonly (string | number)[]): Problem {
  return { code: 'duplicate-sid', location: locationOf(index, ...path), message: `${index}` }
}

function listOf(count: number): ProblemList {
  const list = new ProblemList()
  for (let index = 0; index < count; index++) list.add(problemAt(index, 'a', index))
  return list
}

describe('diagnosticOf', () => {
  const location = locationOf(3, 'a')

  test('has the severity of its code, and nothing that is not given', () => {
    expect(diagnosticOf({ code: 'duplicate-sid', location, message: 'm' })).toStrictEqual({
      code: 'duplicate-sid',
      severity: 'warning',
      message: 'm',
      path: ['a'],
      span: location.span,
    })
  })

  test.each<{ help: Problem['help']; expected: string | undefined }>([
    { help: 'text', expected: 'text' },
    { help: '', expected: '' },
    { help: () => 'made', expected: 'made' },
    { help: () => undefined, expected: undefined },
    { help: undefined, expected: undefined },
  ])('help $expected', ({ help, expected }) => {
    const diagnostic = diagnosticOf({ code: 'duplicate-sid', location, message: 'm', help })
    expect(diagnostic.help).toBe(expected)
    expect('help' in diagnostic).toBe(expected !== undefined)
  })

  test.each([
    { s3Detail: 'allow', message: 'Invalid effect: allow' },
    { s3Detail: '', message: 'Invalid effect: ' },
    { s3Detail: undefined, message: 'Invalid effect: ' },
    // Text from the document is never a replacement pattern.
    { s3Detail: '$& $1 {} $$', message: 'Invalid effect: $& $1 {} $$' },
  ])('S3 answers with the detail $s3Detail', ({ s3Detail, message }) => {
    const problem = { code: 'invalid-effect', location, message: 'm' } as const
    expect(diagnosticOf({ ...problem, ...(s3Detail === undefined ? {} : { s3Detail }) }).s3).toEqual({ code: 'MalformedPolicy', message })
  })

  test.each([
    { what: 'a message of 500 characters', message: 'm'.repeat(500), expected: 'm'.repeat(500) },
    { what: 'a longer one', message: 'm'.repeat(501), expected: `${'m'.repeat(500)}…` },
    { what: 'a much longer one', message: 'm'.repeat(1_000_000), expected: `${'m'.repeat(500)}…` },
    { what: 'one that would be cut within a character', message: `${'m'.repeat(499)}😀`, expected: `${'m'.repeat(499)}\ufffd…` },
  ])('$what is shortened to 500 characters', ({ message, expected }) => {
    expect(diagnosticOf({ code: 'duplicate-sid', location, message }).message).toBe(expected)
  })

  test('every code has its severity and S3’s message from the catalogue', () => {
    for (const [code, { severity, s3Message }] of Object.entries(catalogue)) {
      const diagnostic = diagnosticOf({ code: code as Problem['code'], location, message: 'm', s3Detail: 'x' })
      expect(diagnostic.severity).toBe(severity)
      expect(diagnostic.s3?.message).toBe(s3Message?.replace('{}', 'x'))
    }
  })
})

describe('hasError', () => {
  test.each([
    { codes: [], expected: false },
    { codes: ['duplicate-sid'], expected: false },
    { codes: ['leading-space', 'duplicate-sid'], expected: false },
    { codes: ['leading-space', 'wrong-type'], expected: true },
    { codes: ['wrong-type'], expected: true },
  ] as const)('$codes: $expected', ({ codes, expected }) => {
    expect(hasError(codes.map((code) => diagnosticOf({ code, location: locationOf(0), message: 'm' })))).toBe(expected)
  })
})

describe('ProblemList', () => {
  test.each([0, 1, 999, 1000])('keeps %i problems in their order', (count) => {
    const list = listOf(count)
    expect(list.diagnostics.map(({ message }) => Number(message))).toEqual(Array.from({ length: count }, (_, index) => index))
    expect(list.isFull).toBe(false)
  })

  test.each([1001, 1002, 5000])('of %i problems keeps 1,000, and an error of the whole document in place of the rest', (count) => {
    const list = listOf(count)
    expect(list.diagnostics).toHaveLength(1001)
    expect(list.diagnostics[999]).toMatchObject({ message: '999' })
    expect(list.diagnostics.at(-1)).toEqual({
      code: 'too-many-problems',
      severity: 'error',
      message: 'more than 1000 problems, the rest is not listed',
      path: [],
      span: locationOf(1000).span,
    })
    expect(hasError(list.diagnostics)).toBe(true)
    expect(list.isFull).toBe(true)
  })

  test('help is not made for problems that are not listed', () => {
    const list = listOf(1000)
    let made = 0
    const help = () => {
      made++
      return 'help'
    }
    for (let index = 0; index < 10; index++) list.add({ ...problemAt(index), help })
    expect(made).toBe(0)
  })

  test.each<{ below: readonly (string | number)[]; taken: readonly string[]; left: readonly string[] }>([
    { below: [], taken: ['$', '$.a', '$.a[0]', '$.a[1].b', '$["0"]', '$.b'], left: [] },
    { below: ['a'], taken: ['$.a', '$.a[0]', '$.a[1].b'], left: ['$', '$["0"]', '$.b'] },
    { below: ['a', 1], taken: ['$.a[1].b'], left: ['$', '$.a', '$.a[0]', '$["0"]', '$.b'] },
    { below: ['a', '1'], taken: [], left: ['$', '$.a', '$.a[0]', '$.a[1].b', '$["0"]', '$.b'] },
    { below: [0], taken: [], left: ['$', '$.a', '$.a[0]', '$.a[1].b', '$["0"]', '$.b'] },
    { below: ['c'], taken: [], left: ['$', '$.a', '$.a[0]', '$.a[1].b', '$["0"]', '$.b'] },
  ])('takeBelow $below moves $taken', ({ below, taken, left }) => {
    const list = new ProblemList()
    for (const path of [[], ['a'], ['a', 0], ['a', 1, 'b'], ['0'], ['b']]) list.add(problemAt(0, ...path))
    // The path `["0"]` prints as `$.0`; the tables name it so that it differs from an index.
    const names = (of: ProblemList) => of.diagnostics.map(({ path }) => (path[0] === '0' ? '$["0"]' : formatPath(path)))
    const part = list.takeBelow(below)
    expect(names(part)).toEqual(taken)
    expect(names(list)).toEqual(left)
  })

  test('what has been taken leaves room, and a list of its own has its own limit', () => {
    const list = listOf(1000)
    const part = list.takeBelow(['a', 5])
    expect(part.diagnostics).toHaveLength(1)
    list.add(problemAt(0))
    expect(list.diagnostics).toHaveLength(1000)
    for (let index = 0; index < 2000; index++) part.add(problemAt(index))
    expect(part.diagnostics).toHaveLength(1001)
    expect(list.isFull).toBe(false)
  })
})

describe('readDocument', () => {
  test.each([
    { text: '{', code: 'invalid-json' },
    { text: '{"a":1,"a":2}', code: 'duplicate-member' },
    { text: '['.repeat(65), code: 'nesting-too-deep' },
    { text: '"\\ud800"', code: 'lone-surrogate' },
  ])('$text: $code', ({ text, code }) => {
    expect(readDocument(text).problems.diagnostics).toMatchObject([{ code, severity: 'error' }])
  })

  test('has a root exactly if the text is JSON', () => {
    expect(readDocument('[1]')).toMatchObject({ root: { kind: 'array' } })
    expect('root' in readDocument('[1')).toBe(false)
  })

  test('a part takes over the problems below its path and reports to its own list', () => {
    const document = readDocument('{"a":{"x":1,"x":2},"b":{"y":1,"y":2}}')
    const part = document.part(['a'])
    expect(part.root).toBe(document.root)
    expect(part.problems.diagnostics).toMatchObject([{ path: ['a', 'x'] }])
    expect(document.problems.diagnostics).toMatchObject([{ path: ['b', 'y'] }])
    part.reader.report('duplicate-sid', { value: { kind: 'null', start: 0, end: 1 }, path: ['a'] }, 'm')
    expect(part.problems.diagnostics).toHaveLength(2)
    expect(document.problems.diagnostics).toHaveLength(1)
    expect(part.part(['a', 'x']).problems.diagnostics).toHaveLength(1)
    expect(part.problems.diagnostics).toHaveLength(1)
  })
})
