import { actions } from '../../src/catalog/actions.js'
import type { ProblemCode } from '../../src/catalog/problems.js'
import { type Diagnostic, type JsonPath, parseDecisionTests, parsePolicy, parseRequest, parseSnapshot } from '../../src/index.js'
import type { DocumentKind } from './documents.js'

/** What the parser says of a document: `unclear` where errors that no schema sees keep it from telling whether there are others. */
export type Answer = 'fine' | 'error' | 'unclear'

/** Whether the parser finds an error of those that a schema can see. */
export function parserAnswer(kind: DocumentKind, document: unknown): Answer {
  switch (kind) {
    case 'policy':
      return answer(hasPolicyError(document))
    case 'snapshot':
      return answer(hasSnapshotError(document))
    case 'request':
      return answer(visibleErrors(parseRequest(JSON.stringify(document)).diagnostics, document).length > 0)
    case 'decision-test':
      return decisionTestAnswer(document)
  }
}

function answer(hasError: boolean): Answer {
  return hasError ? 'error' : 'fine'
}

/** JSON's own problems; what follows from several members together; and the number of problems. */
const unseen: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'invalid-json',
  'duplicate-member',
  'nesting-too-deep',
  'lone-surrogate',
  'too-many-problems',
  'duplicate-name',
  'account-mismatch',
  'derived-key-conflict',
])

const actionNames: ReadonlySet<unknown> = new Set(actions.map(({ name }) => name))

function visibleErrors(diagnostics: readonly Diagnostic[], document: unknown): readonly Diagnostic[] {
  return diagnostics.filter((diagnostic) => diagnostic.severity === 'error' && isVisible(diagnostic, document))
}

function isVisible({ code, path }: Diagnostic, document: unknown): boolean {
  if (unseen.has(code)) return false
  // A schema knows the actions in the catalogue's spelling, the parser in any case.
  if (code === 'missing-bucket' || code === 'missing-key') return actionNames.has(memberOf(valueAt(document, path), 'action'))
  // The clocks in a request's context: dates that must be in range and agree.
  return !(code === 'invalid-value' && path.at(-1) === 'context')
}

function hasPolicyError(policy: unknown): boolean {
  return visibleErrors(parsePolicy(JSON.stringify(policy)).diagnostics, policy).length > 0
}

/** The snapshot's own errors, and those of its policies, which the parser leaves with their buckets. A schema does not look into policies in text form. */
function hasSnapshotError(snapshot: unknown): boolean {
  return visibleErrors(parseSnapshot(JSON.stringify(snapshot) as string).diagnostics, snapshot).length > 0 || hasBrokenPolicy(snapshot)
}

function hasBrokenPolicy(snapshot: unknown): boolean {
  return itemsOf(memberOf(snapshot, 'buckets')).some((bucket) => {
    const policy = memberOf(bucket, 'policy')
    return policy !== undefined && typeof policy !== 'string' && hasPolicyError(policy)
  })
}

function decisionTestAnswer(file: unknown): Answer {
  const { tests, diagnostics } = parseDecisionTests(JSON.stringify(file))
  if (visibleErrors(diagnostics, file).length > 0 || hasBrokenPolicy(memberOf(file, 'snapshot'))) return 'error'
  if (tests === undefined) return 'unclear'
  return answer(
    tests.cases.some(({ errors, expect, location }) => {
      const own = visibleErrors(errors.filter(isInFile), file)
      // A case may expect errors in its parts. Its own form must be right all the same.
      if (typeof expect === 'object') return own.some(({ path }) => !parts.has(path[2]))
      return own.length > 0 || hasBrokenPolicy(memberOf(valueAt(file, location.path), 'snapshot'))
    }),
  )
}

const parts: ReadonlySet<unknown> = new Set(['request', 'policy', 'snapshot', 'owner'])

/** Errors of a policy in text form have their place in that text. */
function isInFile({ path }: Diagnostic): boolean {
  return path[0] === 'cases' && path.length > 1
}

function valueAt(document: unknown, path: JsonPath): unknown {
  return path.reduce<unknown>((value, step) => memberOf(value, step), document)
}

/** An object's own member or an array's item. */
export function memberOf(value: unknown, name: string | number): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined
}

function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
