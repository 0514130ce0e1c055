import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arnPatternOf, matchesArn, parseArn } from '../../src/match/arn.js'
import { matchesWildcard, type Piece, wildcard } from '../../src/match/wildcard.js'

const plain = (text: string): Piece => ({ text, literal: false })
const literal = (text: string): Piece => ({ text, literal: true })

function matches(pieces: readonly Piece[], text: string): boolean {
  const pattern = arnPatternOf(pieces)
  const parts = parseArn(text)
  if (pattern === undefined || parts === undefined) throw new Error('both must be ARNs')
  return matchesArn(pattern, parts)
}

describe('parseArn', () => {
  test.each([
    { text: 'arn:aws:s3:::b', parts: ['arn', 'aws', 's3', '', '', 'b'] },
    { text: 'arn:aws:s3:::b/k:with:colons', parts: ['arn', 'aws', 's3', '', '', 'b/k:with:colons'] },
    { text: 'arn:aws:iam::111122223333:root', parts: ['arn', 'aws', 'iam', '', '111122223333', 'root'] },
    { text: 'arn:::::', parts: ['arn', '', '', '', '', ''] },
    { text: 'arn::::::', parts: ['arn', '', '', '', '', ':'] },
    { text: 'arn:a\nb:c:d:e:f\n', parts: ['arn', 'a\nb', 'c', 'd', 'e', 'f\n'] },
    { text: 'arn:*:?:${a}:*:*', parts: ['arn', '*', '?', '${a}', '*', '*'] },
    { text: 'arn::::', parts: undefined },
    { text: 'arn:aws:s3::b', parts: undefined },
    { text: 'arn', parts: undefined },
    { text: 'arn:', parts: undefined },
    { text: '', parts: undefined },
    { text: '*', parts: undefined },
    { text: ':::::', parts: undefined },
    { text: 'ARN:aws:s3:::b', parts: undefined },
    { text: ' arn:aws:s3:::b', parts: undefined },
    { text: 'arn :aws:s3:::b', parts: undefined },
    { text: 'arnx:aws:s3:::b', parts: undefined },
    { text: 'ar*:aws:s3:::b', parts: undefined },
    { text: 'urn:aws:s3:::b', parts: undefined },
  ])('$text: $parts', ({ text, parts }) => {
    expect(parseArn(text)).toEqual(parts)
  })

  test('the parts joined with colons are the text, and the first five hold no colon', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', ':', '/', 'é'), maxLength: 12 }), (rest) => {
        const text = `arn:${rest}`
        const parts = parseArn(text)
        expect(parts !== undefined).toBe(text.split(':').length >= 6)
        expect(parts?.join(':') ?? text).toBe(text)
        expect(parts?.slice(0, 5).some((part) => part.includes(':')) ?? false).toBe(false)
        expect(parts?.length ?? 6).toBe(6)
      }),
    )
  })
})

describe('arnPatternOf', () => {
  test.each([
    { pieces: [], parts: undefined },
    { pieces: [plain('')], parts: undefined },
    { pieces: [plain('*')], parts: undefined },
    { pieces: [plain('arn:aws:s3::b')], parts: undefined },
    { pieces: [plain(':::::')], parts: ['', '', '', '', '', ''] },
    { pieces: [plain('arn:aws:s3:::b/*')], parts: ['arn', 'aws', 's3', '', '', 'b/*'] },
    { pieces: [plain('arn:aws:s3:::b:c:d')], parts: ['arn', 'aws', 's3', '', '', 'b:c:d'] },
    { pieces: [plain('*:*:*:*:*:*')], parts: ['*', '*', '*', '*', '*', '*'] },
    { pieces: [plain('urn:a:b:c:d:e')], parts: ['urn', 'a', 'b', 'c', 'd', 'e'] },
    { pieces: [plain('arn:aws:'), plain('s3:::b')], parts: ['arn', 'aws', 's3', '', '', 'b'] },
    { pieces: [plain('arn:aws'), plain(':s3:::b')], parts: ['arn', 'aws', 's3', '', '', 'b'] },
    { pieces: [plain('a'), plain('rn:a:b:c:d:e:f'), plain(':g')], parts: ['arn', 'a', 'b', 'c', 'd', 'e:f:g'] },
  ])('$pieces: $parts', ({ pieces, parts }) => {
    expect(arnPatternOf(pieces)).toEqual(parts?.map(wildcard))
  })

  test.each([
    { pieces: [plain('arn:aws:s3::'), literal(':'), plain('b')], parts: undefined },
    { pieces: [literal('arn:aws:s3:::b')], parts: undefined },
    { pieces: [plain('arn:aws:s3:::b/'), literal('x:y'), plain(':z')], parts: [['arn'], ['aws'], ['s3'], [''], [''], ['b/x:y:z']] },
    { pieces: [plain('arn:aws:'), literal('a:b'), plain(':::c')], parts: [['arn'], ['aws'], ['a:b'], [''], [''], ['c']] },
    { pieces: [literal('arn'), plain(':aws:s3:::b')], parts: [['arn'], ['aws'], ['s3'], [''], [''], ['b']] },
  ])('colons of literal pieces make no parts: $pieces', ({ pieces, parts }) => {
    expect(arnPatternOf(pieces)?.map(({ runs }) => runs)).toEqual(parts?.map((run) => [run]))
  })

  test('literal stars stay literal in their part', () => {
    expect(arnPatternOf([plain('arn:*:'), literal('*?'), plain('?:::x*')])?.map(({ runs }) => runs)).toEqual([
      [['arn']],
      [[''], ['']],
      [['*?', '']],
      [['']],
      [['']],
      [['x'], ['']],
    ])
  })
})

