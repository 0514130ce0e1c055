import { describe, expect, test } from 'vitest'
import { publicAccess } from '../../src/analyze.js'
import { loadHclParser } from '../../src/cli/lint/load-hcl-parser.js'
import { parsePolicy } from '../../src/index.js'
import { allRules, lintFound, readSource } from '../../src/lint.js'
import { readTerraform } from '../../src/sources/terraform/read-terraform.js'

const policy = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::photos/*' }],
}
const all = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true }
const none = { BlockPublicAcls: false, IgnorePublicAcls: false, BlockPublicPolicy: false, RestrictPublicBuckets: false }
const bucket = { name: 'photos', owner: '111122223333', policy }
const active = allRules.map((rule) => ({ rule, severity: rule.meta.severity, options: {} }))

async function rulesFor(snapshot: object): Promise<readonly string[]> {
  const { found } = await readSource({ path: 'snapshot.json', text: JSON.stringify(snapshot) })
  return found.flatMap((each) => lintFound(each, active).findings).map(({ rule }) => rule)
}

describe('a policy that lets everybody read', () => {
  test.each<[string, object, boolean]>([
    ['without a block', { buckets: [bucket] }, true],
    ['where the bucket restricts it', { buckets: [{ ...bucket, publicAccessBlock: all }] }, false],
    ['where the account does', { buckets: [bucket], accounts: [{ id: '111122223333', publicAccessBlock: all }] }, false],
    ['where another account does', { buckets: [bucket], accounts: [{ id: '444455556666', publicAccessBlock: all }] }, true],
    // What was put before is still in force.
    ['where only new policies are refused', { buckets: [{ ...bucket, publicAccessBlock: { ...none, BlockPublicPolicy: true } }] }, true],
  ])('%s', async (_, snapshot, isPublic) => {
    expect((await rulesFor(snapshot)).includes('public-read')).toBe(isPublic)
  })

  test('the analyser knows of the block: only services are left', () => {
    const { policy: parsed } = parsePolicy(JSON.stringify(policy))
    if (parsed === undefined) throw new Error('the policy has no errors')
    const caller = (publicAccessBlock: typeof all) =>
      publicAccess({ policy: parsed, publicAccessBlock })[0]?.witness?.request.principal.kind
    expect([caller(all), caller(none)]).toEqual(['service', 'anonymous'])
  })
})

/** A policy that lets everybody read, with these settings in the words of the format. */
const sources: Readonly<Record<string, (settings: Readonly<Record<string, boolean>>) => string>> = {
  'template.json': (settings) =>
    JSON.stringify({
      Resources: {
        Photos: { Type: 'AWS::S3::Bucket', Properties: { PublicAccessBlockConfiguration: settings } },
        Policy: {
          Type: 'AWS::S3::BucketPolicy',
          Properties: {
            Bucket: { Ref: 'Photos' },
            PolicyDocument: {
              ...policy,
              Statement: [{ ...policy.Statement[0], Resource: { 'Fn::Sub': '${Photos.Arn}/*' } }],
            },
          },
        },
      },
    }),
  'plan.json': (settings) =>
    JSON.stringify({
      format_version: '1.2',
      planned_values: {
        root_module: {
          resources: [
            {
              type: 'aws_s3_bucket_policy',
              address: 'aws_s3_bucket_policy.p',
              values: { bucket: 'photos', policy: JSON.stringify(policy) },
            },
            { type: 'aws_s3_bucket_public_access_block', address: 'b', values: { bucket: 'photos', ...inTerraform(settings) } },
            { type: 'aws_s3_bucket_public_access_block', address: 'c', values: { bucket: 'others', ...inTerraform(none) } },
          ],
        },
      },
    }),
  'main.tf': (settings) => `
resource "aws_s3_bucket" "photos" {}
resource "aws_s3_bucket" "others" {}
resource "aws_s3_bucket_policy" "p" {
  bucket = aws_s3_bucket.photos.id
  policy = jsonencode(${JSON.stringify(policy).replace('arn:aws:s3:::photos', '${aws_s3_bucket.photos.arn}')})
}
resource "aws_s3_bucket_public_access_block" "others" {
  bucket = aws_s3_bucket.others.id
  ${attributes(none)}
}
resource "aws_s3_bucket_public_access_block" "photos" {
  bucket = aws_s3_bucket.photos.id
  ${attributes(settings)}
}
`,
}

const inTerraform = (settings: Readonly<Record<string, boolean>>) => ({
  block_public_policy: settings['BlockPublicPolicy'],
  restrict_public_buckets: settings['RestrictPublicBuckets'],
})
const attributes = (settings: Readonly<Record<string, boolean>>) =>
  Object.entries(inTerraform(settings))
    .flatMap(([name, value]) => (value === undefined ? [] : `${name} = ${value}`))
    .join('\n  ')

const parser = await loadHclParser()

async function rulesIn(path: string, text: string): Promise<readonly string[]> {
  if (parser.kind === 'missing') throw new Error(parser.message)
  const file = { path, text }
  const { found, problems } = path.endsWith('.tf') ? readTerraform([file], parser.parse) : await readSource(file)
  expect(problems).toEqual([])
  return found.flatMap((each) => lintFound(each, active).findings).map(({ rule }) => rule)
}

describe.each(Object.entries(sources))('what %s blocks', (path, textWith) => {
  test.each<[Readonly<Record<string, boolean>>, readonly string[]]>([
    [{}, ['public-read']],
    [none, ['public-read']],
    [{ BlockPublicPolicy: true }, ['blocked-public-policy', 'public-read']],
    [{ RestrictPublicBuckets: true }, []],
    [all, ['blocked-public-policy']],
  ])('%j', async (settings, expected) => {
    const told = await rulesIn(path, textWith(settings))
    expect(told.filter((rule) => rule.includes('public'))).toEqual(expected)
  })
})

describe('what is not certain blocks nothing', () => {
  test.each([
    [
      'made as often as an expression says',
      'main.tf',
      (text: string) =>
        text.replaceAll('bucket = aws_s3_bucket.photos.id\n  block', 'count = var.n\n  bucket = aws_s3_bucket.photos.id\n  block'),
    ],
    ['a variable', 'main.tf', (text: string) => text.replaceAll(' = true', ' = var.strict')],
    ['a parameter without a default', 'template.json', (text: string) => text.replaceAll(':true', ':{"Ref":"Strict"}')],
  ])('%s', async (_, path, change) => {
    const text = sources[path]?.(all) ?? ''
    expect(change(text)).not.toBe(text)
    expect(await rulesIn(path, change(text))).toContain('public-read')
  })
})
