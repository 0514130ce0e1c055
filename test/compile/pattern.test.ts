import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Element, Pattern } from '../../src/compile/normal-policy.js'
import { cutAtColons, matchesText, patternOf, restsAfter, simplify } from '../../src/compile/pattern.js'
import { matchesWildcard, type Piece, wildcardOf } from '../../src/match/wildcard.js'
import { parseTemplate } from '../../src/policy/template.js'
import { shownPattern } from './stages-of.js'

function patternFrom(text: string): Pattern {
  return patternOf(parseTemplate(text, '2012-10-17'), true) as Pattern
}

/** The reference: what a pattern matches once its variables have this value. */
function matches(pattern: Pattern, text: string, value = ''): boolean {
  const pieces = pattern.map((element): Piece => {
    switch (element.kind) {
      case 'text':
        return { text: element.text, literal: true }
      case 'variable':
        return { text: value, literal: true }
      default:
        return { text: element.kind === 'any' ? '*' : '?', literal: false }
    }
  })
  return matchesWildcard(wildcardOf(pieces), text)
}

const letters = ['a', 'b', ':', '😀']
const text = fc.string({ unit: fc.constantFrom(...letters), maxLength: 5 })
const element: fc.Arbitrary<Element> = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: fc.constantFrom(...letters), maxLength: 2 }).map((text) => ({ kind: 'text' as const, text })) },
  { weight: 2, arbitrary: fc.constant({ kind: 'any' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'one' as const }) },
)
const variable: Element = { kind: 'variable', key: 'aws:username' }
const staticPattern = fc.array(element, { maxLength: 6 }).map(simplify)
const anyPattern = fc.array(fc.oneof({ weight: 4, arbitrary: element }, { weight: 1, arbitrary: fc.constant(variable) }), { maxLength: 6 })
const runs = { numRuns: 5_000 }

describe('restsAfter', () => {
  test.each([
    ['bucket/a*', 'bucket/', ['a*']],
    ['bucket/', 'bucket/', ['']],
    ['bucket', 'bucket/', []],
    ['other/a', 'bucket/', []],
    ['*', 'bucket/', ['*']],
    ['*/x', 'bucket/', ['*/x', 'x']],
    ['b*t/x', 'bucket/', ['*t/x', 'x']],
    ['data-*/secret*', 'data-red/', ['*/secret*', 'secret*']],
    ['*et', 'bucket', ['*et', '']],
    ['*?', 'b', ['*?', '']],
    ['?*', 'b', ['*']],
    ['?x', '😀', ['x']],
    ['??x', '😀', ['?x']],
    ['?x', '😀a', []],
    ['*b*b*', 'bb', ['*']],
    ['bucket/${aws:username}/*', 'bucket/', ['${aws:username}/*']],
    ['${aws:username}', 'bucket/', undefined],
    ['b*-${aws:username}', 'b-', ['*-${aws:username}', '${aws:username}']],
    ['b?${aws:username}', 'bucket', undefined],
    ['*${aws:username}', 'bucket', undefined],
    ['b*${aws:username}/x', 'bucket/', undefined],
  ])('%s after %s', (pattern, start, expected) => {
    expect(restsAfter(patternFrom(pattern), start)?.map(shownPattern).sort()).toEqual(expected?.toSorted())
  })

  test('a pattern matches start and rest together if and only if one of its rests after the start matches the rest', () => {
    fc.assert(
      fc.property(staticPattern, text, text, (pattern, start, rest) => {
        const rests = restsAfter(pattern, start)
        // Where there are too many, the pattern is kept whole.
        if (rests !== undefined) expect(rests.some((each) => matches(each, rest))).toBe(matches(pattern, start + rest))
      }),
      runs,
    )
  })

  test('with variables too, whatever their value, unless it says that it hangs on them', () => {
    fc.assert(
      fc.property(anyPattern, text, text, text, (pattern, start, rest, value) => {
        const rests = restsAfter(simplify(pattern), start)
        if (rests !== undefined) expect(rests.some((each) => matches(each, rest, value))).toBe(matches(pattern, start + rest, value))
      }),
      runs,
    )
  })

  test('a pattern is kept whole only if its stars leave more than four rests', () => {
    const restsOf = (pattern: string, start: string) => restsAfter(patternOf([{ kind: 'text', text: pattern }], true) ?? [], start)?.length
    expect(restsOf('*aaa', 'aa')).toBe(3)
    expect(restsOf('*aaaa', 'aaa')).toBe(4)
    expect(restsOf('*aaaaa', 'aaaa')).toBe(undefined)
    expect(restsOf('*/x', 'a-bucket-of-any-length/')).toBe(2)
  })

  test('there are never more rests than places in the start', () => {
    fc.assert(
      fc.property(staticPattern, text, (pattern, start) => {
        expect((restsAfter(pattern, start) ?? []).length).toBeLessThanOrEqual(start.length + 1)
      }),
      runs,
    )
  })
})

