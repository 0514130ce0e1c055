import type { StatementReport } from '../../../analyze/questions/examine-statements.js'
import { whereAnalysed } from '../../analysis-listener.js'
import type { Rule } from '../../rule.js'
import { statementNames } from '../../statement-names.js'

export const redundantStatement: Rule = {
  meta: {
    id: 'redundant-statement',
    severity: 'suggestion',
    category: 'semantics',
    summary: 'A statement that says only what other statements say already',
    recommended: true,
    fixable: false,
    analysis: true,
    messages: { redundant: 'no decision changes without this statement: {by} covers it' },
  },
  create: ({ analysis, report, undecided }) =>
    whereAnalysed(
      { analysis, undecided },
      {
        statement({ location }, index, { policy }) {
          const reports = analysis.statements()
          const found = reports.find((statement) => statement.index === index)
          for (const { reason } of found?.undecided ?? []) undecided(location, reason)
          // A Deny without others that cover it is there for what may be allowed one day.
          if (found?.status !== 'redundant' || found.by.length === 0 || isFirstOfTwins(found, reports)) return
          report({ messageId: 'redundant', location, data: { by: statementNames(policy, found.by, 'and') }, help: 'remove it' })
        },
      },
    ),
}

/** Of statements that cover each other, only the later can be done without. */
function isFirstOfTwins({ index, by }: StatementReport, reports: readonly StatementReport[]): boolean {
  return reports.some(
    (other) => other.index > index && by.includes(other.index) && other.status === 'redundant' && other.by.includes(index),
  )
}
