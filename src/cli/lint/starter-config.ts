import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { InputError } from '../exit-code.js'
import { describeFileError } from '../read-input.js'
import type { Terminal } from '../terminal.js'
import { CONFIG_NAME } from './load-config.js'

const starterConfig = `{
  "$schema": "./node_modules/grantree/schemas/lint-config.schema.json",

  // "recommended": what any team wants on; "strict": every rule; "none": only the rules below.
  "extends": "recommended",

  // "off", "on", "error", "security", "warning" or "suggestion"; with options: ["warning", { … }].
  // All rules: grantree lint --list-rules. What one is about: grantree lint --explain RULE.
  "rules": {},

  // What is different for some files: { "files": ["logs/**"], "rules": { … }, "bucket": "logs", "owner": "111122223333" }
  "overrides": [],

  // Findings that are right as they are:
  // { "rule": "…", "files": ["…"], "sid": "…", "path": "/Statement/0", "bucket": "…", "reason": "why", "expires": "2027-01-31" }
  "suppressions": [],

  // Findings from this severity on fail the run: "error", "security", "warning", "suggestion" or "none".
  "failLevel": "security"
}
`

/** Writes a configuration to begin with. */
export function writeStarterConfig({ directory, err }: Terminal): void {
  try {
    writeFileSync(join(directory, CONFIG_NAME), starterConfig, { flag: 'wx' })
  } catch (error) {
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    throw new InputError(isThere ? `there is a \`${CONFIG_NAME}\` already` : `cannot write \`${CONFIG_NAME}\`: ${describeFileError(error)}`)
  }
  err.write(`written: ${CONFIG_NAME}\n`)
}
