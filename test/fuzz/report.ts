import type { Finding, Tally } from './run.js'
import { showSent } from './sent.js'

/** What a run has come to, for people. */
export function showTally(tally: Tally, seconds: number): string {
  const { requests, outcomes, kinds, mutations, permitted, operations, delivered, brokenOff, slowest, slowestSent } = tally
  return [
    `${requests} requests in ${seconds.toFixed(0)} s; the slowest took ${slowest.toFixed(1)} ms`,
    slowestSent === undefined
      ? ''
      : `  ${slowestSent.method.slice(0, 20)}, a target of ${slowestSent.target.length}, ${slowestSent.headers.length} headers, a body of ${slowestSent.body.length} bytes`,
    `\noutcomes\n${showCounts(outcomes, requests)}`,
    `\nkinds\n${showCounts(kinds, requests)}`,
    `\npermitted\n${showCounts(permitted, outcomes.get('permitted') ?? 0)}`,
    `  ${delivered} bodies handed on to their end, ${brokenOff} broken off`,
    `  ${operations.size} operations, the rarest ${[...operations].sort(([, a], [, b]) => a - b)[0]?.join(' ') ?? 'none'}`,
    `\nmutations\n${showCounts(mutations, requests)}`,
  ].join('\n')
}

function showCounts(counts: ReadonlyMap<string, number>, all: number): string {
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `  ${String(count).padStart(8)}  ${((100 * count) / all).toFixed(2).padStart(5)} %  ${name}`)
    .join('\n')
}

export function showFinding({ law, sent, made }: Finding): string {
  return `${law}\n${showSent(sent)}\n  first seen: ${made.kind}; before it was signed: ${made.before.join(', ') || 'nothing'}; after: ${made.after.join(', ') || 'nothing'}`
}
