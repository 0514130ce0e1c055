/** Where the run of ASCII digits that starts at `from` ends, `to` at the latest. Plain twin: skipDigits of match/number.ts. */
export function digitsEnd(text: string, from: number, to: number): number {
  let at = from
  while (at < to && isDigit(text.charCodeAt(at))) at++
  return at
}

/** The number that at most nine digits stand for: a tenth might leave the small integers, which cost no allocation. */
export function digitsValue(text: string, from: number, to: number): number {
  let value = 0
  for (let at = from; at < to; at++) value = value * 10 + text.charCodeAt(at) - 48
  return value
}

/** The number of exactly `count` digits at `from`, or -1 if there are fewer before `to`. What follows them does not matter. */
export function fixedDigits(text: string, from: number, to: number, count: number): number {
  const end = from + count
  return end <= to && digitsEnd(text, from, end) === end ? digitsValue(text, from, end) : -1
}

function isDigit(unit: number): boolean {
  return unit >= 48 && unit <= 57
}
