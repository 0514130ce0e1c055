import { parseArn } from '../match/arn.js'
import type { PolicyVersion, Text } from '../policy/ast.js'
import { parseTemplate } from '../policy/template.js'
import type { NormalResource, Pattern } from './normal-policy.js'
import { cutAtColons, matchesText, patternOf, restsAfter, variablesOf } from './pattern.js'

/** What the ARN of every bucket and object starts with. */
const FIRST_PARTS = ['arn', 'aws', 's3', '', '']

/**
 * What a resource of a policy asks of a key in the bucket, or with `start` the bucket's name alone of the bucket itself: one of these must
 * match. @param start what the resource of every request starts with
 */
export function normaliseResource({ text }: Text, version: PolicyVersion | undefined, start: string): readonly NormalResource[] {
  if (text === '*') return [{ kind: 'any' }]
  const parts = parseTemplate(text, version)
  const [first] = parts
  if (first?.kind !== 'text' || parseArn(first.text) === undefined) return [{ kind: 'unknown' }]
  const arn = patternOf(parts, true)
  const cut = arn && cutAtColons(arn, FIRST_PARTS.length)
  if (arn === undefined || cut === undefined) return [{ kind: 'unknown' }]
  const resource = cut[FIRST_PARTS.length] as Pattern
  const fits = FIRST_PARTS.every((part, index) => matchesText(cut[index] as Pattern, part))
  const rests = fits ? restsAfter(resource, start) : []
  const variables = variablesOf(arn)
  if (variables.length === 0) return (rests ?? []).map(staticResource)
  if (rests === undefined) return [{ kind: 'template', subject: 'resource', variables, patterns: [resource] }]
  return [{ kind: 'template', subject: 'rest', variables, patterns: rests }]
}

function staticResource(pattern: Pattern): NormalResource {
  return pattern.length === 1 && pattern[0]?.kind === 'any' ? { kind: 'any' } : { kind: 'pattern', pattern }
}

/** For the bucket itself nothing is left to be matched: a pattern without variables is decided. */
export function decidedOnBucket(resources: readonly NormalResource[]): readonly NormalResource[] {
  return resources.flatMap((resource): readonly NormalResource[] => {
    if (resource.kind !== 'pattern') return [resource]
    return matchesText(resource.pattern, '') ? [{ kind: 'any' }] : []
  })
}

/**
 * A list in which one is enough: without what another includes, and for an Allow without what can never be true. A template stays for a
 * Deny even if no pattern of it can match: while its variable is not known, it may mean anything.
 */
export function normaliseResources(resources: readonly NormalResource[], isAllow: boolean): readonly NormalResource[] {
  if (resources.some(({ kind }) => kind === 'any')) return [{ kind: 'any' }]
  return resources.filter(
    (resource) => !isAllow || (resource.kind !== 'unknown' && !(resource.kind === 'template' && resource.patterns.length === 0)),
  )
}
