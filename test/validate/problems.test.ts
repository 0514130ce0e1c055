import { describe, expect, test } from 'vitest'
import { type ProblemCode as Code, problems } from '../../src/catalog/problems.js'
import { foundIn, policy, policyWith, problemsOf, statement, unmark } from './policy-text.js'

/** What concerns snapshots, requests and decision tests alone. */
const foreign = [
  'missing-member',
  'unknown-member',
  'invalid-value',
  'duplicate-name',
  'account-mismatch',
  'derived-key-conflict',
  'missing-key',
  'missing-bucket',
  'unknown-action',
] as const

type PolicyCode = Exclude<Code, (typeof foreign)[number]>

/** For each code a policy that has the problem, at the places in marks, and one that comes near and has it not. */
interface Row {
  readonly severity: 'error' | 'refused' | 'warning'
  readonly path: string
  readonly s3?: string
  readonly wrong: string
  /** Other codes that come with it. */
  readonly beside?: readonly PolicyCode[]
  readonly right: string
}

const brackets = '['.repeat(62)
const closing = ']'.repeat(62)
const objects = '"arn:aws:s3:::b/*"'
const both = '["arn:aws:s3:::b", "arn:aws:s3:::b/*"]'
const filler = (bytes: number) => policyWith({ Sid: `"${'x'.repeat(bytes)}"` })
const condition = (text: string, action = 's3:GetObject') => policyWith({ Action: `"${action}"`, Condition: text })

