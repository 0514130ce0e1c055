import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import { barePolicy } from '../../src/sources/bare-policy.js'
import type { FoundPolicy } from '../../src/sources/found.js'
import { policiesOf, readText, textAt, withoutLocations } from './read.js'

const text = fc.constantFrom(
  '*',
  's3:GetObject',
  's3:Get*',
  's3:Nothing',
  'arn:aws:s3:::b',
  'arn:aws:s3:::b/*',
  '111122223333',
  'é 💧 "\\/\t',
  "it's",
  '',
  'no',
  '12',
  '- x',
  '${aws:username}',
  '# x',
)
const texts = fc.oneof(text, fc.array(text, { maxLength: 3 }))
const scalar = fc.oneof(text, fc.boolean(), fc.integer({ max: 1e9, min: -1e9 }), fc.constant(null))
const condition = fc.dictionary(
  fc.constantFrom('StringLike', 'Bool', 'IpAddress', 'Nothing'),
  fc.dictionary(fc.constantFrom('aws:SourceIp', 's3:prefix', 'aws:username', 'x:y'), fc.oneof(scalar, fc.array(scalar, { maxLength: 2 }))),
  { maxKeys: 2 },
)
const statement = fc.record(
  {
    Sid: fc.constantFrom('A', 'B', ''),
    Effect: fc.constantFrom('Allow', 'Deny', 'allow'),
    Principal: fc.oneof(texts, fc.record({ AWS: texts })),
    Action: texts,
    NotAction: texts,
    Resource: texts,
    Condition: fc.oneof(condition, text),
    Other: scalar,
  },
  { requiredKeys: ['Effect', 'Action', 'Resource'] },
)
const policy = fc.record(
  {
    Version: fc.constantFrom('2012-10-17', '2008-10-17', '2020-01-01'),
    Id: scalar,
    Statement: fc.oneof(statement, fc.array(statement, { maxLength: 3 })),
  },
  { requiredKeys: ['Statement'] },
)

const template = (PolicyDocument: unknown) => ({
  Resources: { P: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: 'b', PolicyDocument } } },
})
const codesOf = ({ diagnostics }: FoundPolicy) => diagnostics.map(({ code, message }) => `${code} ${message}`).toSorted()
const wraps: Readonly<Record<string, (given: object) => readonly [string, string]>> = {
  'CloudFormation as JSON': (given) => ['t.json', JSON.stringify(template(given), undefined, 2)],
  'CloudFormation as YAML': (given) => ['t.yaml', stringify(template(given), { aliasDuplicateObjects: false })],
  'JSON in a CloudFormation text': (given) => ['t.json', JSON.stringify(template(JSON.stringify(given)))],
  'JSON in a YAML block': (given) => [
    't.yaml',
    stringify(template(JSON.stringify(given, undefined, 2)), { blockQuote: 'literal', lineWidth: 0 }),
  ],
  'JSON in a YAML text': (given) => [
    't.yaml',
    stringify(template(JSON.stringify(given)), { defaultStringType: 'QUOTE_DOUBLE', lineWidth: 60 }),
  ],
  'JSON in single quotes': (given) => [
    't.yaml',
    stringify(template(JSON.stringify(given)), { defaultStringType: 'QUOTE_SINGLE', lineWidth: 0 }),
  ],
  'a plan of Terraform': (given) => {
    const values = { bucket: 'b', policy: JSON.stringify(given) }
    return [
      'p.json',
      JSON.stringify({ format_version: '1', values: { root_module: { resources: [{ type: 'aws_s3_bucket_policy', values }] } } }),
    ]
  },
  'a snapshot': (given) => ['s.json', JSON.stringify({ buckets: [{ name: 'b', owner: '111122223333', policy: given }] })],
}

test.each(Object.keys(wraps))('%s says the same of a policy as the bare policy', async (name) => {
  await fc.assert(
    fc.asyncProperty(policy, async (given) => {
      const bare = barePolicy({ path: 'p.json', text: JSON.stringify(given) }, { bucket: 'b' })
      const [path, wrapped] = wraps[name]?.(given) ?? ['', '']
      const reading = await readText(path, wrapped)
      expect(reading.problems).toEqual([])
      const [found, ...others] = policiesOf(reading)
      if (found === undefined) throw new Error('nothing found')
      expect(others).toEqual([])
      expect(codesOf(found)).toEqual(codesOf(bare))
      expect(withoutLocations(found.draft)).toEqual(withoutLocations(bare.draft))
    }),
    { numRuns: 100 },
  )
})

/** The text without the breaks of lines that YAML takes out of texts in double quotes. */
const unbroken = (held: string) => held.replace(/\\\n\s*/g, '')

test.each(Object.keys(wraps))('%s: the text at a place is the text that stands there', async (name) => {
  await fc.assert(
    fc.asyncProperty(policy, async (given) => {
      const [path, wrapped] = wraps[name]?.(given) ?? ['', '']
      const [found] = policiesOf(await readText(path, wrapped))
      for (const { Action = [], Resource = [] } of found?.draft?.Statement ?? []) {
        for (const { text: held, location } of [...Action, ...Resource]) {
          // The plain texts: how others are escaped is the format's matter.
          if (found !== undefined && (held.startsWith('s3:') || held.startsWith('arn:'))) {
            expect([held, `"${held}"`, `\\"${held}\\"`]).toContain(unbroken(textAt(found, location)))
          }
        }
      }
    }),
    { numRuns: 100 },
  )
})
