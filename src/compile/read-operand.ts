import { isCanonicalBase64 } from '../match/base64.js'
import { foldAscii, foldSimple } from '../match/case.js'
import { parseRange } from '../match/cidr.js'
import { parseInstant } from '../match/date.js'
import { type Decimal, parseDecimal } from '../match/number.js'
import * as layout from '../program/layout.js'
import { wordsOfInstant } from '../program/packed.js'
import { maskedRange } from '../scan/masked-range.js'
import type { NormalOperand, Pattern } from './normal-policy.js'
import type { NumberedPattern, Reading } from './numbered-policy.js'
import { cutAtColons, variablesOf } from './pattern.js'

/** Gives numbers to what an operand holds. */
export interface Numbering {
  string(text: string): number
  pattern(pattern: Pattern): NumberedPattern
}

/** Reads an operand as the operators of the family do, once for all requests. */
export function readOperand({ pattern }: NormalOperand, family: number, number: Numbering): Reading {
  if (pattern === undefined) return { kind: 'unknown' }
  if (family === layout.FAMILY_LIKE) return { kind: 'pattern', pattern: number.pattern(pattern) }
  if (family === layout.FAMILY_ARN) {
    const parts = cutAtColons(pattern, 5)
    return parts === undefined ? { kind: 'unreadable' } : { kind: 'arn', parts: parts.map(number.pattern) }
  }
  if (variablesOf(pattern).length > 0) return { kind: 'pattern', pattern: number.pattern(pattern) }
  return readText(pattern.map((element) => (element.kind === 'text' ? element.text : '')).join(''), family, number)
}

function readText(text: string, family: number, number: Numbering): Reading {
  switch (family) {
    case layout.FAMILY_EQUALS:
      return { kind: 'string', string: number.string(text) }
    case layout.FAMILY_EQUALS_FOLDED:
      return { kind: 'string', string: number.string(foldSimple(text)) }
    case layout.FAMILY_BINARY:
      return isCanonicalBase64(text) ? { kind: 'string', string: number.string(text) } : { kind: 'unreadable' }
    case layout.FAMILY_NUMBER:
      return wordsOf(parseDecimal(text), ({ negative, digits, exponent }: Decimal) => [Number(negative), number.string(digits), exponent])
    case layout.FAMILY_DATE:
      return wordsOf(parseInstant(text), wordsOfInstant)
    case layout.FAMILY_ADDRESS:
      return wordsOf(parseRange(text), maskedRange)
    default:
      return wordsOf(parseBoolean(text), (value) => [Number(value)])
  }
}

function wordsOf<Value>(value: Value | undefined, words: (value: Value) => readonly number[]): Reading {
  return value === undefined ? { kind: 'unreadable' } : { kind: 'words', words: words(value) }
}

function parseBoolean(text: string): boolean | undefined {
  const folded = foldAscii(text)
  return folded === 'true' ? true : folded === 'false' ? false : undefined
}
