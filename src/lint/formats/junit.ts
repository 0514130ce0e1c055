import type { SourceProblem } from '../../sources/found.js'
import { readable } from '../../sources/unknown-text.js'
import type { Undecided } from '../finding.js'
import type { ReportedFinding } from '../report.js'
import type { Format } from './format.js'
import { groupBy } from './group-by.js'
import { relativePath } from './relative-path.js'
import { startTag, xmlText } from './xml-text.js'

/**
 * JUnit's XML, as test reports of CI servers read it: a suite for each file, in it a case for each policy and rule that found something. What
 * is suppressed or undecided is a skipped case, a file that could not be read an error. A file without any of them has one case, which passes.
 */
export const junit: Format = ({ findings, undecided, problems }, { texts, root }) => {
  const cases = groupBy(
    [...byPolicyAndRule(findings).map(findingCase), ...byPolicyAndRule(undecided).map(undecidedCase), ...problems.map(problemCase)],
    ({ file }) => file,
  )
  const suites = [...new Set([...texts.keys(), ...cases.keys()])].map((file) => cases.get(file) ?? [passedCase(file)])
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `${startTag('testsuites', { name: 'grantree lint', ...totals(suites.flat()) })}>`,
    ...suites.flatMap((suite) => suiteLines(suite, root)),
    '</testsuites>',
    '',
  ].join('\n')
}

interface TestCase {
  readonly outcome: 'passed' | 'failure' | 'skipped' | 'error'
  readonly file: string
  /** The policy's address. */
  readonly address: string
  readonly name: string
  readonly message: string
  /** What stands in the element, line by line. */
  readonly lines: readonly string[]
}

interface OfPolicyAndRule {
  readonly file: string
  readonly address: string
  readonly rule: string
}

function byPolicyAndRule<Item extends OfPolicyAndRule>(items: readonly Item[]): readonly (readonly Item[])[] {
  return [...groupBy(items, ({ file, address, rule }) => JSON.stringify([file, address, rule])).values()]
}

function passedCase(file: string): TestCase {
  return { outcome: 'passed', file, address: '', name: 'no findings', message: '', lines: [] }
}

function findingCase(findings: readonly ReportedFinding[]): TestCase {
  const open = findings.filter(({ suppressed }) => suppressed === undefined)
  const [first] = open.length > 0 ? open : findings
  const { rule, file, address, message, suppressed } = first as ReportedFinding
  return suppressed === undefined
    ? { outcome: 'failure', file, address, name: rule, message, lines: open.flatMap(findingLines) }
    : { outcome: 'skipped', file, address, name: rule, message: `suppressed by ${suppressed.by}: ${suppressed.reason}`, lines: [] }
}

function findingLines({ location, severity, message, sid, help, witness }: ReportedFinding): readonly string[] {
  const { line, column } = location.span.start
  const statement = sid === undefined ? '' : ` (statement \`${sid}\`)`
  const more = [help && `  help: ${help}`, witness && `  example: ${witness}`].filter((text) => text !== undefined)
  return [`${line}:${column}: ${severity}: ${message}${statement}`, ...more]
}

function undecidedCase(undecided: readonly Undecided[]): TestCase {
  const { rule, file, address } = undecided[0] as Undecided
  const reasons = [...new Set(undecided.map(({ reason }) => reason))]
  return {
    outcome: 'skipped',
    file,
    address,
    name: `${rule} (undecided)`,
    message: `not decided, because ${reasons.join('; ')}`,
    lines: [],
  }
}

function problemCase({ file, message, location, help }: SourceProblem): TestCase {
  const place = location === undefined ? '' : `${location.span.start.line}:${location.span.start.column}: `
  const lines = [place + message, help && `  help: ${help}`].filter((text) => text !== undefined)
  return { outcome: 'error', file, address: '', name: 'not read', message, lines }
}

function suiteLines(cases: readonly TestCase[], root: string | undefined): readonly string[] {
  const file = relativePath((cases[0] as TestCase).file, root)
  return [
    `  ${startTag('testsuite', { name: file, ...totals(cases) })}>`,
    ...cases.map((testCase) => caseElement(file, testCase)),
    '  </testsuite>',
  ]
}

function totals(cases: readonly TestCase[]) {
  const count = (outcome: TestCase['outcome']): number => cases.filter((testCase) => testCase.outcome === outcome).length
  return { tests: cases.length, failures: count('failure'), errors: count('error'), skipped: count('skipped') }
}

function caseElement(file: string, { outcome, address, name, message, lines }: TestCase): string {
  const classname = address === '' ? file : `${file}: ${address}`
  const start = startTag('testcase', { name, classname, file })
  if (outcome === 'passed') return `    ${start}/>`
  const inner = startTag(outcome, { message: readable(message), ...(outcome !== 'skipped' && { type: name }) })
  const text = lines.map((line) => xmlText(readable(line))).join('\n')
  const end = text === '' ? '/>' : `>${text}</${outcome}>`
  return `    ${start}>\n      ${inner}${end}\n    </testcase>`
}
