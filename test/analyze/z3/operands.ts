import { instant, range } from '../../oracle/language.js'
import { OutsideFragment, type Term } from './terms.js'

/** An exponent past it makes a number too long to write out. */
const LONGEST_EXPONENT = 60

/** A decimal number as a term of sort Real; undefined if it is none. */
export function decimalTerm(text: string): Term | undefined {
  const [, minus, whole, part = '', exponent = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,9}))?$/.exec(text) ?? []
  if (whole === undefined) return undefined
  const power = Number(exponent) - part.length
  if (Math.abs(power) > LONGEST_EXPONENT) throw new OutsideFragment('a huge exponent')
  const digits = BigInt(whole + part)
  const size = 10n ** BigInt(Math.abs(power))
  const magnitude = power < 0 ? `(/ ${digits}.0 ${size}.0)` : `${digits * size}.0`
  return minus ? `(- ${magnitude})` : magnitude
}

/** Nanoseconds since 1970; undefined if the text is no date. */
export const instantOf = instant

export interface Range {
  readonly isV4: boolean
  /** Of 32 bits or of 128. */
  readonly network: bigint
  readonly length: number
}

/** A block of addresses; undefined if the text is none. */
export function rangeOf(text: string): Range | undefined {
  const found = range(text)
  if (found === undefined) return undefined
  const { isV4, number, length } = found
  // IPv4 is read as the IPv6 it is mapped to.
  return isV4 ? { isV4, network: number & 0xffffffffn, length: length - 96 } : { isV4, network: number, length }
}

/** `true` or `false`, in any ASCII case. */
export function booleanOf(text: string): boolean | undefined {
  return /^true$/i.test(text) ? true : /^false$/i.test(text) ? false : undefined
}
