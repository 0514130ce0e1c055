import { type S3Error, s3Error } from '../../s3-error/s3-error.js'
import { checkKey } from '../routing/bucket-and-key.js'
import { isIdentifier } from '../routing/identifier.js'

/** Which object a copy reads. */
export interface CopySource {
  readonly kind: 'copy-source'
  readonly bucket: string
  /** The key, as S3 reads it. */
  readonly key: string
  /** The key for servers that take `+` for itself, as Ceph's gateway does, where that is another one. */
  readonly literalKey: string | undefined
  readonly versionId: string | undefined
}

const VERSION = 'versionId='

/**
 * Reads `x-amz-copy-source`: `bucket/key` or `/bucket/key`, percent-encoded, `+` for a space, and perhaps `?versionId=`, which is split off
 * before anything is decoded: a `?` of the key comes as `%3F`. Source: Amazon S3 API Reference, CopyObject.
 */
export function parseCopySource(text: string): CopySource | S3Error {
  const mark = text.indexOf('?')
  const raw = mark < 0 ? text : text.slice(0, mark)
  const path = decode(raw.replaceAll('+', '%20'))
  const literal = raw.includes('+') ? decode(raw) : path
  const version = mark < 0 ? undefined : text.slice(mark + 1)
  if (path === undefined || literal === undefined) return malformed('encoding')
  const from = path.startsWith('/') ? 1 : 0
  if (path.startsWith('arn:', from)) return s3Error('NotImplemented', { reason: 'the source of a copy is named by an ARN' })
  const slash = path.indexOf('/', from)
  if (slash <= from || slash + 1 === path.length) return malformed('not `bucket/key`')
  const bucket = path.slice(from, slash)
  if (bucket === '.' || bucket === '..' || bucket !== literal.slice(from, slash)) return malformed('no bucket')
  const key = path.slice(slash + 1)
  const problem = checkKey(key)
  if (problem !== undefined) return problem.code === 'KeyTooLongError' ? problem : malformed('a NUL')
  const versionId = version === undefined ? undefined : versionOf(version)
  if (version !== undefined && versionId === undefined) return malformed('not `?versionId=`')
  return { kind: 'copy-source', bucket, key, literalKey: literal === path ? undefined : literal.slice(slash + 1), versionId }
}

/** Undoes percent-encoding once. Unlike a path, a header may carry UTF-8 and blanks as they are. */
function decode(text: string): string | undefined {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 0x20 || code === 0x7f) return undefined
  }
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** No version has a `+`, which is why one need not be read in two ways. */
function versionOf(text: string): string | undefined {
  if (!text.startsWith(VERSION)) return undefined
  const version = text.slice(VERSION.length)
  if (version.includes('&') || version.includes('?') || version.includes('+')) return undefined
  const decoded = decode(version)
  return isIdentifier(decoded) ? decoded : undefined
}

export function malformed(reason: string): S3Error {
  return s3Error('InvalidArgument', {
    message: 'Invalid copy source object key',
    detail: { ArgumentName: 'x-amz-copy-source' },
    reason: `x-amz-copy-source: ${reason}`,
  })
}
