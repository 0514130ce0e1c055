import type { Condition } from '../../../src/policy/ast.js'
import { ignoringAsciiCase } from './folds.js'
import type { Key, Value } from './keys.js'
import * as language from './languages.js'
import { booleanOf, decimalTerm, instantOf, type Range, rangeOf } from './operands.js'
import { globMatches } from './regexes.js'
import { and, equal, integer, not, OutsideFragment, type Term } from './terms.js'
import * as truth from './truths.js'

type IsIn = (texts: language.Language) => Term

/** One condition of a statement (S8), on a key that has at most one value. */
export function conditionTruth({ operator, values }: Condition, key: Key, hasVariables: boolean): truth.Truth {
  const { name, prefix, ifExists } = operator
  const known = (result: truth.Truth) => truth.choose(key.isUnknown, truth.unknown, result)
  if (name === 'Null') {
    if (prefix !== undefined) return known(prefix === 'ForAllValues' ? truth.always : truth.never)
    return known(truth.or(...values.map(({ text }) => absence(text, key.isPresent))))
  }
  const isNegated = name.includes('Not')
  const base = name.replace('Not', '')
  if (hasVariables && /^(String|Arn)/.test(base) && values.some(({ text }) => text.includes('${'))) {
    throw new OutsideFragment('a variable in a condition')
  }
  const matched = truth.or(...values.map(({ text }) => pairTruth(base, text, key.value)))
  const ofValue = isNegated ? truth.not(matched) : matched
  const holdsAbsent = ifExists || prefix === 'ForAllValues' || (isNegated && prefix === undefined)
  return known(truth.choose(key.isPresent, ofValue, holdsAbsent ? truth.always : truth.never))
}

function absence(operand: string, isPresent: Term): truth.Truth {
  const wantsAbsence = booleanOf(operand)
  return wantsAbsence === undefined ? truth.unknown : truth.certain(wantsAbsence ? not(isPresent) : isPresent)
}

/** One operand with the key's value, under the operator without its `Not`. */
function pairTruth(base: string, operand: string, value: Value): truth.Truth {
  const [family = ''] = /^(String|Arn|Bool|Numeric|Date|IpAddress)/.exec(base) ?? []
  const isText = family === 'String' || family === 'Arn'
  if (isText && value.kind === 'text') return family === 'Arn' ? arnPair(operand, value.isIn) : textPair(base, operand, value.isIn)
  if (isText && value.kind === 'bool' && family === 'String') return boolText(base, operand, value.isTrue)
  if (family === 'Bool' && value.kind === 'text') return boolOfText(operand, value.isIn)
  if (family === 'Bool' && value.kind === 'bool') return boolPair(operand, value.isTrue)
  if (family === 'Numeric') return numberPair(base, operand, value)
  if (family === 'Date' && value.kind === 'date') return datePair(base, operand, value.nanos)
  if (family === 'IpAddress' && value.kind === 'address') return addressPair(operand, value)
  throw new OutsideFragment(`${family || base} on a value of kind ${value.kind}`)
}

function textLanguage(base: string, operand: string): language.Language {
  if (base === 'StringLike') return language.like(operand)
  return base === 'StringEquals' ? language.exactly(operand) : language.ignoringCase(operand)
}

function textPair(base: string, operand: string, isIn: IsIn): truth.Truth {
  return truth.certain(isIn(textLanguage(base, operand)))
}

/** A key of type Bool is the text `true` or `false` to the operators on text. */
function boolText(base: string, operand: string, isTrue: Term): truth.Truth {
  const matches = (text: string): boolean => {
    if (base === 'StringLike') return globMatches(operand, text)
    return base === 'StringEquals' ? operand === text : operand.toLowerCase() === text
  }
  const [yes, no] = [matches('true'), matches('false')]
  return truth.certain(yes === no ? `${yes}` : yes ? isTrue : not(isTrue))
}

function arnPair(operand: string, isIn: IsIn): truth.Truth {
  const pattern = language.arnLike(operand)
  if (pattern === undefined) return truth.unknown
  const isArn = isIn(language.everyArn)
  const matches = isIn(pattern)
  return { sure: and(isArn, matches), possible: not(and(isArn, not(matches))) }
}

function boolPair(operand: string, isTrue: Term): truth.Truth {
  const wanted = booleanOf(operand)
  return wanted === undefined ? truth.unknown : truth.certain(wanted ? isTrue : not(isTrue))
}

/** A text that is neither `true` nor `false` cannot be read. */
function boolOfText(operand: string, isIn: IsIn): truth.Truth {
  const wanted = booleanOf(operand)
  if (wanted === undefined) return truth.unknown
  const spelled = (truth: boolean) => isIn({ whole: ignoringAsciiCase(`${truth}`), arns: 'none' })
  return { sure: spelled(wanted), possible: not(spelled(!wanted)) }
}

function numberPair(base: string, operand: string, value: Value): truth.Truth {
  const number = value.kind === 'number' ? value.number : value.kind === 'date' && value.seconds ? `(to_real ${value.seconds})` : undefined
  if (number === undefined) throw new OutsideFragment(`Numeric on a value of kind ${value.kind}`)
  const wanted = decimalTerm(operand)
  return wanted === undefined ? truth.unknown : truth.certain(ordered(base, number, wanted))
}

function datePair(base: string, operand: string, nanos: Term): truth.Truth {
  const wanted = instantOf(operand)
  return wanted === undefined ? truth.unknown : truth.certain(ordered(base, nanos, integer(wanted)))
}

function ordered(base: string, left: Term, right: Term): Term {
  const [, name = ''] = /^(?:Numeric|Date)(.*)$/.exec(base) ?? []
  const signs: Readonly<Record<string, string>> = {
    Equals: '=',
    LessThan: '<',
    LessThanEquals: '<=',
    GreaterThan: '>',
    GreaterThanEquals: '>=',
  }
  return `(${signs[name]} ${left} ${right})`
}

function addressPair(operand: string, value: Value & { readonly kind: 'address' }): truth.Truth {
  const range = rangeOf(operand)
  if (range === undefined) return truth.unknown
  return truth.certain(range.isV4 ? and(value.isV4, inRange(value.v4, 32, range)) : and(not(value.isV4), inRange(value.v6, 128, range)))
}

/** The first bits are the network's. */
function inRange(address: Term, size: number, { network, length }: Range): Term {
  if (length === 0) return 'true'
  const bits = (network >> BigInt(size - length)).toString(2).padStart(length, '0')
  return equal(`((_ extract ${size - 1} ${size - length}) ${address})`, `#b${bits}`)
}
