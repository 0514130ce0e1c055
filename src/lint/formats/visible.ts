import { inRanges, type Ranges } from './ranges.js'

/**
 * What could steer a terminal, or make text look like other text: control characters, line separators, what turns the direction of text,
 * characters without a width, halves of surrogate pairs, and what is no character at all. Joiners stay, as letters and emoji need them.
 */
const hidden: Ranges = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x61c, 0x61c],
  [0x200b, 0x200b],
  [0x200e, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0xd800, 0xdfff],
  [0xfeff, 0xfeff],
  [0xfff9, 0xfffb],
  [0xfffe, 0xffff],
  [0xe0000, 0xe0fff],
]

/** Text from outside on one line, safe to show: what must not be shown is there as JSON would escape it. */
export function visible(text: string): string {
  let safe = ''
  let from = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit >= 0x20 && unit < 0x7f) continue
    const start = at
    const point = text.codePointAt(at) as number
    if (point > 0xffff) at++
    if (!inRanges(hidden, point)) continue
    safe += text.slice(from, start) + escapeUnits(text.slice(start, at + 1))
    from = at + 1
  }
  return safe + text.slice(from)
}

/** A value as JSON that is safe to show: programs read the same value. @param indent of each level; one line without it */
export function visibleJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent).split('\n').map(visible).join('\n')
}

function escapeUnits(units: string): string {
  return units
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')
}
