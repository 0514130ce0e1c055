import type { StatementReport } from '../../../analyze/questions/examine-statements.js'
import { organizationIn } from '../../../analyze/scene/named.js'
import { canonicalKeyName } from '../../../catalog/lookup.js'
import { hasWildcard } from '../../../match/wildcard.js'
import type { Statement } from '../../../policy/ast.js'
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
        statement(statement, index) {
          const { location } = statement
          const [answer] = analysis.publicAccess()
          if (answer === undefined || !answer.aws.statements.includes(index) || isForOrganization(statement)) return
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

/** Whether it is for branches of one organization. AWS's page asks for fixed values; whether `o-a1b2c3d4e5/r-ab12/*` is one, it leaves open. */
function isForOrganization({ Condition: conditions }: Statement): boolean {
  return conditions.some(({ operator, key, values }) => {
    const name = canonicalKeyName(key.text)
    return !operator.ifExists && name.endsWith('OrgPaths') && values.every(({ text }) => !hasWildcard(organizationIn(name, text) ?? '*'))
  })
}
