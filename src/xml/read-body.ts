import { type S3Error, s3Error } from '../s3-error/s3-error.js'
import type { S3Body } from './body.js'
import { type BodyDocument, documents } from './documents.js'
import { parseXml } from './parse-xml.js'
import { isOfS3 } from './shape.js'
import { XmlProblem } from './xml-problem.js'

/** How many bytes the document may have: who collects a body need not collect more. */
export function maxBodyBytes(document: BodyDocument): number {
  return documents[document].maxBytes
}

/**
 * Reads a request's XML body, or answers as S3 does: `MalformedXML`, `MalformedACLError`, `InvalidTag`, `BadRequest`, `KeyTooLongError`,
 * `MaxMessageLengthExceeded`, `MissingRequestBodyError`. Never throws.
 * @param document `tagging` for the tags of objects, `bucket-tagging` for those of buckets
 * @param bytes the whole body, decoded of any transfer or chunk encoding
 */
export function readBody(document: BodyDocument, bytes: Uint8Array): S3Body | S3Error {
  const { root: name, maxBytes, shape, malformed = 'MalformedXML', ifEmpty } = documents[document]
  if (bytes.length === 0) return ifEmpty ?? s3Error('MissingRequestBodyError')
  if (bytes.length > maxBytes) return s3Error('MaxMessageLengthExceeded', { detail: { MaxMessageLengthBytes: String(maxBytes) } })
  const root = parseXml(bytes)
  if (root instanceof XmlProblem) return s3Error(malformed, { reason: root.text })
  if (root.name !== name || !isOfS3(root)) return s3Error(malformed, { reason: `the root element is not S3’s \`${name}\`` })
  const body = shape(root)
  return body instanceof XmlProblem ? s3Error(malformed, { reason: body.text }) : body
}
