import type { AuthorizationRequest } from '../request/authorization-request.js'
import type { ContextRecord, RequestContext } from '../request/request-context.js'
import { type Address, createAddress } from '../scan/address.js'
import { type ArnColons, createArnColons } from '../scan/arn.js'
import { createInstant, type MutableInstant } from '../scan/instant.js'

/** Kinds of callers. */
export const CALLER_ANONYMOUS = 0
export const CALLER_KEY = 1
export const CALLER_AWS = 2
export const CALLER_SERVICE = 3
export const CALLER_FEDERATED = 4
export const CALLER_CANONICAL = 5

/** What a caller's ARN says of it. */
export const ARN_NONE = 0
export const ARN_ROOT = 1
export const ARN_USER = 2
export const ARN_SESSION = 3
export const ARN_ROLE = 4
export const ARN_FEDERATED = 5
export const ARN_OTHER = 6

/**
 * What one decision works with. Parts of texts are told by the text and two places in it, never cut out: a decision makes no strings, and
 * no other objects. They are written in four steps: the request (decide.ts), its caller (caller.ts), which principals of the bucket's policy the
 * caller is (principals.ts), and, again and again, the value that a condition or variable reads (values.ts). An authorizer keeps one set and hands it from decision to decision; `endRequest` leaves it as it was made.
 */
export interface Registers {
  /** The request's condition keys, as they came or made ready. */
  context: ContextRecord | RequestContext | undefined
  /** The context, if it was made ready; null until somebody asks: most requests by access key are decided before. */
  prepared: RequestContext | undefined | null
  unknown: readonly string[] | undefined
  action: number
  /** Of rows that have been fetched early: means nothing. */
  fetched: number
  /** The object's key; empty for actions on buckets. */
  key: string
  /** The request, for what few decisions ask of it: to read its clock, say, may make another number. Undefined until something is written here. */
  request: AuthorizationRequest | undefined
  /** The account that owns the bucket. */
  owner: string

  callerKind: number
  /** The caller's ARN; empty if there is none, or if it is the one that an access key has by default. */
  arn: string
  arnType: number
  colons: ArnColons
  /** The last part of the ARN's path: of `userName` or `arn`, from nameFrom (or, where that is NOT_READ, what follows the last slash) to nameTo. */
  nameFrom: number
  nameTo: number
  /** Whether the caller belongs to an account: of `accountText`, or of `arn` where that is empty, from accountFrom to accountTo. */
  hasAccount: boolean
  accountText: string
  accountFrom: number
  accountTo: number
  /** The access key with the default ARN; else empty. */
  userName: string
  /** The session's role, if the request tells; else empty. */
  roleArn: string
  /** Empty if it is not known. */
  userId: string
  /** The canonical id of the caller, or of its account; empty if the snapshot does not tell, or no policy asks. */
  canonicalId: string
  /** The service or the provider. */
  other: string

  /** The principal of the policy that has the caller's ARN, 0 if none has, or NOT_READ. */
  named: number
  /** The principals of the policy that are the caller, and those that are its account. */
  own: Int32Array
  ownCount: number
  accounts: Int32Array
  accountCount: number

  /** The principal test that was done last, 0 if none, and what it said: the rules of one statement stand together. */
  test: number
  testTruth: number

  /** The value that was read last: one, text from `from` to `to`, or a list. */
  text: string
  from: number
  to: number
  list: readonly string[]
  /** As readBoolean gives it. */
  boolean: number
  address: Address
  /** The condition key whose one value `address` is, or NOT_READ. */
  addressKey: number
  instant: MutableInstant
  valueColons: ArnColons
}

/** Nobody has looked yet. */
export const NOT_READ = -1

const noValues: readonly string[] = Object.freeze([])

export function createRegisters(): Registers {
  return {
    context: undefined,
    prepared: null,
    unknown: undefined,
    action: 0,
    fetched: 0,
    key: '',
    request: undefined,
    owner: '',
    callerKind: CALLER_ANONYMOUS,
    arn: '',
    arnType: ARN_NONE,
    colons: createArnColons(),
    nameFrom: 0,
    nameTo: 0,
    hasAccount: false,
    accountText: '',
    accountFrom: 0,
    accountTo: 0,
    userName: '',
    roleArn: '',
    userId: '',
    canonicalId: '',
    other: '',
    named: NOT_READ,
    own: new Int32Array(4),
    ownCount: 0,
    accounts: new Int32Array(2),
    accountCount: 0,
    test: 0,
    testTruth: 0,
    text: '',
    from: 0,
    to: 0,
    list: noValues,
    boolean: -1,
    address: createAddress(),
    addressKey: NOT_READ,
    instant: createInstant(),
    valueColons: createArnColons(),
  }
}

/** Drops what belongs to the request and its caller, so that nothing is kept and the next request writes only what it has. */
export function endRequest(r: Registers): void {
  r.context = undefined
  r.prepared = null
  r.unknown = undefined
  r.action = 0
  r.fetched = 0
  r.key = ''
  r.request = undefined
  r.owner = ''
  r.text = ''
  r.list = noValues
  r.boolean = -1
  r.addressKey = NOT_READ
  r.address.a = 0
  r.address.b = 0
  r.address.c = 0
  r.address.d = 0
  r.instant.seconds = 0
  r.instant.nanos = 0
  r.callerKind = CALLER_ANONYMOUS
  r.arn = ''
  r.arnType = ARN_NONE
  r.nameFrom = 0
  r.nameTo = 0
  r.hasAccount = false
  r.accountText = ''
  r.accountFrom = 0
  r.accountTo = 0
  r.userName = ''
  r.roleArn = ''
  r.userId = ''
  r.canonicalId = ''
  r.other = ''
  r.named = NOT_READ
  r.ownCount = 0
  r.accountCount = 0
  r.test = 0
}
