import type { Spread } from '../src/benchmark/spread.js'
import type { Measurement, Result } from './result.js'
import { commandOf } from './subjects.js'
import { type Target, targets } from './targets.js'

/** The results as Markdown: every target with what was measured, then everything that was measured, and the charts. */
export function renderResults(results: readonly Result[], charts: readonly { readonly file: string; readonly title: string }[]): string {
  return [
    '# Benchmarks',
    `\`npm run bench\` writes this page and all files beside it; [how to read it](../../docs/benchmark.md). ${machines(results)}`,
    'Ratios are medians of pairs in one process, with their quartiles; every timed verdict was compared with the reference evaluator’s, every timed signature with another implementation’s.',
    '## Targets',
    table(
      ['', 'target', 'measured: median (quartiles)', '', 'command'],
      targets.map((target) => targetRow(target, results)),
    ),
    ...charts.map(({ file, title }) => `![${title}](${file})`),
    '## All measurements',
    ...results.map((result) => `### ${result.subject}\n\n\`${result.command}\`\n\n${measurementTable(result)}`),
  ]
    .join('\n\n')
    .concat('\n')
}

function machines(results: readonly Result[]): string {
  const texts = results.map(({ machine: { cpu, cores, node, date } }) => `${cores} cores of ${cpu}, Node ${node.slice(1)}, ${date}`)
  return `Measured on ${[...new Set(texts)].join('; and on ')}.`
}

function targetRow({ id, what, limit, unit, subject, isWorstOfSeveral }: Target, results: readonly Result[]): readonly string[] {
  const measurements = results.find((result) => result.subject === subject)?.measurements ?? []
  const own = measurements.filter((each) => (isWorstOfSeveral ? each.id.startsWith(id) : each.id === id))
  const sorted = own.map(({ value }) => value).toSorted((a, b) => a.median - b.median)
  const worst = 'most' in limit ? sorted.at(-1) : sorted[0]
  const text = `${formatLimit(limit)} ${unit}`
  if (worst === undefined) return [what, text, 'not measured', '', '']
  const isMet = 'most' in limit ? worst.median <= limit.most : worst.median >= limit.least
  return [what, text, formatSpread(worst), isMet ? 'met' : '**missed**', `\`${commandOf(subject)}\``]
}

function formatLimit(limit: Target['limit']): string {
  if ('least' in limit) return `≥ ${limit.least}`
  return limit.most === 0 ? '0' : `≤ ${limit.most}`
}

function measurementTable({ measurements }: Result): string {
  const time = ({ nanoseconds }: Measurement) => (nanoseconds === undefined ? '' : formatTime(nanoseconds.median))
  return table(
    ['', 'median (quartiles)', 'unit', 'time'],
    measurements.map((each) => [each.what, formatSpread(each.value), each.unit, time(each)]),
  )
}

function formatSpread({ low, median, high }: Spread): string {
  return low === high ? formatNumber(median) : `${formatNumber(median)} (${formatNumber(low)} to ${formatNumber(high)})`
}

/** Three digits are all that a shared machine can vouch for. */
function formatNumber(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString('en', { maximumSignificantDigits: 3 })
}

/** A time in the unit that suits it. */
export function formatTime(nanoseconds: number): string {
  if (nanoseconds < 1e3) return `${formatNumber(nanoseconds)} ns`
  if (nanoseconds < 1e6) return `${formatNumber(nanoseconds / 1e3)} µs`
  return nanoseconds < 1e9 ? `${formatNumber(nanoseconds / 1e6)} ms` : `${formatNumber(nanoseconds / 1e9)} s`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
