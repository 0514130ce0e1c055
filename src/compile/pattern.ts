import { canonicalKeyName } from '../catalog/lookup.js'
import { matchesWildcard, wildcardOf } from '../match/wildcard.js'
import type { TemplatePart } from '../policy/template.js'
import type { Element, Pattern, Variable } from './normal-policy.js'

/** The pattern of a text's parts; undefined if one is malformed. Without wildcards, `*` and `?` are text. */
export function patternOf(parts: readonly TemplatePart[], hasWildcards: boolean): Pattern | undefined {
  const pattern: Element[] = []
  for (const part of parts) {
    switch (part.kind) {
      case 'malformed':
        return undefined
      case 'variable':
        pattern.push({ kind: 'variable', key: canonicalKeyName(part.key), ...(part.default !== undefined && { default: part.default }) })
        break
      case 'escape':
        addText(part.text, pattern)
        break
      case 'text':
        if (hasWildcards) addElements(part.text, pattern)
        else addText(part.text, pattern)
    }
  }
  // A list that has grown has room for 16 more; a copy has none.
  return pattern.slice()
}

const STAR = 42
const QUESTION_MARK = 63

function addElements(text: string, pattern: Element[]): void {
  let from = 0
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit !== STAR && unit !== QUESTION_MARK) continue
    addText(text.slice(from, i), pattern)
    if (unit === QUESTION_MARK) pattern.push({ kind: 'one' })
    else addStar(pattern)
    from = i + 1
  }
  addText(text.slice(from), pattern)
}

/** Texts that follow each other are one text, and so are stars. */
export function simplify(pattern: Pattern): Pattern {
  const simple: Element[] = []
  for (const element of pattern) {
    if (element.kind === 'text') addText(element.text, simple)
    else if (element.kind === 'any') addStar(simple)
    else simple.push(element)
  }
  return simple
}

function addText(text: string, pattern: Element[]): void {
  if (text === '') return
  const last = pattern[pattern.length - 1]
  if (last?.kind === 'text') pattern[pattern.length - 1] = { kind: 'text', text: last.text + text }
  else pattern.push({ kind: 'text', text })
}

function addStar(pattern: Element[]): void {
  if (pattern[pattern.length - 1]?.kind !== 'any') pattern.push({ kind: 'any' })
}

export function variablesOf(pattern: Pattern): readonly Variable[] {
  // Nearly all patterns have none, and share the empty list.
  return pattern.some(isVariable) ? pattern.filter(isVariable) : none
}

const none: readonly Variable[] = []

function isVariable(element: Element): element is Variable {
  return element.kind === 'variable'
}

/** The pattern cut at its first `count` colons that stand in its own text; undefined if there are fewer. */
export function cutAtColons(pattern: Pattern, count: number): readonly Pattern[] | undefined {
  const parts: Element[][] = []
  let part: Element[] = []
  for (const element of pattern) {
    if (element.kind !== 'text') {
      part.push(element)
      continue
    }
    let { text } = element
    while (parts.length < count) {
      const colon = text.indexOf(':')
      if (colon < 0) break
      part.push({ kind: 'text', text: text.slice(0, colon) })
      parts.push(part)
      part = []
      text = text.slice(colon + 1)
    }
    part.push({ kind: 'text', text })
  }
  parts.push(part)
  return parts.length === count + 1 ? parts.map(simplify) : undefined
}

/** Whether the pattern, which has no variables, matches the text. */
export function matchesText(pattern: Pattern, text: string): boolean {
  const first = pattern[0]
  if (first?.kind === 'text') {
    if (pattern.length === 1) return first.text === text
    if (!startsWith(text, first.text)) return false
  }
  const pieces = pattern.map((element) => {
    if (element.kind === 'text') return { text: element.text, literal: true }
    return { text: element.kind === 'any' ? '*' : '?', literal: false }
  })
  return matchesWildcard(wildcardOf(pieces), text)
}

