import type { Query } from '../../http/query.js'
import { type S3Error, s3Error } from '../../s3-error/s3-error.js'
import { commonHeaders } from '../operations/names.js'
import { operations } from '../operations/operations.js'

/** What a query says of the operation. */
export interface Parameters {
  readonly kind: 'parameters'
  /** The first sub-resource; empty if there is none. */
  readonly subresource: string
  /** A second sub-resource, which contradicts the first. */
  readonly conflict: string
  /** The other parameters that S3 knows. */
  readonly known: readonly string[]
  /** A known parameter that came twice. */
  readonly repeated: string
  /** A parameter that nobody knows. */
  readonly unknown: string
  /** Headers that came as parameters, as presigned URLs carry them, by their names in lower case. */
  readonly hoisted: ReadonlyMap<string, string> | undefined
}

type ParameterKind = 'subresource' | 'known' | 'ignored'

/** Parameters of signatures. Those of version 2 are refused where signatures are read. */
const signingParameters: readonly string[] = [
  ...[
    'X-Amz-Algorithm',
    'X-Amz-Credential',
    'X-Amz-Date',
    'X-Amz-Expires',
    'X-Amz-SignedHeaders',
    'X-Amz-Signature',
    'X-Amz-Security-Token',
  ],
  ...['AWSAccessKeyId', 'Signature', 'Expires'],
]

/** Every parameter by its exact name; sub-resources win over parameters of the same name. */
const parameterKinds: ReadonlyMap<string, ParameterKind> = new Map<string, ParameterKind>([
  ...signingParameters.map((name) => [name, 'ignored'] as const),
  ...operations.flatMap(({ requires = [], parameters = [] }) =>
    [...requires.map(({ name }) => name), ...parameters].map((name) => [name, 'known'] as const),
  ),
  ...operations.flatMap(({ subresource }) => (subresource === undefined ? [] : [[subresource, 'subresource'] as const])),
])

const hoistableHeaders: ReadonlySet<string> = new Set(
  [...commonHeaders, ...operations.flatMap(({ headers = [] }) => headers)].filter(isAmazonHeader),
)

/** Signing parameters in small letters: S3 takes them in any case, and so they are no unknown ones. */
const foldedSigningParameters: ReadonlySet<string> = new Set(signingParameters.map((name) => name.toLowerCase()).filter(isAmazonHeader))

const NO_PARAMETERS: Parameters = {
  kind: 'parameters',
  subresource: '',
  conflict: '',
  known: [],
  repeated: '',
  unknown: '',
  hoisted: undefined,
}

/** Sorts the parameters of a query. An error only where a header came twice: of preflights, two sub-resources are none of their business. */
export function readParameters(query: Query): Parameters | S3Error {
  if (query.parameters.length === 0) return NO_PARAMETERS
  const found = {
    kind: 'parameters' as const,
    subresource: '',
    conflict: '',
    known: [] as string[],
    repeated: '',
    unknown: '',
    hoisted: undefined as Map<string, string> | undefined,
  }
  for (const { name, value } of query.parameters) {
    const kind = parameterKinds.get(name)
    if (kind === 'subresource') {
      addSubresource(found, name, value)
    } else if (kind === 'known') {
      if (found.known.includes(name)) found.repeated = name
      else found.known.push(name)
    } else if (kind === undefined) {
      const lower = name.toLowerCase()
      if (isHoistable(lower)) {
        found.hoisted ??= new Map()
        if (found.hoisted.has(lower)) return repeatedHeader(lower)
        found.hoisted.set(lower, value)
      } else if (!isLoggedOnly(lower)) found.unknown = name || NAMELESS
    }
  }
  return found
}

function addSubresource(
  found: { subresource: string; conflict: string; repeated: string; unknown: string },
  name: string,
  value: string,
): void {
  if (hasControl(value)) found.unknown = name
  if (found.subresource === '') found.subresource = name
  else if (found.subresource === name) found.repeated = name
  else found.conflict = name
}

export function repeatedHeader(name: string): S3Error {
  return s3Error('InvalidArgument', {
    message: 'A header or parameter that has one value was given twice.',
    ...naming('ArgumentName', name),
  })
}

/** The detail that names a part of the request, if that is short and plain: an answer is no place for megabytes and control characters. */
export function naming(element: string, name: string): Pick<S3Error, 'detail'> {
  if (name.length > MOST_ECHOED) return {}
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i)
    if (code < 0x20 || code >= 0x7f) return {}
  }
  return { detail: { [element]: name } }
}

const MOST_ECHOED = 64

function isAmazonHeader(name: string): boolean {
  return name.startsWith('x-amz-')
}

function isHoistable(name: string): boolean {
  return hoistableHeaders.has(name) || name.startsWith(METADATA)
}

/** `x-` without `amz` is for the client's own notes in access logs. Source: Amazon S3 User Guide, "Amazon S3 server access log format". */
function isLoggedOnly(name: string): boolean {
  return (name.startsWith('x-') && !isAmazonHeader(name)) || foldedSigningParameters.has(name)
}

/** Routers that match values by patterns overlook a sub-resource with a line feed, and do the request to the object itself. */
function hasControl(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) < 0x20) return true
  return false
}

/** Stands for a parameter without a name, which nobody knows either. */
const NAMELESS = '='

export const METADATA = 'x-amz-meta-'
