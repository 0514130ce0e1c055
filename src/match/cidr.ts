/** An IP address as its bytes: 4 of IPv4, 16 of IPv6. An IPv4-mapped IPv6 address (`::ffff:10.0.0.1`) is read as IPv4. */
export interface IpAddress {
  readonly bytes: readonly number[]
}

/** A block of addresses that share their first `length` bits. */
export interface IpRange extends IpAddress {
  readonly length: number
}

const MAPPED_BITS = 96

/**
 * Reads an IPv4 address of four decimals without leading zeros (`010` is octal to some programs, so it is refused), or an
 * IPv6 address as RFC 4291 writes them, without a zone.
 */
export function parseAddress(text: string): IpAddress | undefined {
  const bytes = text.includes(':') ? parseIpv6(text) : parseIpv4(text)
  if (bytes === undefined) return undefined
  return { bytes: isMapped(bytes) ? bytes.slice(12) : bytes }
}

/** Reads `address/length`, or a bare address as the block of that one address. Bits past the length are allowed and ignored. */
export function parseRange(text: string): IpRange | undefined {
  const slash = text.indexOf('/')
  const bytes = text.includes(':') ? parseIpv6(slash < 0 ? text : text.slice(0, slash)) : parseIpv4(slash < 0 ? text : text.slice(0, slash))
  if (bytes === undefined) return undefined
  const length = slash < 0 ? bytes.length * 8 : parseDecimal(text.slice(slash + 1), bytes.length * 8)
  if (length === undefined) return undefined
  return isMapped(bytes) && length >= MAPPED_BITS ? { bytes: bytes.slice(12), length: length - MAPPED_BITS } : { bytes, length }
}

/** Whether the address lies in the block. IPv4 addresses lie in no IPv6 block, not even in `::/0`. */
export function isInRange(address: IpAddress, range: IpRange): boolean {
  if (address.bytes.length !== range.bytes.length) return false
  return range.bytes.every((byte, index) => {
    const bits = Math.min(Math.max(range.length - index * 8, 0), 8)
    return (byte ^ (address.bytes[index] as number)) >> (8 - bits) === 0
  })
}

function isMapped(bytes: readonly number[]): boolean {
  return bytes.length === 16 && bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff && bytes[11] === 0xff
}

function parseIpv4(text: string): number[] | undefined {
  const bytes: number[] = []
  for (let from = 0; from <= text.length; ) {
    const dot = text.indexOf('.', from)
    const end = dot < 0 ? text.length : dot
    const byte = bytes.length === 4 ? undefined : parseDecimal(text.slice(from, end), 255)
    if (byte === undefined) return undefined
    bytes.push(byte)
    from = end + 1
  }
  return bytes.length === 4 ? bytes : undefined
}

/** A whole number in plain decimal without leading zeros, up to a limit below 1,000. */
function parseDecimal(text: string, limit: number): number | undefined {
  if (text.length === 0 || text.length > 3 || (text.length > 1 && text[0] === '0')) return undefined
  let value = 0
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 48
    if (digit < 0 || digit > 9) return undefined
    value = value * 10 + digit
  }
  return value <= limit ? value : undefined
}

const LONGEST_IPV6 = 45

function parseIpv6(text: string): number[] | undefined {
  if (text.length > LONGEST_IPV6) return undefined
  const gap = text.indexOf('::')
  if (gap < 0) return parseGroups(text, true, 16)
  const head = parseGroups(text.slice(0, gap), false)
  const tail = parseGroups(text.slice(gap + 2), true)
  // The gap stands for at least one group, and a second `::` leaves an empty group in the tail.
  if (head === undefined || tail === undefined || head.length + tail.length > 14) return undefined
  return [...head, ...new Array<number>(16 - head.length - tail.length).fill(0), ...tail]
}

/** Groups of hexadecimal digits between colons; the last may be an IPv4 address in decimals where it ends the whole address. */
function parseGroups(text: string, endsAddress: boolean, length?: number): number[] | undefined {
  if (text === '') return length === undefined ? [] : undefined
  const groups = text.split(':')
  const bytes: number[] = []
  for (const [index, group] of groups.entries()) {
    const isLast = index === groups.length - 1
    const parsed = endsAddress && isLast && group.includes('.') ? parseIpv4(group) : parseGroup(group)
    if (parsed === undefined) return undefined
    bytes.push(...parsed)
  }
  return length === undefined || bytes.length === length ? bytes : undefined
}

function parseGroup(text: string): number[] | undefined {
  if (text.length === 0 || text.length > 4) return undefined
  let value = 0
  for (const character of text) {
    const digit = '0123456789abcdef'.indexOf(character.toLowerCase())
    if (digit < 0) return undefined
    value = value * 16 + digit
  }
  return [value >> 8, value & 0xff]
}
