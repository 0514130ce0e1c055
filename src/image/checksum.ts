/**
 * Two words that any other change of one word changes, and changes of several but for one in 2^64. It finds damage, not intent: who can write
 * an image can write its checksum.
 */
export function checksumOf(words: Int32Array, skipFrom: number, skipTo: number): readonly [number, number] {
  let a = words.length | 0
  let b = 0
  for (let i = 0; i < words.length; i++) {
    const word = i >= skipFrom && i < skipTo ? 0 : (words[i] as number)
    // Every step can be undone, so that what differs once stays different.
    a = Math.imul(a ^ word, 0x5bd1e995)
    a ^= a >>> 15
    b = (Math.imul(b, 0x01000193) + a) | 0
  }
  return [a, b]
}
