const CAPITALS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const DIGITS = '0123456789'

/**
 * Whether the text is the unique id of an IAM identity: `A`, three capitals, and at least twelve capitals or digits, such as
 * `AIDAJQABLZS4A3QDU576Q`. S3 shows it in place of the ARN of an identity that has been deleted.
 */
export function isUniqueId(text: string): boolean {
  if (text.length < 16 || text[0] !== 'A') return false
  for (let i = 1; i < text.length; i++) {
    const allowed = i < 4 ? CAPITALS : CAPITALS + DIGITS
    if (!allowed.includes(text[i] as string)) return false
  }
  return true
}
