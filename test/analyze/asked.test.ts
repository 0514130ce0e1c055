import { describe, expect, test } from 'vitest'
import { type AccessQuestion, ever } from '../../src/analyze.js'
import { parsePolicy, parseSnapshot } from '../../src/index.js'
import type { Policy } from '../../src/policy/ast.js'

const owner = '111122223333'

function policyOf(...Statement: readonly object[]): Policy {
  const { policy } = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement }))
  if (policy === undefined) throw new Error('the policy can be read')
  return policy
}

const objects = 'arn:aws:s3:::assets/*'
const open = policyOf({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: objects })
const partner = policyOf({ Effect: 'Allow', Principal: { AWS: '444455556666' }, Action: 's3:GetObject', Resource: objects })
const closed = policyOf({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: ['arn:aws:s3:::assets', objects] })

function verdict(policy: Policy, question: AccessQuestion): string {
  return ever({ policy, owner }, question).verdict
}

describe('who and what a question is about', () => {
  test.each([
    ['any of several actions', partner, { action: ['s3:PutObject', 's3:GetObject'], except: [owner] }, 'possible'],
    ['none of several actions', partner, { action: ['s3:PutObject', 's3:Delete*'], except: [owner] }, 'never'],
    ['strangers to an open policy', open, { strangersTo: open }, 'possible'],
    ['strangers to a policy for one account', partner, { strangersTo: partner }, 'never'],
    ['an account that another policy names is no stranger to that', partner, { strangersTo: open }, 'possible'],
    ['members of the owner’s account, root left out', closed, { action: 's3:PutBucketPolicy', membersOf: owner }, 'never'],
    ['anybody, root too', closed, { action: 's3:PutBucketPolicy' }, 'possible'],
    ['members of another account', partner, { membersOf: '444455556666' }, 'possible'],
    ['members of an account that is not named', partner, { membersOf: '777788889999' }, 'never'],
  ] as const)('%s', (_, policy, question, expected) => {
    expect(verdict(policy, question)).toBe(expected)
  })

  test('one access key among others', () => {
    const key = (accessKey: string, permission: string) => ({ accessKey, account: owner, grants: [{ bucket: 'assets', permission }] })
    const { snapshot } = parseSnapshot({ buckets: [{ name: 'assets', owner }], keys: [key('READS', 'read'), key('WRITES', 'write')] })
    if (snapshot === undefined) throw new Error('the snapshot can be read')
    const may = (accessKey: string) => ever(snapshot, { action: 's3:PutObject', accessKey }).verdict
    expect([may('READS'), may('WRITES')]).toEqual(['never', 'possible'])
  })
})
