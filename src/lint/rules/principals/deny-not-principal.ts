import { parseArn } from '../../../match/arn.js'
import type { PrincipalEntry } from '../../../policy/ast.js'
import { type CallerArn, callerArnOf, roleOf } from '../../../request/caller.js'
import { isKnown } from '../../../sources/unknown-text.js'
import { LONGEST_LIST } from '../../limits.js'
import type { Rule } from '../../rule.js'

export const denyNotPrincipal: Rule = {
  meta: {
    id: 'deny-not-principal',
    severity: 'warning',
    category: 'principals',
    summary: 'A Deny with NotPrincipal that also denies the ones it names',
    recommended: true,
    fixable: false,
    analysis: false,
    messages: {
      account: '`{principal}` is denied too, because its account `{account}` is not named beside it',
      role: '`{principal}` is denied too, because its role `{role}` is not named beside it',
    },
  },
  create: ({ report }) => ({
    statement({ Effect, NotPrincipal = [] }) {
      if (Effect !== 'Deny' || NotPrincipal.length > LONGEST_LIST) return
      const listed = NotPrincipal.filter(({ type }) => type === 'AWS')
      // What is known only at deployment may be the account or the role.
      if (listed.some(({ text }) => text === '*' || !isKnown(text))) return
      for (const { text, location } of listed) {
        const account = parseArn(text)?.[4] ?? ''
        const arn = callerArnOf(text)
        // An ARN with another account is an invalid principal already.
        if (arn === undefined || !needsAccount(arn) || account.length !== 12) continue
        const data = { principal: text, account, role: arn.role?.arn ?? '' }
        if (!listed.some((other) => isAccount(other, account))) {
          report({
            messageId: 'account',
            location,
            data,
            help: `name \`${rootOf(text, account)}\` too, or use a condition on \`aws:PrincipalArn\``,
          })
        } else if (arn.type === 'session' && !listed.some((other) => isRole(other, account, arn.name))) {
          report({ messageId: 'role', location, data, help: 'name the role too, or use a condition on `aws:PrincipalArn`' })
        }
      }
    },
  }),
}

function needsAccount({ type }: CallerArn): boolean {
  return type === 'user' || type === 'role' || type === 'session' || type === 'federated-user'
}

function rootOf(arn: string, account: string): string {
  return `arn:${parseArn(arn)?.[1] ?? 'aws'}:iam::${account}:root`
}

function isAccount({ text }: PrincipalEntry, account: string): boolean {
  return text === account || (callerArnOf(text)?.type === 'root' && parseArn(text)?.[4] === account)
}

function isRole({ text }: PrincipalEntry, account: string, name: string): boolean {
  const parts = parseArn(text)
  const role = parts && roleOf(parts)
  return role?.account === account && role.name === name
}
