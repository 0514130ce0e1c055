import { describe, expect, test } from 'vitest'
import { matchPrincipal } from '../../src/evaluate/match-principal.js'
import { arnPatternOf } from '../../src/match/arn.js'
import { type Caller, callerArnOf } from '../../src/request/caller.js'
import { aws, OTHER, OWNER, statementOf } from './ask.js'

const ID = 'AIDAEXAMPLEID000'
const ROLE_ID = 'AROAEXAMPLEID000'
const CANONICAL = '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be'

const user = `arn:aws:iam::${OWNER}:user/team/alice`
const session = `arn:aws:sts::${OWNER}:assumed-role/deploy/ci`
const role = `arn:aws:iam::${OWNER}:role/service/deploy`
const root = `arn:aws:iam::${OWNER}:root`

/** Canonical ids are those of accounts: `canon-<account>`. */
const canonicalIdOf = (account: string) => `canon-${account}`

const callers = {
  alice: aws(user),
  'alice with id': aws(user, { userId: ID }),
  stranger: aws(`arn:aws:iam::${OTHER}:user/team/alice`),
  session: aws(session),
  'session with role': aws(session, { roleArn: role }),
  'session with id': aws(session, { userId: `${ROLE_ID}:ci` }),
  'session in China': aws(`arn:aws-cn:sts::${OWNER}:assumed-role/deploy/ci`),
  'user in China': aws(`arn:aws-cn:iam::${OWNER}:user/team/alice`),
  role: aws(role),
  'federated user': aws(`arn:aws:sts::${OWNER}:federated-user/carol`),
  root: aws(root),
  'root elsewhere': aws(`arn:aws:iam::${OTHER}:root`),
  key: { kind: 'key', account: OWNER, arn: arnOf(`arn:aws:iam::${OWNER}:user/AK1`), userId: 'AK1' },
  'key spelled like an id': { kind: 'key', account: OWNER, arn: arnOf(`arn:aws:iam::${OWNER}:user/${ID}`), userId: ID },
  anonymous: { kind: 'anonymous' },
  logging: { kind: 'service', service: 'logging.s3.amazonaws.com' },
  google: { kind: 'federated', provider: 'accounts.google.com' },
  canonical: { kind: 'canonicalUser', canonicalId: CANONICAL },
  'canonical of the owner': { kind: 'canonicalUser', canonicalId: canonicalIdOf(OWNER), account: OWNER },
} as const satisfies Readonly<Record<string, Caller>>

function arnOf(text: string) {
  const arn = callerArnOf(text)
  if (arn === undefined) throw new Error(text)
  return arn
}

type Name = keyof typeof callers
type Outcome = true | false | 'unknown' | 'account'

/** `account` for a caller that is covered by its account alone. */
function match(element: 'Principal' | 'NotPrincipal', value: unknown, Effect: string, caller: Caller): Outcome {
  const known = caller.account === undefined ? caller : { canonicalId: canonicalIdOf(caller.account), ...caller }
  const { truth, byAccount } = matchPrincipal(statementOf({ Effect, [element]: value }), known)
  if (byAccount) expect(truth).toBe(true)
  return byAccount ? 'account' : truth
}

const everybody = Object.keys(callers) as readonly Name[]

/** Every caller's outcome: `otherwise` where none is given. */
function expectOutcomes(actual: (caller: Caller) => Outcome, given: Partial<Record<Name, Outcome>>, otherwise: Outcome): void {
  const outcomes = Object.fromEntries(everybody.map((name) => [name, actual(callers[name])]))
  expect(outcomes).toEqual(Object.fromEntries(everybody.map((name) => [name, given[name] ?? otherwise])))
}

const sessionsOfDeploy = { session: true, 'session with id': true } as const
const ofOwner = [
  'alice',
  'alice with id',
  'session',
  'session with role',
  'session with id',
  'session in China',
  'user in China',
  'role',
  'federated user',
  'root',
  'key',
  'key spelled like an id',
  'canonical of the owner',
] as const satisfies readonly Name[]
const wholeAccount = Object.fromEntries(ofOwner.map((name) => [name, 'account'])) as Partial<Record<Name, Outcome>>

