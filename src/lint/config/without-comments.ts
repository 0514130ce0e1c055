/**
 * The text with its comments, from two slashes to the line's end or between slash-star and star-slash, as spaces: everything else stays where
 * it is.
 */
export function withoutComments(text: string): string {
  let clean = ''
  let from = 0
  for (let at = 0; at < text.length; ) {
    if (text[at] === '"') {
      at = endOfString(text, at)
      continue
    }
    const end = endOfComment(text, at)
    if (end > at) {
      clean += text.slice(from, at) + blank(text.slice(at, end))
      from = end
      at = end
    } else at++
  }
  return clean + text.slice(from)
}

function endOfString(text: string, start: number): number {
  let at = start + 1
  while (at < text.length && text[at] !== '"' && text[at] !== '\n') at += text[at] === '\\' ? 2 : 1
  return at + 1
}

/** The end of the comment that starts here, or `start` if none does. One that does not end is none. */
function endOfComment(text: string, start: number): number {
  if (text.startsWith('//', start)) {
    const end = text.indexOf('\n', start)
    return end < 0 ? text.length : end
  }
  if (!text.startsWith('/*', start)) return start
  const end = text.indexOf('*/', start + 2)
  return end < 0 ? start : end + 2
}

function blank(comment: string): string {
  return comment
    .split('\n')
    .map((line) => ' '.repeat(line.length))
    .join('\n')
}
