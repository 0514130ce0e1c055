import { type S3Error, s3Error } from '../s3-error/s3-error.js'
import type { Tag } from './body.js'

/** In UTF-16 units, as S3 counts. Source: Amazon S3 User Guide, "Categorizing your storage using tags". */
const MAX_TAG_KEY_LENGTH = 128
const MAX_TAG_VALUE_LENGTH = 256

/** What S3 has against a set of tags, if anything. @param tooMany the message for more than `max` tags */
export function checkTags(tags: readonly Tag[], max: number, tooMany: string): S3Error | undefined {
  if (tags.length > max) return s3Error('BadRequest', { message: tooMany })
  const seen = new Set<string>()
  for (const { key, value } of tags) {
    if (key === '' || key.length > MAX_TAG_KEY_LENGTH) return invalidTag('The TagKey you have provided is invalid', { TagKey: key })
    if (value.length > MAX_TAG_VALUE_LENGTH)
      return invalidTag('The TagValue you have provided is invalid', { TagKey: key, TagValue: value })
    if (seen.has(key)) return invalidTag('Cannot provide multiple Tags with the same key', { TagKey: key })
    seen.add(key)
  }
  return undefined
}

function invalidTag(message: string, detail: Readonly<Record<string, string>>): S3Error {
  return s3Error('InvalidTag', { message, detail })
}
