import type { Rule } from '../../rule.js'

export const unreachableStatement: Rule = {
  meta: {
    id: 'unreachable-statement',
    severity: 'warning',
    category: 'semantics',
    summary: 'A statement that applies to no request at all',
    recommended: true,
    fixable: false,
    analysis: true,
    messages: { unreachable: 'no request can fulfil this statement: it does nothing' },
  },
  create: ({ analysis, report, undecided }) => ({
    statement({ location }, index) {
      const found = analysis.statements().find((statement) => statement.index === index)
      if (found?.status === 'unreachable') report({ messageId: 'unreachable', location, help: 'look at its conditions, or remove it' })
      for (const { reason } of found?.undecided ?? []) undecided(location, reason)
    },
  }),
}
