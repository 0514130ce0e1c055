import type { AwsPrincipal, Principal } from '../../../src/index.js'
import type { Mentions } from './mentions.js'
import type { Pair } from './plain.js'
import { FRESH, principalsOf } from './scene.js'
import { near } from './texts.js'

const STRANGER = '9'

/** Callers of every kind: those that the pair names, those near them, and strangers. */
export function callersFor(pair: Pair, { conditions, variables }: Mentions): readonly Principal[] {
  const entries = principalsOf(pair)
  const named = [
    ...entries.filter(([kind]) => kind === 'AWS').map(([, text]) => text),
    ...operandsOf(conditions, 'aws:PrincipalArn'),
  ].flatMap(near)
  const owners = [pair.before, pair.after].flatMap((side) =>
    'snapshot' in side ? (side.snapshot.buckets ?? []).map(({ owner }) => owner) : (side.owner ?? FRESH),
  )
  const accounts = [
    ...new Set([...owners, ...named.flatMap(accountOf), ...operandsOf(conditions, 'aws:PrincipalAccount').flatMap(near), STRANGER]),
  ].filter(isAccount)
  const names = [
    ...new Set([
      'a',
      'z',
      ...operandsOf(conditions, 'aws:username').flatMap(near),
      ...(variables.has('aws:username') ? ['b', '*', 'ab'] : []),
    ]),
  ]
  const arns = [
    ...named,
    ...accounts.flatMap((account) => identities(account)),
    ...names.filter(isName).map((name) => `arn:aws:iam::${owners[0] ?? '1'}:user/${name}`),
  ]
  const ids = entries.flatMap(([kind, text]) =>
    kind === 'AWS' && /^A[A-Z]{3}[A-Z0-9]{12,}$/.test(text) ? [text, `${text}:s`, `${text}B`] : [],
  )
  const userIds = [
    ...ids,
    ...operandsOf(conditions, 'aws:userid').flatMap(near),
    ...(variables.has('aws:userid') ? ['a', 'b'] : []),
  ].filter((id) => id !== '')
  return distinct([
    { kind: 'anonymous' },
    ...keysOf(pair).map((accessKey): Principal => ({ kind: 'key', accessKey })),
    ...[...new Set(arns)].flatMap(awsCallers),
    ...userIds.flatMap((userId) => ['1', owners[0] ?? '1', STRANGER].flatMap((account) => withUserId(account, userId))),
    ...texts(entries, 'Service', 'z.amazonaws.com').map((service): Principal => ({ kind: 'service', service })),
    ...texts(entries, 'Federated', 'z').map((provider): Principal => ({ kind: 'federated', provider })),
    ...texts(entries, 'CanonicalUser', 'C9').map((id): Principal => ({ kind: 'canonicalUser', id })),
    ...canonicalIdsOf(pair).map((id): Principal => ({ kind: 'canonicalUser', id })),
  ])
}

const operandsOf = (conditions: Mentions['conditions'], key: string): readonly string[] =>
  (conditions.get(key) ?? []).flatMap(({ operands }) => operands)

const isAccount = (text: string): boolean => /^[^:/]+$/.test(text)
const isName = (text: string): boolean => /^[^/]+$/.test(text)

/** The account of an ARN, or the text itself as an account's id. */
function accountOf(text: string): readonly string[] {
  const account = text.startsWith('arn:') ? (text.split(':')[4] ?? '') : text
  return isAccount(account) ? [account] : []
}

/** Identities of every kind in an account that nobody has to name. */
const identities = (account: string): readonly string[] => [
  `arn:aws:iam::${account}:root`,
  `arn:aws:iam::${account}:user/z`,
  `arn:aws:iam::${account}:user/p/a`,
  `arn:aws:sts::${account}:assumed-role/r/s`,
  `arn:aws:sts::${account}:assumed-role/z/z`,
  `arn:aws:sts::${account}:federated-user/f`,
]

/** Who asks under this ARN; for a role's, its sessions. */
function awsCallers(arn: string): readonly AwsPrincipal[] {
  const role = /^arn:([^:]+):iam::([^:/]+):role\/(.*\/)?([^/]+)$/s.exec(arn)
  if (role !== null) {
    const [, partition = '', account = '', path = '', name = ''] = role
    return [path, 'x/'].flatMap((each) => session(partition, account, name, each))
  }
  const assumed = /^arn:([^:]+):sts::([^:/]+):assumed-role\/([^/]+)\/.+$/s.exec(arn)
  if (assumed !== null) {
    const [, partition = '', account = '', name = ''] = assumed
    return ['', 'p/'].map((path) => ({ kind: 'aws', arn, roleArn: `arn:${partition}:iam::${account}:role/${path}${name}` }))
  }
  const isKnown =
    /^arn:[^:]+:iam::[^:/]+:(root|user\/(.*\/)?[^/]+)$/s.test(arn) || /^arn:[^:]+:sts::[^:/]+:federated-user\/[^/]+$/s.test(arn)
  return isKnown ? [{ kind: 'aws', arn }] : []
}

const session = (partition: string, account: string, name: string, path: string): readonly AwsPrincipal[] =>
  ['s', 't'].map((each) => ({
    kind: 'aws',
    arn: `arn:${partition}:sts::${account}:assumed-role/${name}/${each}`,
    roleArn: `arn:${partition}:iam::${account}:role/${path}${name}`,
  }))

function withUserId(account: string, userId: string): readonly AwsPrincipal[] {
  const role = `arn:aws:iam::${account}:role/r`
  return [
    { kind: 'aws', arn: `arn:aws:iam::${account}:user/a`, userId },
    { kind: 'aws', arn: `arn:aws:sts::${account}:assumed-role/r/s`, roleArn: role, userId },
  ]
}

const texts = (entries: readonly (readonly [string, string])[], kind: string, stranger: string): readonly string[] => [
  ...new Set([stranger, ...entries.filter(([each]) => each === kind).flatMap(([, text]) => near(text).filter((each) => each !== ''))]),
]

const keysOf = ({ before, after }: Pair): readonly string[] => [
  ...new Set([before, after].flatMap((side) => ('snapshot' in side ? (side.snapshot.keys ?? []).map(({ accessKey }) => accessKey) : []))),
]

const canonicalIdsOf = ({ before, after }: Pair): readonly string[] =>
  [before, after].flatMap((side) =>
    'snapshot' in side ? (side.snapshot.accounts ?? []).flatMap(({ canonicalId }) => canonicalId ?? []) : [],
  )

function distinct(principals: readonly Principal[]): readonly Principal[] {
  return [...new Map(principals.map((each) => [JSON.stringify(each), each])).values()]
}
