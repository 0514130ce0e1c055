import type { AccessAnswer } from '../../../analyze/questions/allowed.js'
import type { PolicySubject } from '../../../analyze/scene/subject.js'
import { canonicalKeyName } from '../../../catalog/lookup.js'
import type { Policy, Statement } from '../../../policy/ast.js'
import type { Analysis } from '../../analysis.js'
import { whereAnalysed } from '../../analysis-listener.js'
import { keeping } from '../../changed-policy.js'
import { possibleOwners } from '../../possible-owners.js'
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
          if (!policy.Statement.some(isDeny) || policy.Statement.some(isMeantForRoot)) return
          const answer = anyoneMayChange(analysis, subject)
          for (const { reason } of answer.undecided) undecided(policy.location, reason)
          if (answer.verdict !== 'never') return
          report({
            messageId: 'lockout',
            location: culprit(policy, analysis, subject)?.location ?? policy.location,
            help: 'let the Deny pass those who administer the bucket: `ArnNotLike` on `aws:PrincipalArn`, or actions without `s3:PutBucketPolicy`',
          })
        },
      },
    ),
}

function isDeny({ Effect }: Statement): boolean {
  return Effect === 'Deny'
}

/** A Deny that spells out that root is left out means what it does. */
function isMeantForRoot({ Effect, Condition }: Statement): boolean {
  if (Effect === 'Allow') return false
  return Condition.some(
    ({ key, values }) => canonicalKeyName(key.text) === 'aws:PrincipalArn' && values.some(({ text }) => text.endsWith(':root')),
  )
}

/** Whether a member of the owner's account may, whichever account that is. @param onlyBy the only statement that counts */
function anyoneMayChange(analysis: Analysis, subject: PolicySubject, onlyBy?: number): AccessAnswer<'possible' | 'never'> {
  let last: AccessAnswer<'possible' | 'never'> = { verdict: 'never', undecided: [] }
  for (const owner of possibleOwners(subject)) {
    const make = (whole: PolicySubject) => ({ ...keeping(whole, (_, index) => onlyBy === undefined || index === onlyBy), owner })
    const question = { action: ['s3:PutBucketPolicy', 's3:DeleteBucketPolicy'], membersOf: owner }
    const answer = analysis.everIn(`lockout ${onlyBy} ${owner}`, make, question)
    if (answer?.verdict === 'possible') return answer
    if (answer?.verdict === 'undecided') last = answer
  }
  return last
}

/** The one statement that does it alone. */
function culprit({ Statement }: Policy, analysis: Analysis, subject: PolicySubject): Statement | undefined {
  return Statement.find((statement, index) => isDeny(statement) && anyoneMayChange(analysis, subject, index).verdict === 'never')
}
