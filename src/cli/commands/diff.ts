import { type AccessDiff, diff as diffAccess } from '../../analyze/questions/diff.js'
import { loadSubject, type PolicyPlace } from '../analysis/load-subject.js'
import { type CheckResult, checkNoNewAccess, type checks } from '../analysis/no-new-access.js'
import type { AnalysisOptions } from '../analysis/options.js'
import { subjectPair } from '../analysis/subject-pair.js'
import { type ExitCode, exitCode, InputError } from '../exit-code.js'
import { diffForms } from '../render/diff.js'
import type { Terminal } from '../terminal.js'

export interface DiffOptions extends AnalysisOptions, PolicyPlace {
  readonly check?: (typeof checks)[number]
}

/** What one state of a store allows and another does not. */
export function diff(old: string, next: string, { check, format, budget, ...place }: DiffOptions, terminal: Terminal): ExitCode {
  if (old === '-' && next === '-') throw new InputError('only one of OLD and NEW can be standard input')
  const [before, after] = subjectPair(loadSubject(old, terminal, place), loadSubject(next, terminal, place), place)
  const options = budget === undefined ? {} : { budget }
  const found = diffAccess(before, after, options)
  const result = check && checkNoNewAccess(before, after, found, options)
  terminal.out.write(diffForms[format]({ diff: found, ...(result && { check: result }) }, terminal.outColors))
  return result === undefined ? codeOfDiff(found) : codeOfCheck[result.verdict]
}

function codeOfDiff({ newlyAllowed, newlyDenied, undecided }: AccessDiff): ExitCode {
  if (newlyAllowed.length + newlyDenied.length > 0) return exitCode.no
  return undecided.length > 0 ? exitCode.undecided : exitCode.fine
}

const codeOfCheck: Readonly<Record<CheckResult['verdict'], ExitCode>> = {
  passed: exitCode.fine,
  failed: exitCode.no,
  undecided: exitCode.undecided,
}
