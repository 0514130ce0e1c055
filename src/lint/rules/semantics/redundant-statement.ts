import type { StatementReport } from '../../../analyze/questions/examine-statements.js'
import { abilities } from '../../abilities.js'
import type { Analysis } from '../../analysis.js'
import { whereAnalysed } from '../../analysis-listener.js'
import type { Rule } from '../../rule.js'
import { statementNames } from '../../statement-names.js'
import { strangersMay } from '../../strangers.js'

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
          // What is open to anybody is what has to be mended; this statement is needed then.
          if (!isOpen(analysis, index) && found.by.some((other) => isOpen(analysis, other))) return
          const by = statementNames(policy, found.by, 'and')
          report({ messageId: 'redundant', location, data: { by }, help: `remove it; or, if ${by} says too much, narrow that` })
        },
      },
    ),
}

/** Whether a statement lets anybody do something. */
function isOpen(analysis: Analysis, index: number): boolean {
  return Object.values(abilities).some((ability) => strangersMay(analysis, index, ability).verdict === 'possible')
}

/** Of statements that cover each other, only the later can be done without. */
function isFirstOfTwins({ index, by }: StatementReport, reports: readonly StatementReport[]): boolean {
  return reports.some(
    (other) => other.index > index && by.includes(other.index) && other.status === 'redundant' && other.by.includes(index),
  )
}
