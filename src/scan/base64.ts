const PADDING = 61

/**
 * Whether the range is base64 in the one spelling an encoder produces: padded, nothing between, no stray bits at the end.
 * Plain twin: isCanonicalBase64 of match/base64.ts.
 */
export function isCanonicalBase64Range(text: string, from: number, to: number): boolean {
  if ((to - from) % 4 !== 0) return false
  const padding = paddingOf(text, from, to)
  let last = 0
  for (let at = from; at < to - padding; at++) {
    last = sextet(text.charCodeAt(at))
    if (last < 0) return false
  }
  const unusedBits = padding === 2 ? 0b1111 : padding === 1 ? 0b11 : 0
  return (last & unusedBits) === 0
}

function paddingOf(text: string, from: number, to: number): number {
  if (from === to || text.charCodeAt(to - 1) !== PADDING) return 0
  return text.charCodeAt(to - 2) === PADDING ? 2 : 1
}

/** The six bits of a character of the alphabet, or -1. */
function sextet(unit: number): number {
  if (unit >= 97) return unit <= 122 ? unit - 71 : -1
  if (unit >= 65) return unit <= 90 ? unit - 65 : -1
  if (unit >= 48) return unit <= 57 ? unit + 4 : -1
  return unit === 43 ? 62 : unit === 47 ? 63 : -1
}
