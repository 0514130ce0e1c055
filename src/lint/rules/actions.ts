import type { Rule } from '../rule.js'
import { actionResourceMismatch } from './actions/action-resource-mismatch.js'
import { allowNotAction } from './actions/allow-not-action.js'
import { allowNotResource } from './actions/allow-not-resource.js'
import { foreignService } from './actions/foreign-service.js'
import { invalidResource } from './actions/invalid-resource.js'
import { leadingSlash } from './actions/leading-slash.js'
import { malformedVariable } from './actions/malformed-variable.js'
import { operationIsNoPermission } from './actions/operation-is-no-permission.js'
import { otherBucket } from './actions/other-bucket.js'
import { prefixWithoutSlash } from './actions/prefix-without-slash.js'
import { redundantAction } from './actions/redundant-action.js'
import { redundantResource } from './actions/redundant-resource.js'
import { starResource } from './actions/star-resource.js'
import { unknownAction } from './actions/unknown-action.js'
import { unknownVariable } from './actions/unknown-variable.js'
import { unusableAction } from './actions/unusable-action.js'
import { unusedResource } from './actions/unused-resource.js'
import { wildcardWithoutMatch } from './actions/wildcard-without-match.js'

/** The rules of the category, in the order of their ids. */
export const actionsRules: readonly Rule[] = [
  actionResourceMismatch,
  allowNotAction,
  allowNotResource,
  foreignService,
  invalidResource,
  leadingSlash,
  malformedVariable,
  operationIsNoPermission,
  otherBucket,
  prefixWithoutSlash,
  redundantAction,
  redundantResource,
  starResource,
  unknownAction,
  unknownVariable,
  unusableAction,
  unusedResource,
  wildcardWithoutMatch,
]
