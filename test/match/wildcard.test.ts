import fc from 'fast-check'
import { minimatch } from 'minimatch'
import { describe, expect, test } from 'vitest'
import { hasWildcard, matchesWildcard, type Piece, wildcard, wildcardOf } from '../../src/match/wildcard.js'

/** What the two wildcards mean, tried out in full: exponential, and short enough to be read as the definition. */
function matchesByDefinition(pattern: readonly string[], text: readonly string[]): boolean {
  const [first, ...rest] = pattern
  if (first === undefined) return text.length === 0
  if (first === '*') return matchesByDefinition(rest, text) || (text.length > 0 && matchesByDefinition(pattern, text.slice(1)))
  return text.length > 0 && (first === '?' || first === text[0]) && matchesByDefinition(rest, text.slice(1))
}

/** The same, row by row over the pattern: for texts that the definition would take too long for. */
function matchesByTable(pattern: readonly string[], text: readonly string[]): boolean {
  let row = [true, ...text.map(() => false)]
  for (const step of pattern) {
    const next = [step === '*' && row[0] === true]
    for (const [index, character] of text.entries()) {
      const isMatch =
        step === '*' ? next[index] === true || row[index + 1] === true : row[index] === true && (step === '?' || step === character)
      next.push(isMatch)
    }
    row = next
  }
  return row.at(-1) === true
}

/** Every text over the letters, from the empty one up to a length. */
function textsUpTo(length: number, letters: readonly string[]): readonly string[] {
  const texts = ['']
  let longest = ['']
  for (let i = 0; i < length; i++) {
    longest = longest.flatMap((text) => letters.map((letter) => text + letter))
    texts.push(...longest)
  }
  return texts
}

function matches(pattern: string, text: string): boolean {
  return matchesWildcard(wildcard(pattern), text)
}

const plain = (text: string): Piece => ({ text, literal: false })
const literal = (text: string): Piece => ({ text, literal: true })

