import { describe, expect, test } from 'vitest'
import { matchResource } from '../../src/evaluate/match-resource.js'
import type { Truth } from '../../src/operators/truth.js'
import type { PolicyVersion } from '../../src/policy/ast.js'
import { evaluationContextOf } from '../../src/request/evaluation-context.js'
import { anonymous, statementOf } from './ask.js'

/** Tags: `team` is red, `star` is a star, `pair` has two values, `secret` is unknown, `none` is absent. */
const context = evaluationContextOf(
  {
    principal: anonymous,
    action: 's3:GetObject',
    context: {
      'aws:PrincipalTag/team': 'red',
      'aws:PrincipalTag/star': '*',
      'aws:PrincipalTag/colons': 'a:b:c',
      'aws:PrincipalTag/empty': '',
      'aws:PrincipalTag/pair': ['red', 'blue'],
      'aws:PrincipalTag/absent': [],
      's3:RequestObjectTagKeys': ['red'],
    },
    unknown: ['aws:PrincipalTag/secret'],
  },
  { kind: 'anonymous' },
  undefined,
)

/** `none` for a policy without Version. */
type Version = PolicyVersion | 'none'

function match(
  element: 'Resource' | 'NotResource',
  value: string | readonly string[],
  arn: string,
  version: Version = '2012-10-17',
): Truth {
  return matchResource(statementOf({ [element]: value }), version === 'none' ? undefined : version, arn, context)
}

const swapped = (truth: Truth): Truth => (truth === 'unknown' ? truth : !truth)

describe('patterns, S6: NotResource swaps true and false', () => {
  test.each<[string | readonly string[], string, Truth]>([
    ['*', 'arn:aws:s3:::b', true],
    ['*', 'arn:aws:s3:::b/x', true],
    ['arn:aws:s3:::b', 'arn:aws:s3:::b', true],
    ['arn:aws:s3:::b', 'arn:aws:s3:::b/x', false],
    ['arn:aws:s3:::b/*', 'arn:aws:s3:::b', false],
    ['arn:aws:s3:::b/*', 'arn:aws:s3:::b/x', true],
    ['arn:aws:s3:::b/*', 'arn:aws:s3:::b/', true],
    ['arn:aws:s3:::b/*', 'arn:aws:s3:::b/a/b/c', true],
    ['arn:aws:s3:::b/*', 'arn:aws:s3:::b/a\nb', true],
    ['arn:aws:s3:::b/*', 'arn:aws:s3:::b/a:b:c', true],
    ['arn:aws:s3:::b*', 'arn:aws:s3:::b', true],
    ['arn:aws:s3:::b*', 'arn:aws:s3:::bc/x', true],
    ['arn:aws:s3:::*', 'arn:aws:s3:::b/x', true],
    ['arn:aws:s3:::b/?', 'arn:aws:s3:::b/\u{1F600}', true],
    ['arn:aws:s3:::b/??', 'arn:aws:s3:::b/\u{1F600}', false],
    ['arn:aws:s3:::b/?', 'arn:aws:s3:::b/', false],
    ['arn:aws:s3:::b/a*c', 'arn:aws:s3:::b/abbc', true],
    ['arn:aws:s3:::b/x', 'arn:aws:s3:::b/X', false],
    ['arn:aws:s3:::b/x', 'arn:aws:s3:::b//x', false],
    ['arn:aws:s3:::b/x', 'arn:aws:s3:::b/a/../x', false],
    ['arn:*:s3:::b/x', 'arn:aws:s3:::b/x', true],
    ['arn:aws:s3:*:*:b/x', 'arn:aws:s3:::b/x', true],
    ['arn:aws:*:::b/x', 'arn:aws:s3:::b/x', true],
    ['arn:aws:s?:::b/x', 'arn:aws:s3:::b/x', true],
    ['arn:aws-cn:s3:::b/x', 'arn:aws:s3:::b/x', false],
    ['arn:aws:s3:us-east-1::b/x', 'arn:aws:s3:::b/x', false],
    ['arn:aws:s3::111122223333:b/x', 'arn:aws:s3:::b/x', false],
    ['ARN:aws:s3:::b/x', 'arn:aws:s3:::b/x', 'unknown'],
    ['arn:aws:s3:::other/x', 'arn:aws:s3:::b/x', false],
    ['arn:aws:s3:::b:x', 'arn:aws:s3:::b:x', true],
    // A star stays in its part: it does not take colons that stand before the resource.
    ['arn:aws:s3:*:b/x', 'arn:aws:s3:::b/x', 'unknown'],
    ['arn:aws:*:b/x', 'arn:aws:s3:::b/x', 'unknown'],
    // Neither `*` nor an ARN.
    ['**', 'arn:aws:s3:::b/x', 'unknown'],
    ['?', 'arn:aws:s3:::b/x', 'unknown'],
    ['', 'arn:aws:s3:::b/x', 'unknown'],
    ['b/x', 'arn:aws:s3:::b/x', 'unknown'],
    ['arn:*', 'arn:aws:s3:::b/x', 'unknown'],
    ['*:aws:s3:::b/x', 'arn:aws:s3:::b/x', 'unknown'],
    ['arn:aws:s3::b/x', 'arn:aws:s3:::b/x', 'unknown'],
    // Lists: S1.3.
    [[], 'arn:aws:s3:::b/x', false],
    [['arn:aws:s3:::b/y', 'arn:aws:s3:::b/x'], 'arn:aws:s3:::b/x', true],
    [['arn:aws:s3:::b/y', 'arn:aws:s3:::b/z'], 'arn:aws:s3:::b/x', false],
    [['b/x', 'arn:aws:s3:::b/x'], 'arn:aws:s3:::b/x', true],
    [['arn:aws:s3:::b/y', 'b/x'], 'arn:aws:s3:::b/x', 'unknown'],
  ])('%j on %s: %s', (pattern, arn, expected) => {
    expect(match('Resource', pattern, arn)).toBe(expected)
    expect(match('NotResource', pattern, arn)).toBe(swapped(expected))
    expect(match('Resource', pattern, arn, '2008-10-17')).toBe(expected)
    expect(match('Resource', pattern, arn, 'none')).toBe(expected)
  })
})

