import { between, chance, choose, pick, type Random, times } from '../../differential/random.js'
import type { Conditions, Entries, PlainPolicy, PlainStatement } from './plain.js'
import * as words from './vocabulary.js'

interface Family {
  readonly operators: readonly string[]
  readonly keys: readonly string[]
  readonly operand: (random: Random, key: string) => string
}

/** A short text over the letters of keys, with stars and question marks now and then. */
export function shortText(random: Random, most = 3, wildcards = 0.3): string {
  return times(between(random, 0, most), () => (chance(random, wildcards) ? pick(random, ['*', '?', '*']) : letter(random))).join('')
}

const letter = (random: Random): string => pick(random, words.KEY_LETTERS)

const textKeys = [
  's3:prefix',
  's3:prefix',
  's3:prefix',
  'aws:PrincipalAccount',
  'aws:PrincipalAccount',
  'aws:username',
  'aws:userid',
  's3:RequestObjectTagKeys',
  's3:RequestObjectTagKeys',
  's3:ExistingObjectTag/a',
  's3:ExistingObjectTag/a',
  'aws:PrincipalOrgID',
  'aws:PrincipalTag/t',
  'aws:PrincipalType',
  'aws:PrincipalArn',
  's3:max-keys',
  'aws:SecureTransport',
  'aws:ResourceAccount',
] as const

function textOperand(random: Random, key: string): string {
  if (chance(random, 0.1)) return pick(random, words.VARIABLES) + (chance(random, 0.4) ? pick(random, ['*', '/', 'a']) : '')
  const starred = (text: string) => (chance(random, 0.15) ? pick(random, ['*', `${text.slice(0, -1)}*`, `?${text.slice(1)}`]) : text)
  switch (key) {
    case 'aws:PrincipalAccount':
    case 'aws:ResourceAccount':
      return starred(pick(random, [...words.ACCOUNTS, 'anonymous']))
    case 'aws:username':
      return starred(pick(random, ['a', 'b', 'A', 'K1']))
    case 'aws:userid':
      return starred(pick(random, [words.UNIQUE_ID, `${words.ROLE_ID}:s`, 'K1', '1', '2:f', 'anonymous']))
    case 'aws:PrincipalOrgID':
      return starred(pick(random, words.ORGS))
    case 'aws:PrincipalType':
      return starred(pick(random, ['User', 'AssumedRole', 'Account', 'Anonymous', 'user', 'FederatedUser']))
    case 'aws:PrincipalArn':
      return pick(random, words.ARNS)
    case 's3:max-keys':
      return pick(random, words.NUMBERS)
    case 'aws:SecureTransport':
      return pick(random, ['true', 'false', 'True'])
    default:
      return chance(random, 0.1) ? pick(random, ['A', 'B', '']) : shortText(random)
  }
}

const FAMILIES: readonly (readonly [weight: number, family: Family])[] = [
  [
    8,
    {
      operators: [
        'StringEquals',
        'StringEquals',
        'StringNotEquals',
        'StringLike',
        'StringLike',
        'StringNotLike',
        'StringEqualsIgnoreCase',
        'StringNotEqualsIgnoreCase',
      ],
      keys: textKeys,
      operand: textOperand,
    },
  ],
  [
    2.5,
    {
      operators: [
        'NumericEquals',
        'NumericNotEquals',
        'NumericLessThan',
        'NumericLessThanEquals',
        'NumericGreaterThan',
        'NumericGreaterThanEquals',
      ],
      keys: ['s3:max-keys', 's3:max-keys', 's3:max-keys', 's3:max-keys', 's3:ExistingObjectTag/a'],
      operand: (random) => pick(random, words.NUMBERS),
    },
  ],
  [
    2.5,
    {
      operators: ['DateEquals', 'DateNotEquals', 'DateLessThan', 'DateLessThanEquals', 'DateGreaterThan', 'DateGreaterThanEquals'],
      keys: ['aws:CurrentTime', 'aws:CurrentTime', 'aws:TokenIssueTime', 'aws:EpochTime'],
      operand: (random) => pick(random, words.DATES),
    },
  ],
  [
    2,
    {
      operators: ['Bool'],
      keys: ['aws:SecureTransport', 'aws:SecureTransport', 'aws:MultiFactorAuthPresent', 'aws:PrincipalIsAWSService'],
      operand: (random) => pick(random, ['true', 'false', 'False']),
    },
  ],
  [
    3,
    { operators: ['IpAddress', 'IpAddress', 'NotIpAddress'], keys: ['aws:SourceIp'], operand: (random) => pick(random, words.ADDRESSES) },
  ],
  [
    2,
    {
      operators: ['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike'],
      keys: ['aws:PrincipalArn', 'aws:PrincipalArn', 'aws:SourceArn'],
      operand: (random) => pick(random, words.ARNS),
    },
  ],
  [
    0.3,
    {
      operators: ['BinaryEquals'],
      keys: ['s3:prefix', 's3:ExistingObjectTag/a'],
      operand: (random) => pick(random, ['YQ==', 'YWI=', 'YQ', '']),
    },
  ],
  [
    2,
    {
      operators: ['Null'],
      keys: [...textKeys, 'aws:SourceIp', 'aws:TokenIssueTime', 'aws:CurrentTime'],
      operand: (random) => pick(random, ['true', 'false', 'true', 'false', 'True', 'x']),
    },
  ],
]

const isMultiValued = (key: string): boolean => key === 's3:RequestObjectTagKeys'

function operatorForm(random: Random, base: string, key: string): string {
  const prefix = chance(random, isMultiValued(key) ? 0.8 : 0.12) ? pick(random, ['ForAllValues:', 'ForAnyValue:']) : ''
  return prefix + base + (base !== 'Null' && chance(random, 0.18) ? 'IfExists' : '')
}

