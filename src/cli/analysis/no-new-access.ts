import { type AccessDiff, noNewAccess } from '../../analyze/questions/diff.js'

/** What --check can ask for. */
export const checks = ['no-new-access'] as const

export interface CheckResult {
  readonly name: (typeof checks)[number]
  readonly verdict: ReturnType<typeof noNewAccess>
}

export function checkNoNewAccess(diff: AccessDiff): CheckResult {
  return { name: 'no-new-access', verdict: noNewAccess(diff) }
}
