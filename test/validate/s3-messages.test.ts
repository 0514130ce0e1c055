import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type ProblemCode, problems } from '../../src/catalog/problems.js'
import { policy, policyWith, problemsOf, statement } from './policy-text.js'

/** One of S3's answers to PutBucketPolicy: `{}` stands for the offending text. */
interface Answer {
  readonly codes: readonly ProblemCode[]
  /** Policies for the bucket `b` that S3 is known to give this answer to. */
  readonly policies: readonly string[]
}

const withCondition = (condition: string, action = '"s3:GetObject"') => policyWith({ Action: action, Condition: condition })
const withPrincipal = (principal: string) => policyWith({ Principal: principal })
const withResource = (resource: string) => policyWith({ Resource: resource })
const onBucket = (action: string) => policyWith({ Action: action, Resource: '"arn:aws:s3:::b"' })
const onObjects = (action: string) => policyWith({ Action: action })

const answers: Readonly<Record<string, Answer>> = {
  "Policies must be valid JSON and the first byte must be '{'": {
    codes: ['not-an-object', 'leading-space'],
    policies: ['', ' ', 'false', 'bucketPolicy', '"Statement": []}', '[]', ` ${policy()}`],
  },
  'This policy contains invalid Json': {
    codes: ['invalid-json', 'duplicate-member', 'nesting-too-deep', 'lone-surrogate'],
    policies: ['{true}', '{asdf', '{"Principal": "*" ', `${policy()}}`, '{"Statement": [], "Statement": []}', "{'Statement': []}"],
  },
  'Missing required field Statement': { codes: ['missing-statement'], policies: ['{}', '{"Version": "2012-10-17"}'] },
  'Could not parse the policy: Statement is empty!': { codes: ['empty-statement-list'], policies: ['{"Statement": []}'] },
  'Missing required field Effect': { codes: ['missing-effect'], policies: [policyWith({ Effect: undefined })] },
  'Missing required field Principal': { codes: ['missing-principal'], policies: [policyWith({ Principal: undefined })] },
  'Missing required field Action': { codes: ['missing-action'], policies: [policyWith({ Action: undefined })] },
  'Missing required field Resource': { codes: ['missing-resource'], policies: [policyWith({ Resource: undefined })] },
  'Invalid effect: {}': {
    codes: ['invalid-effect'],
    policies: [policyWith({ Effect: '"{}"' })],
  },
  'The policy must contain a valid version string': {
    codes: ['invalid-version'],
    policies: [policy(statement(), ''), policy(statement(), '2012-10-18'), policy(statement(), '2012-10-17 ')],
  },
  'Invalid policy syntax.': {
    codes: ['wrong-type', 'unknown-element', 'conflicting-elements'],
    policies: [
      policyWith({ Sid: '1' }),
      policyWith({ Action: '[["s3:GetObject"]]' }),
      policyWith({ effect: '"Allow"' }),
      '{"Statement": "x"}',
    ],
  },
  'Invalid principal in policy': {
    codes: ['invalid-principal', 'allow-not-principal', 'unknown-principal-type'],
    policies: [
      ...['{ "AWS": "" }', '{ "AWS": [] }', '{}', '{ "AWS": "nobody" }', '{ "AWS": ["*", "111122223333"] }', '{ "User": "alice" }'].map(
        withPrincipal,
      ),
      ...['{ "AWS": "arn:aws:iam::111122223333:user/*" }', '{ "Service": "*" }', '{ "AWS": "arn:aws:iam::1111222233:root" }'].map(
        withPrincipal,
      ),
      policyWith({ Principal: undefined, NotPrincipal: '{ "AWS": "111122223333" }' }),
    ],
  },
  'Policy has invalid action': {
    codes: ['invalid-action'],
    policies: [
      ...['""', '[]', '"invalid_action"', '["invalid_action"]', '"s3"', '"s3:"', '"s4:GetObject"', '"ss3:ListBucket"', '":GetObject"'].map(
        onBucket,
      ),
      ...['"s3GetObject"', '"s3::GetObject"', '"s3:Put-Object"', '"s3:GetObject:"', '"s3:Put(Object)"', '"s3:CreateBucket"', '"ec2:*"'].map(
        onBucket,
      ),
      ...[
        '"s3:*Obj??ect*"',
        '"s3:????"',
        '"s3:*:"',
        '"s3:Abort?"',
        '"s3:??Abort*"',
        '"s3:ListAllMyBuckets"',
        '"*GetObject"',
        '"???PutObject"',
      ].map(onObjects),
    ],
  },
  'Policy has invalid resource': {
    codes: ['invalid-resource'],
    policies: [
      '"*"',
      '""',
      '[]',
      '"arn:aws:s3:::other/*"',
      '"arn:aws:s3:::prefix-b"',
      '"arn:aws:iam:::b"',
      '"arn:aws:s3:::/b"',
      '"/b"',
      '"b/*"',
    ].map(withResource),
  },
  'Action does not apply to any resource(s) in statement': {
    codes: ['action-resource-mismatch'],
    policies: [
      ...[
        '"s3:GetObject"',
        '"s3:PutObjectTagging"',
        '"s3:GetObjec?"',
        '"s3:Abort*"',
        '"s3:???Object"',
        '["s3:ListBucket", "s3:GetObject"]',
      ].map(onBucket),
      ...['"s3:ListBucket"', '"s3:GetBucketTagging"', '"s3:???BucketVersioning"', '"s3:GetBucket*"'].map(onObjects),
    ],
  },
  'Conditions do not apply to combination of actions and resources in statement': {
    codes: ['condition-not-applicable'],
    policies: [
      withCondition('{ "StringEquals": { "s3:prefix": "" } }'),
      withCondition('{ "StringEquals": { "s3:ExistingObjectTag/a": "b" } }', '"s3:DeleteObject"'),
      withCondition('{ "StringEquals": { "s3:RequestObjectTag/a": "b" } }', '["s3:PutObjectAcl", "s3:PutObjectTagging"]'),
    ],
  },
  'Policy has an invalid condition key': {
    codes: ['unknown-condition-key'],
    policies: [withCondition('{ "StringEquals": { "s3:nosuchkey": "x" } }'), withCondition('{ "StringEquals": { "nosuchkey": "x" } }')],
  },
  'Invalid Condition type : {}': {
    codes: ['unknown-operator'],
    policies: [withCondition('{ "{}": { "aws:username": "x" } }')],
  },
  'Invalid IP address in Conditions': {
    codes: ['invalid-ip-address'],
    policies: [
      withCondition('{ "IpAddress": { "aws:SourceIp": "" } }'),
      withCondition('{ "StringEquals": { "aws:SourceIp": "home" } }'),
      withCondition('{ "NotIpAddress": { "aws:sourceip": ["10.0.0.1", "10.0.0.256"] } }'),
    ],
  },
  'Normalized policy document exceeds the maximum allowed size of 20480 bytes': {
    codes: ['policy-too-large'],
    policies: [policyWith({ Sid: `"${'x'.repeat(20_480)}"` })],
  },
}

