import type { AccessKey, Principal, Snapshot } from './format.js'
import type { Statement } from './policies.js'
import { chance, choose, pick, type Random } from './random.js'
import * as words from './vocabulary.js'

const lastPart = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** What an identity of one's own may say of an `aws` caller; mostly nothing, which is not an Allow. */
function verdict(random: Random): Pick<Principal, 'identityVerdict'> {
  return choose<Pick<Principal, 'identityVerdict'>>(random, [
    [4, () => ({})],
    [6, () => ({ identityVerdict: 'Allow' })],
    [1, () => ({ identityVerdict: 'ImplicitDeny' })],
    [0.4, () => ({ identityVerdict: 'ExplicitDeny' })],
  ])
}

/** An `aws` caller with this ARN; a session may name its role, which has a path the session's ARN lacks. */
export function awsCaller(random: Random, arn: string, userId?: string): Principal {
  const [, partition = '', service, , account = '', resource = ''] = arn.split(':')
  const [type, name = ''] = resource.split('/')
  const path = pick(random, ['', '', 'team/'])
  const isSession = service === 'sts' && type === 'assumed-role'
  const ids = isSession ? words.USER_IDS.slice(1) : words.USER_IDS
  return {
    kind: 'aws',
    arn,
    ...(chance(random, 0.1) && { account }),
    ...(isSession && chance(random, 0.5) && { roleArn: `arn:${partition}:iam::${account}:role/${path}${name}` }),
    ...(userId !== undefined ? { userId } : resource !== 'root' && chance(random, 0.4) && { userId: pick(random, ids) }),
    ...verdict(random),
  }
}

function anyArn(random: Random, account: string): string {
  const role = () => lastPart(pick(random, words.ROLES))
  return choose(random, [
    [4, () => `arn:aws:iam::${account}:user/${pick(random, words.USERS)}`],
    [2, () => `arn:aws:iam::${account}:root`],
    [1, () => `arn:aws:iam::${account}:role/${pick(random, words.ROLES)}`],
    [3, () => `arn:aws:sts::${account}:assumed-role/${role()}/${pick(random, words.SESSIONS)}`],
    [1, () => `arn:aws:sts::${account}:federated-user/jo`],
    [0.2, () => `arn:aws:iam::${account}:group/staff`],
  ])
}

export function anyCaller(random: Random, { keys }: Snapshot): Principal {
  return choose<Principal>(random, [
    [2, () => ({ kind: 'anonymous' })],
    [keys.length > 0 ? 4 : 0, () => ({ kind: 'key', accessKey: pick(random, keys).accessKey })],
    [0.25, () => ({ kind: 'key', accessKey: 'AK99' })],
    [5, () => awsCaller(random, anyArn(random, pick(random, words.LIKELY_ACCOUNTS)))],
    [1, () => ({ kind: 'service', service: pick(random, words.SERVICES) })],
    [1, () => ({ kind: 'federated', provider: pick(random, words.PROVIDERS) })],
    [1, () => ({ kind: 'canonicalUser', id: pick(random, words.CANONICAL_IDS) })],
  ])
}

export const keyArn = ({ arn, account, accessKey }: AccessKey): string => arn ?? `arn:aws:iam::${account}:user/${accessKey}`

/** Something for the wildcards, such that an ARN stays the ARN of an account's identity. */
function fill(random: Random, text: string): string {
  const parts = text.split(':')
  const word = pick(random, words.SESSIONS)
  return parts
    .map((part, at) =>
      at === 4
        ? part.replace('*', words.ACCOUNTS[0])
        : at === 5 && part === '*'
          ? `user/${word}`
          : part.replace(/[*?]/g, (wildcard) => (wildcard === '?' ? 'l' : word)),
    )
    .join(':')
}

/** A caller that an `AWS` entry covers, or nearly. */
function callerOfAws(random: Random, text: string, snapshot: Snapshot): Principal {
  if (text === '*') return anyCaller(random, snapshot)
  if (/^A[A-Z]{3}[A-Z0-9]{12,}$/.test(text)) {
    const arn = anyArn(random, pick(random, words.LIKELY_ACCOUNTS)).replace(/:root$/, ':user/alice')
    return awsCaller(random, arn, text + pick(random, ['', ':s1', '2']))
  }
  const [, , service, , id = text, resource = 'root'] = fill(random, text).split(':')
  const account = /^\d+$/.test(id) ? id : words.ACCOUNTS[0]
  const ownKeys = snapshot.keys.filter((key) => keyArn(key) === text || (resource === 'root' && key.account === account))
  if (ownKeys.length > 0 && chance(random, 0.6)) return { kind: 'key', accessKey: pick(random, ownKeys).accessKey }
  if (resource === 'root') return awsCaller(random, anyArn(random, account))
  if (service === 'iam' && resource.startsWith('role/') && chance(random, 0.8)) {
    return awsCaller(random, `arn:aws:sts::${account}:assumed-role/${lastPart(resource)}/${pick(random, words.SESSIONS)}`)
  }
  return awsCaller(random, fill(random, text).replace(/^arn:aws-cn:/, pick(random, ['arn:aws-cn:', 'arn:aws:'])))
}

/** A caller that one of the statement's entries covers, or nearly. */
export function callerOf(random: Random, statement: Statement, snapshot: Snapshot): Principal {
  const who = statement.Principal ?? statement.NotPrincipal
  if (typeof who !== 'object' || who === null) return anyCaller(random, snapshot)
  const entries = Object.entries(who).flatMap(([kind, texts]) => [texts].flat().map((text) => [kind, String(text)] as const))
  const [kind, text] = pick(random, entries)
  switch (kind) {
    case 'AWS':
      return callerOfAws(random, text, snapshot)
    case 'Service':
      return { kind: 'service', service: fill(random, text) }
    case 'Federated':
      return { kind: 'federated', provider: fill(random, text) }
    default:
      return { kind: 'canonicalUser', id: fill(random, text) }
  }
}

/** What `${aws:username}` stands for in a request by this caller. */
export function userName({ arn = '', accessKey }: Principal): string {
  return /^arn:[^:]*:iam::[^:]*:user\//.test(arn) ? lastPart(arn) : (accessKey ?? 'alice')
}
