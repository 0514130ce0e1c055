import { describe, expect, test } from 'vitest'
import { codesOf, policyWith, problemsOf } from './policy-text.js'

const iam = 'arn:aws:iam::111122223333'
const sts = 'arn:aws:sts::111122223333'
const invalid = ['invalid-principal']

describe('a principal', () => {
  test.each<[principal: unknown, codes: readonly string[]]>([
    ['*', []],
    [{ AWS: '*' }, []],
    [{ AWS: ['*'] }, []],
    // Accounts.
    [{ AWS: '111122223333' }, []],
    [{ AWS: `${iam}:root` }, []],
    [{ AWS: 'arn:aws-cn:iam::111122223333:root' }, []],
    [{ AWS: 'arn:aws-us-gov:iam::111122223333:root' }, []],
    [{ AWS: '999999999999' }, []],
    [{ AWS: '000000000000' }, []],
    [{ AWS: '11112222333' }, invalid],
    [{ AWS: '11112222333x' }, invalid],
    [{ AWS: 'aaaabbbbcccc' }, invalid],
    [{ AWS: '१११२२२२३३३३३' }, invalid],
    [{ AWS: '1111222233334' }, invalid],
    [{ AWS: '1111-2222-3333' }, invalid],
    [{ AWS: ' 111122223333' }, invalid],
    [{ AWS: 'arn:aws:iam::1111222233:root' }, invalid],
    [{ AWS: 'arn:aws:iam:::root' }, invalid],
    [{ AWS: 'arn:aws:iam::acme:root' }, invalid],
    // Users, roles, sessions.
    [{ AWS: `${iam}:user/alice` }, []],
    [{ AWS: `${iam}:user/team/alice` }, []],
    [{ AWS: `${iam}:user/group/alice` }, []],
    [{ AWS: `${iam}:role/reader` }, []],
    [{ AWS: `${iam}:role/aws-service-role/s3.amazonaws.com/AWSServiceRoleForS3` }, []],
    [{ AWS: `${sts}:assumed-role/reader/session` }, []],
    [{ AWS: `${sts}:federated-user/alice` }, []],
    // CloudFront's origin access identities, which S3's own examples have.
    [{ AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity EH1HDMB1FH2TC' }, []],
    [{ AWS: `${iam}:group/staff` }, invalid],
    [{ AWS: `${iam}:user` }, invalid],
    [{ AWS: `${iam}:user/` }, invalid],
    [{ AWS: `${iam}:role/` }, invalid],
    [{ AWS: `${iam}:policy/p` }, invalid],
    [{ AWS: `${iam}:assumed-role/reader/session` }, invalid],
    [{ AWS: `${sts}:assumed-role/reader` }, invalid],
    [{ AWS: `${sts}:root` }, invalid],
    [{ AWS: 'arn:aws:s3:::b' }, invalid],
    [{ AWS: 'alice' }, invalid],
    [{ AWS: 'alice@example.com' }, invalid],
    // What S3 shows for an identity that has been deleted.
    [{ AWS: 'AIDAEXAMPLEEXAMPLE12' }, []],
    [{ AWS: 'AROAEXAMPLEEXAMPLE12' }, []],
    [{ AWS: 'AIDAEXAMPLEEXAMP' }, []],
    [{ AWS: 'AIDAEXAMPLEEXAM' }, invalid],
    [{ AWS: 'XAIDAEXAMPLEEXAMPLE' }, invalid],
    [{ AWS: 'XAROAEXAMPLEEXAMPLE' }, invalid],
    [{ AWS: 'AIDAexampleexample12' }, invalid],
    [{ AWS: 'AROAEXAMPLEEXAMPLE12:session' }, invalid],
    // Wildcards.
    [{ AWS: `${iam}:user/*` }, invalid],
    [{ AWS: `${iam}:role/reader-?` }, invalid],
    [{ AWS: `${iam}:*` }, invalid],
    [{ AWS: 'arn:aws:iam::*:root' }, invalid],
    [{ AWS: '1111*' }, invalid],
    [{ AWS: '**' }, invalid],
    [{ AWS: '?' }, invalid],
    [{ Service: '*' }, invalid],
    [{ Service: '*.amazonaws.com' }, invalid],
    [{ Federated: '*' }, invalid],
    [{ CanonicalUser: '*' }, invalid],
    // The star beside others.
    [{ AWS: ['*', '111122223333'] }, invalid],
    [{ AWS: ['111122223333', `${iam}:user/alice`, '*'] }, invalid],
    // Other kinds.
    [{ Service: 'cloudfront.amazonaws.com' }, []],
    [{ Service: ['logging.s3.amazonaws.com', 's3.amazonaws.com'] }, []],
    [{ Federated: 'cognito-identity.amazonaws.com' }, []],
    [{ Federated: `${iam}:saml-provider/acme` }, []],
    [{ CanonicalUser: '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be' }, []],
    [{ AWS: '111122223333', Service: 's3.amazonaws.com', CanonicalUser: '79a5' }, []],
    // Nobody.
    [{}, invalid],
    [{ AWS: [] }, invalid],
    [{ AWS: [], Service: [] }, invalid],
    [{ AWS: '' }, invalid],
    [{ AWS: ['111122223333', ''] }, invalid],
    [{ Service: '' }, invalid],
    [{ Federated: '' }, invalid],
    [{ CanonicalUser: '' }, invalid],
    // Types that do not exist.
    [{ AWS: '111122223333', aws: '111122223333' }, ['unknown-principal-type']],
    [{ AWS: '111122223333', User: 'alice' }, ['unknown-principal-type']],
    [{ AWS: '111122223333', '*': '*' }, ['unknown-principal-type']],
  ])('%j: %j', (principal, codes) => {
    const text = JSON.stringify(principal)
    expect(codesOf(policyWith({ Principal: text }))).toEqual(codes)
    expect(codesOf(policyWith({ Effect: '"Deny"', Principal: undefined, NotPrincipal: text }))).toEqual(codes)
  })

  test.each(['Principal', 'NotPrincipal'])('the message tells which element names nobody: %s', (element) => {
    const text = policyWith({ Effect: '"Deny"', Principal: undefined, [element]: '{}' })
    expect(problemsOf(text).map(({ message }) => message)).toEqual([expect.stringContaining(`\`${element}\``)])
  })

  test('each that S3 would not resolve is a problem of its own', () => {
    const principal = JSON.stringify({ AWS: ['nobody', '111122223333', `${iam}:user/*`], Service: ['', 's3.amazonaws.com'] })
    expect(problemsOf(policyWith({ Principal: principal })).map(({ path }) => path.slice(2))).toEqual([
      ['AWS', 0],
      ['AWS', 2],
      ['Service', 0],
    ])
  })

  test.each([
    '"111122223333"',
    '""',
    '"arn:aws:iam::111122223333:root"',
    '[]',
    '["*"]',
    'null',
    '{ "AWS": { "account": "111122223333" } }',
    '{ "AWS": [["111122223333"]] }',
    '{ "AWS": 111122223333 }',
  ])('%s has no meaning', (principal) => {
    expect(codesOf(policyWith({ Principal: principal }))).toContain('wrong-type')
  })
})

describe('NotPrincipal', () => {
  test.each<[effect: string, notPrincipal: string, codes: readonly string[]]>([
    ['Deny', '{ "AWS": "111122223333" }', []],
    ['Deny', '"*"', []],
    ['Allow', '{ "AWS": "111122223333" }', ['allow-not-principal']],
    ['Allow', '"*"', ['allow-not-principal']],
    ['Allow', '{ "AWS": "nobody" }', ['allow-not-principal', 'invalid-principal']],
    ['Allow', '{}', ['allow-not-principal', 'invalid-principal']],
  ])('with %s, %s: %j', (effect, notPrincipal, codes) => {
    expect(codesOf(policyWith({ Effect: `"${effect}"`, Principal: undefined, NotPrincipal: notPrincipal }))).toEqual(codes)
  })
})
