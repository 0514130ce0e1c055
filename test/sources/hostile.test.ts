import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readText } from './read.js'

const template = (rest: string) => `Resources:\n  P:\n    Type: AWS::S3::BucketPolicy\n    Properties:\n      PolicyDocument: ${rest}\n`

describe('files that cannot be read are problems', () => {
  test.each<readonly [string, string, string, string]>([
    ['JSON that breaks', 'a.json', '{"Resources": {', 'expected a member name in double quotes, found the end of the text'],
    ['JSON nested deep', 'a.json', `{"a": ${'['.repeat(100_000)}`, 'nested deeper than 64 levels'],
    ['YAML in flow style nested deep', 'a.yaml', '['.repeat(20_000), 'nested deeper than 64 levels'],
    ['YAML in block style nested deep', 'a.yaml', '- '.repeat(5000), 'nested deeper than 64 levels'],
    ['YAML mappings nested deep', 'a.yaml', '{a: '.repeat(20_000), 'nested deeper than 64 levels'],
    ['a function nested deep', 'a.yaml', template(`${'!Join ["", ['.repeat(40)}${']]'.repeat(40)}`), 'nested deeper than 64 levels'],
    ['no YAML', 'a.yaml', 'a: b: c', 'nested mappings are not allowed in compact mappings'],
    ['an alias without an anchor', 'a.yaml', 'a: *b', 'an alias without an anchor'],
    ['an alias of what it is in', 'a.yaml', 'a: &a [*a]', 'nested deeper than 64 levels'],
    ['a list as a name', 'a.yaml', '? [a]\n: b', 'a name that is a list or a mapping'],
  ])('%s', async (_, path, text, message) => {
    const { found, problems } = await readText(path, text)
    expect(found).toEqual([])
    expect(problems.map((problem) => problem.message)).toContain(message)
    for (const { file, location } of problems) {
      expect(file).toBe(path)
      expect(location?.span.start.offset).toBeLessThanOrEqual(text.length)
    }
  })

  test('aliases of aliases', async () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]']
    for (let i = 1; i < 12; i++)
      lines.push(
        `a${i}: &a${i} [${Array(9)
          .fill(`*a${i - 1}`)
          .join(', ')}]`,
      )
    const { problems } = await readText('a.yaml', lines.join('\n'))
    expect(problems.map(({ message }) => message)).toEqual(['aliases stand for more than 10000 values'])
  })

  test('binary', async () => {
    const text = String.fromCharCode(...Array.from({ length: 4096 }, (_, index) => (index * 7919) % 256))
    expect((await readText('a.yaml', text)).found).toEqual([])
    expect((await readText('a.json', text)).problems).toHaveLength(1)
    expect(await readText('a.png', text)).toEqual({ found: [], problems: [] })
  })
})

describe('work is bounded', () => {
  test('buckets named after two others each', async () => {
    const buckets = Array.from({ length: 60 }, (_, index) => {
      const name = `!Sub ['x', {a: !Ref B${index + 1}, b: !Ref B${index + 1}}]`
      return `  B${index}: {Type: "AWS::S3::Bucket", Properties: {BucketName: ${name}}}`
    })
    const { found } = await readText('a.yaml', `${template('{Statement: {Resource: !Ref B0}}')}${buckets.join('\n')}\n`)
    expect(found).toHaveLength(1)
  })

  test('texts that grow', async () => {
    let value = "'xxxxxxxxxx'"
    for (let i = 0; i < 14; i++) value = `!Sub ['${'${a}'.repeat(50)}', {a: ${value}}]`
    const { found } = await readText('a.yaml', template(`{Statement: {Resource: ${value}}}`))
    expect(found).toMatchObject([{ unknowns: [{ reason: 'what `Fn::Sub` gives is too long' }] }])
  })

  test('many names in one mapping', async () => {
    const text = Array.from({ length: 20_000 }, (_, index) => `a${index}: 1`).join('\n')
    expect((await readText('a.yaml', text)).problems).toEqual([])
  }, 20_000)
})

test('nothing of the wrong type throws', async () => {
  const value = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom<unknown>(null, 1, true, '', 'x', '${x}', 'a.b', 'AWS::S3::BucketPolicy', '{"Statement": 1}'),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(
        fc.constantFrom(
          'Ref',
          'Fn::Sub',
          'Fn::Join',
          'Fn::If',
          'Fn::Select',
          'Fn::Split',
          'Fn::FindInMap',
          'Fn::GetAtt',
          'Statement',
          'policy',
          '__proto__',
        ),
        tie('value'),
        { maxKeys: 3 },
      ),
    ),
  })).value
  const resource = fc.record({
    Type: fc.constant('AWS::S3::BucketPolicy'),
    Properties: fc.record({ Bucket: value, PolicyDocument: value }),
  })
  const cloudFormation = fc.record({
    Parameters: fc.oneof(value, fc.dictionary(fc.constantFrom('x', 'a'), fc.record({ Default: value }))),
    Mappings: value,
    Conditions: fc.oneof(value, fc.dictionary(fc.constantFrom('x', ''), value)),
    Resources: fc.record({ P: resource, x: value, a: fc.record({ Type: fc.constant('AWS::S3::Bucket'), Properties: value }) }),
  })
  const resources = fc.array(
    fc.record({ type: fc.constant('aws_s3_bucket_policy'), address: value, values: value, instances: value, change: value }),
  )
  const terraform = fc.record({
    format_version: fc.constant('1'),
    terraform_version: fc.constant('1'),
    planned_values: fc.oneof(value, fc.record({ root_module: fc.record({ resources, child_modules: value }) })),
    resource_changes: fc.oneof(value, resources),
    resources: fc.oneof(value, resources),
  })
  const snapshot = fc.record({ buckets: fc.array(fc.oneof(value, fc.record({ name: value, policy: value }))) })
  await fc.assert(
    fc.asyncProperty(fc.oneof(cloudFormation, terraform, snapshot), fc.constantFrom('a.json', 'a.yaml'), async (given, path) => {
      const { found } = await readText(path, JSON.stringify(given))
      for (const each of found) expect(each.file.path).toBe(path)
    }),
    { numRuns: 500 },
  )
})

test('no text throws', async () => {
  const pieces = fc.constantFrom(
    'Resources:',
    '\n',
    '  ',
    '- ',
    '!Ref ',
    '&a ',
    '*a',
    '{',
    '}',
    '[',
    ']',
    ': ',
    '"',
    "'",
    '|',
    '>',
    '\\',
    '<<',
    'Statement',
    '---\n',
    '%YAML 1.1\n',
    '\t',
    '\0',
    '\ud800',
    '? ',
    '#',
    ',',
  )
  await fc.assert(
    fc.asyncProperty(fc.array(pieces, { maxLength: 40 }), async (parts) => {
      await readText('a.yaml', parts.join(''))
      await readText('a.json', parts.join(''))
    }),
    { numRuns: 1000 },
  )
})
