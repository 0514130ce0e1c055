import { parseArn } from '../../../match/arn.js'
import type { Statement } from '../../../policy/ast.js'
import { whereAnalysed } from '../../analysis-listener.js'
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
  create: ({ analysis, report, undecided }) =>
    whereAnalysed(
      { analysis, undecided },
      {
        statement(statement, index) {
          if (isAboutAccessPoints(statement)) return
          const { location } = statement
          const found = analysis.statements().find((statement) => statement.index === index)
          if (found?.status === 'unreachable') report({ messageId: 'unreachable', location, help: 'look at its conditions, or remove it' })
          for (const { reason } of found?.undecided ?? []) undecided(location, reason)
        },
      },
    ),
}

/** A statement of an access point's own policy, which is on nothing that a bucket's is. */
function isAboutAccessPoints({ Resource = [] }: Statement): boolean {
  return Resource.length > 0 && Resource.every(({ text }) => parseArn(text)?.[5].startsWith('accesspoint/') === true)
}
