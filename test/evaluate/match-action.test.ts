import { describe, expect, test } from 'vitest'
import { matchAction } from '../../src/evaluate/match-action.js'
import { statementOf } from './ask.js'

describe('Action, S5; NotAction is its negation', () => {
  test.each<[string | readonly string[], string, boolean]>([
    ['*', 's3:GetObject', true],
    ['s3:*', 's3:GetObject', true],
    ['S3:*', 's3:GetObject', true],
    ['s3:GetObject', 's3:GetObject', true],
    ['s3:getobject', 's3:GetObject', true],
    ['S3:GETOBJECT', 's3:GetObject', true],
    ['s3:GetObject', 's3:getobject', true],
    ['s3:GetObject', 's3:GetObjectAcl', false],
    ['s3:GetObject*', 's3:GetObject', true],
    ['s3:GetObject?', 's3:GetObject', false],
    ['s3:?etObject', 's3:GetObject', true],
    ['s3:Get*Acl', 's3:GetObjectAcl', true],
    ['s3:Get*Acl', 's3:GetObject', false],
    ['*Object', 's3:GetObject', true],
    ['GetObject', 's3:GetObject', false],
    ['s3:\u212AetObject', 's3:GetObject', false],
    ['ec2:*', 's3:GetObject', false],
    ['', 's3:GetObject', false],
    [[], 's3:GetObject', false],
    [['s3:PutObject', 's3:GetObject'], 's3:GetObject', true],
    [['s3:PutObject', 's3:DeleteObject'], 's3:GetObject', false],
  ])('%j and %s: %s', (patterns, action, expected) => {
    expect(matchAction(statementOf({ Action: patterns }), action)).toBe(expected)
    expect(matchAction(statementOf({ NotAction: patterns }), action)).toBe(!expected)
  })
})
