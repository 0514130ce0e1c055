import type { Finding, FormatOptions, LintReport, ReportedFinding, RuleMeta } from '../../../src/lint.js'
import type { JsonPath } from '../../../src/policy/json-path.js'
import { lineTableOf, type Span, spanAt } from '../../../src/policy/position.js'
import { unknownPart } from '../../../src/sources/unknown-text.js'

const assets = `{
  "Version": "2012-10-17",
  "Statement": [
    {
\t"Sid": "PublicRead",
\t"Effect": "Allow", "Principal": "*",
\t"Action": ["s3:GetObject", "s3:GetObject"],
\t"Resource": "arn:aws:s3:::写真📷/*", "Resource": "arn:aws:s3:::assets/*"
    },
    {
      "Effect": "Allow",
      "Principal": { "AWS": "111122223333" },
      "Action": "s3:*",
      "Resource": "arn:aws:s3:::assets/*"
    },
    {
      "Effect": "Allow",
      "Principal": { "AWS": "444455556666" },
      "Action": "s3:*",
      "Resource": "arn:aws:s3:::assets/*"
    }
  ]
}
`

const long = `{"Statement":[{"Sid":"\u202Eevil\u001b[31m","Effect":"Allow","Principal":"*","Action":"s3:ListBucket","Resource":["arn:aws:s3:::logs","arn:aws:s3:::logs/*","arn:aws:s3:::logs/2025/*","arn:aws:s3:::logs/2026/*"],"Condition":{"Bool":{"aws:SecureTransport":"true"}}}]}`

const template = `resource "aws_s3_bucket_policy" "logs" {
  policy = jsonencode({ Statement = [] })
}
`

export const texts: ReadonlyMap<string, string> = new Map([
  ['/repo/policies/assets.json', assets],
  ['/repo/policies/50% off, really: [x](y).json', long],
  ['/repo/terraform/logs.tf', template],
  ['/repo/policies/fine.json', '{}'],
])

export const options: FormatOptions = { texts, version: '1.2.3', root: '/repo', rulePages: 'https://example.com/docs/rules/' }

/** The span of the n-th place at which a text stands in a file. */
export function spanOf(file: string, part: string, nth = 0): Span {
  const text = texts.get(file) ?? ''
  let at = text.indexOf(part)
  for (let left = nth; left > 0; left--) at = text.indexOf(part, at + 1)
  if (at < 0) throw new Error(`${file} has no ${part}`)
  return spanAt(lineTableOf(text), at, at + part.length)
}

type Given = Omit<ReportedFinding, 'messageId' | 'address' | 'location'> & Partial<Pick<Finding, 'messageId' | 'address'>>

function findingAt(path: JsonPath, span: Span, given: Given): ReportedFinding {
  return { messageId: 'found', address: '', ...given, location: { path, span } }
}

const [assetsFile, longFile, templateFile] = [...texts.keys()] as [string, string, string]
const action = spanOf(assetsFile, '"s3:GetObject"', 1)

