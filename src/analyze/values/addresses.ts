import type { IpRange } from '../../match/cidr.js'
import type { ValueChoice } from './value-choice.js'

/** The addresses of IPv4 are 32 bits, those of IPv6 128. */
interface Family {
  readonly bits: 32 | 128
  readonly liked: readonly bigint[]
  readonly format: (address: bigint) => string
  /** A block that has no address of this family. */
  readonly hole?: IpRange
}

const ipv4: Family = {
  bits: 32,
  // 198.51.100.7 and 203.0.113.7 are for documentation.
  liked: [0xc6336407n, 0xcb007107n],
  format: (address) => [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 0xffn).join('.'),
}

const ipv6: Family = {
  bits: 128,
  // 2001:db8::7 is for documentation.
  liked: [(0x20010db8n << 96n) | 7n],
  format: formatIpv6,
  hole: { bytes: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 0, 0], length: 96 },
}

/** An address of each family for every way to be in some of the blocks and not in others. */
export function chooseAddresses(ranges: readonly IpRange[]): ValueChoice {
  return { values: [ipv4, ipv6].flatMap((family) => addressesOf(family, ranges)) }
}

function addressesOf(family: Family, ranges: readonly IpRange[]): readonly string[] {
  const blocks = ranges.filter(({ bytes }) => bytes.length * 8 === family.bits).map((range) => boundsOf(range, family.bits))
  const hole = family.hole && boundsOf(family.hole, family.bits)
  const cuts = new Set([0n, ...[...blocks, ...(hole ? [hole] : [])].flatMap(({ low, high }) => [low, high + 1n])])
  const end = 1n << BigInt(family.bits)
  const starts = [...cuts].filter((cut) => cut < end).sort(compare)
  const addresses: bigint[] = []
  for (const [index, low] of starts.entries()) {
    if (low === hole?.low) continue
    const high = (starts[index + 1] ?? end) - 1n
    addresses.push(likedBetween(family, low, high))
  }
  const isLiked = (address: bigint) => family.liked.includes(address)
  return [...addresses.filter(isLiked), ...addresses.filter((address) => !isLiked(address))].map(family.format)
}

/** An address that reads like that of a host: not the first of its block, if there are more. */
function likedBetween({ liked }: Family, low: bigint, high: bigint): bigint {
  return liked.find((address) => address >= low && address <= high) ?? (low < high ? low + 1n : low)
}

function boundsOf({ bytes, length }: IpRange, bits: number): { readonly low: bigint; readonly high: bigint } {
  const size = 1n << BigInt(bits - length)
  const address = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
  const low = address - (address % size)
  return { low, high: low + size - 1n }
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** RFC 5952, with the first longest run of zeros left out. */
function formatIpv6(address: bigint): string {
  const groups = Array.from({ length: 8 }, (_, i) => ((address >> BigInt(112 - i * 16)) & 0xffffn).toString(16))
  let best = { from: 0, length: 0 }
  for (let from = 0; from < 8; from++) {
    let length = 0
    while (groups[from + length] === '0') length++
    if (length > best.length) best = { from, length }
  }
  if (best.length < 2) return groups.join(':')
  return `${groups.slice(0, best.from).join(':')}::${groups.slice(best.from + best.length).join(':')}`
}
