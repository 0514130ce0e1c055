import { printableLines } from './printable.js'

/** A text as one word of a shell, which takes every character of it as it is. */
export function shellWord(text: string): string {
  if (/^[A-Za-z0-9_./:=@%+,-]+$/.test(text)) return text
  // What could steer the terminal that it is pasted from is written out; bash, zsh and ksh know this form.
  if (isUnprintable(text)) return `$'${[...Buffer.from(text)].map(octal).join('')}'`
  return `'${text.replaceAll("'", "'\\''")}'`
}

/** Whether a text has characters that could steer a terminal. */
export function isUnprintable(text: string): boolean {
  return text.includes('\n') || printableLines(text) !== text
}

function octal(byte: number): string {
  const character = String.fromCharCode(byte)
  return /^[A-Za-z0-9_./:=@%+, -]$/.test(character) ? character : `\\${byte.toString(8).padStart(3, '0')}`
}