describe('matchesArn', () => {
  test.each([
    { pattern: 'arn:aws:s3:::b', text: 'arn:aws:s3:::b', expected: true },
    { pattern: 'arn:aws:s3:::b', text: 'arn:aws:s3:::B', expected: false },
    { pattern: 'arn:aws:s3:::b/*', text: 'arn:aws:s3:::b/a/b:c\nd', expected: true },
    { pattern: 'arn:aws:s3:::b/*', text: 'arn:aws:s3:::b', expected: false },
    { pattern: 'arn:aws:s3:::*', text: 'arn:aws:s3:::b/k', expected: true },
    { pattern: 'arn:aws:s3:::b?c', text: 'arn:aws:s3:::b:c', expected: true },
    { pattern: 'arn:*:iam::*:role/*', text: 'arn:aws-cn:iam::111122223333:role/a/b', expected: true },
    { pattern: 'arn:aws:iam::*:user/*', text: 'arn:aws:iam::1:role/x:user/y', expected: false },
    { pattern: 'arn:aws:iam::*:user/*', text: 'arn:aws:iam:::1:user/y', expected: false },
    { pattern: 'arn:*:b:c:d:e', text: 'arn:a:b:c:d:e', expected: true },
    { pattern: '*:*:*:*:*:*', text: 'arn:aws:s3:::b', expected: true },
    { pattern: '?rn:aws:s3:::b', text: 'arn:aws:s3:::b', expected: true },
    { pattern: 'urn:aws:s3:::b', text: 'arn:aws:s3:::b', expected: false },
    { pattern: 'arn:AWS:s3:::b', text: 'arn:aws:s3:::b', expected: false },
    { pattern: 'arn:aws:x:::b', text: 'arn:aws:s3:::b', expected: false },
    { pattern: 'arn:aws:s3:x::b', text: 'arn:aws:s3:::b', expected: false },
    { pattern: 'arn:aws:s3::x:b', text: 'arn:aws:s3:::b', expected: false },
    { pattern: 'arn:aws:s3:*:*:b', text: 'arn:aws:s3:::b', expected: true },
    { pattern: 'arn:aws:s3:?::b', text: 'arn:aws:s3:::b', expected: false },
  ])('$pattern on $text: $expected', ({ pattern, text, expected }) => {
    expect(matches([plain(pattern)], text)).toBe(expected)
  })

  test('a variable whose value has colons and stars matches that value alone', () => {
    const pieces = [plain('arn:aws:s3:::b/'), literal('a:*'), plain('/*')]
    expect(matches(pieces, 'arn:aws:s3:::b/a:*/x')).toBe(true)
    expect(matches(pieces, 'arn:aws:s3:::b/a:b/x')).toBe(false)
  })

  test('an ARN matches if each of its parts matches its own pattern', () => {
    const part = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 3 })
    const value = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 3 })
    fc.assert(
      fc.property(fc.array(part, { minLength: 5, maxLength: 5 }), fc.array(value, { minLength: 5, maxLength: 5 }), (patterns, values) => {
        const expected = patterns.every((pattern, index) => matchesWildcard(wildcard(pattern), values[index] ?? ''))
        expect(matches([plain(`arn:${patterns.join(':')}`)], `arn:${values.join(':')}`)).toBe(expected)
      }),
      { numRuns: 1000 },
    )
  })
})
