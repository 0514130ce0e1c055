import type { Principal } from '../../request/principal.js'
import { UNKNOWN } from '../../request/request-context.js'
import { type S3Error, s3Error } from '../../s3-error/s3-error.js'
import type { S3Body, Tag } from '../../xml/body.js'
import type { RequestFacts } from '../facts.js'
import { isIdentifier } from '../routing/identifier.js'
import { operationsThatTake, takesHeader } from '../routing/read-headers.js'
import type { S3Request } from '../routing/s3-request.js'
import { type Asked, fromBody, mayBeUpload, settingOf } from './asked.js'
import { type CopySource, malformed, parseCopySource } from './copy-source.js'
import { checkFields, type FormFields, fieldOf, formKey } from './form-fields.js'
import { parseHeaderTags } from './header-tags.js'

const ANONYMOUS: Principal = { kind: 'anonymous' }

type Tags = Asked['tags']

/** Reads of a request what its questions need; an error where it says what S3 does not understand. */
export function readAsked(request: S3Request, facts: RequestFacts, given: S3Body | FormFields | undefined): Asked | S3Error {
  const { operation } = request
  const passed = given !== undefined && given.kind === operation.body?.kind ? given : undefined
  if (passed === undefined && operation.body?.need === 'needed') return unseenBody(operation.name)
  const form = passed?.kind === 'form' ? passed : undefined
  const body = passed === undefined || passed.kind === 'form' ? undefined : passed
  const partial = { request, form }
  const problem = (form && checkFields(form)) ?? (body?.kind === 'delete' ? checkObjects(body.objects) : undefined)
  if (problem !== undefined) return problem
  const key = form === undefined ? request.key : formKey(form)
  if (typeof key === 'object') return key
  const source =
    operation.requiresHeader === COPY_SOURCE ? (checkDirectives(partial) ?? checkRange(partial) ?? readSource(partial)) : undefined
  if (source?.kind === 'error') return source
  const principal = operation.isAnonymous ? ANONYMOUS : facts.principal
  const asked = { kind: 'asked' as const, request, facts, principal, key, body, form, source, tags: undefined }
  const tags = tagsOf(asked)
  if (isError(tags)) return tags
  return tags === undefined ? asked : { ...asked, tags }
}

function unseenBody(operation: string): S3Error {
  return s3Error('AccessDenied', { reason: `${operation} is decided by what stands in its body, and the body cannot be seen here` })
}

/** No object has an empty name, and some servers take an empty version for none. */
function checkObjects(objects: readonly { readonly key: string; readonly versionId?: string }[]): S3Error | undefined {
  if (objects.some(({ key }) => key === '')) return s3Error('MalformedXML', { reason: 'an object to delete has an empty key' })
  return objects.some(({ versionId }) => versionId !== undefined && !isIdentifier(versionId))
    ? s3Error('MalformedXML', { reason: 'an object to delete has an empty version' })
    : undefined
}

const directives = ['x-amz-metadata-directive', 'x-amz-tagging-directive']
const withDirectives = operationsThatTake(directives)

/** A directive that is neither of the two may be taken for either where the copy is made. */
function checkDirectives(asked: Pick<Asked, 'request' | 'form'>): S3Error | undefined {
  if (!withDirectives.has(asked.request.operation)) return undefined
  for (const name of directives) {
    const value = settingOf(asked, name)
    if (value !== undefined && value !== 'COPY' && value !== 'REPLACE') {
      return s3Error('InvalidArgument', {
        message: `Unknown ${name.slice('x-amz-'.length).replace('-', ' ')}.`,
        detail: { ArgumentName: name },
      })
    }
  }
  return undefined
}

/** A range belongs to a part. Ceph's gateway takes a copy with one for an upload, and heeds headers that a copy has no use for. */
function checkRange({ request }: Pick<Asked, 'request'>): S3Error | undefined {
  if (takesHeader(request.operation, RANGE) || !request.http.headers.has(RANGE)) return undefined
  return s3Error('InvalidArgument', { detail: { ArgumentName: RANGE } })
}

function readSource(asked: Pick<Asked, 'request' | 'form'>): CopySource | S3Error {
  const text = settingOf(asked, COPY_SOURCE)
  return typeof text === 'string' ? parseCopySource(text) : malformed('no UTF-8')
}

/** The tags that the request gives the object. A copy that keeps its source's tags brings none, whatever its header says. */
function tagsOf(asked: Asked): Tags | S3Error {
  const { request, form } = asked
  if (form !== undefined) return fieldOf(form, TAGGING) === undefined ? undefined : (form.tags ?? UNKNOWN)
  if (request.operation.body?.kind === 'tagging') return fromBody(asked, 'tagging', ({ tags }): readonly Tag[] => tags)
  const text = settingOf(asked, TAGGING)
  if (text === undefined) return undefined
  const tags = parseHeaderTags(typeof text === 'string' ? text : '%')
  const isIgnored = takesHeader(request.operation, DIRECTIVE) && settingOf(asked, DIRECTIVE) !== 'REPLACE' && !mayBeUpload(asked)
  return isError(tags) || !isIgnored ? tags : undefined
}

function isError(tags: Tags | S3Error): tags is S3Error {
  return typeof tags === 'object' && 'kind' in tags
}

const RANGE = 'x-amz-copy-source-range'
const COPY_SOURCE = 'x-amz-copy-source'
const TAGGING = 'x-amz-tagging'
const DIRECTIVE = 'x-amz-tagging-directive'
