import { relative, resolve } from 'node:path'
import { defaultFailLevel } from '../../lint/config/config.js'
import { type Verdict, verdictOf } from '../../lint/config/verdict.js'
import { formats } from '../../lint/formats/formats.js'
import type { LintReport } from '../../lint/report.js'
import { findRule } from '../../lint/rules/all-rules.js'
import { suggest } from '../../policy/suggestion.js'
import { type ExitCode, exitCode, InputError } from '../exit-code.js'
import { applyBaselineFile, writeBaselineFile } from '../lint/baseline-file.js'
import { findFiles } from '../lint/find-files.js'
import { type LintRun, lintFiles } from '../lint/lint-files.js'
import { checkLintOptions, type LintCommandOptions } from '../lint/lint-options.js'
import { type LoadedConfig, loadConfig, withoutAnalysis } from '../lint/load-config.js'
import { explainRule, listRules } from '../lint/rule-pages.js'
import { writeStarterConfig } from '../lint/starter-config.js'
import { writeWhole } from '../lint/write-file.js'
import { printable, printableLines } from '../render/printable.js'
import type { Terminal } from '../terminal.js'

/** Checks policies by rules. @param args files, folders and patterns; none: the working directory */
export async function lint(args: readonly string[], options: LintCommandOptions, version: string, terminal: Terminal): Promise<ExitCode> {
  if (options.init === true) {
    writeStarterConfig(terminal)
    return exitCode.fine
  }
  const { explain } = options
  if (explain !== undefined || options.listRules === true) return showRules(explain, options, terminal)
  checkLintOptions(options, args)
  const configured = await loadConfig(options.config, terminal)
  checkRuleOptions(options, configured)
  const loaded = options.analysis ? configured : withoutAnalysis(configured)
  const all = findFiles(args.length > 0 ? args : ['.'], terminal.directory, options.stdinFilename)
  const files = all.filter(({ isNamed, absolute }) => isNamed || absolute !== loaded.file)
  const run = await lintFiles(files, loaded, options, terminal)
  if (!run.hasFound && !run.hasProblems) {
    throw new InputError(`no policy was found in ${files.length} ${files.length === 1 ? 'file' : 'files'}`)
  }
  return finish(run, loaded, options, version, terminal)
}

async function showRules(id: string | undefined, { config }: LintCommandOptions, terminal: Terminal): Promise<ExitCode> {
  const known = id === undefined ? undefined : findRule(id)
  // A configuration that is broken is no reason not to explain a rule.
  const rules = known === undefined ? (await loadConfig(config, terminal)).rules : [known]
  if (id === undefined) listRules(rules, terminal)
  else explainRule(id, rules, terminal)
  return exitCode.fine
}

function checkRuleOptions({ rule }: LintCommandOptions, { rules }: LoadedConfig): void {
  const ids = new Set(rules.map(({ meta }) => meta.id))
  const wrong = rule.find(({ id }) => !ids.has(id))
  if (wrong === undefined) return
  throw new InputError(
    `--rule: there is no rule \`${wrong.id}\`; ${suggest(wrong.id, ids) ?? '`grantree lint --list-rules` shows all rules'}`,
  )
}

/** Writes what has been found, and says what it comes to. */
function finish(run: LintRun, loaded: LoadedConfig, options: LintCommandOptions, version: string, terminal: Terminal): ExitCode {
  const { directory, err } = terminal
  const { baseline } = options
  const pathOf = (file: string) => relative(loaded.folder, resolve(directory, file)).replaceAll('\\', '/')
  const isLeftOut = (rule: string) => loaded.leftOut.has(rule)
  const subject = { findings: run.report.findings, texts: run.texts, folder: loaded.folder, pathOf, isLeftOut }
  if (options.writeBaseline === true && baseline !== undefined) {
    if (run.hasProblems || run.hasFaults) {
      write(run.report, run, options, version, terminal)
      throw new InputError('no baseline is written: not all of the files could be looked at')
    }
    writeBaselineFile(baseline, subject, terminal)
    err.write(`written: ${printable(baseline)}\n`)
    return exitCode.fine
  }
  const marked = baseline === undefined ? undefined : applyBaselineFile(baseline, subject, terminal)
  const report: LintReport = {
    ...run.report,
    ...(marked && { findings: marked.findings, unusedSuppressions: [...run.report.unusedSuppressions, ...marked.stale] }),
  }
  write(report, run, options, version, terminal)
  return codeOf(report, run, options, loaded)
}

function write(report: LintReport, { texts, patch }: LintRun, options: LintCommandOptions, version: string, terminal: Terminal): void {
  const { format, output, fixDryRun } = options
  const { out, err, outColors, directory } = terminal
  const isPainted = output === undefined && outColors.isColorSupported
  let text: string
  if (fixDryRun === true) {
    for (const { file, message } of report.problems) err.write(`${printable(file)}: ${printable(message)}\n`)
    // Where it is not shown, it must fit the file letter by letter.
    text = isPainted ? printableLines(patch) : patch
  } else {
    text = formats[format](report, { texts, version, root: directory, ...(isPainted && { colors: outColors }) })
  }
  if (output === undefined) out.write(text)
  else writeWhole(resolve(directory, output), text)
}

const codes: Readonly<Record<Verdict, ExitCode>> = {
  passed: exitCode.fine,
  failed: exitCode.no,
  'too-many': exitCode.no,
  undecided: exitCode.undecided,
}

/** What could not be read outweighs what was found, and that outweighs what has no answer. */
function codeOf(report: LintReport, { hasProblems, hasFaults }: LintRun, options: LintCommandOptions, { config }: LoadedConfig): ExitCode {
  if (hasProblems) return exitCode.wrongInput
  const maxWarnings = options.maxWarnings ?? config.maxWarnings
  const verdict = verdictOf(report, {
    failLevel: options.failLevel ?? config.failLevel ?? defaultFailLevel,
    ...(maxWarnings !== undefined && { maxWarnings }),
    allowUndecided: options.allowUndecided ?? config.allowUndecided ?? false,
  })
  return verdict === 'passed' && hasFaults ? exitCode.internal : codes[verdict]
}
