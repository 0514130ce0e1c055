import { decodePercent } from '../../http/percent.js'
import { type S3Error, s3Error } from '../../s3-error/s3-error.js'
import { checkKey } from '../routing/bucket-and-key.js'

/** Which object a copy reads. */
export interface CopySource {
  readonly kind: 'copy-source'
  readonly bucket: string
  readonly key: string
  readonly versionId: string | undefined
}

const VERSION = 'versionId='

/**
 * Reads `x-amz-copy-source`: `bucket/key` or `/bucket/key`, percent-encoded, `+` for a space, and perhaps `?versionId=`, which is split
 * off before anything is decoded: a `?` of the key comes as `%3F`. Source: Amazon S3 API Reference, CopyObject.
 */
export function parseCopySource(text: string): CopySource | S3Error {
  const mark = text.indexOf('?')
  const path = decode(mark < 0 ? text : text.slice(0, mark))
  const version = mark < 0 ? undefined : text.slice(mark + 1)
  if (path === undefined) return malformed('encoding')
  const from = path.startsWith('/') ? 1 : 0
  if (path.startsWith('arn:', from)) return s3Error('NotImplemented', { reason: 'the source of a copy is named by an ARN' })
  const slash = path.indexOf('/', from)
  if (slash <= from || slash + 1 === path.length) return malformed('not `bucket/key`')
  const bucket = path.slice(from, slash)
  if (bucket === '.' || bucket === '..') return malformed('no bucket')
  const key = path.slice(slash + 1)
  const problem = checkKey(key)
  if (problem !== undefined) return problem.code === 'KeyTooLongError' ? problem : malformed('a NUL')
  if (version === undefined) return { kind: 'copy-source', bucket, key, versionId: undefined }
  const versionId =
    version.startsWith(VERSION) && !version.includes('&') && !version.includes('?') ? decode(version.slice(VERSION.length)) : undefined
  return versionId === undefined ? malformed('not `?versionId=`') : { kind: 'copy-source', bucket, key, versionId }
}

export function malformed(reason: string): S3Error {
  return s3Error('InvalidArgument', {
    message: 'Invalid copy source object key',
    detail: { ArgumentName: 'x-amz-copy-source' },
    reason: `x-amz-copy-source: ${reason}`,
  })
}

function decode(text: string): string | undefined {
  return decodePercent(text.includes('+') ? text.replaceAll('+', '%20') : text)
}
