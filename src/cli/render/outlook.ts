import type { Colors } from 'picocolors/types.js'
import type { Explanation } from '../../evaluate/explanation.js'
import type { AuthorizationRequest } from '../../request/authorization-request.js'
import type { Prospect, Span } from '../presign/outlook.js'
import { describeDecider, objectOf, renderExplanation } from './explanation.js'
import { wordsOfKey } from './key-words.js'
import { printable } from './printable.js'
import { reasonTexts } from './reasons.js'

type Explain = (question: AuthorizationRequest) => Explanation

/** What has been found out about a request to come: its best prospect, then what stands against it. @param what `URL` or `form` */
export function renderOutlook(spans: readonly Span[], what: string, explain: Explain, colors: Colors): string {
  const open = spans.find(({ prospect }) => prospect.kind !== 'denied') ?? (spans[0] as Span)
  const end = (spans.at(-1) as Span).to
  const lines = [...prospectLines(open.prospect, `until ${timeText(end)}`, explain, colors)]
  if (open.prospect.kind === 'denied') return lines.join('\n')
  for (const [index, span] of spans.entries()) {
    if (span !== open) lines.push(`${colors.yellow('warning')}: ${changeText(span, spans[index + 1], end, what)}`)
  }
  return lines.join('\n')
}

function prospectLines(prospect: Prospect, until: string, explain: Explain, colors: Colors): readonly string[] {
  switch (prospect.kind) {
    case 'allowed':
      return prospect.questions.flatMap((question) => {
        const explanation = explain(question)
        const because = `${reasonTexts[explanation.reason]}${printable(describeDecider(explanation))}`
        return [headline(colors.green('ALLOWED'), explanation), `  ${by(question)}, ${until}`, `  because ${because}`]
      })
    case 'depends': {
      const { question, keys } = prospect
      const explanation = explain(question)
      return [
        headline(colors.yellow('DEPENDS'), explanation),
        `  ${by(question)}, ${until}`,
        '  on what only the request itself will tell:',
        ...keys.map((key) => `    ${printable(key)}: ${wordsOfKey(key)}`),
        ...undecided(explanation),
      ]
    }
    case 'denied': {
      const { question, decision, atBest } = prospect
      const even = atBest.reason === decision.reason ? [] : [`  and if it turned out not to: ${reasonTexts[atBest.reason]}`]
      return [renderExplanation(explain(question), colors).trimEnd(), ...even]
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

/** What a stretch of time differs in. */
function changeText({ from, to, prospect }: Span, next: Span | undefined, end: number, what: string): string {
  const when = to >= end ? `from ${timeText(from)} on` : `before ${timeText(next?.from ?? to)}`
  if (prospect.kind === 'allowed') return `${when} it is allowed`
  if (prospect.kind === 'depends')
    return `${when} it depends on ${prospect.keys.map((key) => `${printable(key)} (${wordsOfKey(key)})`).join(', ')}`
  const { reason } = prospect.atBest
  if (reason === 'key-expired') return `the access key expires at ${timeText(from)}, before the ${what} does (${timeText(end)})`
  if (reason === 'key-not-yet-valid')
    return `the access key is not valid before ${timeText(next?.from ?? to)}, and the ${what} is of no use until then`
  const because = reasonTexts[prospect.decision.reason]
  return next === undefined || from === to
    ? `${when} it is denied, because ${because}`
    : `from ${timeText(from)} until ${timeText(next.from)} it is denied, because ${because}`
}

/** `2026-09-21T12:15:00Z`, whole seconds without their fraction. @param time milliseconds since 1970 */
export function timeText(time: number): string {
  return new Date(time).toISOString().replace('.000Z', 'Z')
}
