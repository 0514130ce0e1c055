import { equalsRange } from './range.js'

const COLON = 58

/** Where the first five colons of an ARN stand in the text around it: its parts lie between them, the resource after the last. */
export interface ArnColons {
  c1: number
  c2: number
  c3: number
  c4: number
  c5: number
}

/** Colons to be filled by readArnColons, once for many calls. */
export function createArnColons(): ArnColons {
  return { c1: 0, c2: 0, c3: 0, c4: 0, c5: 0 }
}

/**
 * Whether the range is an ARN: six parts, the first of them `arn`. If it is, `out` gets the places of its colons, counted from
 * the start of the text as `from` is; if not, `out` stays as it was. Plain twin: parseArn of match/arn.ts.
 */
export function readArnColons(text: string, from: number, to: number, out: ArnColons): boolean {
  const c1 = from + 3
  if (c1 >= to || !equalsRange(text, from, c1, 'arn') || text.charCodeAt(c1) !== COLON) return false
  const c2 = colonAfter(text, c1, to)
  const c3 = colonAfter(text, c2, to)
  const c4 = colonAfter(text, c3, to)
  const c5 = colonAfter(text, c4, to)
  if (c5 >= to) return false
  out.c1 = c1
  out.c2 = c2
  out.c3 = c3
  out.c4 = c4
  out.c5 = c5
  return true
}

/** The next colon, or `to` or more. No `indexOf`, which would search the rest of the text for what the range lacks. */
function colonAfter(text: string, colon: number, to: number): number {
  let at = colon + 1
  while (at < to && text.charCodeAt(at) !== COLON) at++
  return at
}
