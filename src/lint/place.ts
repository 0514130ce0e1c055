import type { Condition, Policy, PrincipalEntry, Statement } from '../policy/ast.js'
import type { Diagnostic } from '../policy/diagnostic.js'

/** The principal that a diagnostic is about, with its statement. */
export function principalAt(
  policy: Policy | undefined,
  { span }: Diagnostic,
): { readonly statement: Statement; readonly entry: PrincipalEntry } | undefined {
  for (const statement of policy?.Statement ?? []) {
    const entry = principalsOf(statement).find(({ location }) => location.span.start.offset === span.start.offset)
    if (entry !== undefined) return { statement, entry }
  }
  return undefined
}

/** All entries of a statement's Principal or NotPrincipal. */
export function principalsOf({ Principal, NotPrincipal }: Statement): readonly PrincipalEntry[] {
  return Principal ?? NotPrincipal ?? []
}

/** The condition that has the value a diagnostic is about. */
export function conditionAt(policy: Policy | undefined, { span }: Diagnostic): Condition | undefined {
  return policy?.Statement.flatMap((statement) => statement.Condition).find(({ values }) =>
    values.some(({ location }) => location.span.start.offset === span.start.offset),
  )
}
