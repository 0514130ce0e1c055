/** A set of small numbers, a bit each. Sets that meet have the same length. */
export type Bits = Uint32Array

/** @param size numbers from 0 up to this one, which is not in it */
export function noBits(size: number): Bits {
  return new Uint32Array(Math.max(1, (size + 31) >> 5))
}

export function bitsOf(size: number, members: Iterable<number>): Bits {
  const bits = noBits(size)
  for (const member of members) addBit(bits, member)
  return bits
}

/** Changes the set. */
export function addBit(bits: Bits, member: number): void {
  bits[member >> 5] = (bits[member >> 5] as number) | (1 << (member & 31))
}

/** Changes the set. */
export function dropBit(bits: Bits, member: number): void {
  bits[member >> 5] = (bits[member >> 5] as number) & ~(1 << (member & 31))
}

export function hasBit(bits: Bits, member: number): boolean {
  return ((bits[member >> 5] as number) & (1 << (member & 31))) !== 0
}

export function both(a: Bits, b: Bits): Bits {
  const result = new Uint32Array(a.length)
  for (let i = 0; i < a.length; i++) result[i] = (a[i] as number) & (b[i] as number)
  return result
}

export function either(a: Bits, b: Bits): Bits {
  const result = new Uint32Array(a.length)
  for (let i = 0; i < a.length; i++) result[i] = (a[i] as number) | (b[i] as number)
  return result
}

export function without(a: Bits, b: Bits): Bits {
  const result = new Uint32Array(a.length)
  for (let i = 0; i < a.length; i++) result[i] = (a[i] as number) & ~(b[i] as number)
  return result
}

export function meets(a: Bits, b: Bits): boolean {
  for (let i = 0; i < a.length; i++) if (((a[i] as number) & (b[i] as number)) !== 0) return true
  return false
}

/** Whether all of `a` is in `b`. */
export function isWithin(a: Bits, b: Bits): boolean {
  for (let i = 0; i < a.length; i++) if (((a[i] as number) & ~(b[i] as number)) !== 0) return false
  return true
}

export function isEmpty(bits: Bits): boolean {
  return bits.every((word) => word === 0)
}

/** Changes the set, and returns it. */
export function withBits(bits: Bits, members: readonly number[]): Bits {
  for (const member of members) addBit(bits, member)
  return bits
}

/** How many members there are. */
export function sizeOf(bits: Bits): number {
  let size = 0
  for (let i = 0; i < bits.length; i++) {
    for (let word = bits[i] as number; word !== 0; word &= word - 1) size++
  }
  return size
}

/** Equal for equal sets. */
export function bitsKey(bits: Bits): string | number {
  return bits.length === 1 ? (bits[0] as number) : bits.join(',')
}
