const CASE_BIT = 0x20

/**
 * 1 if the range is `true`, 0 if it is `false`, in any case of ASCII letters, and -1 for anything else.
 * Plain twin: the reading of operators/boolean.ts.
 */
export function readBoolean(text: string, from: number, to: number): 1 | 0 | -1 {
  if (to - from === 4) return isWord(text, from, TRUE) ? 1 : -1
  return to - from === 5 && isWord(text, from, FALSE) ? 0 : -1
}

const [TRUE, FALSE] = ['true', 'false'].map((word) => Uint8Array.from(word, (letter) => letter.charCodeAt(0))) as [Uint8Array, Uint8Array]

/** Whether a word of small letters is there. Setting the bit makes a small letter of its capital and of nothing else. */
function isWord(text: string, from: number, word: Uint8Array): boolean {
  for (let i = 0; i < word.length; i++) {
    if ((text.charCodeAt(from + i) | CASE_BIT) !== word[i]) return false
  }
  return true
}
