import { listOf } from '../../../analyze/words/lists.js'
import { parseArn } from '../../../match/arn.js'
import type { Statement } from '../../../policy/ast.js'
import type { Span } from '../../../policy/position.js'
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
  create: ({ analysis, found: { diagnostics = [] } = {}, report, undecided }) =>
    whereAnalysed(
      { analysis, undecided },
      {
        statement(statement, index) {
          const { location } = statement
          // What is wrong in the statement itself says more.
          if (isAboutAccessPoints(statement) || diagnostics.some(({ span }) => isInside(span, location.span))) return
          const found = analysis.statements().find((statement) => statement.index === index)
          if (found?.status === 'unreachable') report({ messageId: 'unreachable', location, help: helpFor(statement) })
          for (const { reason } of found?.undecided ?? []) undecided(location, reason)
        },
      },
    ),
}

function helpFor(statement: Statement): string {
  const { NotPrincipal, NotAction, NotResource, Condition } = statement
  const causes = [
    ...(NotPrincipal === undefined ? [] : ['`NotPrincipal`']),
    ...(NotAction === undefined ? [] : ['`NotAction`']),
    ...(NotResource === undefined ? [] : ['`NotResource`']),
    ...(Condition.length === 0 ? [] : ['`Condition`']),
  ]
  return causes.length === 0 ? 'look at its resources, or remove it' : `look at its ${listOf(causes, 'and')}, or remove it`
}

/** A statement of an access point's own policy, which is on nothing that a bucket's is. */
function isAboutAccessPoints({ Resource = [] }: Statement): boolean {
  return Resource.length > 0 && Resource.every(({ text }) => parseArn(text)?.[5].startsWith('accesspoint/') === true)
}

function isInside(inner: Span, outer: Span): boolean {
  return outer.start.offset <= inner.start.offset && inner.end.offset <= outer.end.offset
}
