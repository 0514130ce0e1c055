import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { applyBaseline, type BaselineEntry, type Marked, readBaseline, writeBaseline } from '../../lint/config/baseline.js'
import type { ReportedFinding } from '../../lint/report.js'
import { InputError } from '../exit-code.js'
import { readTextFile, showDiagnostics } from '../read-input.js'
import type { Terminal } from '../terminal.js'
import { writeWhole } from './write-file.js'

/** What has been looked at, by paths relative to the configuration's folder: a baseline is the same wherever it is made from. */
export interface BaselineSubject {
  readonly findings: readonly ReportedFinding[]
  readonly texts: ReadonlyMap<string, string>
  /** The configuration's folder. */
  readonly folder: string
  /** The path of a file, relative to that folder. */
  pathOf(file: string): string
  /** Whether the run has left out a rule. */
  isLeftOut(rule: string): boolean
}

/** Marks the findings that the baseline in a file has. */
export function applyBaselineFile(file: string, subject: BaselineSubject, terminal: Terminal): Marked {
  const entries = readBaselineFile(file, terminal)
  const { findings, texts } = renamed(subject)
  const isAbout = ({ file: name, rule }: BaselineEntry) =>
    !subject.isLeftOut(rule) && (texts.has(name) || !existsSync(join(subject.folder, name)))
  const marked = applyBaseline(findings, entries, { texts }, isAbout)
  return { ...marked, findings: marked.findings.map((finding, index) => ({ ...finding, file: (subject.findings[index] ?? finding).file })) }
}

/** Writes all findings that count to a baseline. What it has of files that are there but have not been looked at stays. */
export function writeBaselineFile(file: string, subject: BaselineSubject, terminal: Terminal): void {
  const path = resolve(terminal.directory, file)
  const { findings, texts } = renamed(subject)
  const earlier = existsSync(path) ? readBaselineFile(file, terminal) : []
  const kept = earlier.filter((entry) => !texts.has(entry.file) && existsSync(join(subject.folder, entry.file)))
  writeWhole(path, writeBaseline(findings, { texts }, kept))
}

function readBaselineFile(file: string, terminal: Terminal): readonly BaselineEntry[] {
  const { entries, diagnostics } = readBaseline(readTextFile(resolve(terminal.directory, file)))
  showDiagnostics(file, diagnostics, 'other', terminal)
  if (diagnostics.length > 0) throw new InputError(`\`${file}\` is no valid baseline`)
  return entries
}

function renamed({ findings, texts, pathOf }: BaselineSubject) {
  return {
    findings: findings.map((finding) => ({ ...finding, file: pathOf(finding.file) })),
    texts: new Map([...texts].map(([file, text]) => [pathOf(file), text])),
  }
}