describe('matchesWildcard', () => {
  test.each([
    { pattern: '', text: '', expected: true },
    { pattern: '', text: 'a', expected: false },
    { pattern: 'a', text: '', expected: false },
    { pattern: 'a', text: 'a', expected: true },
    { pattern: 'a', text: 'A', expected: false },
    { pattern: 'a', text: 'ab', expected: false },
    { pattern: 'ab', text: 'a', expected: false },
    { pattern: 'ab', text: 'ab', expected: true },
    { pattern: '*', text: '', expected: true },
    { pattern: '*', text: 'a/b\nc', expected: true },
    { pattern: '**', text: '', expected: true },
    { pattern: '***', text: 'abc', expected: true },
    { pattern: '?', text: '', expected: false },
    { pattern: '?', text: 'a', expected: true },
    { pattern: '?', text: '/', expected: true },
    { pattern: '?', text: '\n', expected: true },
    { pattern: '?', text: '?', expected: true },
    { pattern: '?', text: '*', expected: true },
    { pattern: '?', text: 'ab', expected: false },
    { pattern: '??', text: 'a', expected: false },
    { pattern: '??', text: 'ab', expected: true },
    { pattern: 'a?c', text: 'abc', expected: true },
    { pattern: 'a?c', text: 'ac', expected: false },
    { pattern: 'a?c', text: 'abd', expected: false },
    { pattern: 'a*', text: 'a', expected: true },
    { pattern: 'a*', text: 'ba', expected: false },
    { pattern: '*a', text: 'a', expected: true },
    { pattern: '*a', text: 'ab', expected: false },
    { pattern: 'a*a', text: 'a', expected: false },
    { pattern: 'a*a', text: 'aa', expected: true },
    { pattern: 'ab*bc', text: 'abc', expected: false },
    { pattern: 'ab*bc', text: 'abbc', expected: true },
    { pattern: 'a*b*c', text: 'abc', expected: true },
    { pattern: 'a*b*c', text: 'acb', expected: false },
    { pattern: 'a*b*c', text: 'axxbxxc', expected: true },
    { pattern: 'a*bb*c', text: 'abxbc', expected: false },
    { pattern: 'a*bcb*b', text: 'abcb', expected: false },
    { pattern: 'a*bcb*b', text: 'abcbb', expected: true },
    { pattern: '*aab*', text: 'aaab', expected: true },
    { pattern: '*aaba*', text: 'aabaaba', expected: true },
    { pattern: '*abab*', text: 'abaabab', expected: true },
    { pattern: '*abacab*', text: 'abacabacab', expected: true },
    { pattern: '*aabaaac*', text: 'aabaabaaac', expected: true },
    { pattern: '*aabaaac*', text: 'aabaabaabaaa', expected: false },
    { pattern: '*abc*', text: 'abbc', expected: false },
    { pattern: '*aabc*', text: 'aababc', expected: false },
    { pattern: '*aabc*', text: 'aabaabc', expected: true },
    { pattern: '*abcabd*', text: 'abcabcabd', expected: true },
    { pattern: '*abcabd*', text: 'abcababd', expected: false },
    { pattern: '*ab*ab*', text: 'abab', expected: true },
    { pattern: '*ab*ab*', text: 'aba', expected: false },
    { pattern: '*aba*aba*', text: 'ababa', expected: false },
    { pattern: '*aba*aba*', text: 'abaaba', expected: true },
    { pattern: '*a?b*', text: 'aab', expected: true },
    { pattern: '*a?b*', text: 'aaabb', expected: true },
    { pattern: '*a?b*', text: 'ab', expected: false },
    // A run in the middle ends before the run at the end begins.
    { pattern: '*?b*b', text: 'ab', expected: false },
    { pattern: '*?b*b', text: 'abb', expected: true },
    { pattern: '*a?b*b', text: 'axb', expected: false },
    { pattern: '*a?b*b', text: 'axbb', expected: true },
    { pattern: '*a?*b', text: 'ab', expected: false },
    { pattern: '*ab*b', text: 'ab', expected: false },
    { pattern: '*ab*b', text: 'abb', expected: true },
    { pattern: '*?*', text: '', expected: false },
    { pattern: '*?*', text: 'a', expected: true },
    { pattern: '?*?', text: 'a', expected: false },
    { pattern: '?*?', text: 'ab', expected: true },
    { pattern: '*??', text: 'a', expected: false },
    { pattern: '*a?', text: 'a', expected: false },
    { pattern: '*a?', text: 'aab', expected: true },
    { pattern: 'a*?b', text: 'ab', expected: false },
    { pattern: 'a*?b', text: 'axb', expected: true },
    { pattern: 'photos/*', text: 'photos/', expected: true },
    { pattern: 'photos/*', text: 'photos/../secret', expected: true },
    { pattern: 'photos/*', text: 'photos', expected: false },
    { pattern: '.*', text: 'a', expected: false },
    { pattern: '[a]', text: 'a', expected: false },
    { pattern: '\\*', text: '*', expected: false },
    { pattern: '\\*', text: '\\anything', expected: true },
    // A code point outside the first plane is two code units and one `?`.
    { pattern: '?', text: '😀', expected: true },
    { pattern: '??', text: '😀', expected: false },
    { pattern: '??', text: '😀😁', expected: true },
    { pattern: '?', text: 'é', expected: true },
    { pattern: '?', text: 'e\u0301', expected: false },
    { pattern: '*?', text: '😀', expected: true },
    { pattern: '?*', text: '😀', expected: true },
    { pattern: '?*?', text: '😀', expected: false },
    { pattern: '?*?', text: '😀😁', expected: true },
    { pattern: '*?*', text: '😀', expected: true },
    { pattern: '*?a*', text: '😀a', expected: true },
    { pattern: '*??*', text: '😀', expected: false },
    { pattern: '*a?b*', text: 'xa😀b', expected: true },
    { pattern: '*a?b', text: 'a😀b', expected: true },
    { pattern: '*a??b', text: 'a😀b', expected: false },
    { pattern: 'a?b', text: 'a😀b', expected: true },
    { pattern: '😀*', text: '😀a', expected: true },
    { pattern: '😀', text: '😁', expected: false },
    { pattern: '*😀?', text: '😀😁', expected: true },
    { pattern: '?\uffff', text: '\ue000\uffff', expected: true },
    { pattern: '?', text: '\ue000', expected: true },
    { pattern: '??', text: '\ue000\ue001', expected: true },
    { pattern: '?', text: '\u{10000}', expected: true },
    { pattern: '?', text: '\u{103ff}', expected: true },
    { pattern: '?', text: '\u{10fc00}', expected: true },
    { pattern: '?', text: '\u{10ffff}', expected: true },
    { pattern: '??', text: '\ud7ff\ue000', expected: true },
    { pattern: '?', text: '\ud7ff\ue000', expected: false },
    // Half a pair is one code point of its own where nothing completes it.
    { pattern: '?', text: '\ud83d', expected: true },
    { pattern: '?', text: '\ude00', expected: true },
    { pattern: '??', text: '\ud83da', expected: true },
    { pattern: '??', text: '\ude00\ude00', expected: true },
    { pattern: '?', text: '\ude00\ude00', expected: false },
    { pattern: '??', text: '\ud83d\ud83d', expected: true },
    { pattern: '*?b', text: '\udbffb', expected: true },
    { pattern: '??', text: '\ud83d\udbff', expected: true },
    { pattern: '??', text: '\udc00\udc00', expected: true },
  ])('$pattern on $text: $expected', ({ pattern, text, expected }) => {
    expect(matches(pattern, text)).toBe(expected)
  })

  test('agrees with the definition on every short pattern and text', () => {
    const patterns = textsUpTo(5, ['a', 'b', '*', '?'])
    const texts = textsUpTo(6, ['a', 'b'])
    const disagreements: string[] = []
    let pairs = 0
    for (const pattern of patterns) {
      const compiled = wildcard(pattern)
      const steps = [...pattern]
      for (const text of texts) {
        pairs++
        if (matchesWildcard(compiled, text) !== matchesByDefinition(steps, [...text])) disagreements.push(`${pattern} on ${text}`)
      }
    }
    expect(disagreements).toEqual([])
    expect(pairs).toBe(1365 * 127)
  })

  test('the definition and its table are the same function', () => {
    const patterns = textsUpTo(4, ['a', '*', '?'])
    const texts = textsUpTo(4, ['a', 'b'])
    for (const pattern of patterns) {
      for (const text of texts) expect(matchesByTable([...pattern], [...text])).toBe(matchesByDefinition([...pattern], [...text]))
    }
  })

  const lettersOf = (letters: readonly string[], maxLength: number) =>
    fc.array(fc.constantFrom(...letters), { maxLength }).map((characters) => characters.join(''))

  test.each([
    { alphabet: 'two letters', letters: ['a', 'b'] },
    {
      alphabet: 'letters, controls and code points of two units that share one',
      letters: ['a', '/', '\n', '😀', '😁', '\u{10000}', '\uffff'],
    },
  ])('agrees with the definition on long texts of $alphabet', ({ letters }) => {
    fc.assert(
      fc.property(lettersOf([...letters, '*', '?'], 14), lettersOf(letters, 30), (pattern, text) => {
        expect(matches(pattern, text)).toBe(matchesByTable([...pattern], [...text]))
      }),
      { numRuns: 2000 },
    )
  })

  test('a text made from a pattern by filling its wildcards matches the pattern', () => {
    const step = fc.oneof(
      fc
        .string({ unit: 'binary', maxLength: 3 })
        .filter((text) => !hasWildcard(text))
        .map((text) => ({ pattern: text, text })),
      fc.string({ unit: 'binary', maxLength: 5 }).map((text) => ({ pattern: '*', text })),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }).map((text) => ({ pattern: '?', text })),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const pattern = steps.map((part) => part.pattern).join('')
        const text = steps.map((part) => part.text).join('')
        expect(matches(pattern, text)).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  test('agrees with minimatch where the two languages agree', () => {
    // No slash (a path to minimatch), no bracket, brace, parenthesis or backslash (no wildcards here), no dot, nothing empty.
    const letters = ['a', 'b', 'A', '1', '-', ' ', '$', '^', '|']
    const options = { dot: true, nocomment: true, nonegate: true, noext: true, nobrace: true, nonull: false, noglobstar: true }
    fc.assert(
      fc.property(lettersOf([...letters, '*', '*', '?', '?'], 10), lettersOf(letters, 10), (pattern, text) => {
        fc.pre(pattern !== '' && text !== '')
        expect(matches(pattern, text)).toBe(minimatch(text, pattern, options))
      }),
      { numRuns: 2000 },
    )
  })

  // Each of these takes pattern times text steps, or worse, where a star is tried at every place. The runner's time limit is the test.
  test.each([
    { name: 'stars between equal letters', pattern: '*a*a*a*a*b', text: 'a'.repeat(10_000), expected: false },
    { name: 'ten stars between equal letters', pattern: `${'*a'.repeat(10)}b`, text: 'a'.repeat(10_000), expected: false },
    { name: 'a thousand stars between equal letters', pattern: `${'*a'.repeat(1000)}*b*`, text: 'a'.repeat(50_000), expected: false },
    {
      name: 'a run of half a million letters at the end',
      pattern: `*${'a'.repeat(500_000)}b`,
      text: 'a'.repeat(1_000_000),
      expected: false,
    },
    {
      name: 'a run of half a million letters in the middle',
      pattern: `*${'a'.repeat(500_000)}b*`,
      text: 'a'.repeat(1_000_000),
      expected: false,
    },
    {
      name: 'a run of half a million letters after another',
      pattern: `*b${'a'.repeat(500_000)}*`,
      text: 'a'.repeat(1_000_000),
      expected: false,
    },
    {
      name: 'a run of half a million letters that is there',
      pattern: `*${'a'.repeat(500_000)}b*`,
      text: `${'a'.repeat(999_999)}b`,
      expected: true,
    },
    {
      name: 'many runs on a million letters',
      pattern: `${`*${'a'.repeat(1000)}b`.repeat(500)}*`,
      text: 'a'.repeat(1_000_000),
      expected: false,
    },
    { name: 'a million stars', pattern: '*'.repeat(1_000_000), text: 'a', expected: true },
    { name: 'a million question marks', pattern: '?'.repeat(1_000_000), text: 'a'.repeat(1_000_000), expected: true },
    { name: 'a million question marks and too short a text', pattern: '?'.repeat(1_000_000), text: 'a'.repeat(999_999), expected: false },
    { name: 'a million letters', pattern: 'a'.repeat(1_000_000), text: 'a'.repeat(1_000_000), expected: true },
    { name: 'half a million runs', pattern: 'a*'.repeat(500_000), text: 'a'.repeat(500_000), expected: true },
    { name: 'half a million runs, one too many', pattern: 'a*'.repeat(500_001), text: 'a'.repeat(500_000), expected: false },
    { name: 'question marks in the middle, on a million letters', pattern: '*a?a?a?b*', text: 'a'.repeat(1_000_000), expected: false },
  ])('ends on $name', ({ pattern, text, expected }) => {
    expect(matches(pattern, text)).toBe(expected)
  })
})

describe('wildcardOf', () => {
  test.each([
    { pieces: [], runs: [['']] },
    { pieces: [plain('')], runs: [['']] },
    { pieces: [plain('abc')], runs: [['abc']] },
    { pieces: [plain('a?b*c')], runs: [['a', 'b'], ['c']] },
    { pieces: [plain('*')], runs: [[''], ['']] },
    { pieces: [plain('?')], runs: [['', '']] },
    { pieces: [plain('a*'), plain('*b')], runs: [['a'], [''], ['b']] },
    { pieces: [plain('a'), literal('*'), plain('b')], runs: [['a*b']] },
    { pieces: [literal('?*'), plain('?*')], runs: [['?*', ''], ['']] },
    { pieces: [plain('a*b'), literal('c?'), plain('d*')], runs: [['a'], ['bc?d'], ['']] },
    { pieces: [plain('?'), literal('?'), plain('?')], runs: [['', '?', '']] },
    { pieces: [literal('a'), literal('b')], runs: [['ab']] },
  ])('$pieces is $runs', ({ pieces, runs }) => {
    expect(wildcardOf(pieces)).toEqual({ runs })
  })

  test.each([
    { pieces: [literal('*')], text: '*', expected: true },
    { pieces: [literal('*')], text: 'a', expected: false },
    { pieces: [literal('?')], text: '?', expected: true },
    { pieces: [literal('?')], text: 'a', expected: false },
    { pieces: [plain('home/'), literal('*'), plain('/*')], text: 'home/*/a', expected: true },
    { pieces: [plain('home/'), literal('*'), plain('/*')], text: 'home/bob/a', expected: false },
    { pieces: [plain('home/'), literal('a?'), plain('/*')], text: 'home/a?/', expected: true },
    { pieces: [plain('home/'), literal('a?'), plain('/*')], text: 'home/ab/', expected: false },
  ])('$pieces on $text: $expected', ({ pieces, text, expected }) => {
    expect(matchesWildcard(wildcardOf(pieces), text)).toBe(expected)
  })

  test('literal text matches itself and nothing else', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', '😀'), maxLength: 6 })
    fc.assert(
      fc.property(text, text, (own, other) => {
        expect(matchesWildcard(wildcardOf([literal(own)]), other)).toBe(own === other)
      }),
    )
  })

  test('where a pattern is cut into pieces makes no difference', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '*', '?'), maxLength: 4 })
    fc.assert(
      fc.property(fc.array(text, { maxLength: 5 }), (texts) => {
        expect(wildcardOf(texts.map(plain))).toEqual(wildcard(texts.join('')))
      }),
    )
  })
})

describe('hasWildcard', () => {
  test.each([
    { text: '', expected: false },
    { text: 'abc', expected: false },
    { text: 'a*', expected: true },
    { text: '?a', expected: true },
    { text: '*?', expected: true },
    { text: '＊？', expected: false },
  ])('$text: $expected', ({ text, expected }) => {
    expect(hasWildcard(text)).toBe(expected)
  })
})
