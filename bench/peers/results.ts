import { cpus, loadavg } from 'node:os'
import type { Outcome, Spread } from './outcome.js'
import type { WorkloadName } from './workload-list.js'

/** One peer on one workload. */
export type Row = { readonly peer: string; readonly version: string; readonly language: string; readonly workload: WorkloadName } & Outcome

export interface Results {
  readonly machine: {
    readonly cpu: string
    readonly cores: number
    readonly node: string
    readonly date: string
    readonly load: { readonly low: number; readonly high: number }
  }
  readonly rows: readonly Row[]
}

/** `load`: how many processes wanted a core in the minute before each workload; above one, others were at work too. */
export function machine(load: readonly number[]): Results['machine'] {
  const list = cpus()
  return {
    cpu: list[0]?.model ?? '?',
    cores: list.length,
    node: process.version,
    date: new Date().toISOString().slice(0, 10),
    load: { low: Math.min(...load), high: Math.max(...load) },
  }
}

export function loadNow(): number {
  return loadavg()[0] ?? Number.NaN
}

/** The results for people: a table for each kind of workload, and what was not timed. */
export function markdownOf({ machine: { cpu, cores, node, date, load }, rows }: Results): string {
  return [
    '# Peers',
    '',
    `\`npm run bench:peers\`, ${cores} cores of ${cpu}, Node ${node.slice(1)}, ${date}, load average up to ${load.high.toFixed(1)}. Time of a decision, the median over the rounds, and in brackets the median`,
    'ratio to grantree in the same rounds, for grantree itself to the floor. Without a ratio it was timed by a program of its own: compare orders of magnitude. What is compared and how, and what',
    'each peer is spared or made to do: [bench/peers](../peers/README.md). The quartiles are in [peers.json](peers.json).',
    '',
    ...table('Bucket policies, by their number of statements', 'policy', rows),
    ...table('Access keys with 3 grants each, by the number of keys', 'keys', rows),
    ...untimed(rows),
  ].join('\n')
}

function table(title: string, kind: WorkloadName['kind'], rows: readonly Row[]): readonly string[] {
  const own = rows.filter(({ workload }) => workload.kind === kind)
  const sizes = [...new Set(own.map(({ workload }) => workload.size))]
  const peers = new Map(own.map((row) => [row.peer, row]))
  const floors = own.flatMap((row) => ('floor' in row && row.floor !== undefined ? [{ size: row.workload.size, floor: row.floor }] : []))
  const lines = [
    ['', ...sizes.map((size) => size.toLocaleString('en'))],
    ['---', ...sizes.map(() => '---')],
    ['floor: two look-ups in Maps', ...sizes.map((size) => time(floors.find((entry) => entry.size === size)?.floor))],
    ...[...peers.values()].map(({ peer, version, language }) => [
      `${peer} ${version} (${language})`,
      ...sizes.map((size) => cell(own.find((row) => row.peer === peer && row.workload.size === size))),
    ]),
  ]
  return [`## ${title}`, '', ...lines.map((cells) => `| ${cells.join(' | ')} |`), '']
}

function cell(row: Row | undefined): string {
  if (row === undefined) return ''
  if (row.status !== 'timed') return row.status
  return row.ratio === undefined ? time(row.ns) : `${time(row.ns)} (× ${digits(row.ratio.median)})`
}

function time(spread: Spread | undefined): string {
  if (spread === undefined) return ''
  const { median } = spread
  if (median >= 1e6) return `${digits(median / 1e6)} ms`
  return median >= 1e4 ? `${digits(median / 1e3)} µs` : `${digits(median)} ns`
}

/** Three digits that mean something. */
function digits(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString('en')
}

function untimed(rows: readonly Row[]): readonly string[] {
  const lines = rows.flatMap((row) =>
    row.status === 'timed'
      ? []
      : [
          `- ${row.peer}, ${row.workload.size.toLocaleString('en')} ${row.workload.kind === 'keys' ? 'keys' : 'statements'}: ${row.status}, ${row.reason}`,
        ],
  )
  return lines.length === 0 ? [] : ['## Not timed', '', ...lines, '']
}
