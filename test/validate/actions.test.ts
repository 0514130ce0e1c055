import { describe, expect, test } from 'vitest'
import { actions } from '../../src/catalog/actions.js'
import { codesOf, policyWith, problemsOf } from './policy-text.js'

const onBucket = 'arn:aws:s3:::b'
const onObjects = 'arn:aws:s3:::b/*'

function codesWith(changes: { readonly [element: string]: string | readonly string[] | undefined }): readonly string[] {
  return codesOf(
    policyWith(
      Object.fromEntries(Object.entries(changes).map(([name, value]) => [name, value === undefined ? value : JSON.stringify(value)])),
    ),
  )
}

const invalid = ['invalid-action']

describe('the name of an action', () => {
  test.each<[action: string, codes: readonly string[]]>([
    ['s3:GetObject', []],
    ['S3:getobject', []],
    ['s3:Get*', []],
    ['s3:GetObjec?', []],
    ['s3:*', []],
    ['*', []],
    ['s3:CreateBucket', invalid],
    ['s3:createbucket', invalid],
    ['s3:CreateBucke?', invalid],
    ['s3:ListAllMyBuckets', invalid],
    ['s3:GetAccessPoint', invalid],
    ['s3:CreateJob', invalid],
    ['s3:*Job*', invalid],
    ['s3:*StorageLens*', invalid],
    ['s3:HeadObject', invalid],
    ['s3:ListObjects', invalid],
    ['GetObject', invalid],
    ['s3', invalid],
    ['s3:', invalid],
    ['s3:????', invalid],
    ['s3:GetObject ', invalid],
    ['ſ3:GetObject', invalid],
    ['ec2:*', invalid],
    ['s3-object-lambda:GetObject', invalid],
    ['', invalid],
    // The service is no pattern: an action other than `s3:…` is none of S3's.
    ['*GetObject', invalid],
    ['s?:GetObject', invalid],
  ])('%j: %j', (action, codes) => {
    expect(codesWith({ Action: action })).toEqual(codes)
    expect(codesWith({ Effect: 'Deny', Action: undefined, NotAction: action })).toEqual(codes)
  })

  test('no action at all', () => {
    expect(codesWith({ Action: [] })).toEqual(invalid)
    expect(codesWith({ Effect: 'Deny', Action: undefined, NotAction: [] })).toEqual(invalid)
  })

  test('those that a bucket policy can be about are the actions on buckets and objects but s3:CreateBucket', () => {
    const refused = actions.filter(({ name }) => codesWith({ Action: name, Resource: [onBucket, onObjects] }).length > 0)
    expect(refused.map(({ name }) => name)).toEqual(
      actions.flatMap(({ name, kind }) => (kind === 'none' || kind === 'other' || name === 's3:CreateBucket' ? [name] : [])),
    )
    expect(actions.length - refused.length).toBe(105)
  })
})

const mismatch = ['action-resource-mismatch']

describe('an action and the resources of its statement', () => {
  test.each<[action: string | readonly string[], resource: string | readonly string[], codes: readonly string[]]>([
    ['s3:GetObject', onObjects, []],
    ['s3:GetObject', onBucket, mismatch],
    ['s3:ListBucket', onBucket, []],
    ['s3:ListBucket', onObjects, mismatch],
    ['s3:ListBucket', [onObjects, onBucket], []],
    [['s3:GetObject', 's3:ListBucket'], [onObjects, onBucket], []],
    // Each element of Action for itself.
    [['s3:GetObject', 's3:ListBucket'], onObjects, mismatch],
    [['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], onBucket, [...mismatch, ...mismatch, ...mismatch]],
    // A pattern fits if one action it covers does.
    ['s3:*', onBucket, []],
    ['s3:*', onObjects, []],
    ['*', onBucket, []],
    ['s3:Get*', onBucket, []],
    ['s3:GetObject*', onBucket, mismatch],
    ['s3:GetBucket*', onObjects, mismatch],
    ['s3:List*', onObjects, []],
    ['s3:ListBucket*', onObjects, mismatch],
    ['s3:Abort*', onBucket, mismatch],
    ['s3:???Object', onBucket, mismatch],
    ['s3:DeleteBucket?olicy', onObjects, mismatch],
    // A wildcard or variable in the resource can stand for both.
    ['s3:GetObject', 'arn:aws:s3:::*', []],
    ['s3:ListBucket', 'arn:aws:s3:::*', []],
    ['s3:GetObject', 'arn:aws:s3:::b*', []],
    ['s3:ListBucket', 'arn:aws:s3:::b*', []],
    ['s3:ListBucket', 'arn:aws:s3:::?', []],
    ['s3:ListBucket', 'arn:aws:s3:::${aws:PrincipalTag/bucket}', []],
    ['s3:GetObject', 'arn:aws:s3:::${aws:PrincipalTag/bucket}', []],
    // After a slash there are only objects.
    ['s3:ListBucket', 'arn:aws:s3:::b*/x', mismatch],
    ['s3:ListBucket', 'arn:aws:s3:::b/?', mismatch],
    ['s3:ListBucket', 'arn:aws:s3:::b/', mismatch],
    ['s3:GetObject', 'arn:aws:s3:::b/x', []],
    ['s3:ListBucket', 'arn:aws:s3:::*/*', mismatch],
    ['s3:ListBucket', 'arn:aws:s3:::b/home/${aws:username}/*', mismatch],
    ['s3:ListBucket', 'arn:aws:s3:::b/${*}', mismatch],
    ['s3:GetObject', 'arn:aws:s3:::b/home/${aws:username}/*', []],
  ])('%j on %j: %j', (action, resource, codes) => {
    expect(codesWith({ Action: action, Resource: resource })).toEqual(codes)
  })

  test.each([
    ['s3:GetObject', onBucket, 'an object'],
    ['s3:ListBucket', onObjects, 'the bucket itself'],
  ])('the message tells what %s on %s lacks', (action, resource, lacking) => {
    const [problem] = problemsOf(policyWith({ Action: JSON.stringify(action), Resource: JSON.stringify(resource) }))
    expect(problem?.message).toContain(lacking)
  })

  test.each([
    ['NotAction', { Action: undefined, NotAction: 's3:GetObject', Resource: onBucket }],
    ['NotResource', { Resource: undefined, NotResource: onObjects, Action: 's3:ListBucket' }],
    ['both', { Action: undefined, NotAction: 's3:ListBucket', Resource: undefined, NotResource: onObjects }],
  ])('%s is not compared', (_, changes) => expect(codesWith({ Effect: 'Deny', ...changes })).toEqual([]))

  test('a resource with a problem of its own is not held against the action', () => {
    expect(codesWith({ Action: 's3:ListBucket', Resource: '*' })).toEqual(['invalid-resource'])
    expect(codesWith({ Action: 's3:ListBucket', Resource: [] })).toEqual(['invalid-resource'])
  })
})
