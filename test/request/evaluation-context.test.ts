import { describe, expect, test } from 'vitest'
import type { AuthorizationRequest } from '../../src/request/authorization-request.js'
import { callerOf, noDirectory } from '../../src/request/caller.js'
import { type EvaluationContext, evaluationContextOf, variableValue } from '../../src/request/evaluation-context.js'

const alice = callerOf({ kind: 'aws', arn: 'arn:aws:iam::111122223333:user/alice' }, noDirectory)

type Context = Readonly<Record<string, string | readonly string[]>>

/** The context of alice's request to a bucket of her own account. */
function contextOf(request: Omit<AuthorizationRequest, 'principal' | 'action'>, caller = alice): EvaluationContext {
  return evaluationContextOf({ principal: { kind: 'anonymous' }, action: 's3:GetObject', ...request }, caller, '111122223333')
}

describe('valuesOf', () => {
  test.each<{ context: Context; key: string; values: readonly string[] }>([
    { context: {}, key: 'aws:SourceIp', values: [] },
    { context: { 'aws:SourceIp': '10.0.0.1' }, key: 'aws:SourceIp', values: ['10.0.0.1'] },
    { context: { 'aws:SourceIp': '' }, key: 'aws:SourceIp', values: [''] },
    { context: { 'aws:SourceIp': [] }, key: 'aws:SourceIp', values: [] },
    { context: { 'aws:TagKeys': ['a', 'b'] }, key: 'aws:TagKeys', values: ['a', 'b'] },
    { context: { 'aws:SourceIp': 'x' }, key: 'AWS:sourceip', values: ['x'] },
    { context: { 'AWS:SOURCEIP': 'x' }, key: 'aws:SourceIp', values: ['x'] },
    { context: { 'S3:Max-Keys': '5' }, key: 's3:max-keys', values: ['5'] },
    // The suffix of a family keeps its case, except where IAM ignores it.
    { context: { 'aws:PrincipalTag/Team': 'x' }, key: 'aws:principaltag/TEAM', values: ['x'] },
    { context: { 'aws:RequestTag/Team': 'x' }, key: 'aws:requesttag/team', values: ['x'] },
    { context: { 'aws:ResourceTag/Team': 'x' }, key: 'AWS:ResourceTag/team', values: ['x'] },
    { context: { 's3:ExistingObjectTag/Env': 'x' }, key: 'S3:existingobjecttag/Env', values: ['x'] },
    { context: { 's3:ExistingObjectTag/Env': 'x' }, key: 's3:ExistingObjectTag/env', values: [] },
    { context: { 's3:RequestObjectTag/Env': 'x' }, key: 's3:RequestObjectTag/env', values: [] },
    { context: { 'aws:PrincipalTag/Team/A': 'x' }, key: 'aws:PrincipalTag/team/a', values: ['x'] },
    { context: { 's3:ExistingObjectTag/a/B': 'x' }, key: 's3:existingobjecttag/a/B', values: ['x'] },
    // Names that the catalogue does not have ignore case throughout.
    { context: { 'Saml:Sub': 'x' }, key: 'saml:sub', values: ['x'] },
    { context: { 'foo:Bar/Baz': 'x' }, key: 'FOO:bar/baz', values: ['x'] },
    { context: { 'aws:\u212aelvin': 'x' }, key: 'aws:kelvin', values: [] },
    { context: Object.fromEntries([['__proto__', 'x']]), key: '__proto__', values: ['x'] },
    { context: {}, key: '__proto__', values: [] },
    { context: {}, key: 'constructor', values: [] },
    { context: { constructor: 'x' }, key: 'constructor', values: ['x'] },
    { context: { '': 'x' }, key: '', values: ['x'] },
  ])('$key of $context: $values', ({ context, key, values }) => {
    expect(contextOf({ context }).valuesOf(key)).toEqual(values)
  })

  test('what follows from the caller is never taken from the context', () => {
    const context = contextOf({
      context: { 'aws:username': 'mallory', 'aws:PrincipalArn': 'x', 'aws:ResourceAccount': 'x', 'aws:PrincipalType': 'Account' },
    })
    expect(context.valuesOf('aws:username')).toEqual(['alice'])
    expect(context.valuesOf('aws:PrincipalArn')).toEqual(['arn:aws:iam::111122223333:user/alice'])
    expect(context.valuesOf('aws:ResourceAccount')).toEqual(['111122223333'])
    expect(context.valuesOf('aws:PrincipalType')).toEqual(['User'])
    const nobody = contextOf({ context: { 'aws:username': 'mallory', 'aws:PrincipalArn': 'x' } }, { kind: 'anonymous' })
    expect([nobody.valuesOf('aws:username'), nobody.valuesOf('aws:PrincipalArn')]).toEqual([[], []])
  })

  test('without a bucket there is no owner', () => {
    const request = { principal: { kind: 'anonymous' }, action: 's3:ListAllMyBuckets', context: { 's3:ResourceAccount': 'x' } } as const
    expect(evaluationContextOf(request, alice, undefined).valuesOf('s3:ResourceAccount')).toEqual([])
  })

  test('what is unknown of the caller is taken from the context where that has it', () => {
    expect(contextOf({ context: { 'AWS:UserID': 'AIDA' } }).valuesOf('aws:userid')).toEqual(['AIDA'])
    expect(contextOf({ context: { 'aws:userid': [] } }).valuesOf('aws:userid')).toEqual([])
    expect(contextOf({}).valuesOf('aws:userid')).toBe('unknown')
  })
})

