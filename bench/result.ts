import { cpus } from 'node:os'
import type { Spread } from '../src/benchmark/spread.js'
import { commandOf } from './subjects.js'

/** What a subject has measured; one file of bench/results/. */
export interface Result {
  readonly subject: string
  /** What produces it again. */
  readonly command: string
  readonly machine: Machine
  readonly measurements: readonly Measurement[]
  readonly curves?: readonly Curve[]
  readonly bars?: readonly Bar[]
}

export interface Measurement {
  /** What bench/targets.ts calls it; others are shown beside. */
  readonly id: string
  readonly what: string
  readonly unit: string
  readonly value: Spread
  /** Where the value is a ratio: the time itself. */
  readonly nanoseconds?: Spread
}

/** A line of a chart. */
export interface Curve {
  readonly chart: string
  readonly series: string
  readonly points: readonly { readonly x: number; readonly y: Spread }[]
}

/** A bar of a chart. */
export interface Bar {
  readonly chart: string
  readonly name: string
  readonly value: Spread
  /** Ours. */
  readonly isEmphasised?: true
}

export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly node: string
  readonly date: string
}

export function thisMachine(): Machine {
  const [cpu] = cpus()
  return {
    cpu: cpu?.model.trim() ?? 'unknown',
    cores: cpus().length,
    node: process.version,
    date: new Date().toISOString().slice(0, 10),
  }
}

/** Writes a result to standard output; bench/run.ts keeps it. */
export function report(subject: string, measurements: readonly Measurement[], curves: readonly Curve[] = [], bars?: readonly Bar[]): void {
  const result: Result = {
    subject,
    command: commandOf(subject),
    machine: thisMachine(),
    measurements,
    curves,
    ...(bars === undefined ? {} : { bars }),
  }
  process.stdout.write(`${JSON.stringify(result, round, 1)}\n`)
}

/** Four digits: no measurement here has more. */
function round(_: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value
}
