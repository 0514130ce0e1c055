/**
 * Lower-cases A to Z and nothing else. Names in policies ignore ASCII case only: the Kelvin sign (U+212A), which
 * `toLowerCase` turns into `k`, must not spell an action.
 */
export function foldAscii(text: string): string {
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) > 0x7f) return foldAsciiAmongOthers(text)
  }
  return text.toLowerCase()
}

function foldAsciiAmongOthers(text: string): string {
  let folded = ''
  for (const character of text) folded += character <= '\u007f' ? character.toLowerCase() : character
  return folded
}

/**
 * Unicode's simple case folding, code point by code point: `É` and `é` are equal, `ß` and `SS` are not, because folding never changes
 * how many code points a text has. This is what the IgnoreCase operators compare.
 */
export function foldSimple(text: string): string {
  let folded = ''
  for (const character of text) folded += foldCodePoint(character)
  return folded
}

/** Where folding is not the small letter of the capital letter. Source: Unicode 15.1, CaseFolding.txt, statuses C and S. */
const irregular: ReadonlyMap<string, string> = new Map([
  // The dotless i: its capital is I, but only Turkic folding makes the two equal.
  ['\u0131', '\u0131'],
  ['\u1fd3', '\u0390'],
  ['\u1fe3', '\u03b0'],
  ['\ufb05', '\ufb06'],
])

function foldCodePoint(character: string): string {
  const exception = irregular.get(character)
  if (exception !== undefined) return exception
  const upper = oneCodePoint(character.toUpperCase()) ?? character
  return oneCodePoint(upper.toLowerCase()) ?? upper
}

function oneCodePoint(text: string): string | undefined {
  const first = text.codePointAt(0)
  return first !== undefined && text.length === (first > 0xffff ? 2 : 1) ? text : undefined
}
