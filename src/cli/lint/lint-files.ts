import { createTwoFilesPatch } from 'diff'
import { listOf, quoted } from '../../analyze/words/lists.js'
import { settingsOf } from '../../lint/config/active-rules.js'
import { Suppressor } from '../../lint/config/suppressor.js'
import type { LintReport, ReportedFinding } from '../../lint/report.js'
import type { SourceProblem } from '../../sources/found.js'
import { InputError } from '../exit-code.js'
import { startProgress } from '../progress.js'
import { decodeUtf8, readTextFile } from '../read-input.js'
import type { Terminal } from '../terminal.js'
import { matchesFile } from './file-patterns.js'
import type { InputFile } from './find-files.js'
import { fixText } from './fix-text.js'
import type { LintCommandOptions } from './lint-options.js'
import { type LintSetting, lintText, type TextResult } from './lint-text.js'
import type { LoadedConfig } from './load-config.js'
import { writeWhole } from './write-file.js'

/** What came of a run. */
export interface LintRun {
  readonly report: LintReport
  /** By path, as they are now: with their fixes, if they were written. */
  readonly texts: ReadonlyMap<string, string>
  /** What fixes would change, as a unified diff. */
  readonly patch: string
  /** Whether there was anything to check: a policy, or a snapshot. */
  readonly hasFound: boolean
  /** Whether a file could not be read, or a part of one. */
  readonly hasProblems: boolean
  /** Whether a rule failed. */
  readonly hasFaults: boolean
}

/** Lints files one after the other; what is wrong with one is told with the rest. */
export async function lintFiles(
  files: readonly InputFile[],
  loaded: LoadedConfig,
  options: LintCommandOptions,
  terminal: Terminal,
): Promise<LintRun> {
  const { preset, rule: last, bucket, owner } = options
  const config = preset === undefined ? loaded.config : { ...loaded.config, preset }
  const now = terminal.now()
  const suppressor = new Suppressor(config.suppressions, matchesFile, now)
  const place = { ...(bucket !== undefined && { bucket }), ...(owner !== undefined && { owner }) }
  const settings = settingsOf(config, loaded.rules, matchesFile, last)
  const setting: LintSetting = { ...loaded, ...place, settingsOf: settings, now, suppressor, directory: terminal.directory }
  const collected = new Collected()
  const progress = startProgress(files.length, terminal)
  try {
    for (const [index, file] of files.entries()) {
      await lintFile(file, setting, options, terminal, collected)
      progress.update(index + 1)
    }
  } finally {
    progress.stop()
  }
  collected.problems.push(...collected.notLookedAt())
  const report: LintReport = {
    ...{ files: collected.texts.size, policies: collected.policies, findings: collected.findings, undecided: collected.undecided },
    problems: [...collected.problems, ...collected.faults],
    unusedSuppressions: suppressor.unused(),
    rules: loaded.rules.map(({ meta }) => meta).filter(({ id }) => collected.rules.has(id)),
  }
  const { texts, patch, problems, faults } = collected
  return { report, texts, patch, hasFound: collected.hasFound, hasProblems: problems.length > 0, hasFaults: faults.length > 0 }
}

/** What has come of files until now. */
class Collected {
  readonly texts = new Map<string, string>()
  readonly rules = new Set<string>()
  policies = 0
  hasFound = false
  patch = ''
  readonly findings: ReportedFinding[] = []
  readonly undecided: LintReport['undecided'][number][] = []
  readonly problems: SourceProblem[] = []
  readonly faults: SourceProblem[] = []
  /** By file, where policies of its resources stand. */
  readonly elsewhere = new Map<string, readonly string[]>()

  add(file: string, { reading, findings, undecided, problems, faults, rules }: TextResult): void {
    this.elsewhere.set(file, reading.elsewhere)
    this.hasFound ||= reading.found.length > 0
    this.policies += reading.found.filter(({ kind }) => kind === 'policy').length
    this.findings.push(...findings)
    this.undecided.push(...undecided)
    this.problems.push(...problems)
    this.faults.push(...faults)
    for (const rule of rules) this.rules.add(rule)
  }

  /** Policies of the files that stand in files which were not looked at must not pass for fine. */
  notLookedAt(): readonly SourceProblem[] {
    return [...this.elsewhere].flatMap(([file, paths]) => {
      const missing = [...new Set(paths)].filter((path) => !this.texts.has(path))
      if (missing.length === 0) return []
      const message = `policies of its buckets stand in ${listOf(missing.map(quoted), 'and')}`
      return [{ file, message, help: 'lint the folder, or these files too' }]
    })
  }
}

async function lintFile(
  file: InputFile,
  setting: LintSetting,
  { fix, fixDryRun }: LintCommandOptions,
  terminal: Terminal,
  collected: Collected,
): Promise<void> {
  const text = await textOf(file, terminal, collected)
  if (text === undefined) return
  if (fix !== true && fixDryRun !== true) {
    collected.texts.set(file.path, text)
    collected.add(file.path, await lintText(file, text, setting))
    return
  }
  const fixed = await fixText(file, text, setting)
  collected.texts.set(file.path, fixed.text)
  collected.add(file.path, fixed)
  if (fixed.text === text) return
  collected.patch += patchOf(file.path, text, fixed.text)
  if (fix === true && file.absolute !== undefined) writeWhole(file.absolute, fixed.text)
}

async function textOf(file: InputFile, terminal: Terminal, { problems }: Collected): Promise<string | undefined> {
  if (file.absolute === undefined) return readStandardInput(terminal)
  try {
    return readTextFile(file.absolute)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    problems.push({ file: file.path, message: error.message })
    return undefined
  }
}

async function readStandardInput({ input }: Terminal): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of input) chunks.push(Buffer.from(chunk))
  const text = decodeUtf8(Buffer.concat(chunks))
  if (text === undefined) throw new InputError('standard input is not UTF-8')
  return text
}

function patchOf(path: string, before: string, after: string): string {
  const patch = createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, { context: 3 })
  // The library puts a line of equal signs before the names, which `patch` takes for a comment and people for a mistake.
  return patch.startsWith('=') ? patch.slice(patch.indexOf('\n') + 1) : patch
}
