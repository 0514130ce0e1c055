import { findConditionKey } from '../../catalog/lookup.js'
import { anything } from '../../languages/language.js'
import { and } from '../../operators/truth.js'
import { anyArn } from '../conditions/arn-language.js'
import type { ConditionTest } from '../conditions/condition-test.js'
import type { Probe } from '../conditions/probe.js'
import type { Clause } from '../scene/clause.js'
import { chooseSets } from '../values/sets.js'
import { chooseTexts } from '../values/texts.js'
import { chooseMixed, chooseTyped } from '../values/typed.js'
import type { ValueChoice } from '../values/value-choice.js'
import { type Demand, type Dimension, dimensionOf } from './dimension.js'

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
  /** Values to try besides. */
  readonly own?: KeyValues | undefined
}

/** The condition key as a dimension: absent, or with the values that its type has. */
export function keyDimension(
  key: string,
  demands: readonly KeyDemand[],
  { size, steps, fixed, own }: KeyDimensionOptions,
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
  return dimensionOf(
    key,
    [...(own === undefined ? [] : [own]), [], ...choice.values],
    demands,
    size,
    choice.incomplete && `\`${key}\`: ${choice.incomplete}`,
  )
}

/** Single values of the key's type. */
function chooseValues(key: string, probes: readonly Probe[], steps: number): ValueChoice {
  switch (findConditionKey(key)?.type) {
    case 'Bool':
      return { values: ['true', 'false'] }
    case 'IPAddress':
      return chooseTyped('range', probes)
    case 'Numeric':
      return chooseTyped('number', probes)
    case 'Date':
      return chooseTyped('instant', probes)
    case 'ARN':
      return chooseTexts({ language: anyArn, liked: ['arn:aws:service:us-east-1:999999999999:other'] }, probes, steps)
    default:
      if (probes.some(({ kind }) => kind !== 'language')) return chooseMixed(probes)
      return chooseTexts({ language: [anything], liked: ['other'] }, probes, steps)
  }
}
