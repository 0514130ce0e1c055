import type { Policy } from '../policy/ast.js'
import { type Diagnostic, hasError } from '../policy/diagnostic.js'
import { parsePolicy } from '../policy/parser.js'
import type { BucketPolicy } from './snapshot.js'

/** A stored policy as it is read from its text. */
export function readPolicyText(text: string): BucketPolicy {
  const { policy, diagnostics } = parsePolicy(text)
  return bucketPolicyOf(policy, diagnostics)
}

/** A policy with an error is quarantined: it has no meaning. */
export function bucketPolicyOf(policy: Policy | undefined, diagnostics: readonly Diagnostic[]): BucketPolicy {
  return policy === undefined || hasError(diagnostics) ? { diagnostics } : { policy, diagnostics }
}
