import type { Condition, Policy, PrincipalEntry, Statement } from '../policy/ast.js'
import type { Diagnostic, Location } from '../policy/diagnostic.js'

/** The statement that a place is in. */
export function statementAt(policy: Policy | undefined, { span }: Location): Statement | undefined {
  return policy?.Statement.find(
    ({ location }) => location.span.start.offset <= span.start.offset && span.end.offset <= location.span.end.offset,
  )
}

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
