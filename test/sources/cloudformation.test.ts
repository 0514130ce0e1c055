import { describe, expect, test } from 'vitest'
import type { FoundPolicy } from '../../src/sources/found.js'
import type { ReadOptions } from '../../src/sources/read-options.js'
import { readable } from '../../src/sources/unknown-text.js'
import { diagnosed, policiesOf, readFixture, readText, textAt, unknownIn } from './read.js'

/** What stands for `value` as the Resource of a statement in each way, unknown parts as `${name}`, with what else the template has. */
async function resolvedWays(value: string, sections = '', options?: ReadOptions): Promise<readonly (readonly string[])[]> {
  const text = `${sections}
Resources:
  Logs: {Type: "AWS::S3::Bucket", Properties: {BucketName: acme-logs}}
  Data: {Type: "AWS::S3::Bucket"}
  Named: {Type: "AWS::S3::Bucket", Properties: {BucketName: !Ref Circle}}
  Circle: {Type: "AWS::S3::Bucket", Properties: {BucketName: !Ref Named}}
  Reader: {Type: "AWS::IAM::Role"}
  Topic: {Type: "AWS::SNS::Topic"}
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: b
      PolicyDocument:
        Statement:
          Effect: Allow
          Principal: '*'
          Action: s3:GetObject
          Resource: ${value}
`
  const { found, problems } = await readText('t.yaml', text, options)
  expect(problems).toEqual([])
  return (found as readonly FoundPolicy[]).map(({ draft }) => (draft?.Statement[0]?.Resource ?? []).map((each) => readable(each.text)))
}

async function resolved(value: string, sections?: string, options?: ReadOptions): Promise<readonly string[]> {
  const [first = []] = await resolvedWays(value, sections, options)
  return first
}

describe('functions', () => {
  const sections = `
Parameters:
  Given: {Type: String, Default: given}
  Asked: {Type: String}
  Empty: {Type: String, Default: ''}
  Many: {Type: CommaDelimitedList, Default: "a, b"}
  Number: {Type: Number, Default: 7}
  Stored: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /path}
Mappings:
  Map: {top: {text: mapped, list: [x, y], object: {}}}
`
  test.each<readonly [string, readonly string[]]>([
    ['!Ref Given', ['given']],
    ['{Ref: Given}', ['given']],
    ['!Ref Number', ['7']],
    ['!Ref Asked', ['${Asked}']],
    ['!Ref Empty', ['${Empty}']],
    ['!Ref Stored', ['${Stored}']],
    ['!Ref Many', ['a', 'b']],
    ['!Ref Logs', ['acme-logs']],
    ['!Ref Data', ['data']],
    ['!Ref Named', ['named']],
    ['!Ref Topic', ['${Topic}']],
    ['!Ref Nothing', ['${Nothing}']],
    ['!Ref AWS::AccountId', ['000000000000']],
    ['!Ref AWS::Partition', ['aws']],
    ['!Ref AWS::URLSuffix', ['amazonaws.com']],
    ['!Ref AWS::Region', ['xx-template-1']],
    ['[!Ref AWS::Region, us-east-1]', ['${AWS::Region}', 'us-east-1']],
    ["[!Sub 'arn:aws:kms:${AWS::Region}:x', 'arn:aws:kms:eu-*:x']", ['arn:aws:kms:${AWS::Region}:x', 'arn:aws:kms:eu-*:x']],
    ['!FindInMap [Map, !Ref AWS::Region, text]', ['${{"Fn::FindInMap":["Map",{"Ref":"AWS::Region"},"text"]}}']],
    ['!Ref AWS::StackName', ['${AWS::StackName}']],
    ['[a, !Ref AWS::NoValue, b]', ['a', 'b']],
    ['!GetAtt Logs.Arn', ['arn:aws:s3:::acme-logs']],
    ['!GetAtt [Data, Arn]', ['arn:aws:s3:::data']],
    ['!GetAtt Reader.Arn', ['arn:aws:iam::000000000000:role/Reader']],
    ['!GetAtt Topic.TopicName', ['${Topic.TopicName}']],
    ['!GetAtt Data.constructor', ['${Data.constructor}']],
    ["!Sub 'arn:${AWS::Partition}:s3:::${Data}/*'", ['arn:aws:s3:::data/*']],
    ["!Sub '${Logs.Arn}/${ Given }/${!aws:username}'", ['arn:aws:s3:::acme-logs/given/${aws:username}']],
    ["!Sub ['${A}/${B}', {A: !Ref Given, B: !Ref Asked}]", ['given/${Asked}']],
    ["!Sub '${Many}'", ['${Many}']],
    ["!Sub 'open ${Given'", ['open ${Given']],
    ["!Join ['', [!GetAtt Data.Arn, '/*']]", ['arn:aws:s3:::data/*']],
    ["!Join ['-', !Ref Many]", ['a-b']],
    ["!Join ['-', [a, !Ref Asked]]", ['a-${Asked}']],
    ['!Select [1, !Ref Many]', ['b']],
    ["!Select ['0', [x, y]]", ['x']],
    ["!Split ['.', a.b]", ['a', 'b']],
    ["!Select [1, !Split [':', !GetAtt Data.Arn]]", ['aws']],
    ['!FindInMap [Map, top, text]', ['mapped']],
    ['!FindInMap [Map, top, list]', ['x', 'y']],
    ['!ImportValue other', ['${{"Fn::ImportValue":"other"}}']],
    ['!Select [5, [x]]', ['${{"Fn::Select":[5,["x"]]}}']],
    ["!Split [',', !Ref Asked]", ['${{"Fn::Split":[",",{"Ref":"Asked"}]}}']],
    ['!FindInMap [Map, !Ref Asked, text]', ['${{"Fn::FindInMap":["Map",{"Ref":"Asked"},"text"]}}']],
    ['!FindInMap [Map, top, object]', ['${{"Fn::FindInMap":["Map","top","object"]}}']],
    ['!Base64 text', ['${{"Fn::Base64":"text"}}']],
    ['!Ref [a]', ['${{"Ref":["a"]}}']],
    ['!Sub {a: b}', ['${{"Fn::Sub":{"a":"b"}}}']],
    ['!Join x', ['${{"Fn::Join":"x"}}']],
    ['!If [x]', ['${{"Fn::If":["x"]}}']],
  ])('%s', async (value, expected) => {
    expect(await resolved(value, sections)).toEqual(expected)
  })

  test('the account and the region can be given', async () => {
    const options = { owner: '111122223333', region: 'eu-west-1' }
    expect(await resolved("!Sub '${AWS::AccountId}/${AWS::Region}'", '', options)).toEqual(['111122223333/eu-west-1'])
  })

  test('in a way in which a condition says what the region is, it is that', async () => {
    const conditions = 'Conditions: {IsHome: !Equals [!Ref AWS::Region, eu-west-1]}'
    const ways = await resolvedWays("!If [IsHome, !Sub 'home/${AWS::Region}', !Sub 'other/${AWS::Region}']", conditions)
    expect(ways).toEqual([['other/xx-template-1'], ['home/eu-west-1']])
  })
})

