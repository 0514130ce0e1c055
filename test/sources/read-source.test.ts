import { describe, expect, test } from 'vitest'
import { diagnosed, policiesOf, readFixture, readText, textAt, unknownIn } from './read.js'

const policy =
  '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObjekt", "Resource": "arn:aws:s3:::b/*"}}'

describe('what a file holds is told by its content', () => {
  test.each(['policy.json', 'policy', 'policy.txt', '-', 'policy.yaml'])('a policy in %s', async (path) => {
    const reading = await readText(path, policy, { bucket: 'b', owner: '111122223333' })
    expect(reading.problems).toEqual([])
    expect(reading.found).toMatchObject([{ kind: 'policy', address: '', bucket: 'b', owner: '111122223333', isEditable: true }])
    expect(policiesOf(reading).flatMap((found) => diagnosed(found))).toEqual(['invalid-action: "s3:GetObjekt"'])
  })

  test('a policy in YAML', async () => {
    const text = 'Statement:\n  - Effect: Allow\n    Principal: "*"\n    Action: s3:GetObjekt\n    Resource: arn:aws:s3:::b/*\n'
    const reading = await readText('-', text, { bucket: 'b' })
    expect(policiesOf(reading).flatMap((found) => diagnosed(found))).toEqual(['invalid-action: s3:GetObjekt'])
    expect(reading.found).toMatchObject([{ bucket: 'b', isEditable: false }])
  })

  test('a broken policy is reported on as a policy', async () => {
    const reading = await readText('policy.json', policy.replace(', "Resource"', ' "Resource"'))
    expect(reading.problems).toEqual([])
    expect(policiesOf(reading).flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code))).toEqual(['invalid-json'])
  })

  test.each([
    ['package.json', '{"name": "x", "buckets": 1}'],
    ['list.json', '[1, 2]'],
    ['text.json', '"text"'],
    ['resources.json', '{"Resources": {"A": 1}}'],
    ['template.json', '{"AWSTemplateFormatVersion": "2010-09-09", "Resources": {}}'],
    ['plan.json', '{"format_version": "1.2", "planned_values": {}}'],
    ['main.tf', 'resource "aws_s3_bucket" "b" {}'],
    ['readme.md', '# Buckets'],
    ['empty.yaml', ''],
    ['empty.txt', ''],
    ['comment.yaml', '# nothing\n'],
    ['scalar.yaml', 'text'],
  ])('%s holds no policy, which is no problem', async (path, text) => {
    expect(await readText(path, text)).toEqual({ found: [], problems: [] })
  })

  test('documents of other kinds are passed over', async () => {
    expect(await readFixture('no-policy.yaml')).toEqual({ found: [], problems: [] })
  })

  test('YAML may start with a brace', async () => {
    const text = '{Resources: {P: {Type: "AWS::S3::BucketPolicy", Properties: {Bucket: b, PolicyDocument: {Statement: []}}}}}'
    expect((await readText('t.yaml', text)).found).toMatchObject([{ address: 'Resources.P' }])
  })
})

describe('snapshots', () => {
  test('the snapshot and each of its policies are found', async () => {
    const { found, problems } = await readFixture('snapshot.json')
    expect(problems).toEqual([])
    expect(found).toMatchObject([
      { kind: 'snapshot' },
      { address: 'photos', bucket: 'photos', owner: '111122223333', isEditable: true },
      { address: 'films', bucket: 'films', owner: '444455556666', isEditable: false },
    ])
    expect(policiesOf({ found, problems }).flatMap((policy) => diagnosed(policy))).toEqual([
      'invalid-action: "s3:GetObjekt"',
      'invalid-action: \\"s3:GetObjekt\\"',
    ])
  })

  test('a snapshot with an error is a problem; its policies are found nevertheless', async () => {
    const text = `{"buckets": [{"name": "b", "policy": ${policy}}]}`
    const { found, problems } = await readText('s.json', text)
    expect(found.map(({ kind }) => kind)).toEqual(['policy'])
    expect(problems).toMatchObject([{ file: 's.json', message: '`owner` is missing', location: { path: ['buckets', 0] } }])
  })
})

describe('Terraform as JSON', () => {
  test('policies of a plan', async () => {
    const policies = policiesOf(await readFixture('plan.json'))
    expect(policies.map(({ address, bucket }) => [address, bucket])).toEqual([
      ['aws_s3_bucket_policy.site', 'site'],
      ['aws_s3_bucket_policy.later', undefined],
      ['aws_s3_bucket.old', 'old'],
      ['module.space.digitalocean_spaces_bucket_policy.this', 'space'],
    ])
    expect(policies.map((policy) => [diagnosed(policy), unknownIn(policy)])).toEqual([
      [['invalid-action: \\"s3:GetObjekt\\"'], []],
      [[], ['{}: the policy is known only after the plan is applied']],
      [['invalid-action: \\"s3:GetObjekt\\"'], []],
      [['invalid-action: \\"s3:GetObjekt\\"'], []],
    ])
  })

  test('a plan without planned values', async () => {
    const change = { address: 'aws_s3_bucket_policy.p', type: 'aws_s3_bucket_policy', change: { after: { bucket: 'b', policy } } }
    const [found] = policiesOf(await readText('p.json', JSON.stringify({ format_version: '1.2', resource_changes: [change] })))
    expect(found).toMatchObject({ address: 'aws_s3_bucket_policy.p', bucket: 'b' })
    expect(found?.diagnostics[0]?.path).toEqual(['resource_changes', 0, 'change', 'after', 'policy', 'Statement', 'Action'])
  })

  test('policies of a state', async () => {
    const [found, ...others] = policiesOf(await readFixture('terraform.tfstate'))
    expect(others).toEqual([])
    expect(found).toMatchObject({ address: 'module.a.aws_s3_bucket_policy.each["one"]', bucket: 'one' })
  })

  test('a policy that is no JSON is wrong where it breaks', async () => {
    const change = { address: 'a', type: 'aws_s3_bucket_policy', change: { after: { policy: '{"Statement": "\t"}' } } }
    const [found] = policiesOf(await readText('p.json', JSON.stringify({ format_version: '1.2', resource_changes: [change] })))
    if (found === undefined) throw new Error('no policy')
    expect(found.diagnostics.map((diagnostic) => [diagnostic.code, textAt(found, diagnostic)])).toEqual([['invalid-json', '\\t']])
  })
})
