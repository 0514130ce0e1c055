import type { IpRange } from '../match/cidr.js'
import type { Address } from './address.js'

const WORDS = 4

/**
 * A block of addresses as nine 32-bit integers to be laid one after another in an Int32Array: the family, the four words of
 * its first address as in Address, and which of their bits all its addresses share.
 */
export function maskedRange({ bytes, length }: IpRange): number[] {
  const words: number[] = []
  const masks: number[] = []
  for (let i = 0; i < WORDS; i++) {
    const mask = maskOf(length - i * 32)
    const at = i * 4
    const isPresent = at < bytes.length
    masks.push(isPresent ? mask : 0)
    words.push(isPresent ? mask & wordAt(bytes, at) : 0)
  }
  return [bytes.length === 4 ? 4 : 6, ...words, ...masks]
}

/** Whether the address lies in the block whose nine integers start at `at`. Plain twin: isInRange of match/cidr.ts. */
export function isInside(address: Address, words: Int32Array, at: number): boolean {
  return (
    address.family === words[at] &&
    (address.a & (words[at + 5] as number)) === words[at + 1] &&
    (address.b & (words[at + 6] as number)) === words[at + 2] &&
    (address.c & (words[at + 7] as number)) === words[at + 3] &&
    (address.d & (words[at + 8] as number)) === words[at + 4]
  )
}

/** The first `bits` bits of a word. Shifting by 32 would shift by nothing. */
function maskOf(bits: number): number {
  return bits <= 0 ? 0 : bits >= 32 ? -1 : -1 << (32 - bits)
}

function wordAt(bytes: readonly number[], at: number): number {
  return ((bytes[at] as number) << 24) | ((bytes[at + 1] as number) << 16) | ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number)
}
