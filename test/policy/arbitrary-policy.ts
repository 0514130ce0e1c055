import fc from 'fast-check'
import { conditionOperators, type OperatorName, setPrefixes } from '../../src/catalog/condition-operators.js'

/**
 * Words of the policies below. They are few, so that statements often mean the same thing or just not.
 */
export const accounts = ['111122223333', '444455556666'] as const
export const buckets = ['photos', 'logs'] as const
export const users = ['alice', 'team/bob'] as const
export const roles = ['app', 'team/ops'] as const

const arnsOf = (account: string) => [
  `arn:aws:iam::${account}:root`,
  ...users.map((user) => `arn:aws:iam::${account}:user/${user}`),
  ...roles.map((role) => `arn:aws:iam::${account}:role/${role}`),
  `arn:aws:sts::${account}:assumed-role/app/session`,
  `arn:aws:sts::${account}:federated-user/carol`,
]

/** What may stand under each type of principal, wildcards that S3 refuses included. */
export const principals = {
  AWS: [
    '*',
    ...accounts,
    ...accounts.flatMap(arnsOf),
    'AIDAEXAMPLEALICE0001',
    'AROAEXAMPLEROLEAPP01',
    'arn:aws:iam::111122223333:user/*',
    '1111????3333',
  ],
  Service: ['cloudtrail.amazonaws.com', 'logging.s3.amazonaws.com', '*'],
  Federated: ['accounts.google.com', 'arn:aws:iam::111122223333:saml-provider/idp', 'accounts.*'],
  CanonicalUser: ['79a59df900b949e55d96a1e698fbaced', 'c0ffee', 'c0ff??'],
} as const

export const actions = [
  's3:GetObject',
  's3:PutObject',
  's3:ListBucket',
  's3:GetBucketPolicy',
  's3:Get*',
  'S3:getobject',
  's3:*',
  '*',
  's3:?etObject',
  's3:Nothing',
] as const

const paths = [
  '',
  '/*',
  '/home/*',
  '/home/${aws:username}/*',
  "/${aws:PrincipalTag/team, 'red'}",
  '/a?b',
  '/a${*}b',
  '/ü/😀*',
  '*',
  '/${',
  '/${}',
] as const

export const resources: readonly string[] = [
  ...buckets.flatMap((bucket) => paths.map((path) => `arn:aws:s3:::${bucket}${path}`)),
  'arn:aws:s3:::*',
  'arn:*:s3:::photos/*',
  '*',
  'photos/*',
  'arn:aws:${aws:username}:::photos/*',
]

type Operand = string | number | boolean

interface Family {
  readonly operators: readonly OperatorName[]
  readonly keys: readonly string[]
  readonly operands: readonly Operand[]
}

const orders = ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'] as const

/** Which keys and operands stand under which operators; a few operands of each family cannot be read. */
export const families: readonly Family[] = [
  {
    operators: ['StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', 'StringLike', 'StringNotLike'],
    keys: [
      'aws:username',
      'aws:PrincipalTag/team',
      'AWS:principaltag/Team',
      's3:prefix',
      's3:ExistingObjectTag/Env',
      's3:RequestObjectTagKeys',
      '__proto__',
    ],
    operands: [
      'red',
      'Red',
      'r*',
      'r?d',
      '',
      '*',
      'home/${aws:username}/*',
      "${aws:PrincipalTag/none, 'red'}",
      '${aws:PrincipalTag/none}',
      '${',
      'é😀',
      10,
      true,
    ],
  },
  {
    operators: orders.map((order) => `Numeric${order}` as const),
    keys: ['s3:max-keys', 's3:signatureAge', 'aws:EpochTime'],
    operands: ['10', '1e1', 10, 9.5, -1, '010', 'ten', 1_790_000_000],
  },
  {
    operators: orders.map((order) => `Date${order}` as const),
    keys: ['aws:CurrentTime', 'aws:EpochTime', 'aws:TokenIssueTime'],
    operands: ['2026-09-21', '2026-09-21T14:13:20Z', '2026-09-21T16:13:20.000+02:00', 1_790_000_000, 'now'],
  },
  { operators: ['Bool'], keys: ['aws:SecureTransport', 'aws:ViaAWSService'], operands: [true, false, 'true', 'False', 'yes'] },
  { operators: ['BinaryEquals'], keys: ['s3:if-match', 'aws:RequestTag/blob'], operands: ['QUJD', 'QQ==', '', 'QQ'] },
  {
    operators: ['IpAddress', 'NotIpAddress'],
    keys: ['aws:SourceIp', 'aws:VpcSourceIp'],
    operands: ['10.0.0.0/8', '10.0.0.1', '2001:db8::/32', '::ffff:10.0.0.0/104', '0.0.0.0/0', '10.0.0.0/33'],
  },
  {
    operators: ['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike'],
    keys: ['aws:PrincipalArn', 'aws:SourceArn'],
    operands: [
      'arn:aws:iam::111122223333:user/*',
      'arn:*:*:*:*:*',
      'arn:aws:s3:::photos',
      'arn:aws:iam::${aws:PrincipalAccount}:user/${aws:username}',
      'alice',
    ],
  },
  { operators: ['Null'], keys: ['aws:SourceIp', 'aws:username', 's3:RequestObjectTagKeys'], operands: [true, false, 'TRUE', 'maybe'] },
]

