import type { Edit, Finding } from '../finding.js'

export interface FixedText {
  readonly text: string
  /** The rules whose fixes are in it. */
  readonly rules: readonly string[]
}

/**
 * One pass: the text with the fixes that do not touch each other, the first of those that do. What is left over is found again in the fixed
 * text, if it is still there.
 */
export function applyFixes(text: string, findings: readonly Finding[]): FixedText {
  const taken: Edit[] = []
  const rules = new Set<string>()
  for (const { rule, fix } of findings) {
    if (fix === undefined || !isWithin(text, fix.edits) || fix.edits.some((edit) => taken.some((other) => touch(edit, other)))) continue
    taken.push(...fix.edits)
    rules.add(rule)
  }
  const fromTheEnd = taken.toSorted((a, b) => b.start - a.start)
  return {
    text: fromTheEnd.reduce((fixed, { start, end, text: by }) => fixed.slice(0, start) + by + fixed.slice(end), text),
    rules: [...rules],
  }
}

/** Edits that end where another starts touch too: both may take the comma between. */
function touch(a: Edit, b: Edit): boolean {
  return a.start <= b.end && b.start <= a.end
}

function isWithin(text: string, edits: readonly Edit[]): boolean {
  return edits.length > 0 && edits.every(({ start, end }) => 0 <= start && start <= end && end <= text.length)
}
