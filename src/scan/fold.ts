import { foldSimple } from '../match/case.js'

/**
 * Whether the range after simple case folding is the other text. Plain twin: foldSimple of match/case.ts.
 *
 * ASCII is folded in place. Any other code point is cut out and given to foldSimple, which allocates: one table of exceptions
 * is enough, and text that costs this is rare.
 *
 * @param folded what foldSimple has made of the other text
 */
export function equalsFolded(text: string, from: number, to: number, folded: string): boolean {
  let at = from
  let place = 0
  while (at < to) {
    const unit = text.charCodeAt(at)
    if (unit <= 0x7f) {
      if (foldUnit(unit) !== folded.charCodeAt(place)) return false
      at++
      place++
    } else {
      const end = at + (at + 1 < to && startsPair(text, at) ? 2 : 1)
      const character = foldSimple(text.slice(at, end))
      if (!folded.startsWith(character, place)) return false
      at = end
      place += character.length
    }
  }
  return place === folded.length
}

function foldUnit(unit: number): number {
  return unit >= 65 && unit <= 90 ? unit + 32 : unit
}

/** Whether the two code units at this place are one code point. */
function startsPair(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xd800 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00
}