describe('unknown keys', () => {
  test.each([
    { unknown: ['aws:SourceIp'], key: 'aws:SourceIp', isUnknown: true },
    { unknown: ['AWS:sourceip'], key: 'aws:SOURCEIP', isUnknown: true },
    { unknown: ['aws:SourceIp'], key: 'aws:VpcSourceIp', isUnknown: false },
    { unknown: ['s3:ExistingObjectTag/*'], key: 's3:ExistingObjectTag/a', isUnknown: true },
    { unknown: ['S3:existingobjecttag/*'], key: 's3:ExistingObjectTag/A/b', isUnknown: true },
    { unknown: ['s3:ExistingObjectTag/*'], key: 's3:ExistingObjectTag/', isUnknown: true },
    { unknown: ['s3:ExistingObjectTag/*'], key: 's3:RequestObjectTag/a', isUnknown: false },
    { unknown: ['s3:ExistingObjectTag/*'], key: 's3:ExistingObjectTag', isUnknown: false },
    { unknown: ['s3:ExistingObjectTag/a'], key: 's3:ExistingObjectTag/a', isUnknown: true },
    { unknown: ['s3:ExistingObjectTag/a'], key: 's3:ExistingObjectTag/A', isUnknown: false },
    { unknown: ['s3:ExistingObjectTag/a'], key: 's3:ExistingObjectTag/b', isUnknown: false },
    { unknown: ['s3:ExistingObjectTag/a*'], key: 's3:ExistingObjectTag/ab', isUnknown: false },
    { unknown: ['aws:PrincipalTag/Team'], key: 'aws:principaltag/team', isUnknown: true },
    { unknown: ['aws:PrincipalTag/*'], key: 'AWS:PRINCIPALTAG/X', isUnknown: true },
    { unknown: ['saml:*'], key: 'saml:sub', isUnknown: false },
    { unknown: ['foo/*'], key: 'FOO/bar', isUnknown: true },
    { unknown: ['*'], key: 'aws:SourceIp', isUnknown: false },
    { unknown: ['/*'], key: '/a', isUnknown: true },
    { unknown: ['/*'], key: 'aws:SourceIp', isUnknown: false },
    { unknown: ['aws:username'], key: 'aws:username', isUnknown: true },
    { unknown: ['aws:CurrentTime'], key: 'aws:currenttime', isUnknown: true },
    { unknown: [], key: 'aws:SourceIp', isUnknown: false },
    { unknown: ['a', 'aws:SourceIp'], key: 'aws:SourceIp', isUnknown: true },
  ])('$key with $unknown: $isUnknown', ({ unknown, key, isUnknown }) => {
    const context = Object.fromEntries([[key, 'x']])
    expect(contextOf({ unknown, context, time: 0 }).valuesOf(key) === 'unknown').toBe(isUnknown)
    expect(contextOf({ unknown, time: 0 }).valuesOf(key) === 'unknown').toBe(isUnknown)
  })
})

describe('the clock', () => {
  test.each([
    { time: 0, current: '1970-01-01T00:00:00.000Z', epoch: '0' },
    { time: 999, current: '1970-01-01T00:00:00.999Z', epoch: '0' },
    { time: 1000, current: '1970-01-01T00:00:01.000Z', epoch: '1' },
    { time: 1_790_000_000_000, current: '2026-09-21T14:13:20.000Z', epoch: '1790000000' },
    { time: 1_790_000_000_999, current: '2026-09-21T14:13:20.999Z', epoch: '1790000000' },
    { time: 253_402_300_799_999, current: '9999-12-31T23:59:59.999Z', epoch: '253402300799' },
  ])('$time is $current', ({ time, current, epoch }) => {
    const context = contextOf({ time, context: { 'aws:CurrentTime': 'x', 'AWS:EpochTime': 'y' } })
    expect(context.valuesOf('aws:CurrentTime')).toEqual([current])
    expect(context.valuesOf('AWS:epochtime')).toEqual([epoch])
  })

  test('without a time both keys are unknown, whatever the context says', () => {
    const context = contextOf({ context: { 'aws:CurrentTime': '2026-09-21', 'aws:EpochTime': '5' } })
    expect([context.valuesOf('aws:CurrentTime'), context.valuesOf('aws:EpochTime')]).toEqual(['unknown', 'unknown'])
  })
})

describe('variableValue', () => {
  test.each([
    { key: 'aws:username', value: 'alice' },
    { key: 'AWS:USERNAME', value: 'alice' },
    { key: 's3:prefix', value: 'home/' },
    { key: 's3:delimiter', value: '' },
    { key: 'aws:userid', value: { unknown: true } },
    { key: 'aws:SourceIp', value: { unknown: true } },
    { key: 'aws:referer', value: undefined },
    { key: 'aws:UserAgent', value: undefined },
    { key: 'aws:PrincipalTag/two', value: undefined },
    { key: 'aws:PrincipalTag/one', value: 'x' },
    // A key that may have several values is none, however many it has.
    { key: 's3:RequestObjectTagKeys', value: undefined },
    { key: 'S3:requestobjecttagkeys', value: undefined },
    { key: 'aws:TagKeys', value: { unknown: true } },
    { key: 'no:such', value: undefined },
    { key: 'saml:sub', value: 'y' },
    { key: '__proto__', value: undefined },
    { key: '', value: undefined },
  ])('$key is $value', ({ key, value }) => {
    const context = contextOf({
      context: {
        's3:prefix': 'home/',
        's3:delimiter': '',
        'aws:UserAgent': [],
        'aws:PrincipalTag/two': ['a', 'b'],
        'aws:PrincipalTag/one': ['x'],
        's3:RequestObjectTagKeys': ['a'],
        'Saml:Sub': 'y',
      },
      unknown: ['aws:SourceIp', 'aws:TagKeys'],
    })
    expect(variableValue(context, key)).toEqual(value)
  })
})