describe('variables, S7: what Resource and NotResource are', () => {
  test.each<[string | readonly string[], string, Truth, Truth]>([
    ['arn:aws:s3:::b/${aws:PrincipalTag/team}/x', 'arn:aws:s3:::b/red/x', true, false],
    ['arn:aws:s3:::b/${aws:PrincipalTag/team}/x', 'arn:aws:s3:::b/blue/x', false, true],
    ['arn:aws:s3:::b/${aws:PrincipalTag/team}/*', 'arn:aws:s3:::b/red/y/z', true, false],
    ['arn:aws:s3:::b/${AWS:principaltag/TEAM}/x', 'arn:aws:s3:::b/red/x', true, false],
    ['arn:aws:s3:::${aws:PrincipalTag/team}/x', 'arn:aws:s3:::red/x', true, false],
    ['arn:aws:s3:::b/${aws:PrincipalTag/empty}x', 'arn:aws:s3:::b/x', true, false],
    // Values are literal text.
    ['arn:aws:s3:::b/${aws:PrincipalTag/star}', 'arn:aws:s3:::b/x', false, true],
    ['arn:aws:s3:::b/${aws:PrincipalTag/star}', 'arn:aws:s3:::b/*', true, false],
    ['arn:aws:s3:::b/${aws:PrincipalTag/colons}', 'arn:aws:s3:::b/a:b:c', true, false],
    ['arn:aws:s3:::${aws:PrincipalTag/colons}', 'arn:aws:s3:::a:b:c', true, false],
    // Defaults, and unset: it names nothing, so NotResource cannot tell.
    ["arn:aws:s3:::b/${aws:PrincipalTag/none, 'x'}", 'arn:aws:s3:::b/x', true, false],
    ["arn:aws:s3:::b/${aws:PrincipalTag/none, '*'}", 'arn:aws:s3:::b/x', false, true],
    ["arn:aws:s3:::b/${aws:PrincipalTag/team, 'x'}", 'arn:aws:s3:::b/red', true, false],
    ['arn:aws:s3:::b/${aws:PrincipalTag/none}*', 'arn:aws:s3:::b/x', false, 'unknown'],
    ['arn:aws:s3:::b/${aws:PrincipalTag/absent}*', 'arn:aws:s3:::b/x', false, 'unknown'],
    ['arn:aws:s3:::b/${aws:PrincipalTag/pair}*', 'arn:aws:s3:::b/x', false, 'unknown'],
    ["arn:aws:s3:::b/${aws:PrincipalTag/pair, 'x'}", 'arn:aws:s3:::b/x', true, false],
    ['arn:aws:s3:::b/${s3:RequestObjectTagKeys}*', 'arn:aws:s3:::b/red', false, 'unknown'],
    ['arn:aws:s3:::b/${no-such-key}', 'arn:aws:s3:::b/', false, 'unknown'],
    [['arn:aws:s3:::b/${aws:PrincipalTag/none}', 'arn:aws:s3:::b/x'], 'arn:aws:s3:::b/x', true, false],
    [['arn:aws:s3:::b/${aws:PrincipalTag/none}', 'arn:aws:s3:::b/y'], 'arn:aws:s3:::b/x', false, 'unknown'],
    // Unknown.
    ['arn:aws:s3:::b/${aws:PrincipalTag/secret}', 'arn:aws:s3:::b/x', 'unknown', 'unknown'],
    ["arn:aws:s3:::b/${aws:PrincipalTag/secret, 'x'}", 'arn:aws:s3:::b/x', 'unknown', 'unknown'],
    ['arn:aws:s3:::other/${aws:PrincipalTag/secret}', 'arn:aws:s3:::b/x', 'unknown', 'unknown'],
    ['arn:aws:s3:::b/${aws:PrincipalTag/secret}${aws:PrincipalTag/none}', 'arn:aws:s3:::b/x', false, 'unknown'],
    [['arn:aws:s3:::b/${aws:PrincipalTag/secret}', 'arn:aws:s3:::b/x'], 'arn:aws:s3:::b/x', true, false],
    // Malformed.
    ['arn:aws:s3:::b/${', 'arn:aws:s3:::b/x', 'unknown', 'unknown'],
    ['arn:aws:s3:::b/${}', 'arn:aws:s3:::b/x', 'unknown', 'unknown'],
    ['arn:aws:s3:::b/${ aws:PrincipalTag/team }', 'arn:aws:s3:::b/red', 'unknown', 'unknown'],
    // Escapes.
    ['arn:aws:s3:::b/${*}', 'arn:aws:s3:::b/*', true, false],
    ['arn:aws:s3:::b/${*}', 'arn:aws:s3:::b/x', false, true],
    ['arn:aws:s3:::b/${?}', 'arn:aws:s3:::b/?', true, false],
    ['arn:aws:s3:::b/${?}', 'arn:aws:s3:::b/x', false, true],
    ['arn:aws:s3:::b/${$}', 'arn:aws:s3:::b/$', true, false],
    // A variable before the fifth colon.
    ['arn:aws:s3::${aws:PrincipalTag/empty}:b/x', 'arn:aws:s3:::b/x', 'unknown', 'unknown'],
    ["arn:${aws:PrincipalTag/none, 'aws'}:s3:::b/x", 'arn:aws:s3:::b/x', 'unknown', 'unknown'],
    ['${aws:PrincipalTag/star}', 'arn:aws:s3:::b/x', 'unknown', 'unknown'],
    ['${*}', 'arn:aws:s3:::b/x', 'unknown', 'unknown'],
  ])('%j on %s: %s, %s', (pattern, arn, resource, notResource) => {
    expect(match('Resource', pattern, arn)).toBe(resource)
    expect(match('NotResource', pattern, arn)).toBe(notResource)
  })

  test.each<Version>(['2008-10-17', 'none'])('under version %s they are text, in which stars are wildcards', (version) => {
    const pattern = 'arn:aws:s3:::b/${aws:PrincipalTag/team}'
    expect(match('Resource', pattern, 'arn:aws:s3:::b/red', version)).toBe(false)
    expect(match('Resource', pattern, 'arn:aws:s3:::b/${aws:PrincipalTag/team}', version)).toBe(true)
    expect(match('NotResource', 'arn:aws:s3:::b/${aws:PrincipalTag/none}', 'arn:aws:s3:::b/red', version)).toBe(true)
    expect(match('Resource', 'arn:aws:s3:::b/${*}', 'arn:aws:s3:::b/${x}', version)).toBe(true)
    expect(match('Resource', 'arn:aws:s3::${x}:b/x', 'arn:aws:s3:::b/x', version)).toBe(false)
  })
})