test('matchesText matches what matchesWildcard matches', () => {
  fc.assert(
    fc.property(staticPattern, text, (pattern, own) => {
      expect(matchesText(pattern, own)).toBe(matches(pattern, own))
    }),
    runs,
  )
})

describe('simplify', () => {
  test('a simple pattern matches what it was made of', () => {
    fc.assert(
      fc.property(anyPattern, text, text, (pattern, own, value) => {
        expect(matches(simplify(pattern), own, value)).toBe(matches(pattern, own, value))
      }),
      runs,
    )
  })

  test('in a simple pattern no text is empty, and neither texts nor stars stand side by side', () => {
    fc.assert(
      fc.property(anyPattern, (pattern) => {
        const simple = simplify(pattern)
        expect(simple.filter((each) => each.kind === 'text' && each.text === '')).toEqual([])
        expect(
          simple.filter(({ kind }, index) => (kind === 'text' || kind === 'any') && kind === (simple[index - 1]?.kind as unknown)),
        ).toEqual([])
        expect(simplify(simple)).toEqual(simple)
      }),
    )
  })
})

describe('cutAtColons', () => {
  test.each([
    ['a:b:c', 2, ['a', 'b', 'c']],
    ['a:b:c', 1, ['a', 'b:c']],
    ['a:b:c', 0, ['a:b:c']],
    ['a:b', 2, undefined],
    ['', 1, undefined],
    ['::', 2, ['', '', '']],
    ['a*:*b?', 1, ['a*', '*b?']],
    ["${k, ':'}:b", 1, ["${k, ':'}", 'b']],
    ['${a:b}', 1, undefined],
    ['arn:aws:s3:::b:c/*', 5, ['arn', 'aws', 's3', '', '', 'b:c/*']],
  ])('%s at %i', (pattern, count, expected) => {
    expect(cutAtColons(patternFrom(pattern), count)?.map(shownPattern)).toEqual(expected)
  })

  test('the parts with colons between them are the pattern, and only the last has colons of its own', () => {
    const colon: Element = { kind: 'text', text: ':' }
    fc.assert(
      fc.property(anyPattern.map(simplify), fc.nat({ max: 4 }), (pattern, count) => {
        const colons = pattern.flatMap((each) => (each.kind === 'text' ? [...each.text] : [])).filter((unit) => unit === ':').length
        const parts = cutAtColons(pattern, count)
        expect(parts?.length).toBe(colons < count ? undefined : count + 1)
        if (parts === undefined) return
        expect(simplify(parts.flatMap((part, index) => (index === 0 ? part : [colon, ...part])))).toEqual(pattern)
        expect(parts.slice(0, -1).filter((part) => part.some((each) => each.kind === 'text' && each.text.includes(':')))).toEqual([])
      }),
      runs,
    )
  })
})

describe('patternOf', () => {
  test.each([
    ['a*b?c', true, 'a*b?c'],
    ['a**b', true, 'a*b'],
    ['a*b?c', false, 'a\\*b\\?c'],
    ['${*}*${?}', true, '\\**\\?'],
    ['a${$}b', true, 'a$b'],
    ['${AWS:UserName}', true, '${aws:username}'],
    ["${aws:PrincipalTag/Team, '*'}", true, "${aws:PrincipalTag/team, '*'}"],
    ['', true, ''],
    ['a${b', true, undefined],
  ])('%s, wildcards: %s', (own, hasWildcards, expected) => {
    const pattern = patternOf(parseTemplate(own, '2012-10-17'), hasWildcards)
    expect(pattern && shownPattern(pattern)).toBe(expected)
  })
})
