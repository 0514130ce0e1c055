import { findConditionKey } from '../catalog/lookup.js'
import { anything } from '../languages/language.js'
import type { IpRange } from '../match/cidr.js'
import type { Instant } from '../match/date.js'
import { and } from '../operators/truth.js'
import { anyArn } from './arn-language.js'
import type { Clause } from './clause.js'
import type { ConditionTest } from './condition-test.js'
import { type Demand, type Dimension, dimensionOf } from './dimension.js'
import { exactProbe, exactTextOf, type Probe } from './probe.js'
import { chooseAddresses } from './values/addresses.js'
import { chooseBytes } from './values/bytes.js'
import { chooseInstants } from './values/instants.js'
import { chooseNumbers } from './values/numbers.js'
import { chooseSets } from './values/sets.js'
import { chooseTexts, type TextDomain } from './values/texts.js'
import type { ValueChoice } from './values/value-choice.js'

/** The values of a condition key in a request; an empty list is an absent key. */
export type KeyValues = readonly string[]

/** What a clause asks of one condition key. */
export interface KeyDemand extends Demand<KeyValues> {
  readonly tests: readonly ConditionTest[]
  readonly probes: readonly Probe[]
}

/** An Allow needs all conditions to be true; a Deny applies unless one is false. */
export function demandOf(clause: number, { kind }: Clause, tests: readonly ConditionTest[]): KeyDemand {
  const truthOf = (values: KeyValues) => and(tests.map((test) => test.truthOf(values)))
  return {
    clause,
    tests,
    probes: tests.flatMap(({ probes }) => probes),
    isMet: kind === 'deny' ? (values) => truthOf(values) !== false : (values) => truthOf(values) === true,
  }
}

export interface KeyDimensionOptions {
  /** How many clauses there are. */
  readonly size: number
  /** How many steps finding the values may take. */
  readonly steps: number
  /** What its value must be, where a variable stands for it. */
  readonly fixed?: KeyValues | undefined
}

/** The condition key as a dimension: absent, or with the values that its type has. */
export function keyDimension(
  key: string,
  demands: readonly KeyDemand[],
  { size, steps, fixed }: KeyDimensionOptions,
): Dimension<KeyValues> {
  if (fixed !== undefined) return dimensionOf(key, [fixed], demands, size)
  const probes = demands.flatMap((demand) => demand.probes)
  const single = chooseValues(key, probes, steps)
  const isMultiValued = findConditionKey(key)?.multiValued === true
  const choice = isMultiValued
    ? chooseSets(
        single,
        demands.flatMap(({ tests }) => tests),
      )
    : { values: single.values.map((value) => [value]), ...(single.incomplete !== undefined && { incomplete: single.incomplete }) }
  return dimensionOf(key, [[], ...choice.values], demands, size, choice.incomplete && `\`${key}\`: ${choice.incomplete}`)
}

/** Single values of the key's type. Where a test asks what does not fit the type, all values that it names are tried too. */
function chooseValues(key: string, probes: readonly Probe[], steps: number): ValueChoice {
  const sorted = sortProbes(probes)
  switch (findConditionKey(key)?.type) {
    case 'Bool':
      return { values: ['true', 'false'] }
    case 'IPAddress':
      return fitting(chooseAddresses(sorted.ranges), probes, 'range')
    case 'Numeric':
      return fitting(chooseNumbers(sorted.numbers), probes, 'number')
    case 'Date':
      return fitting(chooseInstants(sorted.instants), probes, 'instant')
    case 'ARN':
      return chooseAmongTexts({ language: anyArn, liked: ['arn:aws:service:us-east-1:999999999999:other'] }, probes, sorted, steps)
    default:
      if (sorted.bytes.length > 0 && probes.every(isExact)) return chooseBytes([...sorted.bytes, ...probes.flatMap(exactTextOf)])
      return chooseAmongTexts({ language: [anything], liked: ['other'] }, probes, sorted, steps)
  }
}

interface SortedProbes {
  readonly ranges: readonly IpRange[]
  readonly numbers: readonly Extract<Probe, { kind: 'number' }>[]
  readonly instants: readonly Instant[]
  readonly bytes: readonly string[]
}

function sortProbes(probes: readonly Probe[]): SortedProbes {
  return {
    ranges: probes.flatMap((probe) => (probe.kind === 'range' ? probe.range : [])),
    numbers: probes.flatMap((probe) => (probe.kind === 'number' ? probe : [])),
    instants: probes.flatMap((probe) => (probe.kind === 'instant' ? probe.instant : [])),
    bytes: probes.flatMap((probe) => (probe.kind === 'bytes' ? probe.text : [])),
  }
}

function fitting(choice: ValueChoice, probes: readonly Probe[], kind: Probe['kind']): ValueChoice {
  return probes.every((probe) => probe.kind === kind) ? choice : unfit(choice)
}

/** Texts that may be compared with addresses, numbers and dates as well. */
function chooseAmongTexts(domain: TextDomain, probes: readonly Probe[], sorted: SortedProbes, steps: number): ValueChoice {
  const { ranges, numbers, instants, bytes } = sorted
  const strange = [
    ...(ranges.length > 0 ? chooseAddresses(ranges).values : []),
    ...(numbers.length > 0 ? chooseNumbers(numbers).values : []),
    ...(instants.length > 0 ? chooseInstants(instants).values : []),
    ...(bytes.length > 0 ? chooseBytes(bytes).values : []),
  ]
  const texts = chooseTexts(domain, [...probes, ...strange.map(exactProbe)], steps)
  return strange.length === 0 ? texts : unfit(texts)
}

function unfit(choice: ValueChoice): ValueChoice {
  return { ...choice, incomplete: choice.incomplete ?? 'conditions of several kinds meet there' }
}

/** Whether a probe is of single texts only. */
function isExact(probe: Probe): boolean {
  return probe.kind === 'bytes' || exactTextOf(probe).length > 0
}
