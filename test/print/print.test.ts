import { describe, expect, test } from 'vitest'
import { policyStages } from '../../src/compile/stages.js'
import { viewPolicy } from '../../src/print/policy-view.js'
import { drawKeys, drawPolicyProgram } from '../../src/print/print-mermaid.js'
import { printKeys, printPolicyProgram } from '../../src/print/print-text.js'
import { policyOf, snapshotOf } from '../evaluate/ask.js'

const get = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' }

function view(...statements: readonly object[]) {
  const policy = policyOf({ Version: '2012-10-17', Statement: statements })
  return viewPolicy(policyStages(policy, 'b').layout)
}

const print = (...statements: readonly object[]) => printPolicyProgram('b', view(...statements)).split('\n')
const draw = (...statements: readonly object[]) => drawPolicyProgram('b', view(...statements)).split('\n')

/** What the tree says of the one statement given. */
const line = (statement: object) =>
  print({ ...get, ...statement })
    .at(-1)
    ?.trim()
const caller = (statement: object) =>
  print({ ...get, ...statement })
    .at(-2)
    ?.trim()

describe('a rule is shown with its keys, its statement, and what it still asks', () => {
  test.each<[string, object, string]>([
    ['everything', {}, '*: statement 1'],
    ['a name', { Sid: 'Read' }, '*: statement 1 "Read"'],
    ['one key', { Resource: 'arn:aws:s3:::b/x' }, 'x: statement 1'],
    ['a prefix', { Resource: 'arn:aws:s3:::b/x/*' }, 'x/*: statement 1'],
    ['a pattern', { Resource: 'arn:aws:s3:::b/x/*.jp?g' }, 'x/*.jp?g: statement 1'],
    ['a star that is none', { Resource: 'arn:aws:s3:::b/${*}' }, '${*}: statement 1'],
    ['a variable', { Resource: 'arn:aws:s3:::b/${aws:username}/*' }, '${aws:username}/*: statement 1'],
    ['a default', { Resource: "arn:aws:s3:::b/${aws:PrincipalTag/team, 'all'}/*" }, "${aws:PrincipalTag/team, 'all'}/*: statement 1"],
    [
      'a bucket by variable',
      { Resource: 'arn:aws:s3:::${aws:PrincipalAccount}/x' },
      '${aws:PrincipalAccount}/x as bucket and key: statement 1',
    ],
    ['NotResource', { Resource: undefined, NotResource: ['arn:aws:s3:::b/x*', 'arn:aws:s3:::b/y'] }, 'all but x*, y: statement 1'],
    ['a Deny on what nobody can tell', { Effect: 'Deny', Resource: 'b/x' }, 'a resource that nobody can tell: statement 1'],
    ['NotPrincipal', { Effect: 'Deny', Principal: undefined, NotPrincipal: { AWS: '1' } }, '*: statement 1 if caller other than 1'],
    ['wildcards in Principal', { Principal: { AWS: ['arn:aws:iam::1:user/*', '2'] } }, '*: statement 1 if caller arn:aws:iam::1:user/*, 2'],
    [
      'conditions',
      { Condition: { IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '::1'] }, 'ForAnyValue:StringLikeIfExists': { 's3:prefix': 'a*' } } },
      '*: statement 1 if IpAddress aws:SourceIp 10.0.0.0/8, ::1 and ForAnyValue:StringLikeIfExists s3:prefix a*',
    ],
    [
      'many operands',
      { Condition: { StringEquals: { 's3:prefix': [...'abcdefghij'] } } },
      '*: statement 1 if StringEquals s3:prefix a, b, c, d, e, f, g, h and 2 more',
    ],
    ['an action on the bucket', { Action: 's3:ListBucket', Resource: 'arn:aws:s3:::b' }, 'statement 1'],
  ])('%s', (_, statement, expected) => {
    // Of a Deny nothing is said after its own tree but that nothing is allowed.
    const shown =
      'Effect' in statement
        ? print({ ...get, ...statement })
            .at(-2)
            ?.trim()
        : line(statement)
    expect(shown).toBe(expected)
  })
})

