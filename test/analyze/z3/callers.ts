import type { Language } from './languages.js'
import { anyAccount, anyText, both, exactly, pathAndName, type Regex, sequence, someNoSlash, someText, union } from './regexes.js'
import type { RequestSpace } from './request-space.js'
import { and, equal, implies, or, type Term } from './terms.js'

/** The kinds of caller; the place in this list stands for the kind, in three bits. */
export const callerKinds = ['anonymous', 'user', 'root', 'session', 'federated-user', 'service', 'provider', 'canonical-user'] as const
export type CallerKind = (typeof callerKinds)[number]

export function callerIs(...kinds: readonly CallerKind[]): Term {
  return or(...kinds.map((kind) => equal('caller', `(_ bv${callerKinds.indexOf(kind)} 3)`)))
}

/** Those with an ARN: users, roots, role sessions, federated users. */
export const isAws: Term = callerIs('user', 'root', 'session', 'federated-user')

/**
 * A caller's ARN in its parts: `partition`, `account`, and for each kind the name in it, for a session that of its role, to which `session`
 * is what its own ARN adds. A text for each kind, because Z3 is slow to see that texts of different kinds differ. `name` is that of a
 * service, provider or canonical user.
 */
export function declareCaller(space: RequestSpace, partitions: readonly string[]): void {
  space.declare('caller', '(_ BitVec 3)')
  space.declare('identityAllows', 'Bool')
  space.declare('hasUserId', 'Bool')
  const forms: Readonly<Record<string, Regex>> = {
    partition: union(...partitions.map(exactly)),
    account: anyAccount,
    user: pathAndName,
    role: pathAndName,
    federated: someNoSlash,
    session: someNoSlash,
    userId: someText,
    name: someText,
  }
  for (const [name, form] of Object.entries(forms)) {
    space.declare(name, 'String')
    space.require(`(str.in_re ${name} ${form})`)
  }
  // Without a unique id, that of a federated user is made of account and name: no other value than the one it may as well be given.
  space.require(implies(callerIs('federated-user'), 'hasUserId'))
}

/** The service and the resource of a caller's ARN, as terms of a concatenation. */
const resources: readonly (readonly [kind: CallerKind, service: string, start: string, name: string])[] = [
  ['user', 'iam', 'user/', 'user'],
  ['root', 'iam', 'root', ''],
  ['session', 'iam', 'role/', 'role'],
  ['federated-user', 'sts', 'federated-user/', 'federated'],
]

/** The caller's ARN, of a session its role's, is in a language. Of callers with an ARN only. */
export function arnIn({ whole, arns }: Language): Term {
  if (arns === 'none') return 'false'
  return or(
    ...resources.map(([kind, service, start, name]) => {
      const resource = name === '' ? `"${start}"` : `(str.++ "${start}" ${name})`
      if (arns === undefined)
        return and(callerIs(kind), `(str.in_re (str.++ "arn:" partition ":${service}::" account ":" ${resource}) ${whole})`)
      const parts = ['"arn"', 'partition', `"${service}"`, '""', 'account', resource]
      return and(callerIs(kind), ...parts.map((part, index) => `(str.in_re ${part} ${arns[index]})`))
    }),
  )
}

/** The caller's account is in a language. Of callers with an ARN only. */
export const accountIn = (language: Regex): Term => `(str.in_re account ${language})`

const maybePath: Regex = union(exactly(''), sequence(anyText, exactly('/')))

/** The caller's user name is in a language. Of users only. */
export const userNameIn = (language: Regex): Term => `(str.in_re user ${sequence(maybePath, both(language, someNoSlash))})`

/** The caller is the session of a role, by its own ARN: `assumed-role/NAME/SESSION`. */
export function isSession(partition: string, account: string, role: string, session: string): Term {
  return and(
    callerIs('session'),
    `(str.in_re partition ${exactly(partition)})`,
    accountIn(exactly(account)),
    `(str.in_re role ${sequence(maybePath, exactly(role))})`,
    `(str.in_re session ${exactly(session)})`,
  )
}
