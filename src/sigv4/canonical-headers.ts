import type { HeaderList } from '../http/header-list.js'
import { limits } from './limits.js'

const SPACE = 0x20
const TAB = 0x09

export type CanonicalHeaders =
  /** Each signed header in a line of its own. */
  | { readonly kind: 'lines'; readonly text: string }
  | { readonly kind: 'missing'; readonly name: string }
  | { readonly kind: 'repeated'; readonly name: string }
  | { readonly kind: 'unreadable'; readonly name: string }
  | { readonly kind: 'too-many' }

/**
 * The signed headers as the canonical request has them, in the order of the list: values trimmed, runs of blanks one blank, repeated
 * headers joined by commas.
 * @param signedHeaders names in lower case, separated by semicolons
 */
export function canonicalHeaders(headers: HeaderList, signedHeaders: string): CanonicalHeaders {
  let text = ''
  let previous = ''
  let isSorted = true
  let count = 0
  for (let from = 0; from <= signedHeaders.length; ) {
    const semicolon = signedHeaders.indexOf(';', from)
    const end = semicolon < 0 ? signedHeaders.length : semicolon
    const name = signedHeaders.slice(from, end)
    if (++count > limits.signedHeaders || text.length > limits.canonicalHeaders) return { kind: 'too-many' }
    // In a sorted list, as all clients send it, nothing can come twice.
    if (name <= previous) isSorted = false
    if (!isSorted && `;${signedHeaders.slice(0, from)}`.includes(`;${name};`)) return { kind: 'repeated', name }
    const value = joinedValue(headers, name)
    if (value === undefined) return { kind: headers.has(name) ? 'unreadable' : 'missing', name }
    text += `${name}:${value}\n`
    previous = name
    from = end + 1
  }
  return text.length > limits.canonicalHeaders ? { kind: 'too-many' } : { kind: 'lines', text }
}

function joinedValue(headers: HeaderList, name: string): string | undefined {
  const single = headers.get(name)
  if (single !== undefined) return canonicalValue(single)
  let joined: string | undefined
  for (const each of headers.all(name)) {
    const value = canonicalValue(each)
    if (value === undefined) return undefined
    joined = joined === undefined ? value : `${joined},${value}`
  }
  return joined
}

/** Trimmed, with runs of blanks and tabs as one blank. Undefined if a character is no byte of a header value: nothing else is ever hashed. */
export function canonicalValue(value: string): string | undefined {
  let collapsed = ''
  let copied = 0
  let wasBlank = true
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i)
    const isBlank = code === SPACE || code === TAB
    if (!isBlank && (code < SPACE || code === 0x7f || code > 0xff)) return undefined
    if (isBlank && (wasBlank || code === TAB)) {
      collapsed += value.slice(copied, i) + (wasBlank ? '' : ' ')
      copied = i + 1
    }
    wasBlank = isBlank
  }
  const text = copied === 0 ? value : collapsed + value.slice(copied)
  return text.endsWith(' ') ? text.slice(0, -1) : text
}
