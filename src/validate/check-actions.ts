import { type ActionRow, actions } from '../catalog/actions.js'
import { actionsCoveredBy, findAction } from '../catalog/lookup.js'
import { foldAscii } from '../match/case.js'
import { hasWildcard } from '../match/wildcard.js'
import type { Text } from '../policy/ast.js'
import { suggest } from '../policy/suggestion.js'
import { resourceKinds } from './resource-kinds.js'
import type { Report, StatementCheck } from './statement-check.js'

/** Actions that S3 takes in no bucket policy although they are done to a bucket. Source: argmin, pinned on AWS. */
const neverInBucketPolicies: ReadonlySet<string> = new Set(['s3:CreateBucket'])

/** Actions that do not exist, and actions without a resource of their type in the statement. */
export const checkActions: StatementCheck = (statement, { Version }, _, report) => {
  const { Action, NotAction, Resource = [] } = statement
  const patterns = Action ?? NotAction
  if (patterns === undefined) return
  if (patterns.length === 0) report({ code: 'invalid-action', location: statement.location, message: 'the statement names no action' })
  const kinds = resourceKinds(Resource, Version)
  for (const text of patterns) {
    const usable = usableActions(text.text)
    if (usable.length === 0) reportUnknown(text, report)
    else if (Action !== undefined && Resource.length > 0) checkFits(text, usable, kinds, report)
  }
}

/** The actions that a bucket policy can be about, of those that a pattern such as `s3:Get*` covers. */
export function usableActions(pattern: string): readonly ActionRow[] {
  return isOfS3(pattern) ? actionsCoveredBy(pattern).filter(isUsable) : []
}

/** S3 takes `*`, and patterns that spell out the service; `*GetObject` it does not, although it would match. */
function isOfS3(pattern: string): boolean {
  return pattern === '*' || foldAscii(pattern).startsWith('s3:')
}

/** Whether a bucket policy can be about the action. */
function isUsable({ name, kind }: ActionRow): boolean {
  return (kind === 'bucket' || kind === 'object') && !neverInBucketPolicies.has(name)
}

function reportUnknown(text: Text, report: Report): void {
  const { text: pattern, location } = text
  const known = findAction(pattern)
  if (known !== undefined) {
    const help = 'put it into an identity policy, or a policy of the organization (SCP, RCP)'
    report({ code: 'invalid-action', location, message: `\`${known.name}\` cannot stand in a bucket policy`, help })
    return
  }
  const message = hasWildcard(pattern)
    ? `\`${pattern}\` covers no action that a bucket policy can be about`
    : `there is no S3 action \`${pattern}\``
  report({ code: 'invalid-action', location, message, help: () => suggest(pattern.includes(':') ? pattern : `s3:${pattern}`, actionNames) })
}

const actionNames = actions.filter(isUsable).map(({ name }) => name)

/** At least one of the actions must have a resource of its type. */
function checkFits({ text, location }: Text, covered: readonly ActionRow[], kinds: ReadonlySet<string>, report: Report): void {
  if (covered.some(({ kind }) => kinds.has(kind))) return
  const needed = covered[0]?.kind === 'object' ? 'an object such as `arn:aws:s3:::bucket/*`' : 'the bucket itself, `arn:aws:s3:::bucket`'
  report({ code: 'action-resource-mismatch', location, message: `\`${text}\` is done to ${needed}, which is no resource here` })
}
