import fc from 'fast-check'
import { expect, test } from 'vitest'
import { matchesWildcard, type Piece, wildcardOf } from '../../src/match/wildcard.js'
import * as layout from '../../src/program/layout.js'
import { matchesPattern, textOfPattern } from '../../src/program/pattern.js'
import { createRegisters } from '../../src/program/registers.js'
import { afterText } from '../../src/tables/packed-text.js'
import { stagesOf } from '../compile/stages-of.js'

/** A program whose one condition has one operand, and the place of that operand's pattern. */
function programOf(operand: string, operator = 'StringLike') {
  const { layout: program, index } = stagesOf([{ Condition: { [operator]: { 's3:prefix': operand } } }])
  const { words } = program
  const [family] = index.policy.conditions.map((condition) => condition.family)
  const found = words[words[layout.HEADER_CLASSES + layout.ALLOW] as number] as number
  const node = words[found + layout.CLASS_EVERYONE] as number
  const body = words[afterText(words, node + layout.NODE_LABEL) + 1] as number
  const condition = words[body + layout.BODY_SIZE] as number
  expect(words[condition + layout.CONDITION_FAMILY]).toBe(family)
  const place = words[(words[condition + layout.CONDITION_SIZE] as number) + layout.OPERAND_DATA] as number
  return { program, place }
}

const unit = fc.constantFrom('a', 'b', 'é', '😀', '\u{10000}')
const text = fc.string({ unit, maxLength: 12 })
const pattern = fc.array(fc.constantFrom('a', 'b', '*', '*', '?', '😀', 'ab', '${aws:PrincipalTag/v}', '${*}'), { maxLength: 9 })

/** The reference: the same pattern in pieces. */
function piecesOf(parts: readonly string[], value: string): readonly Piece[] {
  return parts.map((part) =>
    part.startsWith('$') ? { text: part === '${*}' ? '*' : value, literal: true } : { text: part, literal: false },
  )
}

test('a pattern matches a part of a text as matchesWildcard matches that part alone; values of variables are literal', () => {
  fc.assert(
    fc.property(
      pattern,
      text,
      text,
      text,
      fc.string({ unit: fc.constantFrom('a', '*', '?', '😀'), maxLength: 2 }),
      (parts, before, own, after, value) => {
        const { program, place } = programOf(parts.join(''))
        const r = createRegisters()
        r.context = { 'aws:PrincipalTag/v': value }
        const expected = matchesWildcard(wildcardOf(piecesOf(parts, value)), own)
        expect(matchesPattern(program, r, place, before + own + after, before.length, before.length + own.length)).toBe(expected)
      },
    ),
    { numRuns: 3_000 },
  )
})

test('a text that was made to fit its pattern matches', () => {
  const filled = fc.array(
    fc.oneof(
      fc.constantFrom('a', 'b', '?').map((part) => [part] as const),
      fc.tuple(fc.constant('*'), text),
    ),
    { maxLength: 9 },
  )
  fc.assert(
    fc.property(filled, unit, (parts, one) => {
      const { program, place } = programOf(parts.map(([part]) => part).join(''))
      const own = parts.map(([part, value]) => value ?? (part === '?' ? one : part)).join('')
      expect(matchesPattern(program, createRegisters(), place, own, 0, own.length)).toBe(true)
    }),
    { numRuns: 2_000 },
  )
})

test('the text of a pattern is its texts and values one after another', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', 'é*?', '😀', '${aws:PrincipalTag/v}'), { maxLength: 6 }), text, (parts, value) => {
      const { program, place } = programOf(`${parts.join('')}\${aws:PrincipalTag/v}`, 'StringEqualsIgnoreCase')
      const r = createRegisters()
      r.context = { 'aws:PrincipalTag/v': value }
      expect(textOfPattern(program, r, place)).toBe([...parts, value].map((part) => (part.startsWith('$') ? value : part)).join(''))
    }),
  )
})

test.each([
  [`${'*a'.repeat(2_000)}*b`, 'a'.repeat(10_000), false],
  [`${'*a'.repeat(2_000)}*`, 'a'.repeat(10_000), true],
  [`*${'a'.repeat(5_000)}b*`, 'a'.repeat(10_000), false],
  [`*${'a?'.repeat(500)}b*`, 'a'.repeat(5_000), false],
])('hostile patterns end: %.20s…', (own, value, expected) => {
  const { program, place } = programOf(own)
  expect(matchesPattern(program, createRegisters(), place, value, 0, value.length)).toBe(expected)
})
