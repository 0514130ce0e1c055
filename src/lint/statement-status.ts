import type { StatementReport } from '../analyze/questions/examine-statements.js'
import type { Policy } from '../policy/ast.js'

/** Whether Deny statements take back all that the Allow statements of a policy give. */
export function allowsNothing({ Statement }: Policy, reports: readonly StatementReport[]): boolean {
  const statuses = reports.filter(({ index }) => Statement[index]?.Effect === 'Allow').map(({ status }) => status)
  return statuses.includes('shadowed') && statuses.every((status) => status === 'shadowed' || status === 'unreachable')
}
