/** Longer texts are cut in the middle: a pattern of a megabyte is no message. */
const MAX_LENGTH = 400

/** Text from outside, safe to show: control characters, which could steer the terminal, are escaped, and long text is cut. */
export function printable(text: string): string {
  return escapeControls(text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH / 2)} … ${text.slice(-MAX_LENGTH / 2)}`)
}

/** One line of text from outside, whole, safe to show. */
export function printableLine(text: string): string {
  return escapeControls(text)
}

/** Several lines of text from outside, whole, safe to show. */
export function printableLines(text: string): string {
  return text.split('\n').map(escapeControls).join('\n')
}

/** A value as JSON. What could steer a terminal is escaped as JSON escapes, so programs read the same value. */
export function printableJson(value: unknown, indent?: number): string {
  return printableLines(JSON.stringify(value, undefined, indent))
}

/** What is harmless is taken run by run: a printed program has megabytes, and a text built letter by letter takes forty times its size. */
function escapeControls(text: string): string {
  let safe = ''
  let from = 0
  for (let at = 0; at < text.length; at++) {
    const point = text.codePointAt(at) as number
    if (isControl(point)) {
      safe += text.slice(from, at) + escapeOf(text.charAt(at))
      from = at + 1
    } else if (point > 0xffff) at++
  }
  return safe + text.slice(from)
}

/** C0 and C1 control characters, what turns the direction of text, and halves of surrogate pairs. */
function isControl(point: number): boolean {
  const isBidi = (point >= 0x202a && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069)
  return point < 0x20 || (point >= 0x7f && point < 0xa0) || isBidi || (point >= 0xd800 && point <= 0xdfff)
}

function escapeOf(character: string): string {
  return `\\u${(character.codePointAt(0) as number).toString(16).padStart(4, '0')}`
}
