import type { Diagnostic } from '../../policy/diagnostic.js'
import { readDocument } from '../../policy/document.js'
import type { Node, ShapeReader } from '../../policy/shape-reader.js'
import { type FingerprintOptions, fingerprintsOf } from '../formats/fingerprint.js'
import { relativePath } from '../formats/relative-path.js'
import type { ReportedFinding, UnusedSuppression } from '../report.js'

/** Findings that were there before, and are left for later. */
export interface BaselineEntry {
  readonly file: string
  readonly rule: string
  readonly fingerprint: string
}

/**
 * The findings that count, as the text of a baseline: a line each, sorted, so that two branches seldom touch the same line. @param kept entries
 * of an earlier one that stay
 */
export function writeBaseline(
  findings: readonly ReportedFinding[],
  options: FingerprintOptions,
  kept: readonly BaselineEntry[] = [],
): string {
  const fingerprints = fingerprintsOf(findings, options)
  const entries = findings.flatMap(({ rule, file, suppressed }, index): readonly BaselineEntry[] => {
    if (suppressed?.by === 'config') return []
    return [{ file: relativePath(file, options.root), rule, fingerprint: fingerprints[index] as string }]
  })
  const lines = [...entries, ...kept].map(({ file, rule, fingerprint }) => `    ${JSON.stringify({ file, rule, fingerprint })}`).toSorted()
  return lines.length === 0 ? '{\n  "findings": []\n}\n' : `{\n  "findings": [\n${lines.join(',\n')}\n  ]\n}\n`
}

export interface BaselineReading {
  readonly entries: readonly BaselineEntry[]
  readonly diagnostics: readonly Diagnostic[]
}

export function readBaseline(text: string): BaselineReading {
  const { root, problems, reader } = readDocument(text)
  const entries = root === undefined ? [] : readRoot(reader, { value: root, path: [] })
  return { entries, diagnostics: problems.diagnostics }
}

function readRoot(reader: ShapeReader, node: Node): readonly BaselineEntry[] {
  const members = reader.object(node, 'the baseline', { members: ['findings'], unknown: 'unknown-member' })
  if (members === undefined) return []
  const findings = members.get('findings')
  if (findings === undefined) reader.report('missing-member', node, '`findings` is missing')
  return ((findings && reader.array(findings, 'findings')) ?? []).flatMap((item) => readEntry(reader, item) ?? [])
}

function readEntry(reader: ShapeReader, node: Node): BaselineEntry | undefined {
  const members = reader.object(node, 'an entry', { members: ['file', 'rule', 'fingerprint'], unknown: 'unknown-member' })
  if (members === undefined) return undefined
  const file = reader.requiredText(node, members, 'file')
  const rule = reader.requiredText(node, members, 'rule')
  const fingerprint = reader.requiredText(node, members, 'fingerprint')
  return file === undefined || rule === undefined || fingerprint === undefined ? undefined : { file, rule, fingerprint }
}

export interface Marked {
  readonly findings: readonly ReportedFinding[]
  /** Entries whose finding is not there any more. */
  readonly stale: readonly UnusedSuppression[]
}

/** Marks the findings that a baseline has. @param isAbout whether an entry would have been found again: its file has been looked at, or is gone */
export function applyBaseline(
  findings: readonly ReportedFinding[],
  entries: readonly BaselineEntry[],
  options: FingerprintOptions,
  isAbout: (entry: BaselineEntry) => boolean,
): Marked {
  const known = new Set(entries.map(({ fingerprint }) => fingerprint))
  const fingerprints = fingerprintsOf(findings, options)
  const there = new Set(fingerprints)
  const stale = entries.filter((entry) => !there.has(entry.fingerprint) && isAbout(entry))
  return {
    findings: findings.map((finding, index) => {
      if (finding.suppressed !== undefined || !known.has(fingerprints[index] as string)) return finding
      return { ...finding, suppressed: { reason: 'it was there when the baseline was written', by: 'baseline' } }
    }),
    stale: stale.map(({ file, rule, fingerprint }) => ({
      description: `the baseline's \`${rule}\` in \`${file}\` (${fingerprint}) is not found any more`,
    })),
  }
}
