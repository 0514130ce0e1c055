import { Query } from '../../http/query.js'
import { type S3Error, s3Error } from '../../s3-error/s3-error.js'
import type { Tag } from '../../xml/body.js'

/** Source: Amazon S3 User Guide, "Categorizing your storage using tags". */
const MAX_TAGS = 10
const MAX_KEY_LENGTH = 128
const MAX_VALUE_LENGTH = 256
/** Ten tags of the longest kind, every character in three bytes of three letters each. */
const MAX_LENGTH = MAX_TAGS * (MAX_KEY_LENGTH + MAX_VALUE_LENGTH + 2) * 9

/** Reads `x-amz-tagging`: `project=x&team=a%20b`. */
export function parseHeaderTags(text: string): readonly Tag[] | S3Error {
  const query = text.length > MAX_LENGTH ? undefined : Query.parse(text)
  if (query === undefined) return malformed()
  if (query.parameters.length > MAX_TAGS) return s3Error('BadRequest', { message: `Object tags cannot be greater than ${MAX_TAGS}` })
  const names = new Set<string>()
  for (const { name, value } of query.parameters) {
    if (name === '' || name.length > MAX_KEY_LENGTH) return s3Error('InvalidTag', { message: 'The TagKey you have provided is invalid' })
    if (value.length > MAX_VALUE_LENGTH) return s3Error('InvalidTag', { message: 'The TagValue you have provided is invalid' })
    if (names.has(name)) return malformed()
    names.add(name)
  }
  return query.parameters.map(({ name, value }) => ({ key: name, value }))
}

function malformed(): S3Error {
  return s3Error('InvalidArgument', {
    message: "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
    detail: { ArgumentName: 'x-amz-tagging' },
  })
}
