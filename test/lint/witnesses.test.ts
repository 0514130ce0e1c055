import { expect, test } from 'vitest'
import { barePolicy, findRule, lintFound } from '../../src/lint.js'

const everything = { Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: ['arn:aws:s3:::assets', 'arn:aws:s3:::assets/*'] }

test.each([
  ['public-read', 's3:Get*', 'GetObject on `assets/'],
  ['public-list', 's3:List*', 'ListBucket on `assets`'],
  ['public-write', ['s3:Put*', 's3:AbortMultipartUpload'], 'PutObject on `assets/'],
  ['public-administration', 's3:*', 'PutBucketAcl on `assets`'],
  ['no-tls-deny', 's3:*', 'GetObject on `assets/'],
] as const)('%s shows a request that everybody understands', (id, Action, expected) => {
  const Resource = id === 'public-write' ? 'arn:aws:s3:::assets/*' : everything.Resource
  const text = JSON.stringify({ Version: '2012-10-17', Statement: [{ ...everything, Action, Resource }] })
  const rule = findRule(id)
  if (rule === undefined) throw new Error(`there is no rule ${id}`)
  const { findings } = lintFound(barePolicy({ path: 'policy.json', text }), [{ rule, severity: 'warning', options: {} }])
  expect(findings).toHaveLength(1)
  expect(findings[0]?.witness).toContain(expected)
})
