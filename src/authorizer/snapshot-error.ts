import type { Diagnostic } from '../policy/diagnostic.js'
import { formatPath } from '../policy/json-path.js'

/** A snapshot whose own form is wrong. What is wrong inside a policy is none: it quarantines the policy's bucket. */
export class SnapshotError extends Error {
  override readonly name = 'SnapshotError'

  /** @param what the thing that cannot be read, such as `the snapshot` or `row 17` */
  constructor(
    what: string,
    readonly diagnostics: readonly Diagnostic[],
  ) {
    const [first, ...others] = diagnostics.filter(({ severity }) => severity === 'error')
    const more = others.length === 0 ? '' : ` (and ${others.length} more)`
    super(`${what} cannot be read: ${first === undefined ? '' : `${formatPath(first.path)}: ${first.message}`}${more}`)
  }
}