describe('Principal: whom an entry covers, over all callers (the others are false)', () => {
  test.each<[string, unknown, Partial<Record<Name, Outcome>>, Outcome?]>([
    ['"*"', '*', {}, true],
    ['AWS "*"', { AWS: '*' }, {}, true],
    ['no entry', { AWS: [] }, {}],
    ['no type', {}, {}],
    ['an account id', { AWS: OWNER }, wholeAccount],
    ['an account’s root', { AWS: root }, wholeAccount],
    ['an account’s root in another partition', { AWS: `arn:aws-us-gov:iam::${OWNER}:root` }, wholeAccount],
    ['a root of another service', { AWS: `arn:aws:sts::${OWNER}:root` }, {}],
    ['an ARN of the account that is not its root', { AWS: `arn:aws:iam::${OWNER}:rooty` }, {}],
    ['half an account id', { AWS: OWNER.slice(0, 6) }, {}],
    ['a user', { AWS: user }, { alice: true, 'alice with id': true }],
    ['a user, case counts', { AWS: user.toUpperCase() }, {}],
    ['a user without its path', { AWS: `arn:aws:iam::${OWNER}:user/alice` }, {}],
    ['a user in another partition', { AWS: user.replace('aws', 'aws-us-gov') }, {}],
    ['a key’s ARN', { AWS: `arn:aws:iam::${OWNER}:user/AK1` }, { key: true }],
    ['a federated user', { AWS: `arn:aws:sts::${OWNER}:federated-user/carol` }, { 'federated user': true }],
    ['a session, exactly', { AWS: session }, { session: true, 'session with role': true, 'session with id': true }],
    ['another session of the role', { AWS: `${session}2` }, {}],
    [
      'a role: sessions that tell their role, the role itself, and sessions that do not tell',
      { AWS: role },
      { role: true, 'session with role': true, ...sessionsOfDeploy, 'session in China': true },
    ],
    [
      'a role of another path: not where the path is known',
      { AWS: `arn:aws:iam::${OWNER}:role/deploy` },
      { ...sessionsOfDeploy, 'session in China': true },
    ],
    [
      'a role in another partition: partition aside where the role is not known',
      { AWS: role.replace('aws', 'aws-cn') },
      { ...sessionsOfDeploy, 'session in China': true },
    ],
    ['a role of another account', { AWS: `arn:aws:iam::${OTHER}:role/deploy` }, {}],
    ['a role of another name', { AWS: `arn:aws:iam::${OWNER}:role/deploy2` }, {}],
    ['a role whose path holds the name', { AWS: `arn:aws:iam::${OWNER}:role/deploy/other` }, {}],
    ['a user named like the role', { AWS: `arn:aws:iam::${OWNER}:user/deploy` }, {}],
    ['a role of another service', { AWS: `arn:aws:sts::${OWNER}:role/deploy` }, {}],
    ['a unique id', { AWS: ID }, { 'alice with id': true }],
    ['a role’s unique id', { AWS: ROLE_ID }, { 'session with id': true }],
    ['a session’s unique id with its name', { AWS: `${ROLE_ID}:ci` }, {}],
    ['a longer unique id', { AWS: `${ID}0` }, {}],
    ['a shorter unique id, which is an account', { AWS: ID.slice(0, -1) }, {}],
    ['a service', { Service: 'logging.s3.amazonaws.com' }, { logging: true }],
    ['another service', { Service: 's3.amazonaws.com' }, {}],
    ['a service under AWS', { AWS: 'logging.s3.amazonaws.com' }, {}],
    ['an account under a type that has none', { Service: OWNER, Federated: root }, {}],
    ['a provider', { Federated: 'accounts.google.com' }, { google: true }],
    ['a provider as service', { Service: 'accounts.google.com' }, {}],
    ['a canonical user', { CanonicalUser: CANONICAL }, { canonical: true }],
    [
      'a canonical user that is an account: that one directly, its account by delegation',
      { CanonicalUser: `canon-${OWNER}` },
      { ...wholeAccount, 'canonical of the owner': true },
    ],
    ['a canonical user of another account', { CanonicalUser: `canon-${OTHER}` }, { stranger: 'account', 'root elsewhere': 'account' }],
    ['two entries', { AWS: [user, OTHER] }, { alice: true, 'alice with id': true, stranger: 'account', 'root elsewhere': 'account' }],
    ['an account and a user of it: the user directly', { AWS: [OWNER, user] }, { ...wholeAccount, alice: true, 'alice with id': true }],
    ['two types', { Service: 'logging.s3.amazonaws.com', Federated: 'accounts.google.com' }, { logging: true, google: true }],
    ['an account and everybody', { AWS: [OWNER, '*'] }, {}, true],
  ])('%s', (_, principal, given, otherwise = false) => {
    expectOutcomes((caller) => match('Principal', principal, 'Allow', caller), given, otherwise)
    expectOutcomes((caller) => match('Principal', principal, 'Deny', caller), given, otherwise)
  })
})

