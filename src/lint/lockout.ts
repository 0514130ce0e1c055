import type { AccessAnswer } from '../analyze/questions/allowed.js'
import type { PolicySubject } from '../analyze/scene/subject.js'
import { canonicalKeyName } from '../catalog/lookup.js'
import type { Policy, Statement } from '../policy/ast.js'
import type { Analysis } from './analysis.js'
import { keeping } from './changed-policy.js'
import { possibleOwners } from './possible-owners.js'

type Answer = AccessAnswer<'possible' | 'never'>

const possible: Answer = { verdict: 'possible', undecided: [] }

/**
 * Whether a member of the account that owns the bucket, its root aside, may change or delete the policy; whoever that account is. A policy that
 * spells out that root alone is left out means what it does, and counts as one that lets others too.
 */
export function membersMayChange(analysis: Analysis, subject: PolicySubject, { Statement }: Policy): Answer {
  if (!Statement.some(isDeny) || Statement.some(isMeantForRoot)) return possible
  return anyoneMayChange(analysis, subject)
}

/** The one Deny that alone keeps them from it. */
export function lockingStatement(analysis: Analysis, subject: PolicySubject, { Statement }: Policy): Statement | undefined {
  return Statement.find((statement, index) => isDeny(statement) && anyoneMayChange(analysis, subject, index).verdict === 'never')
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

/** @param onlyBy the only statement that counts */
function anyoneMayChange(analysis: Analysis, subject: PolicySubject, onlyBy?: number): Answer {
  let last: Answer = { verdict: 'never', undecided: [] }
  for (const owner of possibleOwners(subject)) {
    const make = (whole: PolicySubject) => ({ ...keeping(whole, (_, index) => onlyBy === undefined || index === onlyBy), owner })
    const question = { action: ['s3:PutBucketPolicy', 's3:DeleteBucketPolicy'], membersOf: owner }
    const answer = analysis.everIn(`lockout ${onlyBy} ${owner}`, make, question)
    if (answer?.verdict === 'possible') return answer
    if (answer?.verdict === 'undecided') last = answer
  }
  return last
}
