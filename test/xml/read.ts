import type { BodyDocument } from '../../src/xml/documents.js'
import { readBody } from '../../src/xml/read-body.js'

export const S3 = 'http://s3.amazonaws.com/doc/2006-03-01/'
export const XSI = 'http://www.w3.org/2001/XMLSchema-instance'

export function read(document: BodyDocument, text: string) {
  return readBody(document, new TextEncoder().encode(text))
}

/** The body, or the code of the error. */
export function outcome(document: BodyDocument, text: string | Uint8Array) {
  const body = typeof text === 'string' ? read(document, text) : readBody(document, text)
  return body.kind === 'error' ? body.code : body
}

/** The keys that a request to delete names, or the code of the error. */
export function keysOf(text: string | Uint8Array): readonly string[] | string {
  const body = outcome('delete', text)
  if (typeof body === 'string') return body
  return body.kind === 'delete' ? body.objects.map(({ key }) => key) : body.kind
}