const unknownFor = (...names: readonly Name[]) =>
  Object.fromEntries(names.map((name) => [name, 'unknown'])) as Partial<Record<Name, Outcome>>
const withArnOfOwner = ofOwner.filter((name) => name !== 'canonical of the owner')
const sessions: readonly Name[] = ['session', 'session with role', 'session with id']

describe('Principal: a wildcard is unknown for whom it may mean, S4.6', () => {
  test.each<[string, unknown, readonly Name[]]>([
    ['a user', `arn:aws:iam::${OWNER}:user/team/al?ce`, ['alice', 'alice with id']],
    ['users of a path', `arn:aws:iam::${OWNER}:user/team/*`, ['alice', 'alice with id']],
    ['all users of the account', `arn:aws:iam::${OWNER}:user/*`, ['alice', 'alice with id', 'key', 'key spelled like an id']],
    ['users of any account', 'arn:aws:iam::*:user/team/alice', ['alice', 'alice with id', 'stranger']],
    ['a user of another name', `arn:aws:iam::${OWNER}:user/team/bob*`, []],
    ['case counts', `arn:aws:iam::${OWNER}:USER/team/*`, []],
    ['a session', `arn:aws:sts::${OWNER}:assumed-role/deploy/c?`, sessions],
    ['a role by its name', `arn:aws:iam::${OWNER}:role/service/de*`, [...sessions, 'role']],
    ['a role of another path', `arn:aws:iam::${OWNER}:role/other/de*`, ['session', 'session with id']],
    ['a role without path', `arn:aws:iam::${OWNER}:role/de*`, ['session', 'session with id']],
    ['a role of a path that is a pattern', `arn:aws:iam::${OWNER}:role/*/deploy`, [...sessions, 'role']],
    ['all roles', `arn:aws:iam::${OWNER}:role/*`, [...sessions, 'role']],
    ['a role of another name', `arn:aws:iam::${OWNER}:role/service/x*`, []],
    ['a role of another account', `arn:aws:iam::${OTHER}:role/service/d*`, []],
    ['a role in China', `arn:aws-cn:iam::${OWNER}:role/service/de*`, ['session in China']],
    ['the account, by its root in any partition', `arn:*:iam::${OWNER.slice(0, 11)}?:root`, [...withArnOfOwner, 'canonical of the owner']],
    ['the account, by its id', `${OWNER.slice(0, 11)}?`, [...withArnOfOwner, 'canonical of the owner']],
    ['another account', `${OTHER.slice(0, 11)}*`, ['stranger', 'root elsewhere']],
    ['a unique id', `${ID.slice(0, -1)}?`, ['alice with id']],
    ['a role’s unique id', 'AROA*', ['session with id']],
    ['fewer than six parts', 'arn:*', everybody.filter((name) => 'account' in callers[name])],
    ['everything but the empty text', '?*', everybody.filter((name) => 'account' in callers[name])],
  ])('AWS %s', (_, text, names) => {
    expectOutcomes((caller) => match('Principal', { AWS: text }, 'Allow', caller), unknownFor(...names), false)
    expectOutcomes((caller) => match('Principal', { AWS: text }, 'Deny', caller), unknownFor(...names), false)
  })

  test.each<[string, Readonly<Record<string, string>>, readonly Name[]]>([
    ['any service', { Service: '*' }, ['logging']],
    ['some service', { Service: '*.s3.amazonaws.com' }, ['logging']],
    ['a letter of a service', { Service: 'loggin?.s3.amazonaws.com' }, ['logging']],
    ['another service', { Service: 'cloud*' }, []],
    ['any provider', { Federated: '*' }, ['google']],
    ['some canonical users', { CanonicalUser: '79a5*' }, ['canonical']],
  ])('%s', (_, principal, names) => {
    expectOutcomes((caller) => match('Principal', principal, 'Allow', caller), unknownFor(...names), false)
  })

  test.each<[string, Name, string]>([
    ['the account of a caller in another partition, by its root', 'user in China', `arn:aws-cn:iam::${OWNER.slice(0, 11)}?:root`],
    ['the account of a canonical user, by its root', 'canonical of the owner', `arn:aws:iam::${OWNER.slice(0, 11)}?:root`],
    ['the account of a caller in this partition, by its root', 'alice', `arn:aws:iam::${OWNER.slice(0, 11)}?:root`],
  ])('%s', (_, name, text) => {
    expect(match('Principal', { AWS: text }, 'Deny', callers[name])).toBe('unknown')
  })

  test.each<[string, Name]>([
    ['*', 'canonical'],
    ['canon-*', 'canonical of the owner'],
  ])('a canonical user like %s', (CanonicalUser, name) => {
    expect(match('Principal', { CanonicalUser }, 'Deny', callers[name])).toBe('unknown')
    expect(match('Principal', { CanonicalUser }, 'Deny', callers.anonymous)).toBe(false)
  })

  test('an entry that certainly covers the caller wins over one that may', () => {
    const entries = { AWS: [`arn:aws:iam::${OWNER}:user/*`, user] }
    expect(match('Principal', entries, 'Allow', callers.alice)).toBe(true)
    expect(match('Principal', entries, 'Allow', callers.key)).toBe('unknown')
  })

  test('a caller that may be named and is of a named account is covered by its account', () => {
    expect(match('Principal', { AWS: [`arn:aws:iam::${OWNER}:user/*`, OWNER] }, 'Allow', callers.alice)).toBe('account')
  })
})

