import { type FailLevel, levels, type Preset, type RuleSetting } from '../../lint/config/config.js'
import type { FormatName } from '../../lint/formats/formats.js'
import { InputError } from '../exit-code.js'

/** What `grantree lint` takes. */
export interface LintCommandOptions {
  readonly config?: string
  readonly preset?: Preset
  readonly rule: readonly RuleSetting[]
  readonly format: FormatName
  readonly output?: string
  readonly bucket?: string
  readonly owner?: string
  readonly failLevel?: FailLevel
  readonly maxWarnings?: number
  readonly allowUndecided?: boolean
  /** False: without the rules that ask the analyser. */
  readonly analysis: boolean
  readonly baseline?: string
  readonly writeBaseline?: boolean
  readonly fix?: boolean
  readonly fixDryRun?: boolean
  readonly stdinFilename?: string
  readonly explain?: string
  readonly listRules?: boolean
  readonly init?: boolean
}

const START = { offset: 0, line: 1, column: 1 }

/** A further value of --rule: `unreachable-statement:error`. */
export function collectRule(text: string, earlier: readonly RuleSetting[]): readonly RuleSetting[] {
  const colon = text.lastIndexOf(':')
  const level = levels.find((known) => known === text.slice(colon + 1))
  if (colon < 1 || level === undefined) throw new InputError(`--rule takes ID:SEVERITY with ${levels.join(', ')}, not \`${text}\``)
  return [...earlier, { id: text.slice(0, colon), level, location: { path: [], span: { start: START, end: START } } }]
}

/** The value of --max-warnings. */
export function parseCount(text: string): number {
  if (!/^[0-9]{1,9}$/.test(text)) throw new InputError(`--max-warnings takes a number from 0 on, not \`${text}\``)
  return Number(text)
}

/** Refuses options that contradict each other. */
export function checkLintOptions(options: LintCommandOptions, files: readonly string[]): void {
  const { writeBaseline, baseline, fix, fixDryRun, analysis } = options
  if (writeBaseline === true && baseline === undefined) throw new InputError('--write-baseline needs --baseline FILE, the file to write')
  if (writeBaseline === true && !analysis) throw new InputError('--write-baseline needs all rules: leave out --no-analysis')
  if (fix === true && fixDryRun === true) throw new InputError('give either --fix or --fix-dry-run')
  if (fixDryRun === true && writeBaseline === true) throw new InputError('--fix-dry-run writes nothing: leave out --write-baseline')
  if (fix === true && files.includes('-')) throw new InputError('standard input cannot be fixed in place: give --fix-dry-run')
}
