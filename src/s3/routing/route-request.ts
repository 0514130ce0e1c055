import { decodeHeader } from '../../http/decode-header.js'
import { type HttpRequest, MAX_TARGET, pathOf, queryOf } from '../../http/http-request.js'
import { Query } from '../../http/query.js'
import { type S3Error, s3Error } from '../../s3-error/s3-error.js'
import type { Addressing } from '../addressing.js'
import type { OperationRow, Scope } from '../operations/operation-row.js'
import { operations } from '../operations/operations.js'
import { bucketAndKeyOf } from './bucket-and-key.js'
import { hostOf } from './host.js'
import { isIdentifier, isPartNumber } from './identifier.js'
import { METADATA, naming, type Parameters, readParameters, repeatedHeader } from './parameters.js'
import { readHeaders, takesHeader } from './read-headers.js'
import type { S3Request } from './s3-request.js'
import { dropsHeader, isUnwantedHeader } from './unwanted-header.js'

/** Operations that one method, scope and sub-resource may come to, those that ask for more of a request first. */
type Routes = ReadonlyMap<string, ReadonlyMap<string, readonly OperationRow[]>>

const routes: Readonly<Record<Scope, Routes>> = {
  service: routesOf('service'),
  bucket: routesOf('bucket'),
  object: routesOf('object'),
  website: routesOf('website'),
}

/** Operations that have a path of their own, which would be a bucket's. */
const fixedPaths: ReadonlyMap<string, OperationRow> = new Map(
  operations.flatMap((row) => (row.path === undefined ? [] : row.methods.map((method) => [`${method} ${row.path}`, row] as const))),
)

/**
 * Which operation of S3 a request is, and on which bucket and object. What S3 has no operation for is an error: an unknown parameter could
 * make a request ask for more than its path and method tell. Never throws.
 */
export function routeRequest(http: HttpRequest, addressing?: Addressing): S3Request | S3Error {
  if (http.target.length > MAX_TARGET) return s3Error('InvalidURI', { reason: 'the request target is too long' })
  const path = pathOf(http.target)
  if (path.charCodeAt(0) !== SLASH || hasUnsafeMark(http.target)) return s3Error('InvalidURI')
  const host = hostOf(http.headers, addressing)
  if (host.kind === 'error') return host
  const named = bucketAndKeyOf(path, host)
  if (named.kind === 'error') return named
  const query = Query.parse(queryOf(http.target))
  if (query === undefined) return s3Error('InvalidURI')
  const parameters = readParameters(query)
  if (parameters.kind === 'error') return parameters
  const fixed = host.bucket === undefined && named.scope === 'bucket' ? fixedPaths.get(`${http.method} ${path}`) : undefined
  const operation = fixed ?? operationOf(http, named.scope, query, parameters)
  if ('kind' in operation) return operation
  const problem = checkParameters(operation, query, parameters) ?? checkHeaders(http, operation, parameters)
  if (problem !== undefined) return problem
  if (operation.refusal !== undefined) return s3Error(operation.refusal, { reason: `${operation.name} is not supported` })
  const { bucket, key } = named
  return { kind: 'request', http, operation, bucket, key, query, isWebsite: host.kind === 'website', hoisted: parameters.hoisted }
}

function operationOf(http: HttpRequest, scope: Scope, query: Query, parameters: Parameters): OperationRow | S3Error {
  if (parameters.unknown !== '' && scope !== 'website') return notImplemented(parameters.unknown)
  const rows = routes[scope].get(http.method)
  const free = rows?.get('')
  const [first] = free ?? []
  if (first?.ignoresParameters) return first
  if (parameters.conflict !== '') return conflict(parameters)
  if (parameters.repeated !== '') return repeatedHeader(parameters.repeated)
  const candidates = parameters.subresource === '' ? free : rows?.get(parameters.subresource)
  for (const row of candidates ?? []) if (isMeant(row, http, query, parameters)) return row
  // The sub-resource exists, and with it the operation; what is missing is a parameter that says which.
  if (candidates !== undefined && parameters.subresource !== '')
    return s3Error('InvalidArgument', { reason: 'a required parameter is missing' })
  return s3Error('MethodNotAllowed', naming('Method', http.method))
}

function isMeant({ requires, requiresHeader }: OperationRow, http: HttpRequest, query: Query, { hoisted }: Parameters): boolean {
  if (requiresHeader !== undefined && !http.headers.has(requiresHeader) && hoisted?.has(requiresHeader) !== true) return false
  if (requires === undefined) return true
  for (const { name, value } of requires) {
    const given = query.get(name)
    if (given === undefined || (value !== undefined && given !== value)) return false
  }
  return true
}

