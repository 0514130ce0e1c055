import { readFileSync } from 'node:fs'
import { parseSnapshot } from '../../src/index.js'
import type { Finding, LintResult, Rule } from '../../src/lint.js'
import { barePolicy, type Found, lintFound } from '../../src/lint.js'
import { readDocument } from '../../src/policy/document.js'
import type { PositionedValue } from '../../src/policy/positioned-value.js'
import { nothingBlocked, type PublicAccessBlock } from '../../src/public-access/public-access-block.js'

/** One policy or snapshot, and what a rule finds in it. */
export interface LintCase {
  readonly why: string
  /** Exactly one of these: a policy, a snapshot, or either as text. */
  readonly policy?: unknown
  readonly text?: string
  readonly snapshot?: unknown
  readonly bucket?: string
  readonly owner?: string
  readonly publicAccessBlock?: Partial<PublicAccessBlock>
  readonly options?: Record<string, unknown>
  /** An instant, ISO 8601. */
  readonly now?: string
  readonly findings?: readonly ExpectedFinding[]
  /** The text after all fixes. */
  readonly fixed?: string
  readonly undecided?: boolean
}

export interface ExpectedFinding {
  readonly messageId: string
  /** `$.Statement[0].Action` */
  readonly path: string
  /** A part of the message. */
  readonly says?: string
}

export interface LintCases {
  readonly bad: readonly LintCase[]
  readonly good: readonly LintCase[]
}

export function readCases(id: string): LintCases {
  return JSON.parse(readFileSync(new URL(`../../fixtures/lint/${id}.json`, import.meta.url), 'utf8')) as LintCases
}

export function foundIn({ policy, text, snapshot, bucket, owner, publicAccessBlock }: LintCase): Found {
  if (snapshot !== undefined) return snapshotFound(JSON.stringify(snapshot, undefined, 2))
  const given = { ...(bucket !== undefined && { bucket }), ...(owner !== undefined && { owner }) }
  const found = barePolicy({ path: 'policy.json', text: text ?? JSON.stringify(policy, undefined, 2) }, given)
  return publicAccessBlock === undefined ? found : { ...found, publicAccessBlock: { ...nothingBlocked, ...publicAccessBlock } }
}

function snapshotFound(text: string): Found {
  const { snapshot, diagnostics } = parseSnapshot(text)
  if (snapshot === undefined) throw new Error(`no snapshot: ${JSON.stringify(diagnostics[0])}`)
  const { root } = readDocument(text)
  return { kind: 'snapshot', file: { path: 'snapshot.json', text }, root: root as PositionedValue, snapshot, diagnostics }
}

export function lintCase(rule: Rule, found: Found, { options = {}, now }: LintCase): LintResult {
  return lintFound(found, [{ rule, severity: rule.meta.severity, options }], now === undefined ? {} : { now: Date.parse(now) })
}

/** The text after the fixes of all findings. */
export function applyFixes(text: string, findings: readonly Finding[]): string {
  const edits = findings.flatMap(({ fix }) => fix?.edits ?? []).toSorted((a, b) => b.start - a.start)
  return edits.reduce((fixed, { start, end, text: by }) => fixed.slice(0, start) + by + fixed.slice(end), text)
}
