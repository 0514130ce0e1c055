import fc from 'fast-check'
import type { LintReport, ReportedFinding, RuleMeta, Undecided } from '../../../src/lint.js'
import type { Location } from '../../../src/policy/diagnostic.js'
import { lineTableOf, spanAt } from '../../../src/policy/position.js'
import type { SourceProblem } from '../../../src/sources/found.js'

/** What formats and terminals give a meaning to. */
const nasty = fc.constantFrom(
  ...[
    '\n',
    '\r',
    '\r\n',
    '\t',
    '\u0000',
    '\u001b[31m',
    '\u009b',
    '\u202e',
    '\u2028',
    '\ud800',
    '\udc00',
    '\ufeff',
    '\uffff',
    '\u{e0041}',
    '\ue000x',
  ],
  ...[
    '%',
    '%0A',
    '::',
    '::error::',
    ',',
    ']]>',
    '<!--',
    '&amp;',
    '"',
    "'",
    '<',
    '](',
    '{0}',
    '\\',
    '/',
    '..',
    '`',
    '👩‍👩‍👧',
    'é',
    '写',
    '__proto__',
  ],
)

/** Any text at all. */
export const anyText: fc.Arbitrary<string> = fc
  .array(fc.oneof(nasty, fc.string({ unit: 'binary', maxLength: 4 }), fc.string({ maxLength: 8 })), { maxLength: 6 })
  .map((parts) => parts.join(''))

const files = fc.dictionary(
  anyText,
  fc.oneof(
    anyText,
    anyText.map((text) => text.repeat(50)),
  ),
  { minKeys: 1, maxKeys: 3, noNullPrototype: true },
)

const path = fc.array(fc.oneof(anyText, fc.nat({ max: 20 })), { maxLength: 4 })

function locationIn(text: string): fc.Arbitrary<Location> {
  const lines = lineTableOf(text)
  const offset = fc.nat({ max: text.length })
  return fc.record({ path, span: fc.tuple(offset, offset).map(([a, b]) => spanAt(lines, Math.min(a, b), Math.max(a, b))) })
}

const severity = fc.constantFrom('error', 'security', 'warning', 'suggestion')

const rule: fc.Arbitrary<RuleMeta> = fc.record({
  id: anyText,
  severity,
  category: fc.constantFrom('structure', 'exposure'),
  summary: anyText,
  recommended: fc.boolean(),
  fixable: fc.boolean(),
  analysis: fc.boolean(),
  messages: fc.constant({}),
})

const suppressed = fc.record(
  { reason: anyText, by: fc.constantFrom('config', 'baseline'), expires: anyText },
  { requiredKeys: ['reason', 'by'] },
)

function findingIn(file: string, text: string): fc.Arbitrary<ReportedFinding> {
  const fix = fc.record({
    description: anyText,
    edits: fc.array(
      fc.record({ start: fc.nat({ max: text.length }), end: fc.nat({ max: text.length }), text: anyText }).map((edit) => ({
        ...edit,
        end: Math.max(edit.start, edit.end),
      })),
      { minLength: 1, maxLength: 2 },
    ),
  })
  return fc.record(
    {
      rule: anyText,
      messageId: anyText,
      severity,
      message: anyText,
      file: fc.constant(file),
      address: anyText,
      location: locationIn(text),
      sid: anyText,
      help: anyText,
      witness: anyText,
      fix,
      suppressed,
    },
    { requiredKeys: ['rule', 'messageId', 'severity', 'message', 'file', 'address', 'location'] },
  )
}

function undecidedIn(file: string, text: string): fc.Arbitrary<Undecided> {
  return fc.record({ rule: anyText, file: fc.constant(file), address: anyText, location: locationIn(text), reason: anyText })
}

function problemIn(file: string, text: string): fc.Arbitrary<SourceProblem> {
  return fc.record(
    { file: fc.constant(file), message: anyText, location: locationIn(text), help: anyText },
    { requiredKeys: ['file', 'message'] },
  )
}

export interface AnyReport {
  readonly report: LintReport
  readonly texts: ReadonlyMap<string, string>
}

/** Any text in any place, places that are places of the text. */
export const anyReport: fc.Arbitrary<AnyReport> = files.chain((byPath) => {
  const entries = Object.entries(byPath)
  const some = <Item>(of: (file: string, text: string) => fc.Arbitrary<Item>) =>
    fc.array(fc.oneof(...entries.map(([file, text]) => of(file, text))), { maxLength: 4 })
  const report = fc.record({
    files: fc.nat(),
    policies: fc.nat(),
    findings: some(findingIn),
    undecided: some(undecidedIn),
    problems: some(problemIn),
    unusedSuppressions: fc.array(fc.record({ description: anyText }), { maxLength: 2 }),
    rules: fc.uniqueArray(rule, { selector: ({ id }) => id, maxLength: 3 }),
  })
  return report.map((each) => ({ report: each, texts: new Map(entries) }))
})
