import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type JsonProblem, MAX_DEPTH, readJson } from '../../src/policy/json-reader.js'
import { type PositionedValue, plainValueOf } from '../../src/policy/positioned-value.js'

function parses(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function read(text: string): PositionedValue {
  const { root, problems } = readJson(text)
  if (root === undefined) throw new Error(`\`${text}\`: ${problems.at(-1)?.message}`)
  return root
}

/** The value and everything in it. */
function allValues(value: PositionedValue): readonly PositionedValue[] {
  if (value.kind === 'array') return [value, ...value.items.flatMap(allValues)]
  if (value.kind === 'object') return [value, ...value.members.flatMap((member) => allValues(member.value))]
  return [value]
}

const space = fc.constantFrom('', '', '', ' ', '\n', '\r\n', '\t', '\r', ' \n\t ')
const number = fc.constantFrom(
  '0',
  '-0',
  '7',
  '10',
  '1.5',
  '-1.50',
  '1e3',
  '1E+3',
  '-1.5e-10',
  '0.0',
  '0e0',
  '123456789012345678901',
  '1e400',
)
const characters = [
  'a',
  '😀',
  'é',
  '/',
  '\u007f',
  '\u2028',
  '\\n',
  '\\"',
  '\\\\',
  '\\/',
  '\\b\\f\\r\\t',
  '\\u0041',
  '\\u00Ff',
  '\\ud83d\\ude00',
  '\\u0000',
  '\\ud800',
]
const string = fc.array(fc.constantFrom(...characters), { maxLength: 4 }).map((parts) => `"${parts.join('')}"`)
const name = fc.oneof(fc.constantFrom('"a"', '"b"', '"__proto__"', '"constructor"', '"1"', '""'), string)

/** Texts of JSON with blanks everywhere they may be, escapes, repeated names, and numbers of every form. */
const { json } = fc.letrec<{ json: string; list: string; object: string }>((tie) => ({
  list: fc.tuple(space, fc.array(tie('json'), { maxLength: 4 })).map(([blank, items]) => `[${blank}${items.join(',')}]`),
  object: fc
    .tuple(space, fc.array(fc.tuple(space, name, space, tie('json')), { maxLength: 4 }))
    .map(([blank, members]) => `{${blank}${members.map(([before, key, after, value]) => `${before}${key}${after}:${value}`).join(',')}}`),
  json: fc
    .tuple(
      space,
      fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.constantFrom('true', 'false', 'null'),
        number,
        string,
        tie('list'),
        tie('object'),
      ),
      space,
    )
    .map((parts) => parts.join('')),
}))

const mutated = fc
  .tuple(
    json,
    fc.array(
      fc.tuple(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(2),
        fc.constantFrom('', ...'{}[],:"\\0189-+.eEutrfn \n\u0000\u001f\ufeff\u2028'),
      ),
      {
        minLength: 1,
        maxLength: 3,
      },
    ),
  )
  .map(([text, changes]) =>
    changes.reduce((changed, [where, removed, added]) => {
      const at = Math.floor(where * changed.length)
      return changed.slice(0, at) + added + changed.slice(at + removed)
    }, text),
  )

