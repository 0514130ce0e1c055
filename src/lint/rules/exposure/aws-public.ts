import type { StatementReport } from '../../../analyze/questions/examine-statements.js'
import { whereAnalysed } from '../../analysis-listener.js'
import type { Rule } from '../../rule.js'

export const awsPublic: Rule = {
  meta: {
    id: 'aws-public',
    severity: 'warning',
    category: 'exposure',
    summary: 'A statement that AWS counts as public although no stranger gets in',
    recommended: true,
    fixable: false,
    analysis: true,
    messages: { public: 'AWS counts this statement as public, although no stranger is ever allowed anything' },
  },
  create: ({ analysis, report, undecided }) =>
    whereAnalysed(
      { analysis, undecided },
      {
        statement({ location }, index) {
          const [answer] = analysis.publicAccess()
          if (answer === undefined || !answer.aws.statements.includes(index)) return
          for (const { reason } of answer.undecided) undecided(location, reason)
          if (answer.exact !== 'not-public' || isDead(analysis.statements()[index])) return
          const help =
            'Block Public Access refuses the policy, or keeps other accounts out; name the principals, or pin them by fixed values of a key such as `aws:PrincipalOrgID` or `aws:PrincipalAccount`'
          report({ messageId: 'public', location, help })
        },
      },
    ),
}

/** A statement that gives nobody anything, which other rules say. */
function isDead(report: StatementReport | undefined): boolean {
  return report?.status === 'unreachable' || report?.status === 'shadowed'
}