describe('conditions', () => {
  test('a policy is found once for each way in which its conditions can hold', async () => {
    const policies = policiesOf(await readFixture('conditions.yaml'))
    expect(policies.map(({ address }) => address)).toEqual([
      'Resources.DataPolicy if not IsProduction and not IsTest',
      'Resources.DataPolicy if IsProduction and not IsTest',
      'Resources.DataPolicy if not IsProduction and IsTest',
    ])
    expect(policies.map(({ draft }) => draft?.Statement.length)).toEqual([1, 1, 2])
    expect(policies.map(({ draft }) => draft?.Statement[0]?.Principal?.[0]?.text)).toEqual(['444455556666', '111122223333', '444455556666'])
    expect(policies.flatMap((policy) => unknownIn(policy))).toEqual([])
  })

  const withConditions = (conditions: string, resource: string, own = '') => `
Parameters:
  Stage: {Type: String, Default: dev}
  Extra: {Type: String, Default: ''}
Conditions: ${conditions}
Resources:
  Policy:
    Type: AWS::S3::BucketPolicy
    ${own}
    Properties:
      Bucket: b
      PolicyDocument:
        Statement: {Effect: Allow, Principal: '*', Action: s3:GetObject, Resource: ${resource}}
`
  const resourcesOf = async (text: string) =>
    policiesOf(await readText('t.yaml', text)).map(({ draft }) => draft?.Statement[0]?.Resource?.map((each) => readable(each.text)))

  test('a parameter is what the condition says it is', async () => {
    const text = withConditions('{IsProd: !Equals [!Ref Stage, prod]}', "!If [IsProd, !Sub 'p/${Stage}', !Sub 'd/${Stage}']")
    expect(await resourcesOf(text)).toEqual([['d/dev'], ['p/prod']])
  })

  test('a parameter that is not its default is unknown', async () => {
    const text = withConditions("{HasExtra: !Not [!Equals [!Ref Extra, '']]}", '[a, !If [HasExtra, !Ref Extra, !Ref AWS::NoValue]]')
    expect(await resourcesOf(text)).toEqual([['a', '${Extra}'], ['a']])
  })

  test("only the ways are found in which the policy's own condition holds", async () => {
    const text = withConditions(
      '{IsProd: !Equals [!Ref Stage, prod], Not: !Not [!Condition IsProd]}',
      '!If [IsProd, prod, other]',
      'Condition: Not',
    )
    expect(await resourcesOf(text)).toEqual([['other']])
  })

  test('equal branches are one policy', async () => {
    expect(await resourcesOf(withConditions('{C: !Equals [!Ref Stage, prod]}', '!If [C, a, a]'))).toEqual([['a']])
  })

  test('comparisons of texts are decided', async () => {
    expect(await resourcesOf(withConditions('{C: !Equals [a, a]}', '!If [C, yes, no]'))).toEqual([['yes']])
  })

  test('with too many comparisons, what depends on them is unknown', async () => {
    const names = ['A', 'B', 'C', 'D', 'E']
    const conditions = `{${names.map((name) => `${name}: !Equals [!Ref P${name}, x]`).join(', ')}}`
    const [policy, ...others] = policiesOf(
      await readText('t.yaml', withConditions(conditions, `[${names.map((name) => `!If [${name}, a, b]`).join(', ')}]`)),
    )
    expect(others).toEqual([])
    expect(policy?.unknowns.map(({ reason }) => reason)[0]).toBe('the condition `A` is decided at deployment')
  })

  test('conditions made of themselves end', async () => {
    const text = withConditions('{A: !Not [!Condition B], B: !And [!Condition A, !Condition Missing]}', '!If [A, a, b]')
    expect((await resourcesOf(text)).length).toBeGreaterThan(0)
  })
})

