import { chance, pick, type Random, times } from '../../differential/random.js'

/** Policies so small that all that matters to them can be listed. */
export interface TinyStatement {
  readonly Effect: 'Allow' | 'Deny'
  readonly Principal: unknown
  readonly Action: string | readonly string[]
  readonly Resource: string | readonly string[]
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>
}

const principals = ['*', '*', { AWS: '2' }, { AWS: 'arn:aws:iam::2:user/a' }, { AWS: ['arn:aws:iam::1:user/a', '3'] }, { Service: 's' }]
const actions = ['s3:GetObject', 's3:PutObject', 's3:Get*', 's3:*', ['s3:GetObject', 's3:ListBucket']]
const keys = ['*', 'a*', '*a', 'a', 'b?', '?', 'ab', '*b*', 'a*b', '??', 'a?*']
const conditions = [
  { IpAddress: { 'aws:SourceIp': ['10.0.0.0/31', '10.0.0.3'] } },
  { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/30' } },
  { Bool: { 'aws:SecureTransport': 'false' } },
  { StringLike: { 's3:prefix': ['a*', ''] } },
  { StringNotEqualsIfExists: { 's3:prefix': 'A' } },
  { StringEqualsIgnoreCase: { 's3:prefix': ['A', 'ab'] } },
  { NumericLessThanEquals: { 's3:max-keys': '5' } },
  { NumericGreaterThanIfExists: { 's3:max-keys': '5' } },
  { Null: { 's3:prefix': 'true' } },
  { 'ForAllValues:StringEquals': { 's3:RequestObjectTagKeys': ['a', 'b'] } },
  { 'ForAnyValue:StringNotEquals': { 's3:RequestObjectTagKeys': 'a' } },
  { StringLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/a' } },
  { StringNotEquals: { 'aws:PrincipalAccount': ['1', '2'] } },
  { StringEquals: { 'aws:username': 'a' } },
] as const

export function tinyPolicy(random: Random): readonly TinyStatement[] {
  return times(1 + Math.floor(random() * 3), () => tinyStatement(random))
}

/** The same policy after a small change. */
export function changed(random: Random, policy: readonly TinyStatement[]): readonly TinyStatement[] {
  const at = Math.floor(random() * policy.length)
  const fresh = tinyStatement(random)
  const member = pick(random, ['Effect', 'Principal', 'Action', 'Resource', 'Condition'] as const)
  if (chance(random, 0.15)) return [...policy, fresh]
  if (chance(random, 0.15) && policy.length > 1) return policy.filter((_, index) => index !== at)
  if (chance(random, 0.1)) return policy.toReversed()
  return policy.map((statement, index) => {
    if (index !== at) return statement
    const { [member]: _, ...rest } = statement
    return { ...rest, ...(fresh[member] !== undefined && { [member]: fresh[member] }) } as TinyStatement
  })
}

function tinyStatement(random: Random): TinyStatement {
  const resource = () => `arn:aws:s3:::b/${pick(random, keys)}`
  return {
    Effect: chance(random, 0.7) ? 'Allow' : 'Deny',
    Principal: pick(random, principals),
    Action: pick(random, actions),
    Resource: chance(random, 0.2) ? ['arn:aws:s3:::b', resource()] : chance(random, 0.2) ? [resource(), resource()] : resource(),
    ...(chance(random, 0.5) && {
      Condition: Object.assign({}, pick(random, conditions), chance(random, 0.3) ? pick(random, conditions) : {}),
    }),
  }
}