const spared = (...names: readonly Name[]) => Object.fromEntries(names.map((name) => [name, false])) as Partial<Record<Name, Outcome>>

describe('NotPrincipal with Deny: it hits everybody but the spared, S4.7', () => {
  test.each<[string, unknown, readonly Name[]]>([
    ['nobody', { AWS: [] }, []],
    ['"*" spares all but anonymous', '*', everybody.filter((name) => name !== 'anonymous')],
    ['AWS "*" too', { AWS: '*' }, everybody.filter((name) => name !== 'anonymous')],
    ['an account alone spares its root', { AWS: OWNER }, ['root']],
    ['an account’s root ARN too', { AWS: root }, ['root']],
    ['a user alone spares nobody', { AWS: user }, []],
    ['a user with its account', { AWS: [OWNER, user] }, ['root', 'alice', 'alice with id']],
    ['a user with its account’s root', { AWS: [root, user] }, ['root', 'alice', 'alice with id']],
    ['a user with another account', { AWS: [OTHER, user] }, ['root elsewhere']],
    ['a unique id with its account', { AWS: [OWNER, ID] }, ['root', 'alice with id']],
    ['a unique id alone', { AWS: ID }, []],
    ['a role’s unique id with its account', { AWS: [OWNER, ROLE_ID] }, ['root', 'session with id']],
    [
      'a role with its account',
      { AWS: [OWNER, role] },
      ['root', 'role', 'session', 'session with role', 'session with id', 'session in China'],
    ],
    [
      'a role of another path',
      { AWS: [OWNER, `arn:aws:iam::${OWNER}:role/deploy`] },
      ['root', 'session', 'session with id', 'session in China'],
    ],
    ['a role of another name', { AWS: [OWNER, `arn:aws:iam::${OWNER}:role/other`] }, ['root']],
    ['a session’s own ARN spares nobody', { AWS: [OWNER, session] }, ['root']],
    ['a federated user with its account', { AWS: [OWNER, `arn:aws:sts::${OWNER}:federated-user/carol`] }, ['root', 'federated user']],
    ['a key with its account', { AWS: [OWNER, `arn:aws:iam::${OWNER}:user/AK1`] }, ['root', 'key']],
    ['a wildcard for the user', { AWS: [OWNER, `arn:aws:iam::${OWNER}:user/*`] }, ['root']],
    ['a wildcard for the role', { AWS: [OWNER, `arn:aws:iam::${OWNER}:role/*`] }, ['root']],
    ['a wildcard for the account', { AWS: ['*2*', user] }, []],
    ['a service', { Service: 'logging.s3.amazonaws.com' }, ['logging']],
    ['a wildcard for the service', { Service: '*' }, []],
    ['a provider', { Federated: 'accounts.google.com' }, ['google']],
    ['a canonical user', { CanonicalUser: CANONICAL }, ['canonical']],
    ['a canonical user that is an account', { CanonicalUser: `canon-${OWNER}` }, ['root', 'canonical of the owner']],
    [
      'a canonical user that is an account, with a user',
      { CanonicalUser: `canon-${OWNER}`, AWS: user },
      ['root', 'canonical of the owner', 'alice', 'alice with id'],
    ],
    ['a user’s ARN as service counts for nothing', { AWS: OWNER, Service: user }, ['root']],
  ])('%s', (_, notPrincipal, names) => {
    expectOutcomes((caller) => match('NotPrincipal', notPrincipal, 'Deny', caller), spared(...names), true)
  })
})

