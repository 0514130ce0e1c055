import type { Colors } from 'picocolors/types.js'
import type { Explanation } from '../../evaluate/explanation.js'
import type { AuthorizationRequest } from '../../request/authorization-request.js'
import type { Prospect, Span } from '../presign/outlook.js'
import { describeDecider, objectOf, renderExplanation } from './explanation.js'
import { wordsOfKey } from './key-words.js'
import { printable } from './printable.js'
import { reasonTexts } from './reasons.js'

export interface OutlookSetting {
  readonly what: 'URL' | 'form'
  /** Milliseconds since 1970. */
  readonly until: number
  readonly explain: (question: AuthorizationRequest) => Explanation
  readonly colors: Colors
}

/** What has been found out about a request to come: its best prospect, and what stands against it at other times. */
export function renderOutlook(spans: readonly Span[], setting: OutlookSetting): string {
  const open = spans.find(({ prospect }) => prospect.kind !== 'denied') ?? (spans[0] as Span)
  const lines = [...prospectLines(open.prospect, setting)]
  if (open.prospect.kind === 'denied') return lines.join('\n')
  for (const [index, span] of spans.entries()) {
    if (span !== open)
      lines.push(`${setting.colors.yellow('warning')}: ${changeText(span, { isFirst: index === 0, next: spans[index + 1] }, setting)}`)
  }
  return lines.join('\n')
}

function prospectLines(prospect: Prospect, { until, explain, colors }: OutlookSetting): readonly string[] {
  switch (prospect.kind) {
    case 'allowed':
      return prospect.questions.flatMap((question) => {
        const explanation = explain(question)
        const because = `${reasonTexts[explanation.reason]}${printable(describeDecider(explanation))}`
        return [headline(colors.green('ALLOWED'), explanation), `  ${by(question)}, until ${timeText(until)}`, `  because ${because}`]
      })
    case 'depends': {
      const { question, keys } = prospect
      const explanation = explain(question)
      return [
        headline(colors.yellow('DEPENDS'), explanation),
        `  ${by(question)}, until ${timeText(until)}`,
        '  on what only the request itself will tell:',
        ...keys.map((key) => `    ${printable(key)}: ${wordsOfKey(key)}`),
        ...undecided(explanation),
      ]
    }
    case 'denied': {
      const { question, decision, atBest } = prospect
      const even =
        atBest.verdict === 'Allow' || atBest.reason === decision.reason
          ? []
          : [`Even if what is unknown turned out well, ${reasonTexts[atBest.reason]}`, '']
      return [renderExplanation(explain(question), colors), ...even]
    }
  }
}

function headline(word: string, explanation: Explanation): string {
  return `${word}  ${printable(explanation.request.action)} on ${printable(objectOf(explanation))}`
}

function by({ principal }: AuthorizationRequest): string {
  return `by access key ${principal.kind === 'key' ? printable(principal.accessKey) : ''}`
}

/** The statements and grants that hang on it. */
function undecided({ policy, identity }: Explanation): readonly string[] {
  const statements = policy.kind === 'statements' ? policy.statements.filter(({ truth }) => truth === 'unknown') : []
  const grants = identity.kind === 'grants' ? identity.grants.filter(({ failed }) => failed === 'source-ip') : []
  return [
    ...statements.map(
      ({ index, sid, effect }) =>
        `  asked by statement ${index + 1}${sid === undefined ? '' : ` ${printable(JSON.stringify(sid))}`} (${effect})`,
    ),
    ...grants.map(({ index }) => `  asked by grant ${index + 1} of the access key`),
  ]
}

interface Neighbours {
  readonly isFirst: boolean
  /** Undefined if it is the last. */
  readonly next: Span | undefined
}

/** What a stretch of time differs in. */
function changeText({ from, prospect }: Span, { isFirst, next }: Neighbours, { what, until }: OutlookSetting): string {
  const parts = [...(isFirst ? [] : [`from ${timeText(from)}`]), next === undefined ? 'on' : `until ${timeText(next.from)}`]
  const when = parts.join(' ')
  if (prospect.kind === 'allowed') return `${when} it is allowed`
  if (prospect.kind === 'depends')
    return `${when} it depends on ${prospect.keys.map((key) => `${printable(key)} (${wordsOfKey(key)})`).join(', ')}`
  const { decision, atBest } = prospect
  if (decision.reason === 'key-expired') return `the access key expires at ${timeText(from)}, before the ${what} does at ${timeText(until)}`
  if (decision.reason === 'key-not-yet-valid' && next !== undefined)
    return `the access key is not valid before ${timeText(next.from)}, nor is the ${what}`
  return `${when} it is denied, because ${reasonTexts[(atBest.verdict === 'Allow' ? decision : atBest).reason]}`
}

/** `2026-09-21T12:15:00Z`, whole seconds without their fraction. @param time milliseconds since 1970 */
export function timeText(time: number): string {
  return new Date(time).toISOString().replace('.000Z', 'Z')
}
