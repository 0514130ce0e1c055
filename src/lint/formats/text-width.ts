import { inRanges, type Ranges } from './ranges.js'

/** Letters of two columns in terminals: Chinese, Japanese and Korean ones, and emoji. */
const wide: Ranges = [
  [0x1100, 0x115f],
  [0x231a, 0x231b],
  [0x23e9, 0x23ec],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1faff],
  [0x20000, 0x3fffd],
]

/** What is drawn over the letter before it. */
const combining: Ranges = [
  [0x300, 0x36f],
  [0x483, 0x489],
  [0x591, 0x5bd],
  [0x200c, 0x200d],
  [0x20d0, 0x20f0],
  [0xfe00, 0xfe0f],
]

/** How many columns most terminals give a text of one line. Terminals differ, so this is a good guess. */
export function textWidth(text: string): number {
  let width = 0
  for (const character of text) {
    const point = character.codePointAt(0) as number
    width += inRanges(combining, point) ? 0 : inRanges(wide, point) ? 2 : 1
  }
  return width
}
