import { describe, expect, test } from 'vitest'
import { validatePolicyText } from '../../src/index.js'
import { codesOf, policyWith } from './policy-text.js'

const invalid = ['invalid-resource']

/** Every action fits every resource, so that only the resource is judged. */
function text(resource: string | readonly string[], version?: string): string {
  return policyWith({ Action: '"s3:*"', Resource: JSON.stringify(resource) }, version)
}

describe('a resource of the bucket b', () => {
  test.each<[resource: string | readonly string[], codes: readonly string[]]>([
    ['arn:aws:s3:::b', []],
    ['arn:aws:s3:::b/*', []],
    ['arn:aws:s3:::b/a:b:c', []],
    ['arn:aws:s3:::b//x', []],
    ['arn:aws:s3:::b/', []],
    [['arn:aws:s3:::b', 'arn:aws:s3:::b'], []],
    ['*', invalid],
    ['', invalid],
    [[], invalid],
    [['arn:aws:s3:::b', ''], invalid],
    ['b', invalid],
    ['/b', invalid],
    ['arn:aws:s3:::/b', invalid],
    ['arn:aws:s3:::', invalid],
    ['arn:aws:s3::b', invalid],
    ['ARN:aws:s3:::b', invalid],
    [' arn:aws:s3:::b', invalid],
    ['arn:aws:iam:::b', invalid],
    ['arn:aws:s3-object-lambda:::b', invalid],
    ['arn:aws:*:::b', invalid],
    // Neither region nor account: those are access points and the like. A star stands for nothing too.
    ['arn:aws:s3:us-east-1::b', invalid],
    ['arn:aws:s3::111122223333:b', invalid],
    ['arn:aws:s3:us-west-2:111122223333:accesspoint/b', invalid],
    ['arn:aws:s3:?::b', invalid],
    ['arn:aws:s3:*:*:b', []],
    // Another bucket.
    ['arn:aws:s3:::other', invalid],
    ['arn:aws:s3:::b2/*', invalid],
    ['arn:aws:s3:::prefix-b', invalid],
    ['arn:aws:s3:::B/*', invalid],
    [
      ['arn:aws:s3:::b/*', 'arn:aws:s3:::other/*', 'arn:aws:s3:::third/*'],
      [...invalid, ...invalid],
    ],
    // Wildcards in the bucket's part, where they can mean this bucket.
    ['arn:aws:s3:::*', []],
    ['arn:aws:s3:::*/*', []],
    ['arn:aws:s3:::b*', []],
    ['arn:aws:s3:::?/x', []],
    ['arn:aws:s3:::b?/x', invalid],
    ['arn:aws:s3:::other*/x', invalid],
    // And variables.
    ['arn:aws:s3:::${aws:PrincipalTag/bucket}/*', []],
    ['arn:aws:s3:::b${aws:PrincipalTag/bucket}', []],
    ["arn:aws:s3:::${aws:PrincipalTag/bucket, 'b'}/x", []],
    ['arn:aws:s3:::other-${aws:username}', invalid],
    ['arn:aws:s3:::b/${aws:username}', []],
    ['arn:aws:s3:::b/${*}${?}${$}', []],
  ])('%j: %j', (resource, codes) => {
    expect(codesOf(text(resource))).toEqual(codes)
    const not = policyWith({ Effect: '"Deny"', Resource: undefined, NotResource: JSON.stringify(resource) })
    expect(codesOf(not)).toEqual(codes)
  })

  const withVariable = 'arn:aws:s3:::${aws:username}/x'

  test.each([
    ['2008-10-17', text(withVariable, '2008-10-17')],
    ['no version', text(withVariable).replace('"Version": "2012-10-17",', '')],
  ])('under %s a variable is text, which no bucket is called', (_, policy) => expect(codesOf(policy)).toEqual(invalid))

  test.each(['arn:aws:s3:::other', 'arn:aws:s3:::other/*', 'arn:aws:s3:::${aws:username}'])(
    'without the name of the bucket, %s may be it',
    (resource) => {
      expect(validatePolicyText(text(resource))).toEqual([])
    },
  )

  test.each(['*', 'arn:aws:iam:::b', 'arn:aws:s3:::/b'])('without the name of the bucket, %s is no bucket either', (resource) => {
    expect(validatePolicyText(text(resource)).map(({ code }) => code)).toEqual(invalid)
  })
})

describe('variables in resources', () => {
  test.each<[resource: string, codes: readonly string[]]>([
    ['arn:aws:s3:::b/${aws:username}/*', []],
    ["arn:aws:s3:::b/${aws:username, 'nobody'}", []],
    ["arn:aws:s3:::b/${aws:username,'nobody'}", []],
    ["arn:aws:s3:::b/${aws:username, ''}", []],
    ['arn:aws:s3:::b/${*}', []],
    ['arn:aws:s3:::b/$aws:username', []],
    ['arn:aws:s3:::b/{aws:username}', []],
    ['arn:aws:s3:::b/${aws:username', ['malformed-variable']],
    ['arn:aws:s3:::b/${Account}', ['unknown-variable']],
    ['arn:aws:s3:::b/${aws:usernam}', ['unknown-variable']],
    ['arn:aws:s3:::b/${aws:PrincipalTag/}', ['unknown-variable']],
    ['arn:aws:s3:::b/${aws:PrincipalTag/team}', []],
    ['arn:aws:s3:::b/${cognito-identity.amazonaws.com:sub}', []],
    ['arn:aws:s3:::b/${}', ['malformed-variable']],
    ['arn:aws:s3:::b/${ aws:username }', ['malformed-variable']],
    ['arn:aws:s3:::b/${aws:username, nobody}', ['malformed-variable']],
    ["arn:aws:s3:::b/${aws:username, 'nobody}", ['malformed-variable']],
    ["arn:aws:s3:::b/${aws:username, 'no'body'}", ['malformed-variable']],
    ['arn:aws:s3:::b/${${aws:username}}', ['malformed-variable']],
    ["arn:aws:s3:::b/${aws:'username'}", ['malformed-variable']],
  ])('%s: %j', (resource, codes) => {
    expect(codesOf(policyWith({ Resource: JSON.stringify(resource) }))).toEqual(codes)
  })

  test.each(['${aws:username}', 'arn:aws:${aws:username}:::b', 'arn:aws:s3::${aws:PrincipalAccount}:b', 'arn:aws:s3:${*}::b'])(
    'a resource has none before the fifth colon: %s',
    (resource) => expect(new Set(codesOf(text(resource)))).toEqual(new Set(invalid)),
  )

  test('before 2012-10-17 nothing is a variable, and nothing a malformed one', () => {
    expect(codesOf(policyWith({ Resource: '"arn:aws:s3:::b/${ x"' }, '2008-10-17'))).toEqual([])
  })
})
