import { printableJson, printableLine } from './printable.js'

/**
 * Words that have texts from outside between backticks, as Markdown: in a table, a list or a heading, on a page that others read. What is
 * between backticks stays code, whatever it is; what could be markup outside of them is written as a reference.
 */
export function markdown(words: string): string {
  return printableLine(words)
    .split('`')
    .map((part, index) => (index % 2 === 0 ? references(part, PLAIN) : markdownCode(part)))
    .join('')
}

/** A text as code. A pipe ends a cell even there, and a backtick the code: such texts, and those that would not show, have no letter as it is. */
export function markdownCode(text: string): string {
  const safe = printableLine(text)
  if (safe.trim() !== '' && safe.trim() === safe && !/[`|]/.test(safe)) return `\`${safe}\``
  return `<code>${references(safe, LETTERS) || '&quot;&quot;'}</code>`
}

/** A value as JSON in a block that opens on a click. */
export function markdownDetails(summary: string, value: unknown): string {
  return `<details><summary>${summary}</summary>\n\n\`\`\`json\n${printableJson(value, 2)}\n\`\`\`\n\n</details>\n`
}

/** Cells that are Markdown already. */
export function markdownTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('')
}

/** A colon before a slash would begin a link. */
const PLAIN = /[^\p{L}\p{N} ,.;:'()/+-]|:(?=\/)/gu
const LETTERS = /[^A-Za-z0-9]/gu

function references(text: string, others: RegExp): string {
  return text.replace(others, (character) => `&#${character.codePointAt(0)};`)
}