/** Itself, a list of it, or now and then nothing at all. */
function oneOrMany<Item>(item: fc.Arbitrary<Item>): fc.Arbitrary<Item | readonly Item[]> {
  return fc.oneof(
    { weight: 10, arbitrary: item },
    { weight: 8, arbitrary: fc.array(item, { minLength: 1, maxLength: 3 }) },
    { weight: 1, arbitrary: fc.constant<readonly Item[]>([]) },
  )
}

const principalMap = fc.record(
  {
    AWS: oneOrMany(fc.constantFrom(...principals.AWS)),
    Service: oneOrMany(fc.constantFrom(...principals.Service)),
    Federated: oneOrMany(fc.constantFrom(...principals.Federated)),
    CanonicalUser: oneOrMany(fc.constantFrom(...principals.CanonicalUser)),
  },
  { requiredKeys: [], noNullPrototype: true },
)

const principal = fc.oneof(
  { weight: 3, arbitrary: fc.constant('*') },
  { weight: 4, arbitrary: fc.constantFrom(...principals.AWS).map((AWS) => ({ AWS })) },
  { weight: 4, arbitrary: principalMap },
)

/** `[operator, {key: operands}]`, every operator as likely as any other. */
const conditionEntry = fc.constantFrom(...conditionOperators).chain((name) => {
  const family = families.find(({ operators }) => operators.includes(name))
  if (family === undefined) throw new Error(`${name} has no family`)
  const operator = fc
    .tuple(
      fc.constantFrom('', '', ...setPrefixes.map((prefix) => `${prefix}:`)),
      fc.constantFrom('', '', name === 'Null' ? '' : 'IfExists'),
    )
    .map(([prefix, suffix]) => `${prefix}${name}${suffix}`)
  const keys = fc
    .array(fc.tuple(fc.constantFrom(...family.keys), oneOrMany(fc.constantFrom(...family.operands))), { maxLength: 2 })
    .map((entries) => plainObject(entries))
  return fc.tuple(operator, keys)
})

const condition = fc.array(conditionEntry, { maxLength: 3 }).map((entries) => plainObject(entries))

/** An element or its negation. */
function elementOrNot<Value>(name: string, value: fc.Arbitrary<Value>): fc.Arbitrary<object> {
  return fc.oneof(
    { weight: 4, arbitrary: value.map((own) => ({ [name]: own })) },
    { weight: 1, arbitrary: value.map((own) => ({ [`Not${name}`]: own })) },
  )
}

const statement = fc
  .tuple(
    fc.record({ Sid: fc.constantFrom('One', 'Two', '', 'Drei ü') }, { requiredKeys: [], noNullPrototype: true }),
    fc.constantFrom({ Effect: 'Allow' }, { Effect: 'Deny' }),
    elementOrNot('Principal', principal),
    elementOrNot('Action', oneOrMany(fc.constantFrom(...actions))),
    elementOrNot('Resource', oneOrMany(fc.constantFrom(...resources))),
    fc.option(
      condition.map((Condition) => ({ Condition })),
      { nil: {} },
    ),
  )
  .map((parts): object => Object.assign({}, ...parts))

/**
 * Policies that the parser reads without an `error`, as plain objects: both versions and none, every operator with every prefix and
 * suffix, every form of principal, `Not…` elements, single values and lists, empty ones too. S3 would refuse many of them.
 */
export const arbitraryPolicy: fc.Arbitrary<object> = fc
  .tuple(
    fc.constantFrom({ Version: '2012-10-17' }, { Version: '2012-10-17' }, { Version: '2008-10-17' }, {}),
    fc.constantFrom({}, {}, { Id: 'policy' }, { Id: '' }),
    fc.oneof({ weight: 1, arbitrary: statement }, { weight: 4, arbitrary: fc.array(statement, { maxLength: 4 }) }),
  )
  .map(([version, id, statements]) => ({ ...version, ...id, Statement: statements }))

/** An object of these entries, `__proto__` as a member like any other; of entries with one name the last counts. */
function plainObject(entries: readonly (readonly [string, unknown])[]): object {
  return Object.fromEntries(entries)
}
