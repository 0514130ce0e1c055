import { millisecondsOfInstant, parseInstant } from '../match/date.js'
import { type S3Error, s3Error } from '../s3-error/s3-error.js'
import { decodeBase64 } from './base64.js'
import { limits } from './limits.js'

export type PostCondition =
  | {
      readonly kind: 'eq' | 'starts-with' /** In lower case, without its `$`. */
      readonly field: string
      readonly value: string
      readonly shown: string
    }
  | { readonly kind: 'size'; readonly min: number; readonly max: number }
  /** A condition whose form nothing meets: a field without `$`, a range that is none. */
  | { readonly kind: 'never'; readonly shown: string }

/** What a form's policy document says. */
export interface PostPolicy {
  /** Milliseconds since 1970. */
  readonly expiration: number
  readonly conditions: readonly PostCondition[]
}

/** Reads a form's `policy` field. @param field base64 */
export function parsePostPolicy(field: string): PostPolicy | S3Error {
  const document = readJson(field)
  if (!isObject(document)) return invalid('Invalid JSON.', 'the document is no base64 of a JSON object, too long, or names something twice')
  const { expiration, conditions, ...others } = document
  if (expiration === undefined) return invalid('Policy missing expiration.')
  if (conditions === undefined) return invalid('Policy missing conditions.')
  const unknown = Object.keys(others)[0]
  if (unknown !== undefined) return invalid(`Unexpected: '${unknown}'.`)
  const instant = typeof expiration === 'string' && expiration[4] === '-' ? parseInstant(expiration) : undefined
  if (instant === undefined) return invalid(`Invalid 'expiration' value: '${typeof expiration === 'string' ? expiration : ''}'`)
  if (!Array.isArray(conditions) || conditions.length > limits.conditions) return invalid("Invalid 'conditions' value: must be a List.")
  const read: PostCondition[] = []
  for (const each of conditions as readonly unknown[]) {
    const condition = Array.isArray(each) ? readList(each) : readProperty(each)
    if (typeof condition === 'string') return invalid(condition)
    read.push(condition)
  }
  return { expiration: millisecondsOfInstant(instant), conditions: read }
}

/** `{"acl": "private"}`. */
function readProperty(condition: unknown): PostCondition | string {
  const [entry, ...more] = isObject(condition) ? Object.entries(condition) : []
  if (entry === undefined || more.length > 0) {
    return 'Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.'
  }
  const [name, value] = entry
  if (typeof value !== 'string') return 'Invalid Simple-Condition: value must be a string.'
  return { kind: 'eq', field: name.toLowerCase(), value, shown: JSON.stringify(['eq', `$${name}`, value]) }
}

/** `["eq", "$acl", "private"]`, `["starts-with", "$key", "user/"]` or `["content-length-range", 1, 100]`. */
function readList(condition: readonly unknown[]): PostCondition | string {
  const [operator, first, second] = condition
  const kind = typeof operator === 'string' ? operator.toLowerCase() : ''
  if (kind !== 'eq' && kind !== 'starts-with' && kind !== 'content-length-range') return 'Invalid Condition: unknown operation.'
  if (condition.length !== 3) return `Invalid Condition: wrong number of arguments for ${kind}.`
  const shown = JSON.stringify(condition)
  if (kind === 'content-length-range') {
    const min = sizeOf(first)
    const max = sizeOf(second)
    return min === undefined || max === undefined ? { kind: 'never', shown } : { kind: 'size', min, max }
  }
  if (typeof first !== 'string' || typeof second !== 'string') return 'Invalid Condition: field and value must be strings.'
  if (!first.startsWith('$')) return { kind: 'never', shown }
  return { kind, field: first.slice(1).toLowerCase(), value: second, shown }
}

/** A number of bytes, which may stand in quotes. */
function sizeOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && isDigits(value) ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined
}

function isDigits(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 0x30 || code > 0x39) return false
  }
  return text !== ''
}

function readJson(field: string): unknown {
  // Four characters of base64 are three bytes; line ends may stand between them.
  if (field.length > limits.policy * 2) return undefined
  const bytes = decodeBase64(field)
  if (bytes === undefined || bytes.length > limits.policy) return undefined
  try {
    const text = decodeUtf8(bytes)
    const value: unknown = JSON.parse(text)
    return countColons(text) === countProperties(value, 0) ? value : undefined
  } catch {
    return undefined
  }
}

function decodeUtf8(bytes: string): string {
  let encoded = ''
  for (let i = 0; i < bytes.length; i++) encoded += `%${bytes.charCodeAt(i).toString(16).padStart(2, '0')}`
  return decodeURIComponent(encoded)
}

/**
 * The colons outside strings, of which each property has one. JSON keeps the last of two properties of the same name, so that there are
 * more colons than properties if a name comes twice; a condition would then be lost unseen.
 */
function countColons(text: string): number {
  let count = 0
  let isInString = false
  for (let i = 0; i < text.length; i++) {
    const char = text[i]
    if (char === '"') isInString = !isInString
    else if (char === '\\') i++
    else if (char === ':' && !isInString) count++
  }
  return count
}

/** Deeper than a policy document goes, nothing is counted: the document is refused for its colons. */
function countProperties(value: unknown, depth: number): number {
  if (depth > 3 || typeof value !== 'object' || value === null) return 0
  const children = Object.values(value)
  let count = Array.isArray(value) ? 0 : children.length
  for (const child of children) count += countProperties(child, depth + 1)
  return count
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function invalid(what: string, reason?: string): S3Error {
  return s3Error('InvalidPolicyDocument', { message: `Invalid Policy: ${what}`, ...(reason === undefined ? {} : { reason }) })
}