describe('NotPrincipal with Allow: it covers whom no entry names, S4.8', () => {
  test.each<[string, unknown, Partial<Record<Name, Outcome>>, Outcome?]>([
    ['nobody is listed', { AWS: [] }, {}],
    ['"*"', '*', {}, false],
    ['AWS "*"', { AWS: '*' }, {}, false],
    ['an account', { AWS: OWNER }, spared(...ofOwner)],
    ['a user', { AWS: user }, spared('alice', 'alice with id')],
    ['a user and another account', { AWS: [user, OTHER] }, spared('alice', 'alice with id', 'stranger', 'root elsewhere')],
    ['a role', { AWS: role }, spared('role', 'session', 'session with role', 'session with id', 'session in China')],
    ['a unique id', { AWS: ID }, spared('alice with id')],
    ['a service', { Service: 'logging.s3.amazonaws.com' }, spared('logging')],
    ['a canonical user that is an account', { CanonicalUser: `canon-${OWNER}` }, spared(...ofOwner)],
    ['a wildcard: unknown for whom it may mean', { AWS: `arn:aws:iam::${OWNER}:user/team/*` }, unknownFor('alice', 'alice with id')],
    ['a wildcard and the account', { AWS: [`arn:aws:iam::${OWNER}:user/team/*`, OWNER] }, spared(...ofOwner)],
    ['any service', { Service: '*' }, unknownFor('logging')],
  ])('%s', (_, notPrincipal, given, otherwise = true) => {
    expectOutcomes((caller) => match('NotPrincipal', notPrincipal, 'Allow', caller), given, otherwise)
  })
})

describe('what is a unique id, and so no account', () => {
  test.each([
    ['AIDA000000000000', true],
    ['AIDA00000000000', false],
    ['AIDAABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789', true],
    ['AZZZZZZZZZZZZZZZ', true],
    ['BIDA000000000000', false],
    ['A0DA000000000000', false],
    ['AI0A000000000000', false],
    ['AID0000000000000', false],
    ['AIDA00000000000a', false],
    ['aIDA000000000000', false],
    ['AIDa000000000000', false],
    ['AIDA-00000000000', false],
    ['AIDA00000000000:', false],
  ])('%s: %s', (text, isId) => {
    const ofAccount: Caller = { kind: 'aws', account: text, arn: arnOf(user) }
    const withId: Caller = { kind: 'aws', account: OWNER, arn: arnOf(user), userId: text }
    expect(match('Principal', { AWS: text }, 'Allow', ofAccount)).toBe(isId ? false : 'account')
    expect(match('Principal', { AWS: text }, 'Allow', withId)).toBe(isId)
  })
})

describe('callers with odd names', () => {
  test('a star of a pattern does not cross the colons before the resource', () => {
    const colon = aws(`arn:aws:iam::${OWNER}:user/a:b`)
    expect(match('Principal', { AWS: `arn:aws:iam::${OWNER}:user/*:b` }, 'Deny', colon)).toBe('unknown')
    expect(match('Principal', { AWS: `arn:aws:*:${OWNER}:user/a:b` }, 'Deny', colon)).toBe(false)
  })

  test('a name that looks like a pattern is not named by the pattern, not even where both are equal', () => {
    const star = `arn:aws:iam::${OWNER}:user/*`
    expect(match('Principal', { AWS: star }, 'Allow', aws(star))).toBe('unknown')
    expect(match('NotPrincipal', { AWS: [OWNER, star] }, 'Deny', aws(star))).toBe(true)
    const account: Caller = { kind: 'aws', account: '1?', arn: arnOf(user) }
    expect(match('Principal', { AWS: '1?' }, 'Allow', account)).toBe('unknown')
    expect(match('Principal', { AWS: 'arn:aws:iam::1?:root' }, 'Deny', account)).toBe('unknown')
  })
})

describe('callers that lack something', () => {
  test('an aws caller whose ARN says nothing is covered by its account', () => {
    const other = aws(`arn:aws:iam::${OWNER}:mfa/x`)
    expect(match('Principal', { AWS: OWNER }, 'Allow', other)).toBe('account')
    expect(match('Principal', { AWS: `arn:aws:iam::${OWNER}:mfa/x` }, 'Allow', other)).toBe(true)
  })

  test('without an account, an ARN names nobody', () => {
    expect(match('Principal', { AWS: user }, 'Allow', { kind: 'aws', arn: arnOf(user) })).toBe(false)
    expect(match('NotPrincipal', { AWS: [OWNER, user] }, 'Deny', { kind: 'aws', arn: arnOf(user) })).toBe(true)
  })

  test('the callers of this table have the ARNs they should', () => {
    expect(callers.session.arn).toMatchObject({ type: 'session', role: { isExact: false } })
    expect(callers['session with role'].arn).toMatchObject({ type: 'session', role: { arn: role, isExact: true } })
    expect(arnPatternOf([{ text: session, literal: true }])).toBeUndefined()
  })
})
