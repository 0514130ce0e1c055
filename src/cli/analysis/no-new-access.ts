import { Inquiry } from '../../analyze/inquiry.js'
import { onlyBy } from '../../analyze/questions/compare.js'
import type { AccessDiff } from '../../analyze/questions/diff.js'
import type { AnalyzeOptions, Subject } from '../../analyze/subject.js'

/** What --check can ask for. */
export const checks = ['no-new-access'] as const

export interface CheckResult {
  readonly name: (typeof checks)[number]
  readonly verdict: 'passed' | 'failed' | 'undecided'
}

/** Whether nothing is allowed after that was not allowed before. */
export function checkNoNewAccess(
  before: Subject,
  after: Subject,
  { newlyAllowed, undecided }: AccessDiff,
  options: AnalyzeOptions,
): CheckResult {
  const name = 'no-new-access'
  if (newlyAllowed.length > 0) return { name, verdict: 'failed' }
  // What is undecided may be on the denied side alone, which is not asked about here.
  return { name, verdict: undecided.length === 0 || isNothingNew(before, after, options) ? 'passed' : 'undecided' }
}

function isNothingNew(before: Subject, after: Subject, options: AnalyzeOptions): boolean {
  const inquiry = new Inquiry([before, after], options)
  return inquiry.scenes.every((scene) => inquiry.find(onlyBy(1, 0), [scene]).kind === 'none')
}
