/**
 * FNV-1a of the text's UTF-8 bytes, 64 bits as 16 hex digits. It tells texts apart; it is no protection against who wants two to be equal.
 * Source: RFC 9923.
 */
export function hash(text: string): string {
  const state = new Fnv1a()
  for (let at = 0; at < text.length; at++) {
    const point = text.codePointAt(at) as number
    if (point > 0xffff) at++
    addUtf8(state, point)
  }
  return state.digits()
}

/** 64 bits in halves of 32: a place can be a file of megabytes, and BigInt makes an object for each byte. */
class Fnv1a {
  private high = 0xcbf29ce4
  private low = 0x84222325

  /** Multiplies by 2^40 + 0x1b3. */
  add(byte: number): void {
    const low = (this.low ^ byte) >>> 0
    const product = low * 0x1b3
    this.high = (this.high * 0x1b3 + Math.floor(product / 0x100000000) + ((low << 8) >>> 0)) >>> 0
    this.low = product >>> 0
  }

  digits(): string {
    return [this.high, this.low].map((half) => half.toString(16).padStart(8, '0')).join('')
  }
}

/** Halves of surrogate pairs count as U+FFFD, as they do wherever a text is encoded. */
function addUtf8(state: Fnv1a, point: number): void {
  if (point < 0x80) state.add(point)
  else addLongForm(state, point >= 0xd800 && point <= 0xdfff ? 0xfffd : point)
}

/** The leading byte says how many follow, six bits each. */
function addLongForm(state: Fnv1a, point: number): void {
  const following = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3
  state.add(((0xff00 >> (following + 1)) & 0xff) | (point >> (6 * following)))
  for (let left = following - 1; left >= 0; left--) state.add(0x80 | ((point >> (6 * left)) & 0x3f))
}
