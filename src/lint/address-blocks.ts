import { canonicalKeyName } from '../catalog/lookup.js'
import { type IpRange, isInRange, parseRange } from '../match/cidr.js'
import type { Condition } from '../policy/ast.js'

/** Whether a condition compares the address that a request came from over the internet. */
export function isOnSourceIp({ operator: { name }, key }: Condition): boolean {
  return canonicalKeyName(key.text) === 'aws:SourceIp' && (name === 'IpAddress' || name === 'NotIpAddress')
}

/** Whether all addresses of a block lie in another. */
export function isWithin(inner: IpRange, outer: IpRange): boolean {
  return inner.length >= outer.length && isInRange(inner, outer)
}

/** The block without bits past its length. */
export function withoutHostBits({ bytes, length }: IpRange): IpRange {
  return { length, bytes: bytes.map((byte, index) => byte & (0xff << (8 - Math.min(Math.max(length - index * 8, 0), 8))) & 0xff) }
}

/** The block as policies write it. IPv6 has its longest run of zeros left out, as RFC 5952 asks. */
export function formatRange({ bytes, length }: IpRange): string {
  return `${bytes.length === 4 ? bytes.join('.') : formatIpv6(bytes)}/${length}`
}

function formatIpv6(bytes: readonly number[]): string {
  const groups = Array.from({ length: 8 }, (_, index) => (((bytes[index * 2] ?? 0) << 8) | (bytes[index * 2 + 1] ?? 0)).toString(16))
  let start = 0
  let longest = 0
  for (let from = 0; from < 8; from++) {
    let to = from
    while (to < 8 && groups[to] === '0') to++
    if (to - from > longest) [start, longest] = [from, to - from]
  }
  return longest < 2 ? groups.join(':') : `${groups.slice(0, start).join(':')}::${groups.slice(start + longest).join(':')}`
}

/** Blocks whose addresses reach no public endpoint. Source: RFC 1918, 1122, 3927, 4193, 4291. */
const privateBlocks = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '::1/128',
  'fc00::/7',
  'fe80::/10',
].flatMap((text) => parseRange(text) ?? [])

/** Whether no address of the block is one on the internet. */
export function isPrivate(range: IpRange): boolean {
  return privateBlocks.some((block) => isWithin(range, block))
}