const messages = Object.keys(answers)

test('S3 has 20 answers', () => expect(messages).toHaveLength(20))

const facts = new URL('../../../shared/facts/policy-validation.json', import.meta.url)

test.skipIf(!existsSync(facts))('they are those that were collected (skipped where ../shared/facts is not there)', () => {
  const { malformedPolicy } = JSON.parse(readFileSync(facts, 'utf8')) as { malformedPolicy: { message: string }[] }
  const collected = malformedPolicy.map(({ message }) => message.replace(/\{\w+\}/, '{}'))
  expect([...messages].sort()).toEqual(collected.sort())
})

test.each(messages)('%s', (message) => {
  const codes = Object.entries(problems).flatMap(([code, { s3Message }]: [string, { s3Message?: string }]) =>
    s3Message === message ? [code] : [],
  )
  expect(codes.sort()).toEqual([...(answers[message]?.codes ?? [])].sort())
})

test('no code has an answer of another text', () => {
  const given = Object.values(problems).flatMap(({ s3Message }: { s3Message?: string }) => s3Message ?? [])
  expect(given.filter((message) => answers[message] === undefined)).toEqual([])
})

describe.each(messages)('S3 answers %s', (message) => {
  const policies = answers[message]?.policies ?? []

  test.each(policies.map((text) => [text.replace(/\s+/g, ' ').slice(0, 200), text]))('to %s', (_, text) => {
    expect(problemsOf(text).map(({ s3 }) => s3?.message)).toContain(message)
  })
})
