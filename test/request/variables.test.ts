import { describe, expect, test } from 'vitest'
import type { Piece } from '../../src/match/wildcard.js'
import { parseTemplate } from '../../src/policy/template.js'
import { callerOf, noDirectory } from '../../src/request/caller.js'
import { evaluationContextOf } from '../../src/request/evaluation-context.js'
import { expandTemplate } from '../../src/request/variables.js'

const context = evaluationContextOf(
  {
    principal: { kind: 'anonymous' },
    action: 's3:GetObject',
    context: {
      'aws:PrincipalTag/star': 'a*?',
      'aws:PrincipalTag/empty': '',
      'aws:PrincipalTag/dollar': '${aws:username}',
      'aws:TagKeys': ['a'],
      'aws:referer': [],
    },
    unknown: ['aws:SourceIp'],
  },
  callerOf({ kind: 'aws', arn: 'arn:aws:iam::111122223333:user/alice' }, noDirectory),
  undefined,
)

const plain = (text: string): Piece => ({ text, literal: false })
const literal = (text: string): Piece => ({ text, literal: true })
const text = (...pieces: readonly Piece[]) => ({ kind: 'text', pieces })
const unset = { kind: 'unset' }
const unknown = { kind: 'unknown' }

describe('expandTemplate', () => {
  test.each([
    { template: '', expansion: text(plain('')) },
    { template: 'a*b', expansion: text(plain('a*b')) },
    { template: '${aws:username}', expansion: text(literal('alice')) },
    { template: '${AWS:UserName}', expansion: text(literal('alice')) },
    { template: 'home/${aws:username}/*', expansion: text(plain('home/'), literal('alice'), plain('/*')) },
    { template: '${*}${?}${$}', expansion: text(literal('*'), literal('?'), literal('$')) },
    // Values are text: neither wildcards nor variables of their own.
    { template: '${aws:PrincipalTag/star}', expansion: text(literal('a*?')) },
    { template: '${aws:PrincipalTag/dollar}', expansion: text(literal('${aws:username}')) },
    { template: '${aws:PrincipalTag/empty}', expansion: text(literal('')) },
    { template: "${aws:PrincipalTag/empty, 'x'}", expansion: text(literal('')) },
    { template: "${aws:username, 'x'}", expansion: text(literal('alice')) },
    { template: "${aws:PrincipalTag/none, 'a*'}", expansion: text(literal('a*')) },
    { template: "${aws:PrincipalTag/none, ''}", expansion: text(literal('')) },
    { template: "${aws:referer, 'x'}", expansion: text(literal('x')) },
    { template: "${aws:TagKeys, 'x'}", expansion: text(literal('x')) },
    { template: '${aws:PrincipalTag/none}', expansion: unset },
    { template: '${aws:referer}', expansion: unset },
    { template: '${aws:TagKeys}', expansion: unset },
    { template: '${no:such}', expansion: unset },
    { template: '${__proto__}', expansion: unset },
    { template: '${constructor}', expansion: unset },
    { template: 'a${aws:username}b${aws:PrincipalTag/none}c', expansion: unset },
    { template: '${aws:SourceIp}', expansion: unknown },
    { template: "${aws:SourceIp, 'x'}", expansion: unknown },
    { template: '${aws:userid}', expansion: unknown },
    { template: 'a${aws:SourceIp}b${aws:username}', expansion: unknown },
    // Unset wins over unknown: whatever the other is, the text equals nothing.
    { template: '${aws:SourceIp}${aws:referer}', expansion: unset },
    { template: '${aws:referer}${aws:SourceIp}', expansion: unset },
    { template: '${', expansion: unknown },
    { template: 'a${}', expansion: unknown },
    { template: '${aws:username}${ x}', expansion: unknown },
    { template: "${aws:username, 'x}", expansion: unknown },
  ])('$template', ({ template, expansion }) => {
    expect(expandTemplate(parseTemplate(template, '2012-10-17'), context)).toEqual(expansion)
  })

  test.each([undefined, '2008-10-17'] as const)('nothing is a variable under version %s', (version) => {
    for (const template of ['${aws:username}', '${*}', '${', '${aws:SourceIp}']) {
      expect(expandTemplate(parseTemplate(template, version), context)).toEqual(text(plain(template)))
    }
  })
})
