import { hasError, type Location } from '../policy/diagnostic.js'
import type { Found, FoundPolicy } from '../sources/found.js'
import { inPartition } from '../sources/partition.js'
import { readable } from '../sources/unknown-text.js'
import { Analysis } from './analysis.js'
import type { Finding, Fix, Severity, Undecided } from './finding.js'
import { onlyBucket } from './named-buckets.js'
import { oneOfEachCause } from './one-cause.js'
import { statementAt } from './place.js'
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
  /** Told of a rule that has thrown an error; the others go on, and what it has found until then counts. Without it, the error is thrown. */
  readonly onFault?: (fault: RuleFault) => void
}

export interface RuleFault {
  /** The rule's id. */
  readonly rule: string
  readonly message: string
}

export interface LintResult {
  /** In the order of the text. */
  readonly findings: readonly Finding[]
  readonly undecided: readonly Undecided[]
}

/** Runs the rules over what was found in a file. */
export function lintFound(found: Found, rules: readonly ActiveRule[], options: LintOptions = {}): LintResult {
  const run = new Run(found, rules, options)
  for (const rule of rules) run.apply(rule)
  if (found.kind === 'policy' && found.draft === undefined) run.undecided.push(...withoutAnswer(found, rules))
  return { findings: run.kept().toSorted(byPlace), undecided: run.undecided }
}

/** What the rules find in one policy or snapshot. */
class Run {
  readonly findings: Finding[] = []
  readonly undecided: Undecided[] = []
  readonly #policy: FoundPolicy | undefined
  readonly #analysis: Analysis

  constructor(
    private readonly found: Found,
    private readonly rules: readonly ActiveRule[],
    private readonly options: LintOptions,
  ) {
    this.#policy = found.kind === 'policy' ? found : undefined
    this.#analysis = analysisOf(found)
  }

  apply(active: ActiveRule): void {
    const { rule } = active
    const { onFault } = this.options
    try {
      listen(rule.create(this.#contextFor(active)), this.found)
    } catch (error) {
      if (onFault === undefined) throw error
      onFault({ rule: rule.meta.id, message: error instanceof Error ? error.message : String(error) })
    }
  }

  /** What was found, once for each cause. */
  kept(): readonly Finding[] {
    const rules = this.rules.map(({ rule }) => rule.meta)
    return oneOfEachCause(this.#policy?.draft, this.findings, rules)
  }

  #contextFor({ rule, severity, options }: ActiveRule): RuleContext {
    const { found, findings, undecided } = this
    const { id, defaults } = rule.meta
    const file = found.file.path
    const { address = '', partition } = this.#policy ?? {}
    return {
      found: this.#policy,
      analysis: this.#analysis,
      now: this.options.now,
      options: defaults === undefined ? options : { ...defaults, ...options },
      report(report) {
        if (isUnknownAt(found, report.location)) return
        findings.push({
          rule: id,
          file,
          address,
          severity,
          ...findingOf(rule, report, partition),
          ...sidOf(found, report.location),
        })
      },
      undecided(location, reason) {
        undecided.push({ rule: id, file, address, location, reason })
      },
    }
  }
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
  const { draft, diagnostics, unknowns, owner, publicAccessBlock: block } = found
  if (draft === undefined || hasError(diagnostics)) return new Analysis(undefined)
  const [unknown] = unknowns
  if (unknown !== undefined) return new Analysis(undefined, unknown.reason)
  const bucket = found.bucket ?? onlyBucket(draft)
  return new Analysis({
    policy: draft,
    ...(bucket !== undefined && { bucket }),
    ...(owner !== undefined && { owner }),
    ...(block !== undefined && { publicAccessBlock: block }),
  })
}

function findingOf({ meta }: Rule, { messageId, location, data = {}, help, witness, fix }: RuleReport, partition: string | undefined) {
  const template = meta.messages[messageId]
  if (template === undefined) throw new Error(`the rule \`${meta.id}\` has no message \`${messageId}\``)
  const spelled = (text: string): string => (partition === undefined ? text : inPartition(text, partition))
  return {
    messageId,
    message: spelled(readable(fill(template, data))),
    location,
    ...(help !== undefined && { help: spelled(readable(help)) }),
    ...(witness !== undefined && { witness: spelled(witness) }),
    ...(fix !== undefined && { fix: spelledFix(fix, spelled) }),
  }
}

function spelledFix({ description, edits }: Fix, spelled: (text: string) => string): Fix {
  return { description: spelled(description), edits: edits.map((edit) => ({ ...edit, text: spelled(edit.text) })) }
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
  const statement = found.kind === 'policy' ? statementAt(found.draft, location) : undefined
  return statement?.Sid === undefined ? {} : { sid: readable(statement.Sid.text) }
}

function byPlace(a: Finding, b: Finding): number {
  return a.location.span.start.offset - b.location.span.start.offset || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0)
}
