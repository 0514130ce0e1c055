import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { checkRules } from '../../lint/config/check-rules.js'
import { emptyConfig, type LintConfig } from '../../lint/config/config.js'
import { readConfig } from '../../lint/config/read-config.js'
import type { Rule } from '../../lint/rule.js'
import { allRules } from '../../lint/rules/all-rules.js'
import type { Diagnostic } from '../../policy/diagnostic.js'
import { InputError } from '../exit-code.js'
import { readTextFile, showDiagnostics } from '../read-input.js'
import type { Terminal } from '../terminal.js'
import { checkPattern } from './file-patterns.js'
import { pathBelow } from './find-files.js'
import { loadPlugins } from './load-plugins.js'
import { loadSchemaCheck } from './schema-check.js'

export const CONFIG_NAME = 'grantree.config.json'

/** A configuration, and the rules there are with it. */
export interface LoadedConfig {
  readonly config: LintConfig
  /** Those of this package and of the plugins. */
  readonly rules: readonly Rule[]
  /** What patterns of file names are relative to, an absolute path. */
  readonly folder: string
  /** Absent if there is none. */
  readonly file?: string
  /** The ids of rules that this run leaves out, whatever is configured. */
  readonly leftOut: ReadonlySet<string>
}

/** The configuration at a path, or the nearest one from the working directory up; the empty one if there is none. */
export async function loadConfig(given: string | undefined, terminal: Terminal): Promise<LoadedConfig> {
  const { directory } = terminal
  const file = given === undefined ? nearestConfig(directory) : resolve(directory, given)
  if (file === undefined) return { config: emptyConfig, rules: allRules, folder: directory, leftOut: new Set() }
  const shown = pathBelow(directory, file)
  const refuse = (diagnostics: readonly Diagnostic[]): never => {
    showDiagnostics(shown, diagnostics, 'other', terminal)
    throw new InputError(`\`${shown}\` is no valid configuration`)
  }
  const { config, diagnostics } = readConfig(readTextFile(file), checkPattern)
  if (config === undefined) return refuse(diagnostics)
  const rules = [...allRules, ...(await loadPlugins(config, file))]
  const check = hasOptions(config) ? await loadSchemaCheck() : () => []
  const wrong = checkRules(config, rules, check)
  return wrong.length > 0 ? refuse(wrong) : { config, rules, folder: dirname(file), file, leftOut: new Set() }
}

/** Without the rules that ask the analyser, and without what is said of them: whether that is still needed, this run cannot tell. */
export function withoutAnalysis(loaded: LoadedConfig): LoadedConfig {
  const leftOut = new Set(loaded.rules.filter(({ meta }) => meta.analysis).map(({ meta }) => meta.id))
  const suppressions = loaded.config.suppressions.filter(({ rule }) => !leftOut.has(rule))
  return {
    ...loaded,
    config: { ...loaded.config, suppressions },
    rules: loaded.rules.filter(({ meta }) => !leftOut.has(meta.id)),
    leftOut,
  }
}

function nearestConfig(directory: string): string | undefined {
  for (let folder = directory; ; folder = dirname(folder)) {
    const file = join(folder, CONFIG_NAME)
    if (existsSync(file)) return file
    if (dirname(folder) === folder) return undefined
  }
}

function hasOptions({ rules, overrides }: LintConfig): boolean {
  return [...rules, ...overrides.flatMap((override) => override.rules)].some(({ options }) => options !== undefined)
}