describe('unknown elements', () => {
  test('have reasons and raise no diagnostics', async () => {
    const [policy] = policiesOf(await readFixture('unknown-elements.yaml'))
    if (policy === undefined) throw new Error('no policy')
    expect(policy.diagnostics).toEqual([])
    expect(unknownIn(policy).filter((each) => !each.includes('\n'))).toEqual([
      '!Ref Version: `Version` is a parameter without a default',
      '!Ref Who: `Who` is a parameter without a default',
      '!Ref When: `When` is a parameter without a default',
      "!Split [',', !Ref Who]: `Who` is a parameter without a default",
      '!Transform { Name: Keys }: `Fn::Transform` is worked out at deployment',
    ])
    expect(policy).not.toHaveProperty('bucket')
    expect(policy.draft?.Statement.map(({ Sid }) => Sid?.text)).toEqual(['WhoIsUnknown', 'WhenIsUnknown', 'KeysAreUnknown'])
    expect(policy.draft?.Statement[1]?.Condition).toHaveLength(1)
    expect(policy.draft?.Statement[0]?.Principal?.map(({ type, text }) => [type, readable(text)])).toEqual([['AWS', '${Who}']])
  })

  test('a policy that is unknown as a whole', async () => {
    const text = '{"Resources": {"P": {"Type": "AWS::S3::BucketPolicy", "Properties": {"PolicyDocument": {"Fn::ImportValue": "p"}}}}}'
    const [policy] = policiesOf(await readText('t.json', text))
    expect(policy).toMatchObject({ diagnostics: [], unknowns: [{ reason: 'another stack exports the value' }] })
    expect(policy).not.toHaveProperty('draft')
  })

  test('an action is not said to lack a resource that is unknown', async () => {
    const statement = (Resource: unknown) => ({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource })
    const template = (Resource: unknown) =>
      JSON.stringify({
        Resources: { P: { Type: 'AWS::S3::BucketPolicy', Properties: { PolicyDocument: { Statement: [statement(Resource)] } } } },
      })
    const known = policiesOf(await readText('t.json', template(['arn:aws:s3:::b'])))
    const partly = policiesOf(await readText('t.json', template(['arn:aws:s3:::b', { Ref: 'Other' }])))
    expect(known[0]?.diagnostics.map(({ code }) => code)).toEqual(['action-resource-mismatch'])
    expect(partly[0]?.diagnostics).toEqual([])
  })
})

