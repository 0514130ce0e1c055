import { readable } from '../../sources/unknown-text.js'

/** A message of some lines. Brackets of a text that looks as if it had a link are escaped: names from a policy shall link nowhere. */
export function sarifMessage(...lines: readonly (string | undefined)[]): { readonly text: string } {
  const text = readable(lines.filter((line) => line !== undefined).join('\n'))
  return { text: text.includes('](') ? text.replaceAll('[', '\\[').replaceAll(']', '\\]') : text }
}
