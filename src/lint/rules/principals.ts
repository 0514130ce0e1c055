import type { Rule } from '../rule.js'
import { allowNotPrincipal } from './principals/allow-not-principal.js'
import { canonicalUser } from './principals/canonical-user.js'
import { deletedPrincipal } from './principals/deleted-principal.js'
import { denyNotPrincipal } from './principals/deny-not-principal.js'
import { federatedPrincipal } from './principals/federated-principal.js'
import { invalidPrincipal } from './principals/invalid-principal.js'
import { redundantPrincipal } from './principals/redundant-principal.js'
import { starAmongPrincipals } from './principals/star-among-principals.js'
import { unknownPrincipalType } from './principals/unknown-principal-type.js'
import { unknownService } from './principals/unknown-service.js'
import { unscopedService } from './principals/unscoped-service.js'
import { wildcardInPrincipal } from './principals/wildcard-in-principal.js'

/** The rules of the category, in the order of their ids. */
export const principalsRules: readonly Rule[] = [
  allowNotPrincipal,
  canonicalUser,
  deletedPrincipal,
  denyNotPrincipal,
  federatedPrincipal,
  invalidPrincipal,
  redundantPrincipal,
  starAmongPrincipals,
  unknownPrincipalType,
  unknownService,
  unscopedService,
  wildcardInPrincipal,
]
