import { relative } from 'node:path'
import type { FileSettings } from '../../lint/config/active-rules.js'
import type { Suppressor } from '../../lint/config/suppressor.js'
import type { Undecided } from '../../lint/finding.js'
import { type LintResult, lintFound, type RuleFault } from '../../lint/linter.js'
import type { ReportedFinding } from '../../lint/report.js'
import type { Found, SourceProblem } from '../../sources/found.js'
import type { FileReading } from './file-reading.js'
import type { InputFile } from './find-files.js'
import type { LoadedConfig } from './load-config.js'
import { readFound } from './read-found.js'

/** What all files of a run are linted with. */
export interface LintSetting extends LoadedConfig {
  /** What counts for a file, by its path relative to the configuration's folder. */
  readonly settingsOf: (path: string) => FileSettings
  readonly bucket?: string
  readonly owner?: string
  /** Epoch milliseconds. */
  readonly now: number
  readonly suppressor: Suppressor
  readonly directory: string
}

/** What came of one text. */
export interface TextResult {
  readonly reading: FileReading
  readonly findings: readonly ReportedFinding[]
  readonly undecided: readonly Undecided[]
  /** Why the file, or a part of it, could not be read. */
  readonly problems: readonly SourceProblem[]
  /** Rules that failed. */
  readonly faults: readonly SourceProblem[]
  /** The ids of the rules that were switched on. */
  readonly rules: readonly string[]
}

/** Lints the text of a file, or what the file is to become. */
export async function lintText(file: InputFile, text: string, setting: LintSetting): Promise<TextResult> {
  const { suppressor, now } = setting
  const path = pathInConfig(file, setting)
  suppressor.sees(path)
  const { rules: active, ...given } = setting.settingsOf(path)
  const reading = await readFound(
    { path: file.path, text },
    { ...given, ...placeOf(setting), isNamed: file.isNamed, ...(file.absolute !== undefined && { absolute: file.absolute }) },
  )
  const faults: SourceProblem[] = []
  const onFault = ({ rule, message }: RuleFault) => {
    faults.push({ file: file.path, message: `the rule \`${rule}\` has failed: ${message}` })
  }
  const results = reading.found.map((found) => ({ found, ...lintFound(found, active, { now, onFault }) }))
  return {
    reading,
    findings: once(results).flatMap(({ found, findings }) => {
      const place = { path, ...(found.kind === 'policy' && found.bucket !== undefined && { bucket: found.bucket }) }
      return findings.map((finding) => suppressor.mark(finding, { ...place, base: baseOf(found) }))
    }),
    undecided: results.flatMap(({ undecided }) => undecided),
    problems: [...reading.problems, ...results.flatMap(({ found, findings }) => unreported(found, findings.length))],
    faults,
    rules: active.map(({ rule }) => rule.meta.id),
  }
}

/** A policy that depends on conditions of its template is found several times: what is the same at the same place is told once. */
function once(results: readonly (LintResult & { readonly found: Found })[]): typeof results {
  const seen = new Set<string>()
  return results.map((result) => ({
    ...result,
    findings: result.findings.filter(({ rule, message, location: { span } }) => {
      const name = JSON.stringify([rule, message, span.start.offset, span.end.offset])
      return !seen.has(name) && seen.add(name)
    }),
  }))
}

/** The way to a policy within its file, as its locations have it. */
function baseOf(found: Found) {
  return found.kind === 'policy' ? (found.draft?.location.path ?? []) : []
}

/** A policy that cannot be read and of which no rule says so must not pass for fine. */
function unreported(found: Found, findings: number): readonly SourceProblem[] {
  if (found.kind === 'snapshot' || found.draft !== undefined || found.unknowns.length > 0 || findings > 0) return []
  const [first] = found.diagnostics
  const because = first === undefined ? '' : `: ${first.message}`
  return [{ file: found.file.path, message: `the policy cannot be read${because}`, ...(first && { location: first }) }]
}

/** What patterns of the configuration are compared with. */
export function pathInConfig({ absolute, path }: InputFile, { folder }: Pick<LintSetting, 'folder'>): string {
  return absolute === undefined ? path : relative(folder, absolute).replaceAll('\\', '/')
}

function placeOf({ bucket, owner }: LintSetting) {
  return { ...(bucket !== undefined && { bucket }), ...(owner !== undefined && { owner }) }
}
