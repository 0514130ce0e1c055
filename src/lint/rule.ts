import type { Policy, Statement } from '../policy/ast.js'
import type { Diagnostic, Location } from '../policy/diagnostic.js'
import type { FoundPolicy, FoundSnapshot } from '../sources/found.js'
import type { Analysis } from './analysis.js'
import type { Fix, Severity } from './finding.js'

export const categories = ['structure', 'actions', 'principals', 'conditions', 'exposure', 'semantics', 'grants'] as const

export type Category = (typeof categories)[number]

/** What is known of a rule without running it. */
export interface RuleMeta {
  /** Unique, in kebab-case; its page is `docs/rules/<id>.md`, its cases `fixtures/lint/<id>.json`. */
  readonly id: string
  readonly severity: Severity
  readonly category: Category
  /** One line, without a full stop. */
  readonly summary: string
  /** Whether the preset `recommended` has it; `strict` has all. */
  readonly recommended: boolean
  /** Whether some of its findings come with a fix. */
  readonly fixable: boolean
  /** Whether it is decided by the analyser, over all requests at once. */
  readonly analysis: boolean
  /** Ids of rules whose findings in the same statement have the same cause, if both have one there; the graver is told, or else this one. */
  readonly explains?: readonly string[]
  /** By id; `{name}` stands for a value of the report's `data`. */
  readonly messages: Readonly<Record<string, string>>
  /** The JSON Schema of its options, an object's; absent if it takes none. */
  readonly options?: Readonly<Record<string, unknown>>
  /** What options count if none are given. */
  readonly defaults?: Readonly<Record<string, unknown>>
}

/** A rule: what it is, and what it does with a policy or a snapshot. */
export interface Rule {
  readonly meta: RuleMeta
  create(context: RuleContext): RuleListener
}

/** Called in the order of the text. */
export interface RuleListener {
  /** Once for each policy of which something can be read. */
  policy?(policy: Policy): void
  statement?(statement: Statement, index: number): void
  /** Once for each policy, read or not: its diagnostics of the codes that the rule stands for. */
  diagnostic?(diagnostic: Diagnostic): void
  snapshot?(found: FoundSnapshot): void
}

export interface RuleContext {
  /** Where the policy is from; absent for snapshots. */
  readonly found: FoundPolicy | undefined
  /** The rule's options over its defaults. They have been checked against its schema. */
  readonly options: Readonly<Record<string, unknown>>
  /** Questions about all requests, each asked once for all rules. */
  readonly analysis: Analysis
  /** Epoch milliseconds; absent if it is not known. */
  readonly now: number | undefined
  report(report: RuleReport): void
  /** That the rule has no answer. What follows a "because". */
  undecided(location: Location, reason: string): void
}

export interface RuleReport {
  readonly messageId: string
  readonly location: Location
  /** What stands in the message for `{name}`. */
  readonly data?: Readonly<Record<string, string | number>>
  readonly help?: string | undefined
  readonly witness?: string | undefined
  readonly fix?: Fix | undefined
}
