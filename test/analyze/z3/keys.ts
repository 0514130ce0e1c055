import { canonicalKeyName, findConditionKey } from '../../../src/catalog/lookup.js'
import { actionCarries } from './actions.js'
import { accountIn, arnIn, callerIs, userNameIn } from './callers.js'
import type { Language } from './languages.js'
import { anyArn, type Regex } from './regexes.js'
import type { RequestSpace } from './request-space.js'
import { and, implies, ite, literal, not, OutsideFragment, or, type Term } from './terms.js'

/** What a key's value is, where the key is present. */
export type Value =
  | { readonly kind: 'text'; readonly isIn: (language: Language) => Term }
  | { readonly kind: 'bool'; readonly isTrue: Term }
  | { readonly kind: 'number'; readonly number: Term }
  /** Nanoseconds since 1970, and for `aws:EpochTime` the seconds, which are a number too. */
  | { readonly kind: 'date'; readonly nanos: Term; readonly seconds?: Term }
  | { readonly kind: 'address'; readonly isV4: Term; readonly v4: Term; readonly v6: Term }

export interface Key {
  /** The key's value cannot be told (S12). */
  readonly isUnknown: Term
  readonly isPresent: Term
  readonly value: Value
}

/** The largest time a request has, in milliseconds. */
const LAST_TIME = 253402300799999n
/** Unix seconds have at most fifteen digits. */
const LAST_SECOND = 999999999999999n
const NANOS = 1000000000n

const alwaysPresent = ['aws:SecureTransport', 'aws:RequestedRegion', 'aws:ViaAWSService']
const neverAnonymous =
  /^aws:(PrincipalOrgID|PrincipalTag\/.*|MultiFactorAuthPresent|MultiFactorAuthAge|TokenIssueTime|FederatedProvider|SourceIdentity|AssumedRoot)$|^s3:(authType|signatureversion|signatureAge)$/s

/** The key of this name, in any spelling: one that follows from caller, bucket and time, or else a free one. */
export function keyOf(space: RequestSpace, spelling: string, owner: string): Key {
  const name = canonicalKeyName(spelling)
  return derivedKey(name, owner) ?? freeKey(space, name)
}

export function declareTime(space: RequestSpace): void {
  space.declare('time', 'Int')
  space.require(`(and (<= 0 time) (<= time ${LAST_TIME}))`)
}

const anonymous: Term = callerIs('anonymous')
const nameless: Term = callerIs('service', 'provider', 'canonical-user')
const isIn =
  (term: Term) =>
  (language: Regex): Term =>
    `(str.in_re ${term} ${language})`

function textKey(isIn: (language: Regex) => Term, isPresent: Term = 'true', isUnknown: Term = 'false'): Key {
  return { isUnknown, isPresent, value: { kind: 'text', isIn: ({ whole }) => isIn(whole) } }
}

function derivedKey(name: string, owner: string): Key | undefined {
  switch (name) {
    case 'aws:PrincipalArn':
      return { isUnknown: nameless, isPresent: not(anonymous), value: { kind: 'text', isIn: arnIn } }
    case 'aws:PrincipalAccount':
      return textKey((language) => ite(anonymous, isIn(literal('anonymous'))(language), accountIn(language)), 'true', nameless)
    case 'aws:PrincipalType':
      return textKey(principalTypeIn, 'true', nameless)
    case 'aws:userid':
      return textKey(userIdIn, 'true', or(nameless, and(callerIs('user', 'session', 'federated-user'), not('hasUserId'))))
    case 'aws:username':
      return textKey(userNameIn, callerIs('user'))
    case 'aws:ResourceAccount':
    case 's3:ResourceAccount':
      return textKey(isIn(literal(owner)))
    case 'aws:PrincipalServiceName':
      return textKey(isIn('name'), callerIs('service'))
    case 'aws:PrincipalIsAWSService':
      return { isUnknown: 'false', isPresent: not(anonymous), value: { kind: 'bool', isTrue: callerIs('service') } }
    case 'aws:CurrentTime':
      return { isUnknown: 'false', isPresent: 'true', value: { kind: 'date', nanos: '(* 1000000 time)' } }
    case 'aws:EpochTime': {
      const seconds = '(div time 1000)'
      return { isUnknown: 'false', isPresent: 'true', value: { kind: 'date', nanos: `(* ${NANOS} ${seconds})`, seconds } }
    }
    default:
      return undefined
  }
}

function principalTypeIn(language: Regex): Term {
  const rows = [
    [anonymous, 'Anonymous'],
    [callerIs('root'), 'Account'],
    [callerIs('user'), 'User'],
    [callerIs('session'), 'AssumedRole'],
    [callerIs('federated-user'), 'FederatedUser'],
  ] as const
  return or(...rows.map(([kind, type]) => and(kind, isIn(literal(type))(language))))
}

function userIdIn(language: Regex): Term {
  return ite(anonymous, isIn(literal('anonymous'))(language), ite(callerIs('root'), accountIn(language), isIn('userId')(language)))
}

function freeKey(space: RequestSpace, name: string): Key {
  const row = findConditionKey(name)
  if (row?.multiValued) throw new OutsideFragment('a key of several values')
  if (name.endsWith('/')) throw new OutsideFragment('a family of keys without a suffix')
  const known = space.keys.get(name)
  const id = known ?? `key${space.keys.size}`
  if (known === undefined) {
    space.keys.set(name, id)
    declarePresence(space, name, id)
  }
  return { isUnknown: 'false', isPresent: `${id}.present`, value: freeValue(space, row?.type ?? 'String', id, known === undefined) }
}

function declarePresence(space: RequestSpace, name: string, id: string): void {
  const isPresent = space.declare(`${id}.present`, 'Bool')
  if (alwaysPresent.includes(name)) space.require(isPresent)
  if (neverAnonymous.test(name)) space.require(implies(anonymous, not(isPresent)))
  const slash = name.indexOf('/')
  const family = slash < 0 ? name : name.slice(0, slash + 1)
  if (name.startsWith('s3:') || family === 'aws:RequestTag/' || family === 'aws:ResourceTag/') {
    space.require(implies(isPresent, actionCarries(family)))
  }
}

function freeValue(space: RequestSpace, type: string, id: string, isNew: boolean): Value {
  const declare = (name: string, sort: string, constraint: Term = 'true'): Term => {
    if (isNew) {
      space.declare(name, sort)
      space.require(constraint)
    }
    return name
  }
  switch (type) {
    case 'Bool':
      return { kind: 'bool', isTrue: declare(`${id}.bool`, 'Bool') }
    case 'Numeric':
      return { kind: 'number', number: declare(`${id}.number`, 'Real', `(<= 0.0 ${id}.number)`) }
    case 'Date': {
      const limit = LAST_SECOND * NANOS
      return { kind: 'date', nanos: declare(`${id}.nanos`, 'Int', `(and (<= (- ${limit}) ${id}.nanos) (<= ${id}.nanos ${limit}))`) }
    }
    case 'IPAddress': {
      const notMapped = `(distinct ((_ extract 127 32) ${id}.v6) #x00000000000000000000ffff)`
      return {
        kind: 'address',
        isV4: declare(`${id}.isV4`, 'Bool'),
        v4: declare(`${id}.v4`, '(_ BitVec 32)'),
        v6: declare(`${id}.v6`, '(_ BitVec 128)', notMapped),
      }
    }
    default: {
      const text = declare(`${id}.text`, 'String', type === 'ARN' ? `(str.in_re ${id}.text ${anyArn})` : 'true')
      return { kind: 'text', isIn: ({ whole }) => isIn(text)(whole) }
    }
  }
}
