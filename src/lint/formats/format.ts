import type { LintReport } from '../report.js'
import type { ColorFunctions } from './colors.js'

/** A report as text, newline at the end. Equal reports are equal texts. */
export type Format = (report: LintReport, options: FormatOptions) => string

export interface FormatOptions {
  /** By path, as findings name their files. Files without a text are shown without their lines. */
  readonly texts: ReadonlyMap<string, string>
  /** No colours if absent. */
  readonly colors?: ColorFunctions
  /** Of this package. */
  readonly version: string
  /** A folder: paths below it are written relative to it. It and all paths have `/` between their parts, on Windows too. */
  readonly root?: string
  /** Where the rules' pages are on the web: `https://example.com/docs/rules/` for `…/<id>.md`. Without it, no page is linked. */
  readonly rulePages?: string
}
