import type { HeaderList } from '../http/header-list.js'
import { readHeaders } from '../s3/routing/read-headers.js'
import { type S3Error, s3Error } from '../s3-error/s3-error.js'

/**
 * Refuses what makes the request that is decided differ from the one that is carried out. A server that hands headers on as variables, as Ceph's
 * gateway does, takes `x_amz_acl` for `x-amz-acl`; and a proxy drops the headers that `Connection` names.
 */
export function checkHeaderNames(headers: HeaderList): S3Error | undefined {
  for (const name of headers.names()) {
    // The names of metadata are the client's own affair, underscores included.
    if (name.includes('_') && !name.startsWith(METADATA) && counts(name.replaceAll('_', '-'))) {
      return s3Error('InvalidRequest', {
        message: 'A header name has an underscore where S3 has a hyphen.',
        reason: 'a server behind this one may read the name with hyphens',
      })
    }
  }
  for (const value of headers.all('connection')) {
    for (const option of value.split(',')) {
      if (counts(option.trim().toLowerCase())) {
        return s3Error('InvalidRequest', {
          message: 'The Connection header names a header that S3 reads.',
          reason: 'a proxy behind this server would drop the header that `Connection` names',
        })
      }
    }
  }
  return undefined
}

const METADATA = 'x-amz-meta-'

/** Beside the headers that the mapping reads: who asks, and where. */
const others: ReadonlySet<string> = new Set(['authorization', 'content-encoding', 'content-md5', 'host', 'range'])

/** @param name in lower case */
function counts(name: string): boolean {
  return name.startsWith('x-amz-') || readHeaders.has(name) || others.has(name)
}