describe('readJson', () => {
  test('reads every JSON text, to the value that JSON.parse gives', () => {
    fc.assert(
      fc.property(json, (text) => {
        expect(plainValueOf(read(text))).toEqual(JSON.parse(text))
      }),
      { numRuns: 1000 },
    )
  })

  test('accepts exactly what JSON.parse accepts', () => {
    let accepted = 0
    fc.assert(
      fc.property(fc.oneof(json, mutated, mutated), (text) => {
        const { root, problems } = readJson(text)
        if (root !== undefined) accepted++
        expect([text, root !== undefined]).toEqual([text, parses(text)])
        expect(problems.some(({ kind }) => kind === 'syntax')).toBe(root === undefined)
        if (root !== undefined) expect(plainValueOf(root)).toEqual(JSON.parse(text))
      }),
      { numRuns: 5000 },
    )
    expect(accepted).toBeGreaterThan(500)
  })

  test('the text between start and end of a value is that value', () => {
    fc.assert(
      fc.property(json, (text) => {
        for (const value of allValues(read(text))) {
          const own = text.slice(value.start, value.end)
          expect(own).toBe(own.trim())
          expect(JSON.parse(own)).toEqual(plainValueOf(value))
          if (value.kind === 'number') expect(value.text).toBe(own)
          if (value.kind !== 'object') continue
          for (const { name: key, nameExtent } of value.members) expect(JSON.parse(text.slice(nameExtent.start, nameExtent.end))).toBe(key)
        }
      }),
      { numRuns: 500 },
    )
  })

  test('every place of a problem is in the text', () => {
    fc.assert(
      fc.property(mutated, (text) => {
        for (const { start, end, message } of readJson(text).problems) {
          expect(start).toBeGreaterThanOrEqual(0)
          expect(end).toBeGreaterThanOrEqual(start)
          expect(end).toBeLessThanOrEqual(text.length)
          expect(message).not.toBe('')
        }
      }),
      { numRuns: 1000 },
    )
  })

  test.each([
    { what: 'scalars', texts: ['null', 'true', 'false', '0', '""', '"a"', ' 1 ', '\t\r\n1\t\r\n'] },
    {
      what: 'containers',
      texts: ['[]', '{}', '[ ]', '{ }', '[1]', '[1,2]', '[ 1 , 2 ]', '{"a":1}', '{ "a" : 1 , "b" : 2 }', '[[],[]]', '[{},{"a":[]}]'],
    },
    {
      what: 'numbers',
      texts: ['-0', '-1', '0.5', '10', '1e5', '1E5', '1e+5', '1e-5', '0e1', '0E+1', '1.0e-10', '123456789.123456789', '[0,0]'],
    },
    {
      what: 'escapes',
      texts: [
        '"\\""',
        '"\\\\"',
        '"\\/"',
        '"\\b\\f\\n\\r\\t"',
        '"\\u0000"',
        '"\\uD83D\\uDE00"',
        '"\\ud800"',
        '"\\udc00\\ud800"',
        '"\\u12345"',
        '"\\\\u"',
      ],
    },
    {
      what: 'raw text',
      texts: ['"é"', '"😀"', '"\u007f"', '"\u0080"', '"\u2028"', '"\u2029"', '"\ufeff"', '"\ud800"', '"/"', '"\uffff"', '"{}[],:"'],
    },
    { what: 'names', texts: ['{"":1}', '{"__proto__":1}', '{"a":1,"a":2}', '{"\\u0061":1,"a":2}', '{"constructor":{}}', '{"1":1,"0":0}'] },
  ])('accepts $what', ({ texts }) => {
    for (const text of texts) {
      expect([text, readJson(text).root !== undefined, parses(text)]).toEqual([text, true, true])
      expect(plainValueOf(read(text))).toEqual(JSON.parse(text))
    }
  })

  test.each([
    { what: 'nothing', texts: ['', ' ', '\n', '\ufeff', '\u0000', '//', '/**/', '#', '\u00a0', '\u2028'] },
    {
      what: 'broken words',
      texts: ['nul', 'nulll', 'True', 'TRUE', 'tru', 'truefalse', 'undefined', 'NaN', 'Infinity', '-Infinity', 'a', "'a'", '`a`'],
    },
    {
      what: 'broken numbers',
      texts: [
        '-',
        '+1',
        '01',
        '-01',
        '00',
        '1.',
        '.5',
        '-.5',
        '1.e1',
        '1e',
        '1e+',
        '1e-',
        '1E',
        '1.5e',
        '0x1',
        '1_0',
        '- 1',
        '1 .5',
        '--1',
        '1.2.3',
        '1e1.5',
        '１',
        '1a',
        '0e',
        '-e1',
      ],
    },
    { what: 'unfinished text', texts: ['"', '"a', '"\\', '"\\"', '"\\u', '"\\u00', '"\\u004', '"\\u0041', '"a\\', '{"a', '["a'] },
    {
      what: 'broken escapes',
      texts: [
        '"\\x"',
        '"\\a"',
        '"\\U0041"',
        '"\\u00g0"',
        '"\\u 041"',
        '"\\u+041"',
        '"\\u-041"',
        '"\\u004"',
        '"\\u{41}"',
        '"\\0"',
        '"\\\'"',
        '"\\\n"',
        '"\\v"',
        '"\\u００41"',
        '"\\ "',
      ],
    },
    { what: 'raw control characters', texts: ['"\u0000"', '"\n"', '"\r"', '"\t"', '"\u001f"', '"a\u0001b"', '{"\n":1}'] },
    {
      what: 'blanks that are none',
      texts: ['\u000b1', '\u000c1', '\u00a01', '\ufeff1', '1\ufeff', '\u20281', '[\u00a0]', '{\u0085}', '1\u0000', '\u001f1', '\u00211'],
    },
    {
      what: 'broken arrays',
      texts: [
        '[',
        ']',
        '[1',
        '[1,',
        '[1,]',
        '[,1]',
        '[,]',
        '[1,,2]',
        '[1 2]',
        '[1:2]',
        '[1}',
        '[}',
        '[1;2]',
        '["a" "b"]',
        '[[]',
        '[]]',
        '[...]',
      ],
    },
    {
      what: 'broken objects',
      texts: [
        '{',
        '}',
        '{"a"',
        '{"a":',
        '{"a":1',
        '{"a":1,',
        '{"a":1,}',
        '{,}',
        '{,"a":1}',
        '{"a":1,,"b":2}',
        '{"a" 1}',
        '{"a"::1}',
        '{"a",1}',
        '{a:1}',
        "{'a':1}",
        '{1:1}',
        '{null:1}',
        '{"a":1]',
        '{]',
        '{"a":1 "b":2}',
        '{"a":1;"b":2}',
        '{[]:1}',
        '{{}:1}',
        '{"a"}',
        '{"a":}',
        '{}}',
      ],
    },
    { what: 'two documents', texts: ['1 2', '{}{}', '[][]', '1,', '{},', '"a""b"', 'null null', '{} x', '1/', '[] //', 'true1'] },
  ])('refuses $what', ({ texts }) => {
    for (const text of texts) {
      const { root, problems } = readJson(text)
      expect([text, root, parses(text)]).toEqual([text, undefined, false])
      expect(problems.map(({ kind }) => kind)).toEqual(['syntax'])
    }
  })

  test.each<{ text: string; problems: readonly Omit<JsonProblem, 'kind'>[] }>([
    { text: '', problems: [{ message: 'expected a value, found the end of the text', start: 0, end: 0, path: [] }] },
    { text: '  ', problems: [{ message: 'expected a value, found the end of the text', start: 2, end: 2, path: [] }] },
    { text: '[1,x]', problems: [{ message: 'expected a value, found `x`', start: 3, end: 4, path: [1] }] },
    { text: '[1,😀]', problems: [{ message: 'expected a value, found `😀`', start: 3, end: 5, path: [1] }] },
    {
      text: '\ufeff[]',
      problems: [{ message: 'expected a value, found a byte order mark, which cannot be seen', start: 0, end: 1, path: [] }],
    },
    { text: '{x}', problems: [{ message: 'expected a member name in double quotes, found `x`', start: 1, end: 2, path: [] }] },
    { text: '{"a":{x}}', problems: [{ message: 'expected a member name in double quotes, found `x`', start: 6, end: 7, path: ['a'] }] },
    { text: '{"a":1,x}', problems: [{ message: 'expected a member name in double quotes, found `x`', start: 7, end: 8, path: [] }] },
    { text: '[{"a":1,"b', problems: [{ message: 'text without a closing `"`', start: 8, end: 10, path: [0] }] },
    { text: '[1,]', problems: [{ message: 'expected a value, found `]`', start: 3, end: 4, path: [1] }] },
    { text: '[-]', problems: [{ message: 'expected a value, found `-`', start: 1, end: 2, path: [0] }] },
    { text: '{"a":[0,{"b":}]}', problems: [{ message: 'expected a value, found `}`', start: 13, end: 14, path: ['a', 1, 'b'] }] },
    { text: '[1', problems: [{ message: 'expected `,` or `]`, found the end of the text', start: 2, end: 2, path: [1] }] },
    { text: '[1}', problems: [{ message: 'expected `,` or `]`, found `}`', start: 2, end: 3, path: [1] }] },
    { text: '{"a":1]', problems: [{ message: 'expected `,` or `}`, found `]`', start: 6, end: 7, path: ['a'] }] },
    { text: '{"a" 1}', problems: [{ message: 'expected `:` after the member name, found `1`', start: 5, end: 6, path: ['a'] }] },
    { text: '1 x y', problems: [{ message: 'text after the end of the document', start: 2, end: 5, path: [] }] },
    { text: '[01]', problems: [{ message: 'expected `,` or `]`, found `1`', start: 2, end: 3, path: [1] }] },
    { text: '[1.]', problems: [{ message: 'a digit is missing in this number', start: 1, end: 3, path: [0] }] },
    { text: '[1e+]', problems: [{ message: 'a digit is missing in this number', start: 1, end: 4, path: [0] }] },
    { text: '1e', problems: [{ message: 'a digit is missing in this number', start: 0, end: 2, path: [] }] },
    { text: '["ab', problems: [{ message: 'text without a closing `"`', start: 1, end: 4, path: [0] }] },
    { text: '["a\nb"]', problems: [{ message: 'control characters in text must be escaped', start: 3, end: 4, path: [0] }] },
    { text: '["a\\xb"]', problems: [{ message: '`\\x` is no escape in JSON', start: 3, end: 5, path: [0] }] },
    { text: '"\\', problems: [{ message: '`\\` is no escape in JSON', start: 1, end: 2, path: [] }] },
    { text: '["\\u12x4"]', problems: [{ message: '`\\u` needs four hexadecimal digits', start: 2, end: 4, path: [0] }] },
    { text: '"\\u123', problems: [{ message: '`\\u` needs four hexadecimal digits', start: 1, end: 3, path: [] }] },
  ])('$text: $problems', ({ text, problems }) => {
    expect(readJson(text)).toEqual({ problems: problems.map((problem) => ({ kind: 'syntax', ...problem })) })
  })

  test.each<{ text: string; problems: readonly JsonProblem[] }>([
    {
      text: '{"a":1,"a":2}',
      problems: [{ kind: 'duplicate-member', message: '`a` appears twice in the same object', start: 7, end: 10, path: ['a'] }],
    },
    {
      text: '{"a":1,"\\u0061":2,"a":3}',
      problems: [
        { kind: 'duplicate-member', message: '`a` appears twice in the same object', start: 7, end: 15, path: ['a'] },
        { kind: 'duplicate-member', message: '`a` appears twice in the same object', start: 18, end: 21, path: ['a'] },
      ],
    },
    {
      text: '[{"x":{"":1,"":2}}]',
      problems: [{ kind: 'duplicate-member', message: '`` appears twice in the same object', start: 12, end: 14, path: [0, 'x', ''] }],
    },
    {
      text: '{"__proto__":1,"__proto__":2}',
      problems: [
        { kind: 'duplicate-member', message: '`__proto__` appears twice in the same object', start: 15, end: 26, path: ['__proto__'] },
      ],
    },
    { text: '{"a":{"a":1},"b":[{"a":1},{"a":1}]}', problems: [] },
    { text: '{"a":1,"A":2,"a ":3}', problems: [] },
    { text: '{"toString":1,"constructor":2,"hasOwnProperty":3}', problems: [] },
    {
      text: '{"a":["b","\\ud800"]}',
      problems: [
        {
          kind: 'lone-surrogate',
          message: 'text holds half of a surrogate pair, which is no character',
          start: 10,
          end: 18,
          path: ['a', 1],
        },
      ],
    },
    {
      text: '"\udc00"',
      problems: [
        { kind: 'lone-surrogate', message: 'text holds half of a surrogate pair, which is no character', start: 0, end: 3, path: [] },
      ],
    },
    {
      text: '{"a":1,"\\ud800":2}',
      problems: [
        { kind: 'lone-surrogate', message: 'text holds half of a surrogate pair, which is no character', start: 7, end: 15, path: [] },
      ],
    },
    { text: '"\\ud83d\\ude00"', problems: [] },
    { text: '"\ud83d\\ude00"', problems: [] },
    {
      text: '"\\ude00\\ud83d"',
      problems: [
        { kind: 'lone-surrogate', message: 'text holds half of a surrogate pair, which is no character', start: 0, end: 14, path: [] },
      ],
    },
  ])('$text is read, with problems $problems', ({ text, problems }) => {
    expect(readJson(text)).toMatchObject({ root: {}, problems })
    expect(readJson(text).problems).toHaveLength(problems.length)
  })

  test.each([
    { what: 'arrays', open: '[', close: ']', step: 0 },
    { what: 'objects', open: '{"a":', close: '}', step: 'a' },
  ])('takes 64 levels of $what and refuses one more', ({ open, close, step }) => {
    expect(MAX_DEPTH).toBe(64)
    const filled = (depth: number) => `${open.repeat(depth)}null${close.repeat(depth)}`
    expect(plainValueOf(read(filled(64)))).toEqual(JSON.parse(filled(64)))
    const start = open.length * 64
    expect(readJson(filled(65))).toEqual({
      problems: [{ kind: 'nesting', message: 'nested deeper than 64 levels', start, end: start + 1, path: new Array(64).fill(step) }],
    })
    expect(readJson(open.repeat(100_000)).problems).toMatchObject([{ kind: 'nesting' }])
  })

  test('counts levels that are open, not all that were', () => {
    const deep = `${'['.repeat(63)}${']'.repeat(63)}`
    expect(readJson(`[${deep},${deep},{"a":[${deep.slice(2, -2)}]}]`)).toMatchObject({ root: {}, problems: [] })
    expect(readJson(`[${deep},[${deep}]]`).problems).toMatchObject([{ kind: 'nesting' }])
  })

  test('keeps all members in their order, repeated names too', () => {
    expect(read('{"b":1,"a":2,"b":3}')).toEqual({
      kind: 'object',
      start: 0,
      end: 19,
      members: [
        { name: 'b', nameExtent: { start: 1, end: 4 }, value: { kind: 'number', text: '1', start: 5, end: 6 } },
        { name: 'a', nameExtent: { start: 7, end: 10 }, value: { kind: 'number', text: '2', start: 11, end: 12 } },
        { name: 'b', nameExtent: { start: 13, end: 16 }, value: { kind: 'number', text: '3', start: 17, end: 18 } },
      ],
    })
  })

  test.each([
    { text: ' true ', value: { kind: 'boolean', value: true, start: 1, end: 5 } },
    { text: 'false', value: { kind: 'boolean', value: false, start: 0, end: 5 } },
    { text: '\nnull', value: { kind: 'null', start: 1, end: 5 } },
    { text: '1.50E+2', value: { kind: 'number', text: '1.50E+2', start: 0, end: 7 } },
    { text: '"\\u0041\\n"', value: { kind: 'string', text: 'A\n', start: 0, end: 10 } },
    { text: '[ ]', value: { kind: 'array', items: [], start: 0, end: 3 } },
    { text: ' { } ', value: { kind: 'object', members: [], start: 1, end: 4 } },
  ])('$text is $value', ({ text, value }) => {
    expect(readJson(text)).toEqual({ root: value, problems: [] })
  })

  test('a name is found again however many there are', () => {
    const names = (count: number) => Array.from({ length: count }, (_, at) => `"n${at}":0`)
    for (const count of [1, 11, 12, 13, 14, 100]) {
      expect(readJson(`{${names(count).join()}}`).problems).toEqual([])
      for (const again of [0, count >> 1, count - 1]) {
        const { problems } = readJson(`{${[...names(count), `"n${again}":1`, '"last":0', '"last":1'].join()}}`)
        expect(problems.map(({ kind, path }) => [kind, ...path])).toEqual([
          ['duplicate-member', `n${again}`],
          ['duplicate-member', 'last'],
        ])
      }
    }
  })

  test('lists at most 2,000 problems, and the one that ends reading beside them', () => {
    const names = (count: number) => new Array(count).fill('"a":1').join()
    expect(readJson(`{${names(2001)}}`).problems).toHaveLength(2000)
    expect(readJson(`{${names(5000)}}`).problems).toHaveLength(2000)
    expect(readJson(`{${names(5000)}}`).root).toMatchObject({ members: { length: 5000 } })
    const cut = readJson(`{${names(5000)}`).problems
    expect(cut).toHaveLength(2001)
    expect(cut.at(-1)).toMatchObject({ kind: 'syntax' })
  })
})

describe('plainValueOf', () => {
  test('a member named __proto__ is a member like any other', () => {
    const value = plainValueOf(read('{"__proto__":{"polluted":true},"a":{"__proto__":null}}')) as Record<string, unknown>
    expect(Object.getPrototypeOf(value)).toBeNull()
    expect(Object.keys(value)).toEqual(['__proto__', 'a'])
    expect('polluted' in {}).toBe(false)
    expect(JSON.stringify(value)).toBe('{"__proto__":{"polluted":true},"a":{"__proto__":null}}')
  })

  test.each([
    { text: '{"a":1,"b":2,"a":3}', value: { a: 3, b: 2 } },
    { text: '[1e3,-0,"x",true,null,[]]', value: [1000, -0, 'x', true, null, []] },
    { text: '1e400', value: Number.POSITIVE_INFINITY },
  ])('$text is $value', ({ text, value }) => {
    expect(plainValueOf(read(text))).toEqual(value)
  })
})