describe('templates', () => {
  test.each(['website.yaml', 'sam.yaml', 'aliases.yaml'])('%s has nothing wrong and nothing unknown', async (name) => {
    const { found, problems } = await readFixture(name)
    expect(problems).toEqual([])
    expect(found).toMatchObject([{ kind: 'policy', diagnostics: [], unknowns: [], owner: '000000000000', isEditable: false }])
  })

  test('a bucket has one name wherever the template speaks of it', async () => {
    const [policy] = policiesOf(await readFixture('sam.yaml'))
    expect(policy?.bucket).toBe('uploads')
    expect(policy?.draft?.Statement[0]?.Resource?.[0]?.text).toBe('arn:aws:s3:::uploads/*')
  })

  test('positions are those of the file', async () => {
    const [policy] = policiesOf(await readFixture('website.yaml'))
    if (policy?.draft === undefined) throw new Error('no draft')
    const [read, insecure] = policy.draft.Statement
    const texts = [read?.Sid, read?.Action?.[0], read?.Resource?.[0], read?.Condition[0]?.key, ...(insecure?.Resource ?? [])]
    expect(texts.map((text) => text && textAt(policy, text.location))).toEqual([
      'ReadThroughCloudFront',
      's3:GetObject',
      "!Sub '${Site.Arn}/*'",
      'AWS:SourceArn',
      '!GetAtt Site.Arn',
      "Fn::Join: ['', [!GetAtt Site.Arn, '/*']]",
    ])
    expect(read?.Sid?.location.path).toEqual(['Resources', 'SitePolicy', 'Properties', 'PolicyDocument', 'Statement', 0, 'Sid'])
    expect(read?.Sid?.location.span.start).toMatchObject({ line: 16, column: 18 })
  })

  test('what an alias stands for stands at the alias', async () => {
    const [policy] = policiesOf(await readFixture('aliases.yaml'))
    if (policy?.draft === undefined) throw new Error('no draft')
    const [, merged, last] = policy.draft.Statement
    expect(merged?.Action?.map(({ text, location }) => [text, textAt(policy, location)])).toEqual([['s3:GetObject', '*read']])
    expect(last?.Principal?.map(({ text, location }) => [text, textAt(policy, location)])).toEqual([['111122223333', '*readers']])
  })

  test('JSON can be edited unless functions are in it', async () => {
    const statement = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::b/*' }
    const template = (given: object) =>
      JSON.stringify({
        Resources: { P: { Type: 'AWS::S3::BucketPolicy', Properties: { PolicyDocument: { Statement: { ...statement, ...given } } } } },
      })
    const [plain] = policiesOf(await readText('t.json', template({})))
    const [withFunction] = policiesOf(await readText('t.json', template({ Resource: { Ref: 'X' } })))
    expect([plain?.isEditable, withFunction?.isEditable]).toEqual([true, false])
  })

  test.each(['Block', 'Quoted', 'Single', 'Folded'])('JSON as text: %s', async (name) => {
    const policy = policiesOf(await readFixture('inline-json.yaml')).find(({ address }) => address === `Resources.${name}`)
    if (policy === undefined) throw new Error('no policy')
    const action = name === 'Quoted' ? '\\"s3:GetObjekt\\"' : '"s3:GetObjekt"'
    expect(diagnosed(policy)).toEqual([`invalid-action: ${action}`])
    expect(policy.isEditable).toBe(false)
  })

  test('JSON as the text that a function gives stands where the function does', async () => {
    const policy = policiesOf(await readFixture('inline-json.yaml')).find(({ address }) => address === 'Resources.Substituted')
    if (policy === undefined) throw new Error('no policy')
    expect(diagnosed(policy)).toEqual([expect.stringContaining("invalid-action: !Sub '{")])
  })

  test('names that stand twice are problems, or diagnostics inside a policy', async () => {
    const { found, problems } = await readFixture('repeated-names.yaml')
    const [policy] = policiesOf({ found, problems })
    if (policy === undefined) throw new Error('no policy')
    expect(problems.map(({ message, location }) => [message, location?.span.start.line])).toEqual([
      ['`Bucket` appears twice in the same object', 6],
    ])
    expect(diagnosed(policy)).toEqual(['duplicate-member: Effect'])
  })

  test('lists and maps of defaults', async () => {
    const [policy] = policiesOf(await readFixture('logs.json'))
    if (policy === undefined) throw new Error('no policy')
    expect(policy.bucket).toBe('acme-logs')
    expect(policy.draft?.Statement.map(({ Principal }) => Principal?.map(({ text }) => text))).toEqual([
      ['arn:aws:iam::127311923021:root'],
      ['111122223333', '444455556666'],
    ])
    expect(policy.diagnostics).toEqual([])
    expect(policy.unknowns.map(({ reason }) => reason)).toEqual(['`Prefix` is a parameter without a default'])
  })
})
