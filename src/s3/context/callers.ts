import type { Principal } from '../../request/principal.js'
import { type GivenValue, UNKNOWN } from '../../request/request-context.js'

type ByCaller = Readonly<Record<Principal['kind'], GivenValue>>

/** What only temporary credentials, or services that act for somebody, bring along: access keys and anonymous callers never do. */
export const ofSessions: ByCaller = {
  anonymous: undefined,
  key: undefined,
  aws: UNKNOWN,
  service: UNKNOWN,
  federated: UNKNOWN,
  canonicalUser: UNKNOWN,
}

/** What only service principals have. */
export const ofServices: ByCaller = {
  anonymous: undefined,
  key: undefined,
  aws: undefined,
  service: UNKNOWN,
  federated: undefined,
  canonicalUser: undefined,
}

/** `aws:PrincipalIsAWSService`. */
export const isService: ByCaller = {
  anonymous: undefined,
  key: 'false',
  aws: 'false',
  service: 'true',
  federated: UNKNOWN,
  canonicalUser: UNKNOWN,
}

/** `aws:ViaAWSService`: nothing here makes requests with the credentials of its caller. */
export const isViaService: ByCaller = {
  anonymous: 'false',
  key: 'false',
  aws: 'false',
  service: 'false',
  federated: 'false',
  canonicalUser: 'false',
}
