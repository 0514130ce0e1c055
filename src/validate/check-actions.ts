import { type ActionRow, actions } from '../catalog/actions.js'
import { foldAscii } from '../match/case.js'
import { hasWildcard, matchesWildcard, wildcard } from '../match/wildcard.js'
import type { Policy, Text } from '../policy/ast.js'
import { suggest } from '../policy/suggestion.js'
import { resourceKinds } from './resource-kinds.js'
import type { Report, StatementCheck } from './statement-check.js'

/** Actions that S3 takes in no bucket policy although they are done to a bucket. Source: argmin, pinned on AWS. */
const neverInBucketPolicies: ReadonlySet<string> = new Set(['s3:CreateBucket'])

/** The actions a pattern covers that a bucket policy can be about. */
export function coveredActions(pattern: string): readonly ActionRow[] {
  const folded = wildcard(foldAscii(pattern))
  return actions.filter(
    ({ name, kind }) =>
      (kind === 'bucket' || kind === 'object') && !neverInBucketPolicies.has(name) && matchesWildcard(folded, foldAscii(name)),
  )
}

/** Actions that do not exist, and actions without a resource of their type in the statement. */
export const checkActions: StatementCheck = (statement, policy, _, report) => {
  const { Action, NotAction } = statement
  const patterns = Action ?? NotAction
  if (patterns === undefined) return
  if (patterns.length === 0) report({ code: 'invalid-action', location: statement.location, message: 'the statement names no action' })
  for (const text of patterns) {
    const covered = coveredActions(text.text)
    if (covered.length === 0) reportUnknown(text, report)
    else if (Action !== undefined && statement.Resource !== undefined) checkFits(text, covered, statement.Resource, policy, report)
  }
}

function reportUnknown(text: Text, report: Report): void {
  const { text: pattern, location } = text
  const known = actions.find(({ name }) => foldAscii(name) === foldAscii(pattern))
  if (known !== undefined) {
    report({ code: 'invalid-action', location, message: `\`${known.name}\` cannot stand in a bucket policy` })
    return
  }
  const message = hasWildcard(pattern)
    ? `\`${pattern}\` covers no action that a bucket policy can be about`
    : `there is no S3 action \`${pattern}\``
  report({ code: 'invalid-action', location, message, help: () => suggest(pattern.includes(':') ? pattern : `s3:${pattern}`, actionNames) })
}

const actionNames = actions.map(({ name }) => name)

/** At least one of the actions needs a resource of its type. */
function checkFits(text: Text, covered: readonly ActionRow[], resources: readonly Text[], { Version }: Policy, report: Report): void {
  const kinds = resourceKinds(resources, Version)
  if (resources.length === 0 || covered.some(({ kind }) => kind === 'other' || kind === 'none' || kinds.has(kind))) return
  const needed = covered[0]?.kind === 'object' ? 'an object such as `arn:aws:s3:::bucket/*`' : 'the bucket itself, `arn:aws:s3:::bucket`'
  report({
    code: 'action-resource-mismatch',
    location: text.location,
    message: `\`${text.text}\` is done to ${needed}, which is no resource here`,
  })
}
