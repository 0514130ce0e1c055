import { parseArn } from '../../../match/arn.js'
import type { PrincipalEntry } from '../../../policy/ast.js'
import { callerArnOf } from '../../../request/caller.js'
import { removeItem } from '../../edits.js'
import { LONGEST_LIST } from '../../limits.js'
import { principalsOf } from '../../place.js'
import type { Rule } from '../../rule.js'

export const redundantPrincipal: Rule = {
  meta: {
    id: 'redundant-principal',
    severity: 'suggestion',
    category: 'principals',
    summary: 'A principal is named twice in one statement',
    recommended: true,
    fixable: true,
    analysis: false,
    messages: {
      twice: '`{principal}` is named twice',
      account: '`{principal}` is the same account as `{other}`',
    },
  },
  create: ({ found, report }) => ({
    statement(statement) {
      const entries = principalsOf(statement)
      if (entries.length > LONGEST_LIST) return
      const firsts = entries.map((entry) => entries.find((other) => identityOf(other) === identityOf(entry)) as PrincipalEntry)
      const removed = entries.filter((entry, index) => firsts[index] !== entry).map(({ location }) => location.span)
      for (const [index, entry] of entries.entries()) {
        const first = firsts[index] as PrincipalEntry
        if (first === entry || entry.text === '*') continue
        const edits = removeItem(found, entry.location.span, removed)
        report({
          messageId: first.text === entry.text ? 'twice' : 'account',
          location: entry.location,
          data: { principal: entry.text, other: first.text },
          help: 'name it once',
          fix: edits && { description: `remove the second \`${entry.text}\``, edits },
        })
      }
    },
  }),
}

/** Equal for entries that stand for the same: the ARN of an account's root is the account. */
function identityOf({ type, text }: PrincipalEntry): string {
  const account = type === 'AWS' && callerArnOf(text)?.type === 'root' ? parseArn(text)?.[4] : undefined
  return JSON.stringify([type, account ?? text])
}
