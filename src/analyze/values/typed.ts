import { parseAddress } from '../../match/cidr.js'
import { parseInstant } from '../../match/date.js'
import { parseDecimal } from '../../match/number.js'
import { exactTextOf, type Probe } from '../conditions/probe.js'
import { chooseAddresses } from './addresses.js'
import { chooseBytes } from './bytes.js'
import { chooseInstants } from './instants.js'
import { chooseNumbers } from './numbers.js'
import type { ValueChoice } from './value-choice.js'

/** Values that are read as something else than text, and may be written in more ways than one. */
export type TypedKind = Exclude<Probe['kind'], 'language'>

interface TypedValues {
  /** Whether a key of this type can have this value. */
  readonly isValue: (text: string) => boolean
  /** The same value written otherwise. */
  readonly respell: (text: string) => readonly string[]
  /** @param isTyped whether the key is of this type, and not any text that a condition reads so */
  readonly choose: (probes: readonly Probe[], isTyped: boolean) => ValueChoice
}

const kinds: Readonly<Record<TypedKind, TypedValues>> = {
  range: {
    isValue: (text) => parseAddress(text) !== undefined,
    respell: (text) =>
      text.includes(':')
        ? [text.toUpperCase(), text.replace('::', ':0::'), text.replace('::', ':0:0::')]
        : ['::ffff:', '::FFFF:', '0::ffff:'].map((start) => start + text),
    choose: (probes) => chooseAddresses(probes.flatMap((probe) => (probe.kind === 'range' ? probe.range : []))),
  },
  number: {
    // What S3 counts is never negative.
    isValue: (text) => parseDecimal(text)?.negative === false,
    respell: (text) => ['0', '00', '000'].map((zeros) => (text.startsWith('-') ? `-${zeros}${text.slice(1)}` : zeros + text)),
    choose: (probes, isTyped) =>
      chooseNumbers(
        probes.flatMap((probe) => (probe.kind === 'number' ? probe : [])),
        isTyped ? 'zero' : 'none',
      ),
  },
  instant: {
    isValue: (text) => parseInstant(text) !== undefined,
    respell: (text) => ['+00:00', '-00:00'].map((zone) => text.replace('Z', zone)),
    choose: (probes) => chooseInstants(probes.flatMap((probe) => (probe.kind === 'instant' ? probe.instant : []))),
  },
  bytes: {
    isValue: () => false,
    respell: (text) => [text],
    // Base64 has one spelling for each value, so texts that are compared as such are values like the others.
    choose: (probes) => chooseBytes(probes.flatMap((probe) => (probe.kind === 'bytes' ? probe.text : exactTextOf(probe)))),
  },
}

/** Values of a key that has a type: all of them can be read as that. */
export function chooseTyped(kind: TypedKind, probes: readonly Probe[]): ValueChoice {
  const choice = chooseWithTexts(kind, probes, true)
  return { ...choice, values: choice.values.filter(kinds[kind].isValue) }
}

/** Values of a key that may be any text, where some conditions read it as something else. */
export function chooseMixed(probes: readonly Probe[]): ValueChoice {
  const [kind, ...others] = new Set(probes.flatMap((probe) => (probe.kind === 'language' ? [] : probe.kind)))
  const texts = probes.flatMap(exactTextOf)
  let strange = 'other'
  while (texts.includes(strange)) strange += '!'
  const choices = [kind ?? 'range', ...others].map((one) => chooseWithTexts(one, probes, false))
  const incomplete = choices.find((choice) => choice.incomplete !== undefined)?.incomplete
  // A number can be read as a date too.
  const isMixed = others.length > 0
  return {
    values: [...new Set([strange, ...choices.flatMap(({ values }) => values)])],
    ...((isMixed || incomplete !== undefined) && { incomplete: incomplete ?? MIXED }),
  }
}

const MIXED = 'conditions of several kinds meet there'

/** Every value that the kind tells apart, in a spelling that no test of texts names, and those that one names. */
function chooseWithTexts(kind: TypedKind, probes: readonly Probe[], isTyped: boolean): ValueChoice {
  const { choose, respell } = kinds[kind]
  const { values } = choose(probes, isTyped)
  const texts = probes.flatMap(exactTextOf)
  const named = new Set(kind === 'bytes' ? [] : texts)
  const spellings = values.map((value) => [value, ...respell(value)].find((text) => !named.has(text)))
  const all = [...new Set([...spellings.flatMap((text) => text ?? []), ...texts])]
  const isComplete =
    spellings.every((text) => text !== undefined) && probes.every((probe) => probe.kind === kind || exactTextOf(probe).length > 0)
  return isComplete ? { values: all } : { values: [...values, ...all], incomplete: MIXED }
}
