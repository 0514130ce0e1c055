import type { Principal } from '../../request/principal.js'
import { UNKNOWN } from '../../request/request-context.js'
import type { S3Body, Tag } from '../../xml/body.js'
import type { RequestFacts } from '../facts.js'
import { takesHeader } from '../routing/read-headers.js'
import { type HeaderText, headerOf, type S3Request } from '../routing/s3-request.js'
import type { CopySource } from './copy-source.js'
import { type FormFields, fieldOf } from './form-fields.js'

/** A request with all that is known of it, read as far as its questions need. */
export interface Asked {
  readonly kind: 'asked'
  readonly request: S3Request
  readonly facts: RequestFacts
  /** Who counts as the caller. */
  readonly principal: Principal
  /** The key of the target: a form names it itself. */
  readonly key: string | undefined
  /** The body, if it is of the kind that the operation reads. */
  readonly body: S3Body | undefined
  readonly form: FormFields | undefined
  readonly source: CopySource | undefined
  /** The object tags that the request sets; undefined if it sets none. */
  readonly tags: readonly Tag[] | typeof UNKNOWN | undefined
}

/**
 * A header, the parameter of a presigned URL or the field of a form: where the operation has it. Undefined if the operation does not take
 * it: what has no effect may not answer a condition either.
 * @param name in lower case
 */
export function settingOf({ request, form }: Pick<Asked, 'request' | 'form'>, name: string): HeaderText {
  if (!takesHeader(request.operation, name)) return undefined
  return form === undefined ? headerOf(request, name) : fieldOf(form, name)
}

/** Whether a copy may be an upload where it is carried out: not every server reads headers from the query, as S3 does. */
export function mayBeUpload({ request }: Pick<Asked, 'request'>): boolean {
  return request.hoisted?.has('x-amz-copy-source') === true && !request.http.headers.has('x-amz-copy-source')
}

/** Whether a body has been announced that nobody has passed on. */
export function hasUnseenBody({ request: { http }, body }: Pick<Asked, 'request' | 'body'>): boolean {
  if (body !== undefined) return false
  if (http.headers.has('transfer-encoding')) return true
  const length = http.headers.get('content-length')
  return length !== undefined && length !== '0'
}

/** Whether the request says that it has no body. Without a length it may have one: HTTP/2 needs none. */
function isWithoutBody({ request: { http } }: Pick<Asked, 'request'>): boolean {
  return http.headers.get('content-length') === '0' && !http.headers.has('transfer-encoding')
}

/** What the body says, if it was passed on; UNKNOWN if not, and absent if there is none. */
export function fromBody<Kind extends S3Body['kind'], Value>(
  asked: Asked,
  kind: Kind,
  read: (body: Extract<S3Body, { kind: Kind }>) => Value,
): Value | typeof UNKNOWN | undefined {
  const { body } = asked
  if (body?.kind === kind) return read(body as Extract<S3Body, { kind: Kind }>)
  return isWithoutBody(asked) ? undefined : UNKNOWN
}
