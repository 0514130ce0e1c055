import type { Pair } from './compare.js'

/** A stream of numbers from 0 to 1 that a seed decides (mulberry32). */
function numbersFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

type Draw = <T>(from: readonly T[]) => T
type Json = Record<string, unknown>

const actions = [
  's3:GetObject',
  's3:Get*',
  's3:PutObject',
  's3:*Object',
  's3:ListBucket',
  's3:*',
  '*',
  's3:GetBucketPolicy',
  's3:?etObjectAcl',
]
const resources = ['photos', 'photos/*', 'photos/a/*', 'photos/*.jpg', 'photos/a?c', 'photos/a/b', 'photo?/a/*', '*'].map(
  (name) => `arn:aws:s3:::${name}`,
)
const ann = 'arn:aws:iam::111122223333:user/ann'
const role = 'arn:aws:iam::111122223333:role/team/build'
const session = 'arn:aws:sts::111122223333:assumed-role/build/one'
const principals: readonly unknown[] = [
  '*',
  { AWS: '*' },
  { AWS: '111122223333' },
  { AWS: ['arn:aws:iam::444455556666:root', ann] },
  { AWS: [ann, '987650123457'] },
  { AWS: role },
  { AWS: session },
  { AWS: 'arn:aws:iam::111122223333:user/*' },
  { AWS: 'AIDAEXAMPLE123456789A' },
  { Service: ['cloudtrail.amazonaws.com', 'logging.s3.amazonaws.com'] },
  { Federated: 'accounts.example.com' },
  { CanonicalUser: 'abc123' },
]
const blocks = ['10.0.0.0/8', '10.1.0.0/16', '0.0.0.0/0', '192.0.2.7', '2001:db8::/32', '::/0', '::ffff:10.0.0.0/104', '10.0.0.0/33']
const texts = ['', 'a', 'home/', 'home/*', '*/b', 'A', '?']
const arns = ['arn:aws:iam::111122223333:user/*', 'arn:*:iam::*:role/*', role, 'arn:aws:iam::1111*:user/a*n', '111122223333', 'arn:aws:*']
/** Operators without their `Not`, the keys they stand with, and operands. */
const conditions: readonly (readonly [operators: readonly string[], keys: readonly string[], operands: readonly unknown[]])[] = [
  [['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike'], ['s3:prefix', 'aws:UserAgent', 's3:ExistingObjectTag/kind'], texts],
  [
    ['StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase'],
    ['aws:UserAgent', 'aws:PrincipalTag/Team'],
    ['Kiss', 'kiss', '', 'ſ'],
  ],
  [['StringEquals', 'StringLike', 'StringNotLike', 'ArnLike', 'ArnNotEquals'], ['aws:PrincipalArn', 'aws:SourceArn'], arns],
  [
    ['StringEquals', 'StringNotEquals'],
    ['aws:PrincipalAccount', 'aws:SourceAccount', 'aws:userid'],
    ['111122223333', 'anonymous', ''],
  ],
  [
    ['StringEquals', 'StringNotLike'],
    ['aws:PrincipalType', 'aws:username', 'aws:PrincipalServiceName'],
    ['User', 'ann', 'a*', 'cloudtrail.amazonaws.com'],
  ],
  [['IpAddress', 'NotIpAddress'], ['aws:SourceIp', 'aws:VpcSourceIp'], blocks],
  [['Bool'], ['aws:SecureTransport', 'aws:MultiFactorAuthPresent', 'aws:PrincipalIsAWSService'], ['true', 'false', false, 'no']],
  [
    ['NumericEquals', 'NumericNotEquals', 'NumericLessThan', 'NumericGreaterThanEquals'],
    ['s3:max-keys', 's3:TlsVersion', 'aws:EpochTime'],
    [10, '1.2', '1e1', '1.3', 'x', -1],
  ],
  [
    ['DateEquals', 'DateLessThan', 'DateLessThanEquals', 'DateGreaterThan', 'DateNotEquals'],
    ['aws:CurrentTime', 'aws:EpochTime', 'aws:TokenIssueTime'],
    ['2026-09-21', '2026-09-21T00:00:00.5Z', '1790000000', '2026-02-30', '1969-12-31T23:59:59Z'],
  ],
  [['Null'], ['s3:x-amz-acl', 'aws:SourceIp', 'aws:username', 'aws:RequestTag/kind', 'aws:SecureTransport'], ['true', 'false', 'yes']],
]

function some<T>(draw: Draw, from: readonly T[]): readonly T[] {
  return draw([1, 1, 1, 2]) === 1 ? [draw(from)] : [draw(from), draw(from)]
}

function condition(draw: Draw): Json {
  const [operators, keys, operands] = draw(conditions)
  const operator = draw(operators)
  const prefix = draw(['', '', '', '', 'ForAllValues:', 'ForAnyValue:'])
  const suffix = operator === 'Null' ? '' : draw(['', '', 'IfExists'])
  return { [`${prefix}${operator}${suffix}`]: { [draw(keys)]: some(draw, operands) } }
}

function parts(draw: Draw): Readonly<Record<string, () => Json>> {
  return {
    effect: () => ({ Effect: draw(['Allow', 'Allow', 'Deny']) }),
    who: () => ({ [draw(['Principal', 'Principal', 'Principal', 'NotPrincipal'])]: draw(principals) }),
    what: () => ({ [draw(['Action', 'Action', 'Action', 'NotAction'])]: some(draw, actions) }),
    where: () => ({ [draw(['Resource', 'Resource', 'Resource', 'NotResource'])]: some(draw, resources) }),
    when: () => ({ Condition: draw([true, true, false]) ? condition(draw) : {} }),
  }
}

/** A statement by its parts, so that one of them can be drawn anew. */
type Draft = Readonly<Record<string, Json>>

function statement(draw: Draw): Draft {
  return Object.fromEntries(Object.entries(parts(draw)).map(([name, part]) => [name, part()]))
}

function mutated(draw: Draw, statements: readonly Draft[]): readonly Draft[] {
  const kind = draw(['part', 'part', 'part', 'part', 'more', 'fewer', 'order'])
  if (kind === 'more') return [...statements, statement(draw)]
  if (kind === 'fewer' && statements.length > 1) return statements.slice(1)
  if (kind === 'order') return statements.toReversed()
  const at = draw(statements.map((_, index) => index))
  const [name, part] = draw(Object.entries(parts(draw)))
  return statements.map((each, index) => (index === at ? { ...each, [name]: part() } : each))
}

function policyText(statements: readonly Draft[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements.map((draft) => Object.assign({}, ...Object.values(draft))) })
}

/** Policies with a mutation of each. */
export function randomPairs(seed: number, count: number): readonly Pair[] {
  const next = numbersFrom(seed)
  const draw: Draw = <T>(from: readonly T[]) => from[Math.floor(next() * from.length)] as T
  return Array.from({ length: count }, (_, index) => {
    const before = Array.from({ length: draw([1, 2, 2, 3]) }, () => statement(draw))
    const after = draw([true, false]) ? mutated(draw, before) : mutated(draw, mutated(draw, before))
    return { name: `random ${seed}/${index}`, before: policyText(before), after: policyText(after) }
  })
}
