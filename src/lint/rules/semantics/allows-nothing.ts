import type { PolicySubject } from '../../../analyze/scene/subject.js'
import type { Policy } from '../../../policy/ast.js'
import type { Analysis } from '../../analysis.js'
import { whereAnalysed } from '../../analysis-listener.js'
import { lockingStatement, membersMayChange } from '../../lockout.js'
import type { Rule } from '../../rule.js'
import { statementNames } from '../../statement-names.js'
import { allowsNothing as nothingIsAllowed } from '../../statement-status.js'

export const allowsNothing: Rule = {
  meta: {
    id: 'allows-nothing',
    severity: 'warning',
    category: 'semantics',
    summary: 'A policy with Allow statements that allows no request',
    recommended: true,
    fixable: false,
    analysis: true,
    messages: { nothing: 'this policy has Allow statements and allows nothing: {by} {take} back all that they give' },
  },
  create: ({ analysis, report, undecided }) =>
    whereAnalysed(
      { analysis, undecided },
      {
        policy(policy, subject) {
          const reports = analysis.statements()
          const allows = reports.filter(({ index }) => policy.Statement[index]?.Effect === 'Allow')
          if (allows.every(({ status }) => status !== 'needed' && status !== 'redundant')) {
            for (const { reason } of allows.flatMap((one) => one.undecided)) undecided(policy.location, reason)
          }
          if (!nothingIsAllowed(policy, reports)) return
          if (locksOut(analysis, subject, policy)) return
          const by = [...new Set(allows.flatMap((one) => one.by))].toSorted((a, b) => a - b)
          const help = 'let the Deny leave out what is to be allowed, or remove the Allow statements'
          report({
            messageId: 'nothing',
            location: policy.location,
            data: { by: statementNames(policy, by, 'and') || 'a Deny', take: by.length > 1 ? 'take' : 'takes' },
            help,
          })
        },
      },
    ),
}

/** Whether one Deny keeps the owner out as well, the graver consequence, of which `owner-lockout` tells. */
function locksOut(analysis: Analysis, subject: PolicySubject, policy: Policy): boolean {
  return membersMayChange(analysis, subject, policy).verdict === 'never' && lockingStatement(analysis, subject, policy) !== undefined
}
