import type { Authorizer } from '../authorizer/authorizer.js'
import type { Principal } from '../request/principal.js'
import type { S3Request } from '../s3/routing/s3-request.js'
import type { Authentication } from '../sigv4/authentication.js'
import type { AuthenticatedForm } from './authenticated-form.js'
import type { GateOptions } from './gate-options.js'
import type { PermissionBody } from './read-permission-body.js'

/** What a plan is decided with. */
export interface PlanCase {
  readonly options: GateOptions
  readonly authorizer: Authorizer
  readonly request: S3Request
  readonly authentication: Authentication
  readonly principal: Principal
  readonly body: PermissionBody | AuthenticatedForm | undefined
}
