import { parseArn } from '../match/arn.js'
import { isUniqueId } from '../match/unique-id.js'
import { hasWildcard } from '../match/wildcard.js'
import type { PrincipalEntry } from '../policy/ast.js'
import { callerArnOf } from '../request/caller.js'
import type { StatementCheck } from './statement-check.js'

/** Principals that S3 cannot resolve. */
export const checkPrincipals: StatementCheck = (statement, _, __, report) => {
  const { Effect, Principal, NotPrincipal } = statement
  const entries = Principal ?? NotPrincipal
  if (entries === undefined) return
  const name = Principal === undefined ? 'NotPrincipal' : 'Principal'
  if (Effect === 'Allow' && NotPrincipal !== undefined) {
    const location = NotPrincipal[0]?.location ?? statement.location
    const message = 'Allow with NotPrincipal allows everybody else, anonymous callers included'
    report({ code: 'allow-not-principal', location, message, help: 'name who is allowed in `Principal`' })
  }
  if (entries.length === 0) report({ code: 'invalid-principal', location: statement.location, message: `\`${name}\` names nobody` })
  const accounts = entries.filter(({ type }) => type === 'AWS')
  for (const entry of entries) {
    const problem = entry.text === '*' && entry.type === 'AWS' && accounts.length > 1 ? mixedStar : principalProblem(entry)
    if (problem !== undefined) report({ code: 'invalid-principal', location: entry.location, s3Detail: entry.text, ...problem })
  }
}

const insteadOfWildcard: Readonly<Record<PrincipalEntry['type'], string>> = {
  '*': 'use `*`',
  AWS: 'use `*` with a condition on `aws:PrincipalArn`',
  Service: 'name the service, such as `logging.s3.amazonaws.com`',
  Federated: 'name the identity provider',
  CanonicalUser: 'name the account by its canonical id',
}

function insteadOfPattern(type: PrincipalEntry['type'], text: string): string {
  // The pattern for all root users is no pattern that aws:PrincipalArn is meant to match.
  return text.endsWith(':root') ? 'use `*` with a condition that says whose callers, such as `aws:PrincipalOrgID`' : insteadOfWildcard[type]
}

interface EntryProblem {
  readonly message: string
  readonly help?: string
}

const mixedStar: EntryProblem = { message: '`*` stands beside other principals', help: '`*` covers them: leave them out' }

function principalProblem({ type, text }: PrincipalEntry): EntryProblem | undefined {
  if (text === '') return { message: 'a principal must not be empty' }
  if (type === '*' || (type === 'AWS' && text === '*')) return undefined
  if (hasWildcard(text)) {
    return { message: `\`${text}\` has a wildcard, which principals cannot have`, help: insteadOfPattern(type, text) }
  }
  return type === 'AWS' ? awsProblem(text) : undefined
}

function awsProblem(text: string): EntryProblem | undefined {
  const parts = parseArn(text)
  if (parts === undefined) {
    if (isAccountId(text) || isUserOrRoleId(text)) return undefined
    return {
      message: `\`${text}\` is neither an account id of 12 digits nor an ARN`,
      help: isDigits(text) ? helpForAccount(text) : 'an example is `arn:aws:iam::111122223333:user/alice`',
    }
  }
  const type = callerArnOf(text)?.type
  if (parts[5].startsWith('group/')) return { message: 'a group cannot be a principal', help: 'name its users' }
  if (type === 'other' || type === undefined) return { message: `\`${text}\` is no ARN of a user, role, session or account` }
  return isAccountId(parts[4]) || parts[4] === CLOUDFRONT
    ? undefined
    : { message: `\`${parts[4]}\` in the ARN is no account id of 12 digits`, help: helpForAccount(parts[4]) }
}

/** Stands for the account in the ARN of a CloudFront origin access identity. */
const CLOUDFRONT = 'cloudfront'

function isAccountId(text: string): boolean {
  return text.length === 12 && isDigits(text)
}

function isUserOrRoleId(text: string): boolean {
  return isUniqueId(text) && (text.startsWith('AIDA') || text.startsWith('AROA'))
}

function isDigits(text: string): boolean {
  return text !== '' && [...text].every((character) => character >= '0' && character <= '9')
}

function helpForAccount(text: string): string {
  if (isDigits(text)) return `it has ${text.length} digits`
  return text === ''
    ? 'an example is `arn:aws:iam::111122223333:root`'
    : 'put in the id of the account, as in `arn:aws:iam::111122223333:root`'
}
