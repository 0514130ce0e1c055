import type { Explanation } from '../evaluate/explanation.js'
import type { Principal } from '../request/principal.js'
import type { S3Request } from '../s3/routing/s3-request.js'
import type { S3Error } from '../s3-error/s3-error.js'
import type { Authentication } from '../sigv4/authentication.js'
import type { S3Body } from '../xml/body.js'
import type { AuthenticatedForm } from './authenticated-form.js'
import type { DecidedQuestion } from './look-up.js'

/** What the gate says of a request. */
export type Outcome = Permitted | Refused

export interface Permitted {
  readonly kind: 'permitted'
  readonly request: S3Request
  readonly authentication: Authentication
  readonly principal: Principal
  /** All were allowed. */
  readonly questions: readonly DecidedQuestion[]
  /** Of DeleteObjects: each object, and whether it may be deleted. Whoever carries the request out deletes no other. */
  readonly objects?: readonly DecidedObject[]
  /** The body, where the gate had to read it: it is consumed. */
  readonly body?: { readonly bytes: Uint8Array; readonly parsed: S3Body }
  /** The form, where the request is one. Its file is read through `verifiedFile`, which checks its size. */
  readonly form?: AuthenticatedForm
  /** Whether the client may be told that the object does not exist (404); else it is told 403. Rejects if `lookUp` does. */
  mayLearnThatMissing(): Promise<boolean>
  /** The response headers, in lower case, that the caller may not see. Rejects if `lookUp` does. */
  hiddenHeaders(): Promise<readonly string[]>
}

export interface DecidedObject {
  readonly key: string
  readonly versionId?: string
  readonly isAllowed: boolean
  readonly questions: readonly DecidedQuestion[]
}

export interface Refused {
  readonly kind: 'refused'
  /** What the client is told. */
  readonly error: S3Error
  /** As far as it could be understood. */
  readonly request?: S3Request
  readonly authentication?: Authentication
  /** The question that was answered no; undefined where it did not come to questions. */
  readonly refusal?: DecidedQuestion
  /** Why it was answered no, statement by statement. */
  explain(): Explanation | undefined
}
