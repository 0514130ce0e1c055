import { type AuthorizationRequest, type Principal, parseSnapshot } from '../../../src/index.js'
import { chance, pick, type Random } from '../../differential/random.js'
import type { Question } from './analyser.js'
import type { Mentions } from './mentions.js'
import type { PlainSubject } from './plain.js'
import { patternExpression } from './texts.js'

/** A question about actions, a place and callers left out; each part is sometimes missing. */
export function generateQuestion(random: Random, { actions, resources }: Mentions, bucket: string): Question {
  const plain = resources.filter((text) => text.startsWith(`arn:aws:s3:::${bucket}`) && !text.includes('$'))
  const except = ['anonymous', '1', '2', '9', 'arn:aws:iam::1:user/a', 'arn:aws:iam::1:role/r', 'arn:aws:iam::2:root'].filter(() =>
    chance(random, 0.25),
  )
  return {
    ...(chance(random, 0.7) && { action: pick(random, ['s3:GetObject', 's3:PutObject', 's3:ListBucket', 's3:Get*', 's3:*', ...actions]) }),
    ...(chance(random, 0.6) && {
      resource: pick(random, [bucket, `${bucket}/*`, `arn:aws:s3:::${bucket}/*`, `${bucket}/a`, `${bucket}/a*`, ...plain]),
    }),
    ...(chance(random, 0.5) && { except }),
  }
}

/** Whether the question is about the request. */
export function asksAbout(
  { action = '*', resource = '*', except = [] }: Question,
  subject: PlainSubject,
  request: AuthorizationRequest,
): boolean {
  const place = request.key === undefined ? (request.bucket ?? '') : `${request.bucket}/${request.key}`
  return (
    patternExpression(action, 'si').test(request.action) &&
    (resource === '*' || patternExpression(resource.replace(/^arn:aws:s3:::/, '')).test(place)) &&
    !except.some((name) => names(name, subject, request.principal))
  )
}

/** Whether an account, an ARN, an access key or `anonymous` means the caller. */
function names(name: string, subject: PlainSubject, principal: Principal): boolean {
  switch (principal.kind) {
    case 'anonymous':
      return name === 'anonymous'
    case 'aws':
      return name !== 'anonymous' && [principal.arn, principal.roleArn, principal.arn.split(':')[4]].includes(accountOr(name))
    case 'key': {
      const key = 'snapshot' in subject ? parseSnapshot(subject.snapshot).snapshot?.keys.get(principal.accessKey) : undefined
      return [principal.accessKey, key?.account, key?.arn.text].includes(accountOr(name))
    }
    case 'canonicalUser': {
      const accounts = 'snapshot' in subject ? (subject.snapshot.accounts ?? []) : []
      return accounts.some(({ id, canonicalId }) => id === accountOr(name) && canonicalId === principal.id)
    }
    default:
      return false
  }
}

/** The account for its root's ARN, which means all of it. */
const accountOr = (name: string): string => /^arn:[^:]*:iam::([^:]*):root$/.exec(name)?.[1] ?? name
