import type { Spread } from '../src/benchmark/spread.js'
import { plot, type Series } from './plot.js'
import { plotBars } from './plot-bars.js'
import type { Curve, Result } from './result.js'

/** What bench/peers/ measures of one engine on one workload. */
export interface PeerRow {
  readonly peer: string
  readonly workload: { readonly kind: 'policy' | 'keys'; readonly size: number }
  /** Whether it could do the workload at all. */
  readonly status: string
  readonly ns?: Spread
}

/** What bench/peers/ writes; ours is among the rows, for comparison there. */
export interface PeerResults {
  readonly rows: readonly PeerRow[]
}

interface ChartKind {
  readonly name: string
  readonly title: string
  readonly xLabel: string
  /** What peers' rows belong here. */
  readonly peers?: PeerRow['workload']['kind']
}

const kinds: readonly ChartKind[] = [
  { name: 'statements', title: 'A decision, by the statements of the policy', xLabel: 'statements', peers: 'policy' },
  { name: 'keys', title: 'A decision, by the number of access keys', xLabel: 'access keys', peers: 'keys' },
  { name: 'hostile', title: 'A decision on hostile patterns, by the length of a key of a’s', xLabel: 'length of the key' },
]

export interface DrawnChart {
  readonly file: string
  readonly title: string
  readonly svg: string
}

/** Charts of bars. */
const barKinds: readonly Omit<ChartKind, 'peers'>[] = [
  {
    name: 'forward-auth',
    title: 'Ceph RGW behind nginx and grantree, and alone, by the statements of the policy',
    xLabel: 'requests per second (GET of 1 KB): median, line of quartiles',
  },
]

/** The charts that there is something for. */
export function drawCharts(results: readonly Result[], peers: readonly PeerRow[]): readonly DrawnChart[] {
  const curves = results.flatMap((result) => result.curves ?? [])
  const drawn = kinds.flatMap(({ name, title, xLabel, peers: kind }) => {
    const own = curves.filter(({ chart }) => chart === name)
    const series = [...joined(own), ...peerSeries(peers.filter(({ workload }) => workload.kind === kind))]
    if (series.length === 0) return []
    const svg = plot({ title, xLabel, yLabel: 'time of a decision: median, band of quartiles', series })
    return [{ file: `${name}.svg`, title, svg }]
  })
  return [...drawn, ...drawBars(results)]
}

function drawBars(results: readonly Result[]): readonly DrawnChart[] {
  return barKinds.flatMap(({ name, title, xLabel }) => {
    const bars = results.flatMap((result) => result.bars ?? []).filter(({ chart }) => chart === name)
    return bars.length === 0 ? [] : [{ file: `${name}.svg`, title, svg: plotBars({ title, xLabel, bars }) }]
  })
}

/** Curves of several subjects with one name are one line. */
function joined(curves: readonly Curve[]): readonly Series[] {
  const names = [...new Set(curves.map(({ series }) => series))]
  return names.map((name) => ({
    name,
    points: byX(curves.filter(({ series }) => series === name).flatMap(({ points }) => points)),
    isEmphasised: name === 'grantree',
  }))
}

function peerSeries(rows: readonly PeerRow[]): readonly Series[] {
  const names = [...new Set(rows.map(({ peer }) => peer))].filter((name) => name !== 'grantree')
  return names.flatMap((name) => {
    const points = rows.flatMap(({ peer, workload, ns }) => (peer === name && ns !== undefined ? [{ x: workload.size, y: ns }] : []))
    return points.length === 0 ? [] : [{ name, points: byX(points) }]
  })
}

function byX<Point extends { readonly x: number }>(points: readonly Point[]): readonly Point[] {
  return points.toSorted((a, b) => a.x - b.x)
}
