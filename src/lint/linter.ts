import type { Statement } from '../policy/ast.js'
import { hasError, type Location } from '../policy/diagnostic.js'
import type { Found, FoundPolicy } from '../sources/found.js'
import { readable } from '../sources/unknown-text.js'
import { Analysis } from './analysis.js'
import type { Finding, Severity, Undecided } from './finding.js'
import type { Rule, RuleContext, RuleListener, RuleReport } from './rule.js'

/** A rule that is switched on. */
export interface ActiveRule {
  readonly rule: Rule
  readonly severity: Severity
  readonly options: Readonly<Record<string, unknown>>
}

export interface LintOptions {
  /** Epoch milliseconds: what has expired, and what will. */
  readonly now?: number
}

export interface LintResult {
  /** In the order of the text. */
  readonly findings: readonly Finding[]
  readonly undecided: readonly Undecided[]
}

/** Runs the rules over what was found in a file. */
export function lintFound(found: Found, rules: readonly ActiveRule[], options: LintOptions = {}): LintResult {
  const findings: Finding[] = []
  const undecided: Undecided[] = []
  const address = found.kind === 'policy' ? found.address : ''
  const analysis = analysisOf(found)
  const listeners = rules.map(({ rule, severity, options: given }): RuleListener => {
    const base = { rule: rule.meta.id, file: found.file.path, address }
    const context: RuleContext = {
      ...(found.kind === 'policy' && { found }),
      options: { ...rule.meta.defaults, ...given },
      analysis,
      ...(options.now !== undefined && { now: options.now }),
      report(report) {
        if (isUnknownAt(found, report.location)) return
        findings.push({ ...base, severity, ...findingOf(rule, report), ...sidOf(found, report.location) })
      },
      undecided(location, reason) {
        undecided.push({ ...base, location, reason })
      },
    }
    return rule.create(context)
  })
  for (const listener of listeners) listen(listener, found)
  if (found.kind === 'policy' && found.draft === undefined) undecided.push(...withoutAnswer(found, rules))
  return { findings: findings.toSorted(byPlace), undecided }
}

/** Of a policy that is made at deployment as a whole, no rule can say anything. */
function withoutAnswer({ file, address, unknowns }: FoundPolicy, rules: readonly ActiveRule[]): readonly Undecided[] {
  const [unknown] = unknowns
  if (unknown === undefined) return []
  const { location, reason } = unknown
  return rules.map(({ rule }) => ({ rule: rule.meta.id, file: file.path, address, location, reason }))
}

function listen(listener: RuleListener, found: Found): void {
  if (found.kind === 'snapshot') {
    listener.snapshot?.(found)
    return
  }
  for (const diagnostic of found.diagnostics) listener.diagnostic?.(diagnostic)
  if (found.draft === undefined) return
  listener.policy?.(found.draft)
  for (const [index, statement] of found.draft.Statement.entries()) listener.statement?.(statement, index)
}

function analysisOf(found: Found): Analysis {
  if (found.kind === 'snapshot') return new Analysis(found.snapshot)
  const { draft, diagnostics, unknowns, bucket, owner, publicAccessBlock: block } = found
  if (draft === undefined || hasError(diagnostics)) return new Analysis(undefined)
  const [unknown] = unknowns
  if (unknown !== undefined) return new Analysis(undefined, unknown.reason)
  return new Analysis({
    policy: draft,
    ...(bucket !== undefined && { bucket }),
    ...(owner !== undefined && { owner }),
    ...(block !== undefined && { publicAccessBlock: block }),
  })
}

function findingOf({ meta }: Rule, { messageId, location, data = {}, help, witness, fix }: RuleReport) {
  const template = meta.messages[messageId]
  if (template === undefined) throw new Error(`the rule \`${meta.id}\` has no message \`${messageId}\``)
  return {
    messageId,
    message: readable(fill(template, data)),
    location,
    ...(help !== undefined && { help: readable(help) }),
    ...(witness !== undefined && { witness }),
    ...(fix !== undefined && { fix }),
  }
}

/** Puts values in for `{name}`; names without a value stay as they are. */
function fill(template: string, data: Readonly<Record<string, string | number>>): string {
  let text = ''
  let from = 0
  for (;;) {
    const start = template.indexOf('{', from)
    const end = template.indexOf('}', start)
    if (start < 0 || end < 0) return text + template.slice(from)
    const name = template.slice(start + 1, end)
    text += template.slice(from, start) + (Object.hasOwn(data, name) ? String(data[name]) : template.slice(start, end + 1))
    from = end + 1
  }
}

/** Nothing is said of a place whose text is made at deployment. */
function isUnknownAt(found: Found, { span }: Location): boolean {
  return (
    found.kind === 'policy' &&
    found.unknowns.some(({ location }) => location.span.start.offset <= span.start.offset && span.end.offset <= location.span.end.offset)
  )
}

function sidOf(found: Found, location: Location): { readonly sid?: string } {
  const statement = found.kind === 'policy' ? statementAt(found, location) : undefined
  return statement?.Sid === undefined ? {} : { sid: statement.Sid.text }
}

function statementAt({ draft }: FoundPolicy, { span }: Location): Statement | undefined {
  return draft?.Statement.find(
    ({ location }) => location.span.start.offset <= span.start.offset && span.end.offset <= location.span.end.offset,
  )
}

function byPlace(a: Finding, b: Finding): number {
  return a.location.span.start.offset - b.location.span.start.offset || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0)
}
