import type { S3Error } from '../s3-error/s3-error.js'
import { element, XML_DECLARATION } from './escape.js'

export interface ErrorContext {
  /** The bucket or object that the request was for, as in `/photos/a.jpg`. */
  readonly resource?: string
  readonly requestId?: string
  readonly hostId?: string
}

/** S3's error document, to be sent as `application/xml` with the error's status. `reason` is for the log and left out. Any text is safe in it. */
export function errorDocument({ code, message, detail = {} }: S3Error, { resource, requestId, hostId }: ErrorContext = {}): string {
  const details = Object.entries(detail).map(([name, text]) => element(name, text))
  const context = [element('Resource', resource), element('RequestId', requestId), element('HostId', hostId)]
  return `${XML_DECLARATION}<Error>${element('Code', code)}${element('Message', message)}${[...details, ...context].join('')}</Error>`
}
