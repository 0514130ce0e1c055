const CASE_BIT = 0x20

/**
 * 1 if the range is `true`, 0 if it is `false`, in any case of ASCII letters, and -1 for anything else.
 * Plain twin: the reading of operators/boolean.ts.
 */
export function readBoolean(text: string, from: number, to: number): 1 | 0 | -1 {
  if (equalsIgnoringCase(text, from, to, 'true')) return 1
  return equalsIgnoringCase(text, from, to, 'false') ? 0 : -1
}

/** Whether the range is a word of small letters. Setting the bit makes a small letter of its capital and of nothing else. */
function equalsIgnoringCase(text: string, from: number, to: number, word: string): boolean {
  if (to - from !== word.length) return false
  for (let i = 0; i < word.length; i++) {
    if ((text.charCodeAt(from + i) | CASE_BIT) !== word.charCodeAt(i)) return false
  }
  return true
}
