import type { SourceProblem } from '../../sources/found.js'
import { readable } from '../../sources/unknown-text.js'
import type { Undecided } from '../finding.js'
import type { LintReport, ReportedFinding } from '../report.js'
import type { Format } from './format.js'
import { groupBy } from './group-by.js'
import { relativePath } from './relative-path.js'
import { startTag, xmlText } from './xml-text.js'

/**
 * JUnit's XML, as test reports of CI servers read it: a suite for each file, in it a case for each policy and rule that found something. What
 * is suppressed or undecided is a skipped case, a file that could not be read an error. A file without any of them has one case, which passes.
 */
export const junit: Format = (report, { texts, root }) => {
  const files = new Set([...texts.keys(), ...[...report.findings, ...report.undecided, ...report.problems].map(({ file }) => file)])
  const suites = [...files].map((file) => suiteOf(relativePath(file, root), casesOf(report, file)))
  const all = suites.flatMap(({ cases }) => cases)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `${startTag('testsuites', { name: 'grantree lint', ...totals(all) })}>`,
    ...suites.flatMap(({ lines }) => lines),
    '</testsuites>',
    '',
  ].join('\n')
}

interface TestCase {
  readonly outcome: 'passed' | 'failure' | 'skipped' | 'error'
  /** The policy's address. */
  readonly address: string
  readonly name: string
  readonly message: string
  /** What stands in the element, line by line. */
  readonly lines: readonly string[]
}

function casesOf({ findings, undecided, problems }: LintReport, file: string): readonly TestCase[] {
  const here = <Item extends { readonly file: string }>(items: readonly Item[]) => items.filter((item) => item.file === file)
  const cases = [
    ...[...groupBy(here(findings), keyOf).values()].map(findingCase),
    ...[...groupBy(here(undecided), keyOf).values()].map(undecidedCase),
    ...here(problems).map(problemCase),
  ]
  return cases.length > 0 ? cases : [{ outcome: 'passed', address: '', name: 'no findings', message: '', lines: [] }]
}

function keyOf({ address, rule }: { readonly address: string; readonly rule: string }): string {
  return JSON.stringify([address, rule])
}

function findingCase(findings: readonly ReportedFinding[]): TestCase {
  const open = findings.filter(({ suppressed }) => suppressed === undefined)
  const [first] = open.length > 0 ? open : findings
  const { rule, address, message, suppressed } = first as ReportedFinding
  return suppressed === undefined
    ? { outcome: 'failure', address, name: rule, message, lines: open.flatMap(findingLines) }
    : { outcome: 'skipped', address, name: rule, message: `suppressed by ${suppressed.by}: ${suppressed.reason}`, lines: [] }
}

function findingLines({ location, severity, message, sid, help, witness }: ReportedFinding): readonly string[] {
  const { line, column } = location.span.start
  const statement = sid === undefined ? '' : ` in statement \`${sid}\``
  const more = [help && `  help: ${help}`, witness && `  example: ${witness}`].filter((text) => text !== undefined)
  return [`${line}:${column}: ${severity}: ${message}${statement}`, ...more]
}

function undecidedCase(undecided: readonly Undecided[]): TestCase {
  const { rule, address } = undecided[0] as Undecided
  const reasons = [...new Set(undecided.map(({ reason }) => reason))]
  return { outcome: 'skipped', address, name: rule, message: `not decided, because ${reasons.join('; ')}`, lines: [] }
}

function problemCase({ message, location, help }: SourceProblem): TestCase {
  const place = location === undefined ? '' : `${location.span.start.line}:${location.span.start.column}: `
  const lines = [place + message, help && `  help: ${help}`].filter((text) => text !== undefined)
  return { outcome: 'error', address: '', name: 'not read', message, lines }
}

function suiteOf(file: string, cases: readonly TestCase[]) {
  const lines = [
    `  ${startTag('testsuite', { name: file, ...totals(cases) })}>`,
    ...cases.map((testCase) => caseElement(file, testCase)),
    '  </testsuite>',
  ]
  return { cases, lines }
}

function totals(cases: readonly TestCase[]) {
  const count = (outcome: TestCase['outcome']): number => cases.filter((testCase) => testCase.outcome === outcome).length
  return { tests: cases.length, failures: count('failure'), errors: count('error'), skipped: count('skipped') }
}

function caseElement(file: string, { outcome, address, name, message, lines }: TestCase): string {
  const classname = address === '' ? file : `${file}: ${address}`
  const start = `    ${startTag('testcase', { name, classname, file })}`
  if (outcome === 'passed') return `${start}/>`
  const type = outcome === 'skipped' ? {} : { type: name }
  const inner = startTag(outcome, { message: readable(message), ...type })
  const text = lines.map((line) => xmlText(readable(line))).join('\n')
  return `${start}>\n      ${text === '' ? `${inner}/>` : `${inner}>${text}</${outcome}>`}\n    </testcase>`
}