/** How many ways through a pattern are followed, and how many are left at the end: past that it is kept whole. */
const MOST_WAYS = 16
const MOST_RESTS = 4

/**
 * What is left to match once the pattern has matched all of `text` as a start: the rest of a matching text must match one of these patterns.
 * Undefined if that hangs on a variable, or if there are too many. `b*t/x` after `bucket/` leaves `*t/x` (the star goes on) and `x` (it has
 * ended).
 */
export function restsAfter(pattern: Pattern, text: string): readonly Pattern[] | undefined {
  // Nearly every pattern names its bucket in plain text: what is left is a slice.
  const first = pattern[0]
  if (first?.kind === 'text') {
    if (startsWith(first.text, text)) {
      const rest = first.text.slice(text.length)
      return [rest === '' ? pattern.slice(1) : pattern.with(0, { kind: 'text', text: rest })]
    }
    if (pattern.length === 1 || !startsWith(text, first.text)) return []
  }
  return restsOfSteps(pattern, text)
}

/** V8 compares a slice faster than `startsWith` does. */
function startsWith(text: string, start: string): boolean {
  return text.slice(0, start.length) === start
}

/** By following every way through the pattern at once. */
function restsOfSteps(pattern: Pattern, text: string): readonly Pattern[] | undefined {
  const steps = pattern.flatMap(stepsOf)
  /** By place in the text: the steps that may come next there. */
  const next: Set<number>[] = Array.from({ length: text.length + 1 }, () => new Set())
  reach(steps, next[0] as Set<number>, 0)
  for (let at = 0; at < text.length; at++) {
    const ways = alive(steps, next[at] as Set<number>)
    if (ways.length > MOST_WAYS) return undefined
    for (const index of ways) {
      const step = steps[index]
      if (typeof step === 'object' && step.kind === 'variable') return undefined
      const length = step === undefined ? 0 : lengthOf(step, text, at)
      if (length > 0) reach(steps, next[at + length] as Set<number>, isStar(step) ? index : index + 1)
    }
  }
  const left = undominated(steps, next[text.length] as Set<number>)
  return left.length > MOST_RESTS ? undefined : left.map((index) => simplify(steps.slice(index).map(elementOf)))
}

function stepsOf(element: Element): readonly Step[] {
  return element.kind === 'text' ? Array.from({ length: element.text.length }, (_, at) => element.text.charAt(at)) : [element]
}

/** How many code units a step takes of the text at this place; 0 if it does not stand there. */
function lengthOf(step: Step, text: string, at: number): number {
  if (typeof step === 'string') return step === text[at] ? 1 : 0
  return step.kind === 'one' && (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
}

/** A code unit, or one of the elements that are no text. */
type Step = string | Exclude<Element, { kind: 'text' }>

/** A step is reached, and past a star, which may match nothing, the one after it. */
function reach(steps: readonly Step[], reached: Set<number>, index: number): void {
  reached.add(index)
  if (isStar(steps[index])) reach(steps, reached, index + 1)
}

/**
 * From the last star reached on, in order. A star goes on past whatever the steps before it would match on their way to it, so that what
 * matches from there on matches from the star on.
 */
function alive(steps: readonly Step[], reached: ReadonlySet<number>): readonly number[] {
  const star = [...reached].reduce((last, index) => (index > last && isStar(steps[index]) ? index : last), -1)
  return [...reached].filter((index) => index >= star).sort((a, b) => a - b)
}

/** At the end of the text: the step right after the last star goes too, because the star may match nothing. */
function undominated(steps: readonly Step[], reached: ReadonlySet<number>): readonly number[] {
  const [first, ...others] = alive(steps, reached)
  if (first === undefined) return []
  return isStar(steps[first]) ? [first, ...others.filter((index) => index > first + 1)] : [first, ...others]
}

function isStar(step: Step | undefined): boolean {
  return typeof step === 'object' && step.kind === 'any'
}

function elementOf(step: Step): Element {
  return typeof step === 'string' ? { kind: 'text', text: step } : step
}
