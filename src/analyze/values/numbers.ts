import { compareDecimals, type Decimal, parseDecimal } from '../../match/number.js'
import type { ValueChoice } from './value-choice.js'

/** A number as it is written, and read. */
interface Written {
  readonly text: string
  readonly number: Decimal
}

/** Every number that is compared with, one below, one above, and one between each two. Requests have no negative ones. */
export function chooseNumbers(compared: readonly Written[]): ValueChoice {
  const zero = written('0')
  const points: Written[] = []
  for (const point of [zero, ...compared].filter(({ number }) => !number.negative).sort((a, b) => compareDecimals(a.number, b.number))) {
    const last = points.at(-1)
    if (last === undefined || compareDecimals(last.number, point.number) !== 0) points.push(point)
  }
  const gaps = points.map((point, index) => between(point, points[index + 1]))
  const values = points.flatMap((point, index) => [point.text, ...(gaps[index] ?? [])])
  const isComplete = gaps.every((gap) => gap !== undefined)
  return isComplete ? { values } : { values, incomplete: 'two numbers are too close together to find one between them' }
}

/** A number strictly between two, or above the last one. */
function between(low: Written, high: Written | undefined): readonly string[] | undefined {
  const a = Number(low.text)
  const b = high === undefined ? a * 2 + 1 : Number(high.text)
  const candidates = [Math.floor(a) + 1, (a + b) / 2, a + (b - a) / 3].map((value) => written(String(value)))
  const found = candidates.find(
    ({ number }) =>
      number !== undefined && compareDecimals(number, low.number) > 0 && (high === undefined || compareDecimals(number, high.number) < 0),
  )
  return found && [found.text]
}

function written(text: string): Written {
  // Numbers as JavaScript writes them have no plus before their exponent's digits here.
  const plain = text.replace('+', '')
  return { text: plain, number: parseDecimal(plain) as Decimal }
}