test.each<[object, string]>([
  [{ AWS: '1' }, 'account 1'],
  [{ AWS: 'arn:aws:iam::1:root' }, 'account 1'],
  [{ AWS: 'arn:aws:iam::1:user/x' }, 'arn:aws:iam::1:user/x'],
  [{ AWS: 'AIDAJQABLZS4A3QDU576Q' }, 'unique id AIDAJQABLZS4A3QDU576Q'],
  [{ Service: 's.amazonaws.com' }, 'service s.amazonaws.com'],
  [{ Federated: 'p' }, 'identity provider p'],
  [{ CanonicalUser: 'c' }, 'canonical user c'],
])('the caller %o is found as %s', (Principal, expected) => {
  expect(caller({ Principal })).toBe(expected)
})

test('a star that may end before the key or in it makes two rules', () => {
  expect(print({ ...get, Resource: 'arn:aws:s3:::*/x' }).slice(-2)).toEqual(['        */x: statement 1', '        x: statement 1'])
})

test('a role is found by its ARN, and by account and name', () => {
  expect(print({ ...get, Principal: { AWS: 'arn:aws:iam::1:role/path/r' } }).map((each) => each.trim())).toEqual([
    'bucket b',
    'Deny: nothing',
    'Allow',
    'on objects: s3:GetObject',
    'sessions of role r of account 1',
    '*: statement 1',
    'arn:aws:iam::1:role/path/r',
    '*: statement 1',
  ])
})

test('keys with a start in common stand under it', () => {
  const keys = ['home/alice/*', 'home/bob/*', 'home/*', 'x'].map((key) => ({ ...get, Resource: `arn:aws:s3:::b/${key}` }))
  expect(print(...keys)).toEqual([
    'bucket b',
    '  Deny: nothing',
    '  Allow',
    '    on objects: s3:GetObject',
    '      everyone',
    '        keys home/…',
    '          home/*: statement 3',
    '          home/alice/*: statement 1',
    '          home/bob/*: statement 2',
    '        x: statement 4',
  ])
})

const hostile = 'a"]\n  Allow\r --> x[["`|#;<b>&${*}\u2028\u202e'

test('nothing in a policy writes a line of the tree', () => {
  const lines = print({
    ...get,
    Sid: hostile,
    Resource: `arn:aws:s3:::b/${hostile}`,
    Condition: { StringEquals: { 's3:prefix': hostile } },
  })
  expect(lines).toHaveLength(6)
})

test('nothing in a policy is read as part of the picture', () => {
  const lines = draw({
    ...get,
    Sid: hostile,
    Principal: { AWS: hostile },
    Resource: `arn:aws:s3:::b/${hostile}`,
    Condition: { StringEquals: { 's3:prefix': hostile } },
  })
  for (const text of lines)
    expect(text).toMatch(
      /^flowchart LR$|^ {2}n\d+\["[^"[\]\n`|;]*(?:#\d+;[^"[\]\n`|;]*)*"\](:::\w+)?$|^ {2}n\d+ -->(\|"[^"\n]*"\|)? n\d+$|^ {2}classDef /,
    )
})

test('access keys are shown with their grants', () => {
  const { keys } = snapshotOf({
    buckets: [],
    keys: [
      {
        accessKey: 'K',
        account: '1',
        name: 'editor',
        status: 'suspended',
        grants: [
          { bucket: 'b', permission: 'read', prefix: '2026/', sourceIp: ['10.0.0.0/8'] },
          { bucket: 'c', actions: ['s3:Get*'] },
          { bucket: '', permission: 'fullaccess' },
        ],
      },
    ],
  })
  expect(printKeys([...keys.values()]).split('\n')).toEqual([
    'access key K of account 1 (editor), suspended',
    '  read on b, keys 2026/*, from 10.0.0.0/8',
    '  s3:Get* on c',
    '  fullaccess on every bucket',
  ])
  expect(
    drawKeys([...keys.values()])
      .split('\n')
      .slice(0, 4),
  ).toEqual([
    'flowchart LR',
    '  n1["access key K of account 1 (editor), suspended"]:::bucket',
    '  n2["read on b, keys 2026/*, from 10.0.0.0/8"]:::allow',
    '  n1 --> n2',
  ])
})
