import { type Spread, spreadOf } from '../../src/benchmark/spread.js'
import type { Bar, Measurement } from '../result.js'
import { sizes } from './contenders.js'
import type { Run, Turn } from './rounds.js'

const UNIT = '× the gateway alone without a policy'

/** Ratios are of one round each; processor times are of the program that is named, over all requests of a round. */
export function measurementsOf(runs: readonly Run[]): readonly Measurement[] {
  const base = runOf(runs, 'gateway 0')
  const ratios = runs.map((run): Measurement => {
    const { id, what } = run.contender
    return {
      id: `forward-auth ${id}`,
      what,
      unit: UNIT,
      value: ratioOf(run, base),
      nanoseconds: spreadBy(run, ({ perSecond }) => 1e9 / perSecond),
    }
  })
  const besides = sizes
    .filter((size) => size > 0)
    .map((size): Measurement => {
      const value = ratioOf(runOf(runs, `grantree ${size}`), runOf(runs, `gateway ${size}`))
      return { id: `beside ${size}`, what: `grantree with ${size} statements`, unit: '× the gateway alone with the same policy', value }
    })
  return [...ratios, ...besides, ...runs.map(rateOf), ...runs.map(latencyOf), ...runs.flatMap(processorOf)]
}

/** Requests per second, for the chart. */
export function barsOf(runs: readonly Run[]): readonly Bar[] {
  return runs.map((run) => {
    const { id, what } = run.contender
    return { chart: 'forward-auth', name: what, value: rateOf(run).value, ...(id.startsWith('grantree') ? { isEmphasised: true } : {}) }
  })
}

function runOf(runs: readonly Run[], id: string): Run {
  const run = runs.find(({ contender }) => contender.id === id)
  if (run === undefined) throw new Error(`${id} was not timed`)
  return run
}

function ratioOf(run: Run, base: Run): Spread {
  return spreadOf(run.turns.map(({ perSecond }, round) => perSecond / (base.turns[round] as Turn).perSecond))
}

function spreadBy({ turns }: Run, pick: (turn: Turn) => number): Spread {
  return spreadOf(turns.map(pick))
}

function rateOf(run: Run): Measurement {
  const { id, what } = run.contender
  return { id: `rate ${id}`, what, unit: 'requests/s', value: spreadBy(run, ({ perSecond }) => perSecond) }
}

function latencyOf(run: Run): Measurement {
  const { id, what } = run.contender
  return { id: `latency ${id}`, what: `${what}: half of the requests within`, unit: 'ms', value: spreadBy(run, ({ p50 }) => p50 / 1000) }
}

/** As the kernel calls them. */
const programs: Readonly<Record<string, string>> = {
  node: 'grantree',
  nginx: 'nginx',
  radosgw: 'the gateway',
  'ceph-osd': 'the object store',
}

function processorOf(run: Run): readonly Measurement[] {
  const { id, what } = run.contender
  return Object.entries(programs).flatMap(([name, program]) => {
    const value = spreadBy(run, ({ processor }) => processor.get(name) ?? 0)
    if (value.high < 1) return []
    return [{ id: `processor ${id} ${name}`, what: `${what}: processor time of ${program}`, unit: 'µs a request', value }]
  })
}
