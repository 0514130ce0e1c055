import { expect, test } from 'vitest'
import { type AuthorizationRequest, Authorizer, evaluate, parseSnapshot, type SnapshotJson } from '../../src/index.js'
import { mulberry32, pick, type Random, times } from './random.js'

// Lists of principals that a statement tests itself, because they are too long to be multiplied with its resources; among them names that
// are alike: users and roles of other paths and partitions, sessions, the accounts of them all.

const seed = Number(process.env['GRANTREE_SEED'] ?? Date.now() % 0x7fffffff)

const identities = ['u0', 'u1', 'p/u0', 'R'].flatMap((name) =>
  ['1', '2'].flatMap((account) => [
    `arn:aws:iam::${account}:user/${name}`,
    `arn:aws-cn:iam::${account}:user/${name}`,
    `arn:aws:iam::${account}:role/${name}`,
    `arn:aws:iam::${account}:role/q/${name}`,
    `arn:aws-cn:iam::${account}:role/${name}`,
    `arn:aws:sts::${account}:assumed-role/${name}/s`,
  ]),
)
const arns = [...identities, 'arn:aws:iam::1:root', 'arn:aws-cn:iam::2:root']
const listed = [...arns, '1', '2', 'AIDAABCDEFGHIJKL', 'AROAABCDEFGHIJKL']

function numbered<Item>(count: number, make: (at: number) => Item): readonly Item[] {
  return Array.from({ length: count }, (_, at) => make(at))
}

function statement(random: Random, index: number): object {
  const AWS = times(pick(random, [1, 3, 16, 24]), () => pick(random, listed))
  const principal = { AWS, ...(random() < 0.3 && { CanonicalUser: ['C'] }), ...(random() < 0.3 && { Service: 's' }) }
  return {
    Sid: `S${index}`,
    Effect: pick(random, ['Allow', 'Allow', 'Deny']),
    [random() < 0.1 ? 'NotPrincipal' : 'Principal']: principal,
    Action: 's3:*',
    Resource: numbered(pick(random, [1, 6, 14]), (at) => `arn:aws:s3:::b/${pick(random, ['a', 'b', 'c'])}${at}/*`),
  }
}

function requestOf(random: Random): AuthorizationRequest {
  const request = { action: 's3:GetObject', bucket: 'b', key: `${pick(random, ['a', 'b', 'c'])}${Math.floor(random() * 6)}/x` }
  switch (pick(random, ['aws', 'aws', 'aws', 'key', 'canonicalUser', 'service', 'anonymous'])) {
    case 'aws':
      return { ...request, principal: { kind: 'aws', ...identity(random) } }
    case 'key':
      return { ...request, principal: { kind: 'key', accessKey: pick(random, ['u0', 'p/u0']) } }
    case 'canonicalUser':
      return { ...request, principal: { kind: 'canonicalUser', id: 'C' } }
    case 'service':
      return { ...request, principal: { kind: 'service', service: 's' } }
    default:
      return { ...request, principal: { kind: 'anonymous' } }
  }
}

function identity(random: Random) {
  const arn = pick(random, arns)
  const [, account, role] = arn.includes(':assumed-role/') ? [arn, arn.split(':')[4], arn.split('/')[1]] : []
  return {
    arn,
    ...(role !== undefined && random() < 0.7 && { roleArn: `arn:aws:iam::${account}:role/${pick(random, ['', 'q/', 'z/'])}${role}` }),
    ...(random() < 0.3 && { userId: pick(random, ['AIDAABCDEFGHIJKL', 'AROAABCDEFGHIJKL:s']) }),
    ...(random() < 0.3 && { identityVerdict: 'Allow' as const }),
  }
}

test(`principals that are alike are told apart in long lists too (GRANTREE_SEED=${seed})`, { timeout: 120_000 }, () => {
  const random = mulberry32(seed)
  for (let round = 0; round < 300; round++) {
    const policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: numbered(1 + Math.floor(random() * 3), (at) => statement(random, at)),
    })
    const json: SnapshotJson = {
      buckets: [{ name: 'b', owner: '1', policy }],
      accounts: [{ id: '2', canonicalId: 'C' }],
      keys: [
        { accessKey: 'u0', account: '1', grants: [] },
        { accessKey: 'p/u0', account: '2', grants: [{ bucket: '', permission: 'fullaccess' }] },
      ],
    }
    const { snapshot } = parseSnapshot(json)
    if (snapshot === undefined) throw new Error('an invalid snapshot')
    const authorizer = Authorizer.from(json)
    for (const request of times(80, () => requestOf(random))) {
      const { verdict, reason } = evaluate(snapshot, request)
      const decision = authorizer.decide(request)
      expect([decision.verdict, decision.reason], `${policy} ${JSON.stringify(request)}`).toEqual([verdict, reason])
    }
  }
})

test('a role that a Deny names gets nothing from a list with a role of the same name', () => {
  const users = numbered(13, (at) => `arn:aws:iam::1:user/u${at}`)
  const Resource = numbered(5, (at) => `arn:aws:s3:::b/p${at}/*`)
  const policy = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: [...users, 'arn:aws:iam::1:role/prod/R'] }, Action: 's3:GetObject', Resource },
      { Effect: 'Deny', Principal: { AWS: 'arn:aws:iam::1:role/dev/R' }, Action: 's3:PutObject', Resource: 'arn:aws:s3:::b/*' },
    ],
  }
  const authorizer = Authorizer.from({ buckets: [{ name: 'b', owner: '9', policy }] })
  const asked = (path: string) =>
    authorizer.decide({
      principal: {
        kind: 'aws',
        arn: 'arn:aws:sts::1:assumed-role/R/s',
        roleArn: `arn:aws:iam::1:role/${path}/R`,
        identityVerdict: 'Allow',
      },
      action: 's3:GetObject',
      bucket: 'b',
      key: 'p1/x',
    }).reason
  expect([asked('prod'), asked('dev'), asked('test')]).toEqual(['both-allow', 'policy-side-missing', 'policy-side-missing'])
})
