import type { Statement } from '../../../policy/ast.js'
import { whereAnalysed } from '../../analysis-listener.js'
import { lockingStatement, membersMayChange } from '../../lockout.js'
import { notPrincipalGaps } from '../../not-principal-gaps.js'
import type { Rule } from '../../rule.js'

export const ownerLockout: Rule = {
  meta: {
    id: 'owner-lockout',
    severity: 'error',
    category: 'exposure',
    summary: 'A Deny that leaves nobody but the root user who could change the policy',
    recommended: true,
    fixable: false,
    analysis: true,
    messages: { lockout: 'nobody but the root user of the account that owns the bucket can change or delete this policy any more' },
  },
  create: ({ analysis, report, undecided }) =>
    whereAnalysed(
      { analysis, undecided },
      {
        policy(policy, subject) {
          const answer = membersMayChange(analysis, subject, policy)
          for (const { reason } of answer.undecided) undecided(policy.location, reason)
          if (answer.verdict !== 'never') return
          const statement = lockingStatement(analysis, subject, policy)
          report({ messageId: 'lockout', location: statement?.location ?? policy.location, help: helpFor(statement) })
        },
      },
    ),
}

function helpFor(statement: Statement | undefined): string {
  const [gap] = statement === undefined ? [] : notPrincipalGaps(statement)
  if (gap !== undefined) return `the Deny hits \`${gap.entry.text}\` too: ${gap.help}`
  const actions = statement?.NotAction === undefined ? 'actions without `s3:PutBucketPolicy`' : '`s3:PutBucketPolicy` in `NotAction`'
  return `let the Deny pass those who administer the bucket: \`ArnNotLike\` on \`aws:PrincipalArn\`, or ${actions}`
}
