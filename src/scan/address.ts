const POINT = 46
const COLON = 58

/** The longest text of an address: six groups of four digits, and an IPv4 address. */
const LONGEST = 45
const GROUPS = 8

/**
 * An IP address as 32-bit integers, filled again and again. An IPv4 address lies in `a`, and the rest is 0; family 0 is no
 * address.
 */
export interface Address {
  family: 0 | 4 | 6
  a: number
  b: number
  c: number
  d: number
}

/** An address to be filled by readAddress, once for many calls. */
export function createAddress(): Address {
  return { family: 0, a: 0, b: 0, c: 0, d: 0 }
}

/**
 * Reads an address into `out`, an IPv4-mapped one as IPv4; false leaves family 0 and integers that mean nothing.
 * Plain twin: parseAddress of match/cidr.ts.
 */
export function readAddress(text: string, from: number, to: number, out: Address): boolean {
  out.family = 0
  if (to - from > LONGEST) return false
  out.a = 0
  out.b = 0
  out.c = 0
  if (readIpv4(text, from, to, out)) {
    becomeIpv4(out)
    return true
  }
  if (!readIpv6(text, from, to, out)) return false
  if (out.a === 0 && out.b === 0 && out.c === 0xffff) becomeIpv4(out)
  else out.family = 6
  return true
}

function becomeIpv4(out: Address): void {
  out.family = 4
  out.a = out.d
  out.c = 0
  out.d = 0
}

/** Into `d`, because that is where an IPv4 address ends an IPv6 address. In one pass: most decisions read one. */
function readIpv4(text: string, from: number, to: number, out: Address): boolean {
  let word = 0
  let byte = 0
  let digits = 0
  let points = 0
  for (let at = from; at < to; at++) {
    const unit = text.charCodeAt(at)
    if (unit === POINT) {
      if (digits === 0 || ++points === 4) return false
      word = (word << 8) | byte
      byte = 0
      digits = 0
    } else {
      // A byte with leading zeros stands for nothing.
      if (unit < 48 || unit > 57 || (digits > 0 && byte === 0)) return false
      byte = 10 * byte + unit - 48
      if (byte > 255) return false
      digits++
    }
  }
  if (digits === 0 || points !== 3) return false
  out.d = (word << 8) | byte
  return true
}

function readIpv6(text: string, from: number, to: number, out: Address): boolean {
  out.d = 0
  const gap = gapIn(text, from, to)
  if (gap < 0) return countGroups(text, from, to) === GROUPS && readGroups(text, from, to, 0, true, out)
  const tail = countGroups(text, gap + 2, to)
  // The gap stands for at least one group.
  if (countGroups(text, from, gap) + tail >= GROUPS) return false
  return readGroups(text, from, gap, 0, false, out) && readGroups(text, gap + 2, to, GROUPS - tail, true, out)
}

/** Where the first `::` of the range starts, or -1. */
function gapIn(text: string, from: number, to: number): number {
  for (let at = from + 1; at < to; at++) {
    if (text.charCodeAt(at) === COLON && text.charCodeAt(at - 1) === COLON) return at - 1
  }
  return -1
}

/** How many groups the range holds if it is well-formed, two of them as an IPv4 address. Where the groups go depends on it. */
function countGroups(text: string, from: number, to: number): number {
  let groups = from === to ? 0 : 1
  let points = 0
  for (let at = from; at < to; at++) {
    const unit = text.charCodeAt(at)
    if (unit === COLON) groups++
    if (unit === POINT) points = 1
  }
  return groups + points
}

/** Reads groups between colons from the place `index` on; the last may be an IPv4 address where it ends the whole address. */
function readGroups(text: string, from: number, to: number, index: number, endsAddress: boolean, out: Address): boolean {
  let at = from
  for (let i = index; at < to; i++) {
    const end = groupEnd(text, at, to)
    const group = readGroup(text, at, end)
    if (group < 0) return endsAddress && end === to && readIpv4(text, at, to, out)
    setGroup(out, i, group)
    // A colon at the end has an empty group behind it.
    if (end === to - 1) return false
    at = end + 1
  }
  return true
}

function groupEnd(text: string, from: number, to: number): number {
  let at = from
  while (at < to && text.charCodeAt(at) !== COLON) at++
  return at
}

/** The number of one to four hexadecimal digits, or -1. */
function readGroup(text: string, from: number, to: number): number {
  if (from === to || to - from > 4) return -1
  let value = 0
  for (let at = from; at < to; at++) {
    const digit = hexadecimal(text.charCodeAt(at))
    if (digit < 0) return -1
    value = (value << 4) | digit
  }
  return value
}

function hexadecimal(unit: number): number {
  if (unit >= 48 && unit <= 57) return unit - 48
  // Setting the bit makes a small letter of its capital and of nothing else.
  const small = unit | 0x20
  return small >= 97 && small <= 102 ? small - 87 : -1
}

function setGroup(out: Address, index: number, group: number): void {
  const bits = index % 2 === 0 ? group << 16 : group
  if (index < 2) out.a |= bits
  else if (index < 4) out.b |= bits
  else if (index < 6) out.c |= bits
  else out.d |= bits
}
