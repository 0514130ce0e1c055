/**
 * Whether a text can say which version or upload is meant: neither empty nor with blanks or control characters. Some servers take an empty one
 * for none, and remove the object instead of the upload; some cut blanks off.
 */
export function isIdentifier(value: string | undefined): boolean {
  if (value === undefined || value === '') return false
  for (let i = 0; i < value.length; i++) if (value.charCodeAt(i) <= 0x20) return false
  return value.trim() === value
}

/** Whether a text is the number of a part: some servers take an upload with another one for one of the whole object. */
export function isPartNumber(value: string | undefined): boolean {
  if (value === undefined || value === '' || value.length > MOST_DIGITS) return false
  let number = 0
  for (let i = 0; i < value.length; i++) {
    const digit = value.charCodeAt(i) - 0x30
    if (digit < 0 || digit > 9) return false
    number = number * 10 + digit
  }
  return number >= 1 && number <= MOST_PARTS
}

/** Source: Amazon S3 User Guide, "Amazon S3 multipart upload limits". */
const MOST_PARTS = 10_000
const MOST_DIGITS = 5
