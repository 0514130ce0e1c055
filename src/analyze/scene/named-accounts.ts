import { canonicalKeyName } from '../../catalog/lookup.js'
import { parseArn } from '../../match/arn.js'
import type { Policy } from '../../policy/ast.js'

const accountKeys: ReadonlySet<string> = new Set(['aws:PrincipalAccount', 'aws:ResourceAccount', 's3:ResourceAccount'])

/** The accounts that a policy speaks of: of its principals, and of the values that its conditions compare accounts with. */
export function accountsNamedIn({ Statement }: Policy): ReadonlySet<string> {
  const accounts = new Set<string>()
  for (const { Principal = [], NotPrincipal = [], Condition } of Statement) {
    for (const { text } of [...Principal, ...NotPrincipal]) accounts.add(parseArn(text)?.[4] ?? text)
    for (const { key, values } of Condition) {
      const isAccount = accountKeys.has(canonicalKeyName(key.text))
      for (const { text } of values) accounts.add(isAccount ? text : (parseArn(text)?.[4] ?? ''))
    }
  }
  return accounts
}
