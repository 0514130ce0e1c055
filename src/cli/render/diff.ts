import type { Colors } from 'picocolors/types.js'
import type { AccessDiff, Change } from '../../analyze/questions/diff.js'
import { requestInWords } from '../../analyze/words/request-words.js'
import type { CheckResult } from '../analysis/no-new-access.js'
import type { Format } from '../analysis/options.js'
import { plainDecision, regionRecord } from './analysis-record.js'
import { decisionInWords, reasonsOf } from './analysis-words.js'
import { markdown, markdownDetails } from './markdown.js'
import { printableJson, printableLine } from './printable.js'

export interface DiffResult {
  readonly diff: AccessDiff
  readonly check?: CheckResult
}

/** A form for each format. */
export const diffForms: Readonly<Record<Format, (result: DiffResult, colors: Colors) => string>> = {
  text: renderText,
  json: (result) => `${printableJson(recordOf(result), 2)}\n`,
  markdown: renderMarkdown,
}

/** What has changed, in one line. */
function summaryOf({ newlyAllowed, newlyDenied, undecided }: AccessDiff): string {
  const isFound = newlyAllowed.length + newlyDenied.length > 0
  if (!isFound && undecided.length > 0) return 'undecided: no difference was found, and it is not certain that there is none'
  if (!isFound) return 'no difference: both allow the same requests'
  const sets = (count: number) => (count === 0 ? 'nothing' : count === 1 ? '1 set of requests' : `${count} sets of requests`)
  const isWhole = undecided.length === 0 && [...newlyAllowed, ...newlyDenied].every(({ region }) => region !== undefined)
  const more = isWhole ? '' : '; there may be more'
  const denied = newlyAllowed.length > 0 && newlyDenied.length > 0 ? String(newlyDenied.length) : sets(newlyDenied.length)
  return `${sets(newlyAllowed.length)} newly allowed, ${denied} newly denied${more}`
}

function checkInWords({ name, verdict }: CheckResult): string {
  return `check ${name}: ${verdict}`
}

/** One request of a change, and what is decided on it. */
function exampleInWords({ region, request, before, after }: Change): readonly string[] {
  return [
    // Without a region, the request is what has been said already.
    ...(region === undefined ? [] : [`for example ${requestInWords(request)}`]),
    `before: ${decisionInWords(before)}`,
    `after: ${decisionInWords(after)}`,
  ]
}

function renderText({ diff, check }: DiffResult, colors: Colors): string {
  const { newlyAllowed, newlyDenied, undecided } = diff
  const paint = check?.verdict === 'passed' ? colors.green : check?.verdict === 'failed' ? colors.red : colors.yellow
  const changeLines = (sign: string) => (change: Change) => [
    `${sign} ${printableLine(change.words)}`,
    ...exampleInWords(change).map((line) => `    ${colors.dim(printableLine(line))}`),
  ]
  const lines = [
    colors.bold(summaryOf(diff)),
    ...newlyAllowed.flatMap(changeLines(colors.green('+'))),
    ...newlyDenied.flatMap(changeLines(colors.red('-'))),
    ...reasonsOf(undecided).map((reason) => colors.yellow(`because ${printableLine(reason)}`)),
    ...(check === undefined ? [] : [paint(checkInWords(check))]),
  ]
  return `${lines.join('\n')}\n`
}

function renderMarkdown({ diff, check }: DiffResult): string {
  const { newlyAllowed, newlyDenied, undecided } = diff
  const reasons = reasonsOf(undecided)
  const changes = [...newlyAllowed, ...newlyDenied]
  const witnesses = changes.map(({ request, before, after }) => ({ request, before: plainDecision(before), after: plainDecision(after) }))
  return [
    `### Access: ${markdown(summaryOf(diff))}\n`,
    ...(check === undefined ? [] : [`${markdown(checkInWords(check))}\n`]),
    ...section('Newly allowed', newlyAllowed.map(changeItem)),
    ...section('Newly denied', newlyDenied.map(changeItem)),
    ...reasons.map((reason) => `because ${markdown(reason)}\n`),
    ...(changes.length === 0 ? [] : [markdownDetails('The example requests as JSON', witnesses)]),
  ].join('\n')
}

function section(title: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [`#### ${title}\n`, items.join('')]
}

function changeItem(change: Change): string {
  return `- ${markdown(change.words)}\n${exampleInWords(change)
    .map((line) => `  - ${markdown(line)}\n`)
    .join('')}`
}

function recordOf({ diff, check }: DiffResult): object {
  const { relation, newlyAllowed, newlyDenied, undecided } = diff
  return {
    relation,
    ...(check && { check }),
    newlyAllowed: newlyAllowed.map(changeRecord),
    newlyDenied: newlyDenied.map(changeRecord),
    undecided,
  }
}

function changeRecord({ words, region, request, before, after }: Change): object {
  return {
    words,
    ...(region && { region: regionRecord(region) }),
    request,
    before: plainDecision(before),
    after: plainDecision(after),
  }
}
