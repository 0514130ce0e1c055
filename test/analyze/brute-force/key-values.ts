import { findConditionKey } from '../../../src/catalog/lookup.js'
import { instantOfMilliseconds, millisecondsOfInstant, parseInstant } from '../../../src/match/date.js'
import type { PlainCondition } from './plain.js'
import { allTexts, near } from './texts.js'
import { isValueOf } from './universe.js'
import { KEY_LETTERS, NOW } from './vocabulary.js'

const ADDRESSES = [
  '10.0.0.0',
  '10.0.0.1',
  '10.0.0.2',
  '10.0.0.3',
  '10.0.0.4',
  '9.255.255.255',
  '203.0.113.9',
  '::1',
  '2001:db8::',
  '2001:db8::1',
  '2001:db8::3',
  '2001:db8::4',
  '::ffff:10.0.0.1',
  '::ffff:10.0.0.2',
] as const
const NUMBERS = ['0', '0.5', '1', '1.0', '1.25', '1.5', '1.75', '2', '3', '9.999', '10', '10.0', '1e1', '11', '100'] as const
const TEXTS = [...allTexts(KEY_LETTERS, 2), 'zz', '*', 'aba', 'abb', 'A', 'B'] as const
const LAST_TIME = 253_402_300_799_999

/** Single values of a key that its conditions may tell apart, all of its type. */
export function valuesFor(name: string, conditions: readonly PlainCondition[]): readonly string[] {
  const operands = conditions.flatMap((condition) => condition.operands)
  const values = [...operands.flatMap(near), ...typeValues(name, operands)]
  return [...new Set(values)].filter((value) => isValueOf(name, value))
}

function typeValues(name: string, operands: readonly string[]): readonly string[] {
  switch (findConditionKey(name)?.type) {
    case 'Bool':
      return ['true', 'false']
    case 'Numeric':
      return [
        ...NUMBERS,
        ...operands.filter((text) => /^\d+$/.test(text)).flatMap((text) => [String(Number(text) + 1), String(Number(text) - 1)]),
      ]
    case 'Date':
      return timesNear(operands).flatMap((time) => [new Date(time).toISOString(), String(Math.floor(time / 1000))])
    case 'IPAddress':
      return ADDRESSES
    case 'ARN':
      return ['arn:aws:iam::1:user/a', 'arn:aws:iam::9:user/z', 'arn:x:y:::']
    default:
      return TEXTS
  }
}

/** Times just before, at and just after the instants, and one far from all. */
export function timesNear(instants: readonly (string | number)[]): readonly number[] {
  const read = instants.flatMap((each) => {
    const instant = typeof each === 'number' ? instantOfMilliseconds(each) : parseInstant(each)
    return instant === undefined ? [] : [millisecondsOfInstant(instant)]
  })
  const times = [NOW, ...read.flatMap((time) => [time - 1, time, time + 1, time - 1000, time + 1000])]
  return [...new Set(times)].filter((time) => time >= 0 && time <= LAST_TIME)
}
