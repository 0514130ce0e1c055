import type { HeaderList } from '../http/header-list.js'
import { type S3Error, s3Error } from '../s3-error/s3-error.js'
import type { SignedRequest } from './signed-request.js'

/** Headers whose values the signature covers even when they are not in the list: they are part of what is signed. */
const COVERED: ReadonlySet<string> = new Set(['x-amz-content-sha256', 'x-amz-date'])

/**
 * Refuses a request whose `host` or one of whose `x-amz-` headers is not signed: whoever passes the request on could otherwise add
 * `x-amz-acl` or `x-amz-copy-source` to it, or send it elsewhere.
 */
export function checkSignedHeaders(
  headers: HeaderList,
  { signedHeaders, authType }: SignedRequest,
  accept?: ReadonlySet<string>,
): S3Error | undefined {
  const signed = `;${signedHeaders};`
  let missing = signed.includes(';host;') ? '' : 'host'
  for (const name of headers.names()) {
    if (!name.startsWith('x-amz-') || signed.includes(`;${name};`) || accept?.has(name)) continue
    if (authType === 'REST-HEADER' && COVERED.has(name)) continue
    missing += missing === '' ? name : `, ${name}`
  }
  if (missing === '') return undefined
  return s3Error('AccessDenied', {
    message: 'There were headers present in the request which were not signed',
    detail: { HeadersNotSigned: missing },
  })
}
