import { actions } from '../catalog/actions.js'
import * as layout from '../program/layout.js'
import { hasAction } from '../program/packed.js'
import type { PolicyProgram } from '../program/policy-program.js'
import { keyRow, nameOfKey } from '../program/values.js'

/** The keys that a rule is about, past the prefix of its node: `finals/*`. For the bucket itself, what is asked of its name. */
export function describeRest(p: PolicyProgram, rest: number, prefix: string, kind: 'bucket' | 'object'): string {
  const isBucket = kind === 'bucket'
  if (rest === layout.REST_ANY) return isBucket ? '' : `${escapeText(prefix)}*`
  if (rest === layout.REST_END) return isBucket ? '' : escapeText(prefix)
  return describeTest(p, rest, prefix)
}

function describeTest(p: PolicyProgram, test: number, prefix: string): string {
  const { words } = p
  switch (words[test]) {
    case layout.TEST_PATTERN:
      return `${escapeText(prefix)}${describePattern(p, words[test + 1] as number)}`
    case layout.TEST_TEMPLATE: {
      const count = words[test + 3] as number
      const patterns = Array.from(words.subarray(test + 4, test + 4 + count), (pattern) => escapeText(prefix) + describePattern(p, pattern))
      if (count === 0) return 'nothing, unless a variable is not known'
      return words[test + 1] === layout.SUBJECT_RESOURCE ? `${patterns.join(' or ')} as bucket and key` : patterns.join(' or ')
    }
    case layout.TEST_NONE_OF: {
      const tests = Array.from(words.subarray(test + 2, test + 2 + (words[test + 1] as number)), (each) => describeTest(p, each, ''))
      return `all but ${tests.join(', ')}`
    }
    default:
      return 'a resource that nobody can tell'
  }
}

/** The pattern as policies write it: text with `*`, `?` and variables, and `${*}` for a star that is no wildcard. */
function describePattern(p: PolicyProgram, pattern: number): string {
  const { words } = p
  return Array.from(words.subarray(pattern + 1, pattern + 1 + (words[pattern] as number)), (run) => describeRun(p, run)).join('*')
}

function describeRun(p: PolicyProgram, run: number): string {
  const { words, strings } = p
  return Array.from({ length: words[run] as number }, (_, index) => {
    const element = run + 1 + index * layout.ELEMENT_SIZE
    const [kind, a = 0, b = 0] = words.subarray(element, element + layout.ELEMENT_SIZE)
    if (kind === layout.ELEMENT_ONE) return '?'
    if (kind !== layout.ELEMENT_VARIABLE) return escapeText(textOf(words.subarray(b, b + a)))
    const name = nameOfKey(p, keyRow(p, a))
    return b < 0 ? `\${${name}}` : `\${${name}, '${strings[b]}'}`
  }).join('')
}

/** Unit by unit: a long text has more of them than a call has room for. */
function textOf(units: Int32Array): string {
  let text = ''
  for (const unit of units) text += String.fromCharCode(unit)
  return text
}

function escapeText(text: string): string {
  return text.replaceAll('*', '${*}').replaceAll('?', '${?}')
}

/** What is asked of a request past its action, caller and key. */
export function describeBody(p: PolicyProgram, body: number): readonly string[] {
  const { words } = p
  const set = words[body + layout.BODY_ACTIONS] as number
  const test = words[body + layout.BODY_PRINCIPAL] as number
  const first = body + layout.BODY_SIZE
  return [
    ...(set === 0 ? [] : [describeActions(words, set)]),
    ...(test === 0 ? [] : [describePrincipalTest(p, test)]),
    ...Array.from(words.subarray(first, first + (words[body + layout.BODY_CONDITIONS] as number)), (each) => describeCondition(p, each)),
  ]
}

function describeActions(words: Int32Array, set: number): string {
  const own = actions.filter((_, action) => hasAction(words, set, action))
  return `action ${listOf(own.map(({ name }) => name))}`
}

function describePrincipalTest({ words, strings }: PolicyProgram, test: number): string {
  const names = Array.from({ length: words[test + 1] as number }, (_, index) => {
    return strings[words[test + 2 + index * layout.PRINCIPAL_SIZE + layout.PRINCIPAL_TEXT] as number] ?? ''
  })
  const lead = words[test] === layout.LISTED ? 'caller' : 'caller other than'
  return `${lead} ${listOf(names)}`
}

function describeCondition(p: PolicyProgram, condition: number): string {
  const { words, strings } = p
  const first = condition + layout.CONDITION_SIZE
  const operands = Array.from(
    words.subarray(first, first + (words[condition + layout.CONDITION_OPERANDS] as number)),
    (operand) => strings[words[operand + layout.OPERAND_TEXT] as number] ?? '',
  )
  const operator = strings[words[condition + layout.CONDITION_OPERATOR] as number]
  return `${operator} ${nameOfKey(p, keyRow(p, words[condition + layout.CONDITION_KEY] as number))} ${listOf(operands)}`
}

const MOST_LISTED = 8

/** The first names of a list, and how many more there are. */
export function listOf(names: readonly string[]): string {
  const shown = names.slice(0, MOST_LISTED).join(', ')
  return names.length > MOST_LISTED ? `${shown} and ${names.length - MOST_LISTED} more` : shown
}
