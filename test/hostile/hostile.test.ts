import { describe, expect, test } from 'vitest'
import { type Diagnostic, parseDecisionTests, parsePolicy, parseRequest, parseSnapshot } from '../../src/index.js'
import { codesOf, expectCapped, filled, SIZE } from './made.js'

// Nothing here is timed: work that grows faster than the text does not end before the runner's limit.

interface Read {
  readonly isUsable: boolean
  readonly diagnostics: readonly Diagnostic[]
}

const readers: Readonly<Record<string, (text: string) => Read>> = {
  policy: (text) => {
    const { policy, diagnostics } = parsePolicy(text)
    return { isUsable: policy !== undefined, diagnostics }
  },
  snapshot: (text) => {
    const { snapshot, diagnostics } = parseSnapshot(text)
    return { isUsable: snapshot !== undefined, diagnostics }
  },
  request: (text) => {
    const { request, diagnostics } = parseRequest(text)
    return { isUsable: request !== undefined, diagnostics }
  },
  'decision test': (text) => {
    const { tests, diagnostics } = parseDecisionTests(text)
    return { isUsable: tests !== undefined, diagnostics }
  },
}

describe.each(Object.entries(readers).map(([name, read]) => ({ name, read })))('a large $name', ({ name, read }) => {
  // Policies, which anybody who owns a bucket may send, at 10 MB.
  const size = name === 'policy' ? 10 * SIZE : SIZE

  test.each([
    { what: 'arrays in arrays', text: `{"a":${'['.repeat(size)}`, code: 'nesting-too-deep' },
    { what: 'objects in objects', text: '{"a":'.repeat(size / 5), code: 'nesting-too-deep' },
    { what: 'a text without end', text: `{"a":"${'a'.repeat(size)}`, code: 'invalid-json' },
    { what: 'a text of escapes without end', text: `{"a":"${'\\n'.repeat(SIZE)}`, code: 'invalid-json' },
    { what: 'a number without end', text: `{"a":-0.${'1'.repeat(size)}`, code: 'invalid-json' },
    { what: 'a name without end', text: `{"${'a'.repeat(size)}`, code: 'invalid-json' },
    { what: 'blanks without end', text: `{${' \n'.repeat(SIZE)}`, code: 'invalid-json' },
    { what: 'closing brackets', text: `{"a":[]${']'.repeat(size)}`, code: 'invalid-json' },
    { what: 'line ends of all kinds', text: `{${'\r\n\r\n\n\r'.repeat(SIZE / 4)}x`, code: 'invalid-json' },
    { what: 'items without end', text: `{"a":[${filled(SIZE, '""')},`, code: 'invalid-json' },
  ])('$what', ({ text, code }) => {
    const { isUsable, diagnostics } = read(text)
    expect(isUsable).toBe(false)
    expect(codesOf(diagnostics)).toEqual([code])
    expect(diagnostics).toHaveLength(1)
  })

  test.each([
    {
      what: 'members of different names',
      text: `{${filled(size, '"k#":1')}}`,
      code: name === 'policy' ? 'unknown-element' : 'unknown-member',
    },
    { what: 'members of one name', text: `{${filled(size, '"k":1')}}`, code: 'duplicate-member' },
    { what: 'members called __proto__', text: `{${filled(SIZE, '"__proto__":{}')}}`, code: 'duplicate-member' },
    { what: 'members of no name', text: `{${filled(SIZE, '"":0')}}`, code: 'duplicate-member' },
    { what: 'halves of characters', text: `{"a":[${filled(SIZE, '"\\ud800"')}]}`, code: 'lone-surrogate' },
  ])('$what', ({ text, code }) => {
    const { isUsable, diagnostics } = read(text)
    expect(isUsable).toBe(false)
    expectCapped(diagnostics)
    expect(diagnostics[0]).toMatchObject({ code })
    expect(diagnostics[999]).toMatchObject({ code })
  })

  test.each([
    { what: 'one member', text: `{"${'n'.repeat(size)}":1}` },
    { what: 'one text', text: `{"n":"${'a'.repeat(size)}"}` },
    { what: 'one text of escapes', text: `{"n":"${'\\u0041'.repeat(SIZE / 3)}"}` },
    { what: 'one text that is no Unicode', text: `{"n":"${'\\ud800'.repeat(SIZE / 3)}"}` },
    { what: 'one number', text: `{"n":${'1'.repeat(size)}}` },
    { what: 'one array', text: `{"n":[${filled(SIZE, '[]')}]}` },
  ])('$what', ({ text }) => {
    const { isUsable, diagnostics } = read(text)
    expect(isUsable).toBe(false)
    expect(diagnostics.length).toBeGreaterThan(0)
    expect(diagnostics.length).toBeLessThan(10)
  })
})
