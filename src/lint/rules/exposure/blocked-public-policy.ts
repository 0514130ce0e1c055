import { hasError } from '../../../policy/diagnostic.js'
import { publicStatements } from '../../../public-access/public-policy.js'
import { statementAt } from '../../place.js'
import type { Rule } from '../../rule.js'

export const blockedPublicPolicy: Rule = {
  meta: {
    id: 'blocked-public-policy',
    severity: 'error',
    category: 'exposure',
    summary: 'A public policy for a bucket that takes none',
    recommended: true,
    fixable: false,
    analysis: false,
    explains: ['aws-public'],
    messages: { blocked: 'S3 refuses the policy: AWS counts this statement as public, and the bucket has `BlockPublicPolicy` set' },
  },
  create: ({ found, report, undecided }) => ({
    policy(policy) {
      if (found?.publicAccessBlock?.BlockPublicPolicy !== true || hasError(found.diagnostics)) return
      for (const index of publicStatements(policy)) {
        const statement = policy.Statement[index]
        if (statement === undefined) continue
        const { location } = statement
        const unknown = found.unknowns.find((each) => statementAt(policy, each.location) === statement)
        if (unknown !== undefined) undecided(location, unknown.reason)
        else report({ messageId: 'blocked', location, help })
      }
    },
  }),
}

const help =
  'name the principals, or pin them by fixed values of a key such as `aws:PrincipalOrgID` or `aws:PrincipalAccount`; if everybody is meant, switch `BlockPublicPolicy` off'
