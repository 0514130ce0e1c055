import { applyFixes } from '../../lint/fix/apply-fixes.js'
import { hasError } from '../../policy/diagnostic.js'
import type { Reading } from '../../sources/found.js'
import type { InputFile } from './find-files.js'
import { type LintSetting, lintText, type TextResult } from './lint-text.js'

/** Fixes can make room for others; those that undo each other must come to an end. */
const MOST_PASSES = 10

export interface FixedFile extends TextResult {
  readonly text: string
}

/** The text with all fixes of findings that count, and what is left to find in it. */
export async function fixText(file: InputFile, text: string, setting: LintSetting): Promise<FixedFile> {
  let at: FixedFile = { text, ...(await lintText(file, text, setting)) }
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const { text: next, rules } = applyFixes(
      at.text,
      at.findings.filter(({ suppressed }) => suppressed === undefined),
    )
    if (next === at.text) return at
    const result = await lintText(file, next, setting)
    if (!isIntact(at.reading, result.reading)) return withFault(at, file.path, rules)
    at = { text: next, ...result }
  }
  return at
}

/** Whether all that could be read can still be read. */
function isIntact(before: Reading, after: Reading): boolean {
  return (
    after.problems.length <= before.problems.length &&
    after.found.length === before.found.length &&
    after.found.every((found, index) => !hasError(found.diagnostics) || hasError(before.found[index]?.diagnostics ?? []))
  )
}

function withFault(at: FixedFile, file: string, rules: readonly string[]): FixedFile {
  const names = rules.map((rule) => `\`${rule}\``).join(', ')
  return { ...at, faults: [...at.faults, { file, message: `the fixes of ${names} would break the policy and were left out` }] }
}