const rows: Readonly<Record<PolicyCode, Row>> = {
  'not-an-object': {
    severity: 'error',
    path: '$',
    s3: "Policies must be valid JSON and the first byte must be '{'",
    wrong: '«[»]',
    right: policy(),
  },
  'leading-space': {
    severity: 'refused',
    path: '$',
    s3: "Policies must be valid JSON and the first byte must be '{'",
    wrong: `«\n  »${policy()}`,
    right: `${policy()}\n  `,
  },
  'invalid-json': {
    severity: 'error',
    path: '$.Statement[0]',
    s3: 'This policy contains invalid Json',
    wrong: '{\n  "Statement": [«}»]\n}',
    right: policy('[]'),
  },
  'duplicate-member': {
    severity: 'error',
    path: '$.Statement.Effect',
    s3: 'This policy contains invalid Json',
    wrong: policyWith({ '«"Effect"»': '"Deny"' }),
    right: policy(`[${statement()}, ${statement()}]`),
  },
  'nesting-too-deep': {
    severity: 'error',
    path: `$.Statement${'[0]'.repeat(63)}`,
    s3: 'This policy contains invalid Json',
    wrong: policy(`${brackets}[«[»]]${closing}`),
    right: policy(`${brackets}[]${closing}`),
  },
  'lone-surrogate': {
    severity: 'error',
    path: '$.Statement.Sid',
    s3: 'This policy contains invalid Json',
    wrong: policyWith({ Sid: '«"\\ud83d"»' }),
    right: policyWith({ Sid: '"\\ud83d\\ude00"' }),
  },
  'policy-too-large': {
    severity: 'refused',
    path: '$',
    s3: 'Normalized policy document exceeds the maximum allowed size of 20480 bytes',
    wrong: `«${filler(20_480)}»`,
    right: filler(20_000),
  },
  'too-many-problems': {
    severity: 'error',
    path: '$',
    wrong: policyWith({ Action: `["s3:GetObject", ${'0, '.repeat(1000)}«0»]` }),
    beside: Array.from<PolicyCode>({ length: 1000 }).fill('wrong-type'),
    right: policyWith({ Action: `["s3:GetObject", ${'0, '.repeat(999)}0]` }),
  },
  'missing-statement': {
    severity: 'error',
    path: '$',
    s3: 'Missing required field Statement',
    wrong: '«{\n  "Version": "2012-10-17"\n}»',
    right: policy(),
  },
  'missing-effect': {
    severity: 'error',
    path: '$.Statement',
    s3: 'Missing required field Effect',
    wrong: policy(`«${statement({ Effect: undefined })}»`),
    right: policy(),
  },
  'missing-principal': {
    severity: 'error',
    path: '$.Statement[1]',
    s3: 'Missing required field Principal',
    wrong: policy(`[${statement()}, «${statement({ Principal: undefined })}»]`),
    right: policyWith({ Effect: '"Deny"', Principal: undefined, NotPrincipal: '"*"' }),
  },
  'missing-action': {
    severity: 'error',
    path: '$.Statement',
    s3: 'Missing required field Action',
    wrong: policy(`«${statement({ Action: undefined })}»`),
    right: policyWith({ Action: undefined, NotAction: '"s3:GetObject"' }),
  },
  'missing-resource': {
    severity: 'error',
    path: '$.Statement',
    s3: 'Missing required field Resource',
    wrong: policy(`«${statement({ Resource: undefined })}»`),
    right: policyWith({ Resource: undefined, NotResource: objects }),
  },
  'conflicting-elements': {
    severity: 'error',
    path: '$.Statement.NotAction',
    s3: 'Invalid policy syntax.',
    wrong: policyWith({ NotAction: '«"s3:PutObject"»' }),
    right: policyWith({ Action: undefined, NotAction: '"s3:PutObject"' }),
  },
  'unknown-element': {
    severity: 'error',
    path: '$.Statement.condition',
    s3: 'Invalid policy syntax.',
    wrong: policyWith({ '«"condition"»': '{ "Bool": { "aws:SecureTransport": "true" } }' }),
    right: condition('{ "Bool": { "aws:SecureTransport": "true" } }'),
  },
  'wrong-type': {
    severity: 'error',
    path: '$.Statement.Sid',
    s3: 'Invalid policy syntax.',
    wrong: policyWith({ Sid: '«1»' }),
    right: policyWith({ Sid: '"1"' }),
  },
  'invalid-effect': {
    severity: 'error',
    path: '$.Statement.Effect',
    s3: 'Invalid effect: allow',
    wrong: policyWith({ Effect: '«"allow"»' }),
    right: policyWith({ Effect: '"Deny"' }),
  },
  'invalid-version': {
    severity: 'error',
    path: '$.Version',
    s3: 'The policy must contain a valid version string',
    wrong: '{\n  "Version": «"2012-10-18"»,\n  "Statement": []\n}',
    beside: ['empty-statement-list'],
    right: policy(statement(), '2008-10-17'),
  },
  'empty-statement-list': {
    severity: 'refused',
    path: '$',
    s3: 'Could not parse the policy: Statement is empty!',
    wrong: '«{\n  "Statement": []\n}»',
    right: policy(`[${statement()}]`),
  },
  'duplicate-sid': {
    severity: 'warning',
    path: '$.Statement[1].Sid',
    wrong: policy(`[${statement({ Sid: '"Read it, all"' })}, ${statement({ Sid: '«"Read it, all"»' })}]`),
    right: policy(`[${statement({ Sid: '"Read"' })}, ${statement({ Sid: '"read"' })}, ${statement()}, ${statement()}]`),
  },
  'unknown-principal-type': {
    severity: 'error',
    path: '$.Statement.Principal.aws',
    s3: 'Invalid principal in policy',
    wrong: policyWith({ Principal: '{ "AWS": "111122223333", «"aws"»: "111122223333" }' }),
    right: policyWith({ Principal: '{ "AWS": "111122223333", "Service": "s3.amazonaws.com", "Federated": "p", "CanonicalUser": "79a5" }' }),
  },
  'invalid-principal': {
    severity: 'refused',
    path: '$.Statement.Principal.AWS[1]',
    s3: 'Invalid principal in policy',
    wrong: policyWith({ Principal: '{\n      "AWS": ["111122223333", «"arn:aws:iam::111122223333:user/*"»]\n    }' }),
    right: policyWith({ Principal: '{ "AWS": ["111122223333", "arn:aws:iam::111122223333:user/alice"] }' }),
  },
  'allow-not-principal': {
    severity: 'refused',
    path: '$.Statement.NotPrincipal.AWS',
    s3: 'Invalid principal in policy',
    wrong: policyWith({ Principal: undefined, NotPrincipal: '{ "AWS": «"111122223333"» }' }),
    right: policyWith({ Effect: '"Deny"', Principal: undefined, NotPrincipal: '{ "AWS": "111122223333" }' }),
  },
  'invalid-action': {
    severity: 'refused',
    path: '$.Statement.Action[1]',
    s3: 'Policy has invalid action',
    wrong: policyWith({ Action: '["s3:GetObject", «"s3:GetObjects"»]' }),
    right: policyWith({ Action: '["s3:GetObject", "S3:getobjectACL"]' }),
  },
  'invalid-resource': {
    severity: 'refused',
    path: '$.Statement.Resource',
    s3: 'Policy has invalid resource',
    wrong: policyWith({ Resource: '«"arn:aws:s3:::other/*"»' }),
    right: policyWith({ Resource: '"arn:aws:s3:::b/other/*"' }),
  },
  'action-resource-mismatch': {
    severity: 'refused',
    path: '$.Statement.Action[1]',
    s3: 'Action does not apply to any resource(s) in statement',
    wrong: policyWith({ Action: '["s3:GetObject", «"s3:ListBucket"»]' }),
    right: policyWith({ Action: '["s3:GetObject", "s3:ListBucket"]', Resource: both }),
  },
  'malformed-variable': {
    severity: 'warning',
    path: '$.Statement.Resource',
    wrong: policyWith({ Resource: '«"arn:aws:s3:::b/${aws:username"»' }),
    right: policyWith({ Resource: '"arn:aws:s3:::b/${aws:username}"' }),
  },
  'unknown-variable': {
    severity: 'warning',
    path: '$.Statement.Resource',
    wrong: policyWith({ Resource: '«"arn:aws:s3:::b/${username}/*"»' }),
    right: policyWith({ Resource: '"arn:aws:s3:::b/${aws:username}/*"' }),
  },
  'unknown-operator': {
    severity: 'error',
    path: '$.Statement.Condition.StringEqual',
    s3: 'Invalid Condition type : StringEqual',
    wrong: condition('{ «"StringEqual"»: { "aws:username": "alice" } }'),
    right: condition('{ "StringEquals": { "aws:username": "alice" } }'),
  },
  'unknown-condition-key': {
    severity: 'refused',
    path: '$.Statement.Condition.StringEquals["s3:user"]',
    s3: 'Policy has an invalid condition key',
    wrong: condition('{ "StringEquals": { «"s3:user"»: "alice" } }'),
    right: condition('{ "StringEquals": { "S3:VersionId": "1" } }', 's3:GetObjectVersion'),
  },
  'unknown-global-key': {
    severity: 'warning',
    path: '$.Statement.Condition.StringEquals["aws:UserName2"]',
    wrong: condition('{ "StringEquals": { «"aws:UserName2"»: "alice" } }'),
    right: condition('{ "StringEquals": { "aws:UserName": "alice" } }'),
  },
  'condition-not-applicable': {
    severity: 'refused',
    path: '$.Statement.Condition.StringLike["s3:prefix"]',
    s3: 'Conditions do not apply to combination of actions and resources in statement',
    wrong: condition('{ "StringLike": { «"s3:prefix"»: "home/*" } }'),
    right: policyWith({
      Action: '"s3:ListBucket"',
      Resource: '"arn:aws:s3:::b"',
      Condition: '{ "StringLike": { "s3:prefix": "home/*" } }',
    }),
  },
  'invalid-ip-address': {
    severity: 'refused',
    path: '$.Statement.Condition.IpAddress["aws:SourceIp"][1]',
    s3: 'Invalid IP address in Conditions',
    wrong: condition('{ "IpAddress": { "aws:SourceIp": ["10.0.0.0/8", «"10.0.0.0/33"»] } }'),
    right: condition('{ "IpAddress": { "aws:SourceIp": ["10.0.0.0/8", "2001:db8::/32", "192.0.2.1"] } }'),
  },
  'malformed-operand': {
    severity: 'warning',
    path: '$.Statement.Condition.DateLessThan["aws:CurrentTime"]',
    wrong: condition('{ "DateLessThan": { "aws:CurrentTime": «"2026-02-30"» } }'),
    right: condition('{ "DateLessThan": { "aws:CurrentTime": "2026-02-28" } }'),
  },
  'empty-condition': {
    severity: 'warning',
    path: '$.Statement.Condition.Bool',
    wrong: condition('{ "Bool": «{}» }'),
    right: condition('{ "Bool": { "aws:SecureTransport": "true" } }'),
  },
  'empty-operand-list': {
    severity: 'warning',
    path: '$.Statement.Condition.StringEquals["aws:username"]',
    wrong: condition('{ "StringEquals": { «"aws:username"»: [] } }'),
    right: condition('{ "StringEquals": { "aws:username": "" } }'),
  },
  'repeated-condition-key': {
    severity: 'warning',
    path: '$.Statement.Condition.StringEquals["aws:Username"]',
    wrong: condition('{ "StringEquals": { "aws:username": "alice", «"aws:Username"»: "bob" } }'),
    right: condition('{ "StringEquals": { "aws:username": "alice" }, "StringNotEquals": { "aws:Username": "bob" } }'),
  },
  'null-with-set-operator': {
    severity: 'warning',
    path: '$.Statement.Condition["ForAllValues:Null"]',
    wrong: condition('{ «"ForAllValues:Null"»: { "aws:username": "true" } }'),
    right: condition('{ "Null": { "aws:username": "true" } }'),
  },
}