const findings: readonly ReportedFinding[] = [
  findingAt(['Statement', 0, 'Action', 1], action, {
    rule: 'repeated-value',
    severity: 'suggestion',
    message: '`s3:GetObject` stands twice',
    file: assetsFile,
    sid: 'PublicRead',
    fix: { description: 'remove the second `s3:GetObject`', edits: [{ start: action.start.offset - 2, end: action.end.offset, text: '' }] },
  }),
  findingAt(['Statement', 0, 'Resource'], spanOf(assetsFile, '"arn:aws:s3:::写真📷/*", "Resource"'), {
    rule: 'duplicate-key',
    severity: 'error',
    message: 'the object has two members `Resource`',
    file: assetsFile,
    sid: 'PublicRead',
    help: 'put the values of both into one list; S3 answers MalformedPolicy: Policies must be valid JSON',
  }),
  findingAt(['Statement', 1, 'Action'], spanOf(assetsFile, '"s3:*"'), {
    rule: 'all-actions',
    severity: 'warning',
    message: '`s3:*` allows everything, changes of this policy too',
    file: assetsFile,
  }),
  findingAt(['Statement', 2, 'Action'], spanOf(assetsFile, '"s3:*"', 1), {
    rule: 'all-actions',
    severity: 'warning',
    message: '`s3:*` allows everything, changes of this policy too',
    file: assetsFile,
    suppressed: { by: 'config', reason: 'the account is our own', expires: '2027-01-31' },
  }),
  findingAt(
    ['Statement', 1],
    spanOf(
      assetsFile,
      assets.slice(
        assets.indexOf('{\n      "Effect"'),
        assets.indexOf('},\n    {\n      "Effect": "Allow",\n      "Principal": { "AWS": "4') + 1,
      ),
    ),
    {
      rule: 'foreign-account',
      severity: 'security',
      message: 'account `111122223333` is let in',
      file: assetsFile,
      witness: 'account 111122223333 deletes `assets/a`',
      suppressed: { by: 'baseline', reason: 'known since the first run' },
    },
  ),
  findingAt(['Statement', 0], spanOf(longFile, long.slice(14, -2)), {
    rule: 'public-access',
    severity: 'security',
    message: 'anybody can list `logs` \u001b]8;;https://example.com\u0007, see [here](https://example.com)',
    file: longFile,
    sid: '\u202Eevil\u001b[31m',
    witness: 'somebody without a key lists `logs` & reads <all> of it: 100 %',
  }),
  findingAt(['Statement', 0, 'Condition', 'Bool', 'aws:SecureTransport'], spanOf(longFile, '"true"'), {
    rule: 'quoted-boolean',
    severity: 'suggestion',
    message: 'the value is a text',
    file: longFile,
  }),
  findingAt(['Statement'], spanOf(templateFile, '[]'), {
    rule: 'no-statement',
    severity: 'error',
    message: 'there is no statement',
    file: templateFile,
    address: 'aws_s3_bucket_policy.logs',
    help: 'write one,\nor remove the policy',
  }),
  findingAt(['Statement'], spanOf(templateFile, 'jsonencode({ Statement = [] })\n}'), {
    rule: 'public-access',
    severity: 'security',
    message: 'a place of two lines',
    file: templateFile,
    address: 'aws_s3_bucket_policy.logs',
  }),
]

function ruleMeta(id: string, severity: RuleMeta['severity'], category: RuleMeta['category'], summary: string): RuleMeta {
  return {
    id,
    severity,
    category,
    summary,
    recommended: true,
    fixable: id === 'repeated-value',
    analysis: false,
    messages: { found: summary },
  }
}

/** Something of everything: every severity, fixes, suppressions, places of several lines, wide letters, and names that try to break out. */
export const sample: LintReport = {
  files: 5,
  policies: 4,
  findings,
  undecided: [
    {
      rule: 'public-access',
      file: templateFile,
      address: 'aws_s3_bucket_policy.logs',
      location: { path: ['Statement'], span: spanOf(templateFile, '[]') },
      reason: `${unknownPart('var.account')} is a variable`,
    },
  ],
  problems: [
    {
      file: '/repo/terraform/broken.tf',
      message: 'a block has no end',
      location: { path: [], span: { start: { offset: 40, line: 3, column: 1 }, end: { offset: 41, line: 3, column: 2 } } },
      help: 'add a `}`',
    },
    { file: '/elsewhere/secret.json', message: 'the file may not be read' },
  ],
  unusedSuppressions: [{ description: '`public-access` in `policies/old.json`: moved away' }],
  rules: [
    ruleMeta('all-actions', 'warning', 'actions', 'An Allow of all actions'),
    ruleMeta('duplicate-key', 'error', 'structure', 'An element stands twice'),
    ruleMeta('foreign-account', 'security', 'principals', 'An account that nobody has named lets itself in'),
    ruleMeta('no-statement', 'error', 'structure', 'A policy without a statement'),
    ruleMeta('public-access', 'security', 'exposure', 'Anybody is let in'),
    ruleMeta('quoted-boolean', 'suggestion', 'conditions', 'A boolean as a text'),
    ruleMeta('repeated-value', 'suggestion', 'structure', 'A value stands twice in a list'),
  ],
}

export const clean: LintReport = { ...sample, findings: [], undecided: [], problems: [], unusedSuppressions: [] }
