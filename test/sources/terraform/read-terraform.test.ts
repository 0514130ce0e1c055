import { describe, expect, test } from 'vitest'
import { parsePolicy } from '../../../src/index.js'
import type { FoundPolicy } from '../../../src/sources/found.js'
import type { TerraformOptions } from '../../../src/sources/terraform/evaluator.js'
import { readable } from '../../../src/sources/unknown-text.js'
import { diagnosed, fixture, jsonOf, policyIn, policyOf, read, unknownsOf } from './reading.js'

describe('where a policy stands', () => {
  test('statements of a document', () => {
    const policy = policyIn('document.tf')
    expect(policy).toMatchObject({ address: 'aws_s3_bucket_policy.logs', bucket: 'acme-logs', unknowns: [], isEditable: false })
    expect(diagnosed(policy)).toEqual(['invalid-action "s3:GetObjetVersion"'])
    expect(policy.diagnostics[0]?.span.start).toMatchObject({ line: 13, column: 34 })
    expect(jsonOf(policy)).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'Read',
          Effect: 'Allow',
          Principal: { AWS: ['arn:aws:iam::111122223333:root', 'arn:aws:iam::444455556666:root'] },
          Action: ['s3:GetObject', 's3:GetObjetVersion'],
          Resource: ['arn:aws:s3:::acme-logs/*'],
        },
        {
          Sid: 'TlsOnly',
          Effect: 'Deny',
          NotPrincipal: { Service: ['logging.s3.amazonaws.com'] },
          NotAction: ['s3:ListBucket'],
          NotResource: ['arn:aws:s3:::acme-logs', 'arn:aws:s3:::acme-logs/public/${aws:username}/*'],
          Condition: { Bool: { 'aws:SecureTransport': [false], 'aws:ViaAWSService': ['false'] } },
        },
        { Effect: 'Allow', Principal: '*', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::acme-logs/public/*'] },
      ],
    })
  })

  test('places of a document are those of its expressions', () => {
    const { draft, file } = policyIn('document.tf')
    const textAt = (location: { span: { start: { offset: number }; end: { offset: number } } } | undefined) =>
      location && file.text.slice(location.span.start.offset, location.span.end.offset)
    const [first, second, third] = draft?.Statement ?? []
    expect(textAt(first?.Sid?.location)).toBe('"Read"')
    expect(textAt(first?.location)).toMatch(/^statement \{[\s\S]*\}$/)
    expect(textAt(first?.Principal?.[1]?.location)).toBe('"arn:aws:iam::444455556666:root"')
    expect(textAt(second?.Condition[0]?.key.location)).toBe('"aws:SecureTransport"')
    expect(textAt(second?.Condition[0]?.operator.location)).toBe('"Bool"')
    expect(textAt(second?.Condition[1]?.values[0]?.location)).toBe('"false"')
    expect(textAt(third?.Principal?.[0]?.location)).toBe('"*"')
    expect(textAt(third?.Resource?.[0]?.location)).toBe('format("%s/public/*", aws_s3_bucket.logs.arn)')
  })

  test('jsonencode, the bucket’s name not in the files', () => {
    const policy = policyIn('jsonencode.tf')
    expect(policy).toMatchObject({ bucket: 'aws_s3_bucket.assets', unknowns: [], diagnostics: [], isEditable: false })
    expect(policy.draft?.Statement[0]?.Resource?.map(({ text }) => text)).toEqual([
      'arn:aws:s3:::aws_s3_bucket.assets/*',
      'arn:aws:s3:::aws_s3_bucket.assets/extra/${aws:username}',
    ])
    expect(policy.draft?.Statement[0]?.Action?.[0]?.location.span.start).toMatchObject({ line: 10, column: 22 })
  })

  test('a heredoc that is JSON can be edited in its place', () => {
    const policy = policyIn('heredoc.tf', 'aws_s3_bucket_policy.plain')
    expect(policy.isEditable).toBe(true)
    expect(diagnosed(policy)).toEqual(['invalid-action "s3:GetObjet"'])
    const { start, end } = policy.root ?? { start: 0, end: 0 }
    expect(parsePolicy(policy.file.text.slice(start, end)).policy?.Statement.length).toBe(1)
  })

  test('a heredoc that is indented and has templates', () => {
    const policy = policyIn('heredoc.tf', 'aws_s3_bucket_policy.indented')
    expect(policy).toMatchObject({ isEditable: false, diagnostics: [] })
    expect(policy.draft?.Statement[0]?.Action?.map(({ text }) => text)).toEqual(['s3:GetObject', 's3:ListBucket'])
    expect(policy.draft?.Statement[0]?.Resource?.[0]?.text).toBe('arn:aws:s3:::acme-plain/${aws:username}/*')
    expect(policy.draft?.Statement[0]?.Resource?.[1]?.location.span.start).toMatchObject({ line: 27, column: 68 })
    expect(unknownsOf(policy)).toEqual([
      '$.Statement[0].Principal.AWS[0]: `var.reader` is a variable',
      '$.Statement[0].Condition: `var.condition` is a variable',
    ])
  })

  test('a text with escapes, of DigitalOcean', () => {
    const { bucket, draft, file, unknowns } = policyIn('escapes.tf')
    expect(bucket).toBe('acme-media')
    expect(unknowns).toEqual([])
    const resource = draft?.Statement[0]?.Resource?.[0]
    expect(resource?.text).toBe('arn:aws:s3:::acme-media/a*')
    const { start, end } = resource?.location.span ?? { start: { offset: 0 }, end: { offset: 0 } }
    expect(file.text.slice(start.offset, end.offset)).toBe('\\"arn:aws:s3:::${digitalocean_spaces_bucket.media.name}/\\u0061*\\"')
  })

  test('the attribute of the bucket, as it once was', () => {
    const policy = policyIn('old-inline.tf')
    expect(policy).toMatchObject({
      address: 'aws_s3_bucket.site',
      bucket: 'acme-site',
      draft: { Version: '2008-10-17', Id: { text: 'site' } },
    })
  })

  test('a document in another file is found there, a local of another file where it is used', () => {
    const { policies } = read([fixture('two-files/main.tf'), fixture('two-files/policy.tf')])
    expect(policies.map(({ file }) => file.path)).toEqual(['two-files/policy.tf', 'two-files/main.tf'])
    expect(policies.map(diagnosed)).toEqual([['invalid-action "s3:GetObjet"'], ['invalid-action local.actions']])
  })

  test('files of another folder are another module', () => {
    const { path, text } = fixture('two-files/policy.tf')
    const { policies } = read([fixture('two-files/main.tf'), { path: `else/${path}`, text }])
    expect(policies[0]?.root).toBeUndefined()
  })

  test('locals, and what is made of them', () => {
    const policy = policyIn('locals.tf')
    expect(policy.bucket).toBe('acme-prod')
    expect(policy.draft?.Statement[0]?.Resource?.[0]?.text).toBe('arn:aws:s3:::acme-prod/*')
    expect(unknownsOf(policy)).toEqual(['$.Statement[1]: `[for statement in local.more : statement]` is made by a `for` expression'])
  })
})

describe('what is unknown, and why', () => {
  test('each kind', () => {
    const policy = policyIn('unknowns.tf', 'aws_s3_bucket_policy.this')
    expect(policy.diagnostics).toEqual([])
    expect(unknownsOf(policy).map((text) => text.slice(text.indexOf(': ') + 2))).toEqual([
      '`var.effect` is a variable',
      '`var.principal` is a variable',
      '`var.actions` is a variable',
      '`var.enforce ? { Bool = { "aws:SecureTransport" = "true" } } : {}` is chosen by a condition',
      '`[for action in var.actions : action]` is made by a `for` expression',
      '`module.other.arn` is an output of a module',
      '`each.value` differs from instance to instance',
      '`aws_s3_bucket.this[count.index].arn` is chosen by what is computed',
      '`merge(var.tags, {})` is made by `merge`',
      '`var.key` is a variable',
      '`var.statement` is a variable',
      'the files do not tell the names of the buckets',
      'the files do not tell the names of the buckets',
    ])
  })

  test('a statement keeps an unknown principal and an unknown condition', () => {
    const [statement] = policyIn('unknowns.tf', 'aws_s3_bucket_policy.this').draft?.Statement ?? []
    expect(statement?.Principal?.length).toBe(1)
    expect(statement?.Condition.length).toBe(1)
  })

  test('all of a policy', () => {
    const policy = policyIn('unknowns.tf', 'aws_s3_bucket_policy.module')
    expect(policy).toMatchObject({ diagnostics: [], isEditable: false })
    expect([policy.root, policy.draft, policy.bucket]).toEqual([undefined, undefined, 'bucket_module.bucket.id'])
    expect(unknownsOf(policy)).toEqual(['$: `module.bucket.policy` is an output of a module'])
  })

  describe('the account and the region of the deployment', () => {
    const identity = 'data "aws_caller_identity" "me" {}\ndata "aws_region" "here" {}\n'
    const withRegion = `jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "cloudtrail.amazonaws.com" }, Action = "s3:GetBucketAcl",
        Resource = "arn:aws:s3:::acme", Condition = { StringEquals = { "aws:SourceArn" = "arn:aws:cloudtrail:\${data.aws_region.here.name}:\${data.aws_caller_identity.me.account_id}:trail/t" } } }] })`
    const sourceArn = (policy: FoundPolicy) => policy.draft?.Statement[0]?.Condition[0]?.values[0]?.text

    test('are made up: the policy is wholly known, and the account owns the bucket', () => {
      const policy = policyOf(withRegion, identity)
      expect(policy.unknowns).toEqual([])
      expect(policy.owner).toBe('000000000000')
      expect(sourceArn(policy)).toBe('arn:aws:cloudtrail:xx-template-1:000000000000:trail/t')
    })

    test('can be given', () => {
      const policy = policyOf(withRegion, identity, { account: '111122223333', region: 'eu-west-1' })
      expect([policy.owner, sourceArn(policy)]).toEqual(['111122223333', 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/t'])
    })

    test.each([
      ['of another provider', identity.replaceAll('{}', '{\n provider = aws.other\n}')],
      ['not in the files', ''],
    ])('are unknown if %s', (_, others) => {
      const policy = policyOf(withRegion, others)
      expect(policy.owner).toBeUndefined()
      expect(unknownsOf(policy).join()).toContain('`data.aws_region.here.name` is read at deployment')
    })

    test('an account of another provider is not the one that is given either', () => {
      const policy = policyOf(withRegion, identity.replaceAll('{}', '{\n provider = aws.other\n}'), { account: '111122223333' })
      expect(unknownsOf(policy)).not.toEqual([])
    })

    test('a policy that does not speak of the account may be of any', () => {
      const policy = policyOf('jsonencode({ Statement = [] })', identity)
      expect(policy.owner).toBeUndefined()
    })

    test('a bucket of another provider may be of any account', () => {
      const text = `resource "aws_s3_bucket_policy" "p" {\n provider = aws.other\n bucket = "acme"\n policy = ${withRegion}\n}\n${identity}`
      expect(read([{ path: 'main.tf', text }]).policies[0]?.owner).toBeUndefined()
    })

    test.each(['us-east-1', 'eu-*', 'us-gov-west-1'])('the region is unknown beside %s: it may be that', (region) => {
      const both = withRegion.replace('"aws:SourceArn"', `"aws:PrincipalArn" = "arn:aws:x:${region}:1:y", "aws:SourceArn"`)
      expect(unknownsOf(policyOf(both, identity)).join()).toContain('data.aws_region.here.name')
    })

    test.each(['acme-eu', 'us', 'my-app-1'])('%s is no region', (name) => {
      const both = withRegion.replace('"aws:SourceArn"', `"aws:PrincipalArn" = "arn:aws:x::1:${name}", "aws:SourceArn"`)
      expect(policyOf(both, identity).unknowns).toEqual([])
    })
  })

  test('what CloudFront calls its own at deployment is made up', () => {
    const policy = policyOf(`jsonencode({ Statement = [
      { Effect = "Allow", Principal = { Service = "cloudfront.amazonaws.com" }, Action = "s3:GetObject", Resource = "arn:aws:s3:::acme/*",
        Condition = { StringEquals = { "AWS:SourceArn" = aws_cloudfront_distribution.site.arn } } },
      { Effect = "Allow", Principal = { AWS = aws_cloudfront_origin_access_identity.old[0].iam_arn }, Action = "s3:GetObject", Resource = "arn:aws:s3:::acme/*" },
    ] })`)
    expect([policy.unknowns, policy.diagnostics]).toEqual([[], []])
    expect(policy.draft?.Statement[0]?.Condition[0]?.values[0]?.text).toBe(
      'arn:aws:cloudfront::000000000000:distribution/aws_cloudfront_distribution-site',
    )
    expect(policy.draft?.Statement[1]?.Principal?.[0]?.text).toBe(
      'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity aws_cloudfront_origin_access_identity-old-0',
    )
  })

  describe('what IAM and others call theirs at deployment is made up', () => {
    const textFor = (attribute: string, others = '', options?: TerraformOptions) => {
      const policy = policyOf(
        `jsonencode({ Statement = [{ Effect = "Deny", Principal = "*", Action = "s3:*", Resource = "arn:aws:s3:::acme/*",
          Condition = { StringNotLike = { "aws:PrincipalArn" = ${attribute} } } }] })`,
        others,
        options,
      )
      return readable(policy.draft?.Statement[0]?.Condition[0]?.values[0]?.text ?? '')
    }

    test.each([
      ['aws_iam_role.app.arn', '', 'arn:aws:iam::000000000000:role/aws_iam_role-app'],
      ['aws_iam_role.app[0].arn', '', 'arn:aws:iam::000000000000:role/aws_iam_role-app-0'],
      ['aws_iam_role.app["*"].arn', '', 'arn:aws:iam::000000000000:role/aws_iam_role-app--'],
      [
        'aws_iam_role.app.arn',
        'resource "aws_iam_role" "app" {\n name = "reader"\n path = "/team/"\n}',
        'arn:aws:iam::000000000000:role/team/reader',
      ],
      ['aws_iam_role.app.arn', 'resource "aws_iam_role" "app" {\n name = var.name\n}', 'arn:aws:iam::000000000000:role/aws_iam_role-app'],
      ['data.aws_iam_role.app.arn', 'data "aws_iam_role" "app" {\n name = "reader"\n}', 'arn:aws:iam::000000000000:role/reader'],
      ['"${aws_iam_role.app.unique_id}:*"', '', 'AROAAWSIAMROLEAPP0000:*'],
      ['aws_iam_user.bob.arn', '', 'arn:aws:iam::000000000000:user/aws_iam_user-bob'],
      ['aws_kms_key.main.arn', '', 'arn:aws:kms:xx-template-1:000000000000:key/aws_kms_key-main'],
      ['aws_vpc_endpoint.s3.id', '', 'vpce-aws_vpc_endpoint-s3'],
      ['data.aws_elb_service_account.main.arn', '', 'arn:aws:iam::127311923021:root'],
    ])('%s', (attribute, others, expected) => {
      expect(textFor(attribute, others)).toBe(expected)
    })

    test('in the account that is given', () => {
      expect(textFor('aws_iam_role.app.arn', '', { account: '111122223333' })).toBe('arn:aws:iam::111122223333:role/aws_iam_role-app')
    })

    test.each([
      ['aws_iam_role.app.arn', 'resource "aws_iam_role" "app" {\n provider = aws.other\n}'],
      ['aws_iam_role.app.tags', ''],
      ['aws_iam_role.app.constructor', ''],
      ['aws_glue_job.x.arn', ''],
      ['["arn:aws:kms:us-east-1:1:key/x", aws_kms_key.main.arn]', ''],
    ])('%s is unknown', (attribute, others) => {
      const policy = policyOf(
        `jsonencode({ Statement = [{ Condition = { StringLike = { "aws:PrincipalArn" = ${attribute} } } }] })`,
        others,
      )
      expect(policy.unknowns).toHaveLength(1)
    })
  })

  describe('a bucket that is named at deployment', () => {
    const inBucket = (bucket: string, resource: string) => {
      const policy = `jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = ${resource} }] })`
      const text = `resource "aws_s3_bucket_policy" "p" {\n  bucket = ${bucket}\n  policy = ${policy}\n}\n`
      const [found] = read([{ path: 'main.tf', text }]).policies
      return { bucket: found?.bucket, resource: found?.draft?.Statement[0]?.Resource?.[0]?.text, unknowns: found?.unknowns.length }
    }

    test.each([
      ['var.name', '"arn:aws:s3:::${var.name}/*"', 'bucket_var.name', 'arn:aws:s3:::bucket_var.name/*', 0],
      ['"${var.env}-logs"', '"arn:aws:s3:::${var.env}-logs/*"', 'bucket_var.env-logs', 'arn:aws:s3:::bucket_var.env-logs/*', 0],
      ['each.key', '"arn:aws:s3:::${each.key}"', 'bucket_each.key', 'arn:aws:s3:::bucket_each.key', 0],
      ['var.names["a"]', '"arn:aws:s3:::${var.names["a"]}/*"', 'bucket_var.names__a__', 'arn:aws:s3:::bucket_var.names__a__/*', 0],
      ['var.name', '"arn:aws:s3:::acme/*"', 'bucket_var.name', 'arn:aws:s3:::acme/*', 1],
      ['var.name', '"arn:aws:s3:::${var.other}/*"', 'bucket_var.name', undefined, 1],
      ['"acme"', '"arn:aws:s3:::${var.name}/*"', 'acme', undefined, 1],
    ])('%s with %s', (named, spelled, bucket, resource, unknowns) => {
      const found = inBucket(named, spelled)
      expect({ bucket: found.bucket, unknowns: found.unknowns }).toEqual({ bucket, unknowns })
      if (resource !== undefined) expect(found.resource).toBe(resource)
    })
  })

  test('documents that are merged, dynamic blocks', () => {
    const policy = policyIn('merged.tf')
    expect(policy.draft?.Statement.map(({ Sid, Effect }) => [Sid?.text, Effect])).toEqual([
      ['One', 'Allow'],
      ['Two', 'Deny'],
      ['Three', 'Allow'],
    ])
    expect(policy.diagnostics).toEqual([])
    expect(unknownsOf(policy).map((text) => text.slice(text.indexOf(': ') + 2))).toEqual([
      'a `dynamic` block makes the statements',
      'a `dynamic` block makes `principals`',
      'a `dynamic` block makes `condition`',
      '`var.more` is a variable',
    ])
  })

  test('a default of a variable is not its value, a value that is given is', () => {
    const statement =
      '{ Effect = "Allow", Principal = "*", Action = var.actions, Resource = "arn:aws:s3:::acme/${data.aws_caller_identity.me.account_id}" }'
    const expression = `jsonencode({ Version = "2012-10-17", Statement = ${statement} })`
    const others = 'variable "actions" {\n  default = ["s3:GetObject"]\n}'
    expect(unknownsOf(policyOf(expression, others)).length).toBe(2)
    const options = { variables: { actions: ['s3:PutObject'] }, account: '111122223333' }
    expect(jsonOf(policyOf(expression, others, options))).toMatchObject({
      Statement: { Action: ['s3:PutObject'], Resource: 'arn:aws:s3:::acme/111122223333' },
    })
  })

  test('a problem that an unknown part may solve is none', () => {
    const statement = 'Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "arn:aws:s3:::acme${var.rest}"'
    expect(policyOf(`jsonencode({ Version = "2012-10-17", Statement = [{ ${statement} }] })`).diagnostics).toEqual([])
    expect(policyOf('<<EOF\n{ %{ if var.x } "Version": "2012-10-17", %{ endif }\n  "Statement": [] }\nEOF')).toMatchObject({
      diagnostics: [],
    })
  })

  test('names with quotes and tabs, in JSON texts', () => {
    const part = '${lookup(var.x,\t"a\\"b")}'
    const statement = `"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme/${part}"`
    const policy = policyOf(`<<EOF\n{ "Version": "2012-10-17", "Statement": [{ ${statement} }] }\nEOF`)
    expect(policy.diagnostics).toEqual([])
    expect(policy.draft?.Statement.length).toBe(1)
    expect(policy.unknowns.map(({ reason }) => reason)).toEqual(['`lookup(var.x,\t"a\\"b")` is made by `lookup`'])
  })

  test('documents that a function lists', () => {
    const others = 'data "aws_iam_policy_document" "d" {\n  source_policy_documents = compact([var.a])\n}'
    const policy = policyOf('data.aws_iam_policy_document.d.json', others)
    expect(policy.diagnostics).toEqual([])
    expect(unknownsOf(policy)).toEqual(['$.Statement[0]: `compact([var.a])` is no policy that can be read'])
  })

  test.each([
    ['join("/", ["a", 1, true])', 'a/1/true'],
    ['format("%s-%d%%", "a", 2)', 'a-2%'],
    ['formatlist("%s/%s", ["a", "b"], "c")', ['a/c', 'b/c']],
    ['flatten([["a"], [["b"]]])', ['a', 'b']],
    ['concat(["a"], tolist(["b"]))', ['a', 'b']],
    ['merge({ a = "b" }, { a = "c" })', { a: 'c' }],
    ['compact(["", "a"])', ['a']],
    ['upper("a${lower("B")}")', 'AB'],
    ['("a")', 'a'],
    ['-1.5', -1.5],
    ['local.o["k"][0].x', 'y'],
    ['file("a.json")', "${file('a.json')}"],
    ['join(",", var.list)', "${join(',', var.list)}"],
    ['local.missing', '${local.missing}'],
  ])('%s', (expression, value) => {
    const policy = policyOf(`jsonencode({ Id = ${expression} })`, 'locals {\n  o = { k = [{ x = "y" }] }\n}')
    expect(jsonOf(policy)).toEqual({ Id: value })
  })

  test('two buckets of the same files are two', () => {
    const statement = '{ Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "${aws_s3_bucket.b.arn}/*" }'
    const text = `resource "aws_s3_bucket_policy" "p" {\n  bucket = aws_s3_bucket.a.id\n  policy = jsonencode({ Version = "2012-10-17", Statement = [${statement}] })\n}`
    const [policy] = read([{ path: 'main.tf', text }]).policies
    expect(policy?.unknowns).toEqual([])
    expect(policy?.diagnostics.map(({ code }) => code)).toEqual(['invalid-resource'])
  })
})

describe('principals of a document', () => {
  const principalOf = (blocks: string) => {
    const statement = `statement {\n actions = ["s3:GetObject"]\n resources = ["arn:aws:s3:::acme/*"]\n ${blocks}\n}`
    const policy = policyOf('data.aws_iam_policy_document.d.json', `data "aws_iam_policy_document" "d" {\n${statement}\n}`)
    return (jsonOf(policy) as { Statement: { Principal: unknown }[] }).Statement[0]?.Principal
  }

  test.each([
    ['type = "*"\n identifiers = ["*"]', '*'],
    ['type = "AWS"\n identifiers = ["*"]', { AWS: ['*'] }],
    ['type = "AWS"\n identifiers = ["1"]\n}\nprincipals {\n type = "AWS"\n identifiers = ["2"]', { AWS: ['1', '2'] }],
    ['type = "AWS"\n identifiers = ["1"]\n}\nprincipals {\n type = "Service"\n identifiers = ["a"]', { AWS: ['1'], Service: ['a'] }],
    ['type = var.type\n identifiers = ["1"]', { AWS: ['1'] }],
  ])('%s', (block, principal) => {
    expect(principalOf(`principals {\n ${block}\n}`)).toEqual(principal)
  })
})
