import { describe, expect, test } from 'vitest'
import { allRules, barePolicy, lintFound, readSource } from '../../src/lint.js'

const active = allRules.map((rule) => ({ rule, severity: rule.meta.severity, options: {} }))

/** Statements for a bucket, with these beginnings of their ARNs. */
const policyOf = (start: string, iam = start): object => ({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'Read',
      Effect: 'Allow',
      Principal: { AWS: `${iam}:iam::111122223333:role/app` },
      Action: ['s3:GetObject'],
      Resource: [`${start}:s3:::assets/*`, `${start}:s3:::assets/img*`],
    },
    {
      Sid: 'Open',
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:ListBucket',
      Resource: [`${start}:s3:::assets`, `${start}:s3:::assets/x/*`],
    },
    {
      Sid: 'Tls',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      NotResource: `${start}:s3:::other/*`,
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ],
})

const findingsIn = (policy: object, bucket?: string) =>
  lintFound(barePolicy({ path: 'policy.json', text: JSON.stringify(policy, undefined, 2) }, bucket === undefined ? {} : { bucket }), active)
    .findings

describe.each(['aws-cn', 'aws-us-gov', 'aws-iso-b'])('a policy for %s', (partition) => {
  const start = `arn:${partition}`

  test('has the findings of the same policy in aws, told in its own spelling', () => {
    const told = findingsIn(policyOf(start)).map(({ rule, message, help, witness, fix }) => ({ rule, message, help, witness, fix }))
    const inAws = findingsIn(policyOf('arn:aws')).map(({ rule, message, help, witness }) => ({ rule, message, help, witness }))
    expect(told.map(({ rule }) => rule)).toEqual(inAws.map(({ rule }) => rule))
    expect(told.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['public-list', 'redundant-resource', 'unused-resource']))
    expect(told.map(({ message }) => message)).toEqual(inAws.map(({ message }) => message.replaceAll('arn:aws:', `${start}:`)))
    expect(JSON.stringify(told)).not.toContain('arn:aws:s3')
  })

  test('has fixes that leave it in its partition', () => {
    const text = JSON.stringify(policyOf(start))
    const { findings } = lintFound(barePolicy({ path: 'policy.json', text }), active)
    const texts = findings.flatMap(({ fix }) => fix?.edits ?? []).map((edit) => edit.text)
    expect(findings.some(({ fix }) => fix !== undefined)).toBe(true)
    for (const each of texts) expect(each).not.toContain('arn:aws:')
  })

  test('has errors where it has some in aws', () => {
    expect(findingsIn(policyOf(start), 'elsewhere').map(({ rule }) => rule)).toContain('other-bucket')
  })
})

test.each([
  ['two partitions', 'arn:aws-cn', 'arn:aws'],
  ['two others', 'arn:aws-cn', 'arn:aws-us-gov'],
  ['one that does not exist', 'arn:aws-moon', 'arn:aws-moon'],
])('%s: S3 refuses the resource', (_, first, second) => {
  const resource = (start: string) => `${start}:s3:::assets/*`
  const statement = {
    Effect: 'Allow',
    Principal: { AWS: '111122223333' },
    Action: 's3:GetObject',
    Resource: [resource(first), resource(second)],
  }
  expect(findingsIn({ Version: '2012-10-17', Statement: [statement] }).map(({ rule }) => rule)).toContain('invalid-resource')
})

test('policies of snapshots and plans have their partition too', async () => {
  const policy = JSON.stringify(policyOf('arn:aws-cn'))
  const values = { bucket: 'assets', policy }
  const plan = {
    format_version: '1.2',
    planned_values: { root_module: { resources: [{ type: 'aws_s3_bucket_policy', address: 'p', values }] } },
  }
  const { found } = await readSource({ path: 'plan.json', text: JSON.stringify(plan) })
  const rules = found.flatMap((each) => lintFound(each, active).findings).map(({ rule }) => rule)
  expect(rules).toContain('public-list')
  expect(rules).not.toContain('invalid-resource')
})
