const OFFSET_BASIS = 0xcbf29ce484222325n
const PRIME = 0x100000001b3n

/**
 * FNV-1a of the text's UTF-8 bytes, 64 bits as 16 hex digits. It tells texts apart; it is no protection against who wants two to be equal.
 * Source: RFC 9923.
 */
export function hash(text: string): string {
  let value = OFFSET_BASIS
  for (const byte of utf8(text)) value = BigInt.asUintN(64, (value ^ BigInt(byte)) * PRIME)
  return value.toString(16).padStart(16, '0')
}

function* utf8(text: string): Generator<number> {
  for (const character of text.toWellFormed()) {
    const point = character.codePointAt(0) as number
    if (point < 0x80) yield point
    else yield* longForm(point)
  }
}

/** The leading byte says how many follow, six bits each. */
function* longForm(point: number): Generator<number> {
  const following = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3
  yield ((0xf00 >> following) & 0xff) | (point >> (6 * following))
  for (let left = following - 1; left >= 0; left--) yield 0x80 | ((point >> (6 * left)) & 0x3f)
}