/** One operator on one key with its operands. */
function condition(random: Random): readonly [operator: string, key: string, operands: readonly string[]] {
  const family = choose(
    random,
    FAMILIES.map(([weight, each]) => [weight, () => each] as const),
  )
  const key = pick(random, family.keys)
  const count = choose(random, [
    [6, () => 1],
    [3, () => 2],
    [0.7, () => 3],
    [0.25, () => 0],
  ])
  const operand = () => (chance(random, 0.04) ? pick(random, words.UNREADABLE) : family.operand(random, key))
  return [operatorForm(random, pick(random, family.operators), key), key, times(count, operand)]
}

/** The block with one more condition; another of the same operator and key takes its place. */
export function withCondition(random: Random, block: Conditions = {}): Conditions {
  const [operator, key, operands] = condition(random)
  return { ...block, [operator]: { ...block[operator], [key]: operands } }
}

function arn(random: Random): string {
  const account = pick(random, words.ACCOUNTS)
  const partition = chance(random, 0.03) ? 'aws-cn' : 'aws'
  const [iam, sts] = [`arn:${partition}:iam::${account}:`, `arn:${partition}:sts::${account}:`]
  return choose(random, [
    [4, () => `${iam}user/${pick(random, words.USERS)}`],
    [0.7, () => `${iam}user/K1`],
    [3, () => `${iam}root`],
    [3, () => `${iam}role/${pick(random, words.ROLES)}`],
    [2, () => `${sts}assumed-role/${pick(random, ['r', 'q'])}/s`],
    [0.7, () => `${sts}federated-user/f`],
  ])
}

function entry(random: Random): readonly [kind: string, text: string] {
  return choose<readonly [string, string]>(random, [
    [1.5, () => ['AWS', '*']],
    [2, () => ['AWS', pick(random, words.ACCOUNTS)]],
    [7, () => ['AWS', arn(random)]],
    [0.6, () => ['AWS', pick(random, [words.UNIQUE_ID, words.ROLE_ID])]],
    [1, () => ['Service', pick(random, words.SERVICES)]],
    [0.6, () => ['Federated', pick(random, words.PROVIDERS)]],
    [0.8, () => ['CanonicalUser', pick(random, words.CANONICAL_IDS)]],
    [0.4, () => pick(random, words.WILDCARD_ENTRIES)],
  ])
}

export function entries(random: Random, isNegated: boolean): Entries {
  if (chance(random, isNegated ? 0.08 : 0.45)) return '*'
  const listed = times(between(random, 1, 2), () => entry(random))
  if (isNegated && chance(random, 0.6)) {
    // Without its account a NotPrincipal spares nobody, so most lists have both.
    const account = pick(random, words.ACCOUNTS)
    listed.push(['AWS', `arn:aws:iam::${account}:root`], ['AWS', `arn:aws:iam::${account}:user/a`])
  }
  const kinds = [...new Set(listed.map(([kind]) => kind))]
  return Object.fromEntries(kinds.map((kind) => [kind, listed.filter(([each]) => each === kind).map(([, text]) => text)]))
}

export const action = (random: Random): string => pick(random, words.ACTION_PATTERNS)

export function resource(random: Random): string {
  const path = () => times(between(random, 1, 4), () => pick(random, ['a', 'b', '/', '*', '*', '?'])).join('')
  return choose(random, [
    [4, () => 'arn:aws:s3:::b/*'],
    [3, () => 'arn:aws:s3:::b'],
    [0.7, () => 'arn:aws:s3:::b*'],
    [7, () => `arn:aws:s3:::b/${path()}`],
    [1.2, () => `arn:aws:s3:::b/${pick(random, ['', 'a/'])}${pick(random, words.VARIABLES)}${pick(random, ['', '/*', '*', 'a'])}`],
    [0.7, () => pick(random, words.ODD_RESOURCES)],
  ])
}

export function statement(random: Random): PlainStatement {
  const Effect = chance(random, 0.65) ? 'Allow' : 'Deny'
  const isNegated = chance(random, 0.08)
  const who = entries(random, isNegated)
  const isWide = chance(random, 0.35)
  const actions = isWide ? ['s3:*'] : times(between(random, 1, 2), () => action(random))
  const resources = isWide
    ? ['arn:aws:s3:::b', 'arn:aws:s3:::b/*']
    : times(chance(random, 0.02) ? 0 : between(random, 1, 2), () => resource(random))
  const wanted = pick(random, [0, 0, 0, 1, 1, 1, 1, 2, 2, 3])
  let Condition: Conditions | undefined
  for (let left = wanted; left > 0; left -= 1) Condition = withCondition(random, Condition)
  return {
    ...(chance(random, 0.2) && { Sid: `s${between(random, 1, 9)}` }),
    Effect,
    [isNegated ? 'NotPrincipal' : 'Principal']: who,
    [chance(random, 0.1) ? 'NotAction' : 'Action']: actions,
    [chance(random, 0.06) ? 'NotResource' : 'Resource']: resources,
    ...(Condition !== undefined && { Condition }),
  }
}

/** A policy of 1 to 5 statements. */
export function generatePolicy(random: Random): PlainPolicy {
  const count = pick(random, [1, 1, 2, 2, 2, 3, 3, 4, 5])
  const statements = times(count, () => statement(random))
  const Version = choose<PlainPolicy['Version']>(random, [
    [8, () => '2012-10-17'],
    [1, () => '2008-10-17'],
    [1, () => undefined],
  ])
  return { ...(Version !== undefined && { Version }), Statement: statements }
}
