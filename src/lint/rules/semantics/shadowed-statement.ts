import { whereAnalysed } from '../../analysis-listener.js'
import type { Rule } from '../../rule.js'
import { statementNames } from '../../statement-names.js'
import { allowsNothing } from '../../statement-status.js'

export const shadowedStatement: Rule = {
  meta: {
    id: 'shadowed-statement',
    severity: 'warning',
    category: 'semantics',
    summary: 'An Allow that applies only where Deny statements do too',
    recommended: true,
    fixable: false,
    analysis: true,
    messages: { shadowed: 'this Allow allows nothing: wherever it applies, {by} denies' },
  },
  create: ({ analysis, report, undecided }) =>
    whereAnalysed(
      { analysis, undecided },
      {
        statement({ location }, index, { policy }) {
          const found = analysis.statements().find((statement) => statement.index === index)
          for (const { reason } of found?.undecided ?? []) undecided(location, reason)
          // Where nothing is allowed at all, allows-nothing says so once.
          if (found?.status !== 'shadowed' || allowsNothing(policy, analysis.statements())) return
          const help = 'remove it, or let the Deny leave out what it is to allow'
          report({ messageId: 'shadowed', location, data: { by: statementNames(policy, found.by, 'or') || 'some Deny statement' }, help })
        },
      },
    ),
}
