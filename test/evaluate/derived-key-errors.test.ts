import { describe, expect, test } from 'vitest'
import { derivedKeyErrors } from '../../src/evaluate/derived-key-errors.js'
import type { AuthorizationRequest } from '../../src/request/authorization-request.js'
import { aws, OTHER, OWNER, snapshotOf } from './ask.js'

const snapshot = snapshotOf({
  buckets: [{ name: 'b', owner: OWNER }],
  keys: [
    { accessKey: 'k', account: OWNER, grants: [] },
    { accessKey: 'root', account: OWNER, arn: `arn:aws:iam::${OWNER}:root`, grants: [] },
  ],
  accounts: [{ id: OTHER, canonicalId: 'canon' }],
})

const key = { kind: 'key', accessKey: 'k' } as const
const root = { kind: 'key', accessKey: 'root' } as const
const anonymous = { kind: 'anonymous' } as const

const start = { offset: 0, line: 1, column: 1 }
const location = { path: ['request', 'context'], span: { start, end: start } }

function errors(principal: AuthorizationRequest['principal'], context: AuthorizationRequest['context'], bucket?: string) {
  const request: AuthorizationRequest = {
    principal,
    action: 's3:ListBucket',
    ...(bucket !== undefined && { bucket }),
    ...(context !== undefined && { context }),
  }
  return derivedKeyErrors(snapshot, request, location)
}

describe('a context that contradicts S12', () => {
  test.each<[string, AuthorizationRequest['principal'], Record<string, string | string[]>, string | undefined, readonly string[]]>([
    ['says the same', key, { 'aws:username': 'k', 'aws:userid': 'k', 'aws:PrincipalAccount': OWNER }, 'b', []],
    ['says the same in a list', key, { 'aws:username': ['k'] }, 'b', []],
    ['has nothing to do with it', key, { 'aws:SourceIp': '10.0.0.1' }, 'b', []],
    ['says another name', key, { 'aws:username': 'x' }, 'b', ['`aws:username` follows from the caller and the bucket: it must be `k`']],
    ['says it twice', key, { 'aws:username': ['k', 'k'] }, 'b', ['`aws:username` follows from the caller and the bucket: it must be `k`']],
    ['leaves it empty', key, { 'aws:username': [] }, 'b', ['`aws:username` follows from the caller and the bucket: it must be `k`']],
    ['another spelling', key, { 'AWS:UserName': 'x' }, 'b', ['`aws:username` follows from the caller and the bucket: it must be `k`']],
    [
      'root has no user name',
      root,
      { 'aws:username': 'x' },
      'b',
      ['`aws:username` follows from the caller and the bucket: it must be absent'],
    ],
    ['root without user name', root, { 'aws:username': [] }, 'b', []],
    ['the owner', key, { 'aws:ResourceAccount': OWNER, 's3:ResourceAccount': OWNER }, 'b', []],
    [
      'another owner',
      key,
      { 'aws:ResourceAccount': OTHER, 's3:ResourceAccount': OTHER },
      'b',
      [
        `\`aws:ResourceAccount\` follows from the caller and the bucket: it must be \`${OWNER}\``,
        `\`s3:ResourceAccount\` follows from the caller and the bucket: it must be \`${OWNER}\``,
      ],
    ],
    ['the owner of an unknown bucket is anybody', key, { 'aws:ResourceAccount': OTHER }, 'c', []],
    ['the owner of no bucket', key, { 'aws:ResourceAccount': OTHER }, undefined, []],
    [
      'anonymous',
      anonymous,
      { 'aws:PrincipalType': 'User' },
      'b',
      ['`aws:PrincipalType` follows from the caller and the bucket: it must be `Anonymous`'],
    ],
    [
      'a mapped canonical user',
      { kind: 'canonicalUser', id: 'canon' },
      { 'aws:PrincipalAccount': OWNER },
      'b',
      [`\`aws:PrincipalAccount\` follows from the caller and the bucket: it must be \`${OTHER}\``],
    ],
    ['a canonical user that is not mapped', { kind: 'canonicalUser', id: 'x' }, { 'aws:PrincipalAccount': OWNER }, 'b', []],
    ['a key that is not in the snapshot', { kind: 'key', accessKey: 'x' }, { 'aws:username': 'y' }, 'b', []],
  ])('%s', (_, principal, context, bucket, expected) => {
    const found = errors(principal, context, bucket)
    expect(found.map(({ message }) => message)).toEqual(expected)
    for (const error of found) {
      expect(error).toEqual({
        code: 'derived-key-conflict',
        severity: 'error',
        message: error.message,
        help: 'leave it out of the context',
        ...location,
      })
    }
  })

  test('no context contradicts nothing', () => {
    expect(errors(key, undefined, 'b')).toEqual([])
    expect(errors({ kind: 'aws', arn: aws(`arn:aws:iam::${OWNER}:user/x`).arn?.text ?? '' }, undefined, 'b')).toEqual([])
  })
})
