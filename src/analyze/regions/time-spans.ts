import type { TimeSpan } from './region.js'

/** The spans that times inside and outside leave: of the times that were tried, one stands at the beginning of each. */
export function timeSpans(inside: readonly number[], outside: readonly number[]): readonly TimeSpan[] {
  const isInside = new Set(inside)
  const times = [...inside, ...outside].sort((a, b) => a - b)
  const spans: { from?: string; before?: string }[] = []
  for (const [index, time] of times.entries()) {
    const isFirst = index === 0
    const wasInside = !isFirst && isInside.has(times[index - 1] as number)
    if (isInside.has(time) && !wasInside) spans.push(isFirst ? {} : { from: spell(time) })
    const open = spans.at(-1)
    if (!isInside.has(time) && wasInside && open !== undefined) open.before = spell(time)
  }
  return spans
}

function spell(time: number): string {
  return new Date(time).toISOString().replace('.000Z', 'Z')
}