function checkParameters(row: OperationRow, query: Query, { known, unknown, hoisted }: Parameters): S3Error | undefined {
  if (unknown !== '' && !row.ignoresUnknownParameters) return notImplemented(unknown)
  if (row.ignoresParameters) return undefined
  for (const name of known) {
    if (!row.parameters?.includes(name) && !row.requires?.some((required) => required.name === name)) return notTaken(row, name)
    const check = checks.get(name)
    if (check !== undefined && !check.isRight(query.get(name)))
      return s3Error('InvalidArgument', { message: check.message, ...naming('ArgumentName', name) })
  }
  if (hoisted === undefined) return undefined
  for (const name of hoisted.keys()) {
    if (!takesHeader(row, name.startsWith(METADATA) ? `${METADATA}*` : name)) return notTaken(row, name)
  }
  return undefined
}

/** Parameters that say which one is meant, and what S3 says of those that do not. */
const checks: ReadonlyMap<string, { readonly isRight: (value: string | undefined) => boolean; readonly message: string }> = new Map([
  ['partNumber', { isRight: isPartNumber, message: 'Part number must be an integer between 1 and 10000, inclusive' }],
  ['uploadId', { isRight: isIdentifier, message: 'This is no upload id.' }],
  ['versionId', { isRight: isIdentifier, message: 'Version id cannot be the empty string' }],
])

function notTaken(row: OperationRow, name: string): S3Error {
  return s3Error('InvalidArgument', { message: `${row.name} does not take this parameter.`, ...naming('ArgumentName', name) })
}

function checkHeaders({ headers }: HttpRequest, row: OperationRow, { hoisted }: Parameters): S3Error | undefined {
  for (const name of headers.names()) {
    if (readHeaders.has(name)) {
      if (headers.hasRepeated && headers.isRepeated(name)) return repeatedHeader(name)
    } else if (isUnwantedHeader(name)) {
      return s3Error('NotImplemented', { ...naming('Header', name), reason: 'the header would make another request of it' })
    }
  }
  if (dropsHeader(headers)) {
    return s3Error('InvalidRequest', {
      message: 'The Connection header names a header that S3 reads.',
      reason: 'a proxy on the way would drop the header',
    })
  }
  if (hoisted !== undefined) {
    for (const [name, value] of hoisted) {
      const header = headers.get(name)
      if (headers.isRepeated(name) || (header !== undefined && decodeHeader(header) !== value)) return repeatedHeader(name)
    }
  }
  if (row.contentType !== undefined && !headers.get('content-type')?.toLowerCase().startsWith(row.contentType)) {
    return s3Error('PreconditionFailed', { message: `Bucket POST must be of the enclosure-type ${row.contentType}` })
  }
  return undefined
}

function conflict({ subresource, conflict }: Parameters): S3Error {
  return s3Error('InvalidArgument', {
    message: `Conflicting query string parameters: ${subresource}, ${conflict}`,
    detail: { ArgumentName: 'ResourceType', ArgumentValue: subresource },
  })
}

function notImplemented(parameter: string): S3Error {
  return s3Error('NotImplemented', { ...naming('Parameter', parameter), reason: 'S3 has no such query parameter' })
}

/** What some servers take for the path's end, for a slash, or, as MinIO, for the end of a parameter, and others for itself. */
function hasUnsafeMark(target: string): boolean {
  return target.includes('#') || target.includes('\\') || queryOf(target).includes(';')
}

function routesOf(scope: Scope): Routes {
  const byMethod = new Map<string, Map<string, OperationRow[]>>()
  for (const row of operations) {
    if ((row.scope !== scope && row.alsoOn !== scope) || row.path !== undefined || row.supersededBy !== undefined) continue
    for (const method of row.methods) {
      const bySubresource = byMethod.get(method) ?? new Map<string, OperationRow[]>()
      byMethod.set(method, bySubresource)
      const rows = bySubresource.get(row.subresource ?? '') ?? []
      bySubresource.set(row.subresource ?? '', rows)
      rows.push(row)
      rows.sort((a, b) => demandsOf(b) - demandsOf(a))
    }
  }
  return byMethod
}

function demandsOf({ requires = [], requiresHeader }: OperationRow): number {
  return requires.length + (requiresHeader === undefined ? 0 : 1)
}

const SLASH = 0x2f
