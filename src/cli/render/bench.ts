import type { Colors } from 'picocolors/types.js'
import type { HistogramBin } from '../../benchmark/histogram.js'
import type { Percentiles, Spread } from '../../benchmark/spread.js'
import type { Verdict } from '../../decision/decision.js'

/** What `grantree bench` has measured. */
export interface BenchReport {
  readonly requests: number
  /** Of the requests, by the reference evaluator and by the program alike. */
  readonly verdicts: Readonly<Record<Verdict, number>>
  readonly compileNanoseconds: number
  readonly rounds: number
  readonly decisionsPerRound: number
  readonly decisionsPerSecond: number
  /** Over the rounds. */
  readonly decisionNanoseconds: Spread
  readonly floor: { readonly name: string; readonly ratio: Spread; readonly nanoseconds: Spread }
  /** How many decisions were timed together for what follows. */
  readonly batch: number
  /** Nanoseconds a decision, over the batches. */
  readonly percentiles: Percentiles
  readonly histogram: readonly HistogramBin[]
  readonly machine: { readonly cpu: string; readonly cores: number; readonly node: string }
}

const BAR_WIDTH = 40

export function renderBench(report: BenchReport, { bold, dim, cyan }: Colors): string {
  const { requests, verdicts, compileNanoseconds, rounds, decisionsPerRound, decisionsPerSecond, decisionNanoseconds, floor, batch } =
    report
  const { p50, p90, p99, p999, max } = report.percentiles
  const shares = Object.entries(verdicts).map(([verdict, count]) => `${formatCount(count)} ${verdict}`)
  const { cpu, cores, node } = report.machine
  return [
    `${plural(requests, 'request')}, every verdict as the reference evaluator's: ${shares.join(', ')}`,
    `the snapshot was compiled in ${formatTime(compileNanoseconds)}`,
    '',
    `${bold(`${formatCount(decisionsPerSecond)} requests/s`)}, one after the other on one core`,
    `${bold(formatTime(decisionNanoseconds.median))} a decision  ${quartiles(decisionNanoseconds, formatTime)}`,
    `${bold(`${formatRatio(floor.ratio.median)} × the floor`)}  ${quartiles(floor.ratio, formatRatio)}: ${floor.name}`,
    '',
    `p50 ${formatTime(p50)}   p90 ${formatTime(p90)}   p99 ${formatTime(p99)}   p99.9 ${formatTime(p999)}   max ${formatTime(max)}`,
    ...histogramLines(report.histogram).map(({ range, bar, count }) => `  ${range}  ${cyan(bar)} ${count}`),
    '',
    dim(
      `How: ${plural(rounds, 'round')} of ${formatCount(decisionsPerRound)} decisions after some to warm up, the floor timed beside each in the`,
    ),
    dim('same process; request strings are new in every round, and every verdict was'),
    dim(`compared. Percentiles and bars are of batches of ${batch}, because reading the clock`),
    dim('costs about 50 ns: one slow decision shows as its share of a batch.'),
    dim(`Node ${node.slice(1)}, ${cores} cores of ${cpu}`),
    '',
  ].join('\n')
}

function histogramLines(bins: readonly HistogramBin[]) {
  const most = bins.reduce((greatest, { count }) => Math.max(greatest, count), 1)
  const ranges = bins.map(({ from, to }) => `${formatTime(from)} to ${formatTime(to)}`)
  const width = ranges.reduce((longest, { length }) => Math.max(longest, length), 0)
  return bins.map(({ count }, index) => ({
    range: (ranges[index] ?? '').padStart(width),
    // What is there at all is seen.
    bar: '█'.repeat(count === 0 ? 0 : Math.max(1, Math.round((count / most) * BAR_WIDTH))),
    count: formatCount(count),
  }))
}

function quartiles({ low, high }: Spread, format: (value: number) => string): string {
  return `(quartiles ${format(low)} to ${format(high)})`
}

function formatTime(nanoseconds: number): string {
  if (nanoseconds < 1e3) return `${digits(nanoseconds)} ns`
  if (nanoseconds < 1e6) return `${digits(nanoseconds / 1e3)} µs`
  return nanoseconds < 1e9 ? `${digits(nanoseconds / 1e6)} ms` : `${digits(nanoseconds / 1e9)} s`
}

function formatRatio(ratio: number): string {
  return ratio.toFixed(ratio < 10 ? 2 : 0)
}

/** Three digits: a run on a shared machine can vouch for no more. */
function digits(value: number): string {
  return Number(value.toPrecision(3)).toString()
}

function formatCount(count: number): string {
  return Number(count.toPrecision(count < 10_000 ? 4 : 3)).toLocaleString('en')
}

function plural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`
}