const codes = Object.keys(rows) as PolicyCode[]

describe.each(codes)('%s', (code) => {
  const { severity, path, s3, wrong, beside = [], right } = rows[code]
  const { text, places } = unmark(wrong)
  const found = problemsOf(text)
  const own = found.filter((problem) => problem.code === code)

  test('is found where it stands', () => {
    expect(own.map(foundIn)).toEqual(places.map((place) => ({ code, path, place })))
  })

  test('comes with nothing else', () => {
    expect(found.map((problem) => problem.code).filter((other) => other !== code)).toEqual(beside)
  })

  test(`is ${severity}, and S3 answers ${s3 ?? 'nothing'}`, () => {
    for (const problem of own) {
      expect(problem.severity).toBe(severity)
      expect(problem.s3).toEqual(s3 === undefined ? undefined : { code: 'MalformedPolicy', message: s3 })
    }
  })

  test('says so in one sentence without a full stop', () => {
    for (const { message, help = 'x' } of own) {
      expect(message).toMatch(/^[^\n]+[^.\n]$/)
      expect(help).toMatch(/[^.\n]$/)
    }
  })

  test('is not found in a policy that comes near', () => {
    expect(problemsOf(right).map((problem) => problem.code)).not.toContain(code)
  })
})

test('every code that concerns policies is in the table', () => {
  expect([...codes, ...foreign].sort()).toEqual(Object.keys(problems).sort())
})
