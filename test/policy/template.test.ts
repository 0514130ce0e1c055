import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hasVariable, parseTemplate, plainText, type TemplatePart } from '../../src/policy/template.js'

const text = (value: string): TemplatePart => ({ kind: 'text', text: value })
const escaped = (value: string): TemplatePart => ({ kind: 'escape', text: value })
const variable = (key: string): TemplatePart => ({ kind: 'variable', key })
const withDefault = (key: string, value: string): TemplatePart => ({ kind: 'variable', key, default: value })
const malformed = (value: string, problem: string): TemplatePart => ({ kind: 'malformed', text: value, problem })

const noEnd = 'the closing `}` is missing'
const noName = 'the variable has no name'
const blanks = 'blanks around the name of a variable'
const noQuotes = "a default value stands in single quotes: `${key, 'default'}`"
const noEndAfterDefault = 'the closing `}` is missing after the default value'
const unexpected = (character: string) => `unexpected \`${character}\` in a variable`

describe('parseTemplate under 2012-10-17', () => {
  test.each<{ template: string; parts: readonly TemplatePart[] }>([
    { template: '', parts: [text('')] },
    { template: 'abc', parts: [text('abc')] },
    { template: 'a*b?', parts: [text('a*b?')] },
    { template: '$', parts: [text('$')] },
    { template: '$a{b}', parts: [text('$a{b}')] },
    { template: '{a}', parts: [text('{a}')] },
    { template: '$ {a}', parts: [text('$ {a}')] },
    { template: '${a}', parts: [variable('a')] },
    { template: '${aws:username}', parts: [variable('aws:username')] },
    { template: 'home/${aws:username}/*', parts: [text('home/'), variable('aws:username'), text('/*')] },
    { template: '${a}${b}', parts: [variable('a'), variable('b')] },
    { template: '${a}-${b}', parts: [variable('a'), text('-'), variable('b')] },
    { template: '${aws:PrincipalTag/my team}', parts: [variable('aws:PrincipalTag/my team')] },
    { template: '${aws:PrincipalTag/a*?}', parts: [variable('aws:PrincipalTag/a*?')] },
    { template: '${*}', parts: [escaped('*')] },
    { template: '${?}', parts: [escaped('?')] },
    { template: '${$}', parts: [escaped('$')] },
    { template: 'a${*}b${?}${$}c', parts: [text('a'), escaped('*'), text('b'), escaped('?'), escaped('$'), text('c')] },
    { template: '${$}{a}', parts: [escaped('$'), text('{a}')] },
    { template: '${**}', parts: [variable('**')] },
    { template: '${*a}', parts: [variable('*a')] },
    { template: '$${a}', parts: [text('$'), variable('a')] },
    { template: '${a}}', parts: [variable('a'), text('}')] },
    { template: "${a,'b'}", parts: [withDefault('a', 'b')] },
    { template: "${a, 'b'}", parts: [withDefault('a', 'b')] },
    { template: "${a,   'b'}", parts: [withDefault('a', 'b')] },
    { template: "${a,''}", parts: [withDefault('a', '')] },
    { template: "${a,' b '}", parts: [withDefault('a', ' b ')] },
    { template: "${a,'*?$}{,'}", parts: [withDefault('a', '*?$}{,')] },
    { template: "${a,'${b}'}", parts: [withDefault('a', '${b}')] },
    { template: "x${a,'b'}y", parts: [text('x'), withDefault('a', 'b'), text('y')] },
    { template: "${a,'b'}${c}", parts: [withDefault('a', 'b'), variable('c')] },
    { template: '${é}', parts: [variable('é')] },
    { template: '${"a"}', parts: [variable('"a"')] },
    { template: '${a b}', parts: [variable('a b')] },

    { template: '${', parts: [malformed('${', noEnd)] },
    { template: '${a', parts: [malformed('${a', noEnd)] },
    { template: '${*', parts: [malformed('${*', noEnd)] },
    { template: '${$', parts: [malformed('${$', noName)] },
    { template: 'x${a/*', parts: [text('x'), malformed('${a/*', noEnd)] },
    { template: '${a}${b', parts: [variable('a'), malformed('${b', noEnd)] },
    { template: '${}', parts: [malformed('${}', noName)] },
    { template: "${,'a'}", parts: [malformed("${,'a'}", noName)] },
    { template: 'x${}y${a}', parts: [text('x'), malformed('${}y${a}', noName)] },
    { template: '${ a}', parts: [malformed('${ a}', blanks)] },
    { template: '${a }', parts: [malformed('${a }', blanks)] },
    { template: '${ }', parts: [malformed('${ }', blanks)] },
    { template: '${\ta}', parts: [malformed('${\ta}', blanks)] },
    { template: "${a ,'b'}", parts: [malformed("${a ,'b'}", blanks)] },
    { template: '${a${b}}', parts: [malformed('${a${b}}', unexpected('$'))] },
    { template: '${a$}', parts: [malformed('${a$}', unexpected('$'))] },
    { template: '${a{b}', parts: [malformed('${a{b}', unexpected('{'))] },
    { template: "${a'b'}", parts: [malformed("${a'b'}", unexpected("'"))] },
    { template: '${$$}', parts: [malformed('${$$}', noName)] },
    { template: "${'a'}", parts: [malformed("${'a'}", noName)] },
    { template: '${a,b}', parts: [malformed('${a,b}', noQuotes)] },
    { template: '${a,}', parts: [malformed('${a,}', noQuotes)] },
    { template: '${a,', parts: [malformed('${a,', noQuotes)] },
    { template: '${a,"b"}', parts: [malformed('${a,"b"}', noQuotes)] },
    { template: "${a,\t'b'}", parts: [malformed("${a,\t'b'}", noQuotes)] },
    { template: "${a,'b}", parts: [malformed("${a,'b}", noQuotes)] },
    { template: "${a,'", parts: [malformed("${a,'", noQuotes)] },
    { template: "${a,'b'", parts: [malformed("${a,'b'", noEndAfterDefault)] },
    { template: "${a,'b' }", parts: [malformed("${a,'b' }", noEndAfterDefault)] },
    { template: "${a,'b'c'}", parts: [malformed("${a,'b'c'}", noEndAfterDefault)] },
    { template: "${a,'it''s'}", parts: [malformed("${a,'it''s'}", noEndAfterDefault)] },
  ])('$template', ({ template, parts }) => {
    expect(parseTemplate(template, '2012-10-17')).toEqual(parts)
  })

  test('the parts hold the whole text: joined as they were written they are the text', () => {
    const piece = fc.constantFrom('a', '*', '${', '}', ',', "'", ' ', '$', '${a}', "${a,'b'}", '${*}')
    const written = (part: TemplatePart): string => {
      if (part.kind === 'escape') return `\${${part.text}}`
      if (part.kind !== 'variable') return part.text
      return part.default === undefined ? `\${${part.key}}` : `\${${part.key},'${part.default}'}`
    }
    const withoutBlanks = (value: string) => value.replaceAll(' ', '')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 10 }), (pieces) => {
        const template = pieces.join('')
        const parts = parseTemplate(template, '2012-10-17')
        expect(withoutBlanks(parts.map(written).join(''))).toBe(withoutBlanks(template))
        expect(parts.findIndex(({ kind }) => kind === 'malformed')).toBe(
          parts.some(({ kind }) => kind === 'malformed') ? parts.length - 1 : -1,
        )
        // Two texts in a row would be one.
        expect(parts.some(({ kind }, index) => kind === 'text' && parts[index + 1]?.kind === 'text')).toBe(false)
      }),
      { numRuns: 1000 },
    )
  })
})

test.each(['', 'a', '${aws:username}', '${*}', '${', "${a, 'b'}"])('%j is text under 2008-10-17 and without a version', (template) => {
  expect(parseTemplate(template, '2008-10-17')).toEqual([text(template)])
  expect(parseTemplate(template, undefined)).toEqual([text(template)])
})

test.each([
  { template: '', expected: false },
  { template: 'a', expected: false },
  { template: 'a${*}${?}${$}', expected: false },
  { template: '${a}', expected: true },
  { template: "x${a,'b'}", expected: true },
  { template: '${', expected: true },
  { template: '${}', expected: true },
])('$template has a variable: $expected', ({ template, expected }) => {
  expect(hasVariable(parseTemplate(template, '2012-10-17'))).toBe(expected)
  expect(hasVariable(parseTemplate(template, '2008-10-17'))).toBe(false)
})

test('plain text is one piece with wildcards', () => {
  expect(plainText('a*')).toEqual({ kind: 'text', pieces: [{ text: 'a*', literal: false }] })
  expect(plainText('')).toEqual({ kind: 'text', pieces: [{ text: '', literal: false }] })
})
