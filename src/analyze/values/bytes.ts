import type { ValueChoice } from './value-choice.js'

/** Texts that are base64, of one, two and three bytes: more of them than any policy compares with. */
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Every text that is compared with, another that is base64, and one that is not. */
export function chooseBytes(compared: readonly string[]): ValueChoice {
  const known = new Set(compared)
  let strange = '!'
  while (known.has(strange)) strange += '!'
  return { values: [...new Set([otherThan(known), ...compared, strange])] }
}

function otherThan(compared: ReadonlySet<string>): string {
  for (let length = 1; ; length++) {
    for (const digit of DIGITS) {
      const text = digit.repeat(4 * length)
      if (!compared.has(text)) return text
    }
  }
}
