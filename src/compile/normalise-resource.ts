import { parseArn } from '../match/arn.js'
import type { PolicyVersion } from '../policy/ast.js'
import { parseTemplate } from '../policy/template.js'
import type { NormalResource, Pattern, Variable } from './normal-policy.js'
import { cutAtColons, matchesText, patternOf, restsAfter, variablesOf } from './pattern.js'

/** What the ARN of every bucket and object starts with. */
const FIRST_PARTS = ['arn', 'aws', 's3', '', '']
const START = `${FIRST_PARTS.join(':')}:`

/** A resource of a policy, read once for the bucket and its objects. */
export type ParsedResource = ResourcePattern | { readonly kind: 'any' | 'unknown' }

interface ResourcePattern {
  /** Of the last part of the ARN. */
  readonly pattern: Pattern
  readonly variables: readonly Variable[]
  /** Whether the first parts are those of a bucket or object. */
  readonly fits: boolean
}

/** Reads the text of a Resource or NotResource element. */
export function parseResource(text: string, version: PolicyVersion | undefined): ParsedResource {
  if (text === '*') return { kind: 'any' }
  // Nearly every resource spells its first parts in plain text, and what is behind them can be read alone.
  if (text.slice(0, START.length) === START) {
    const pattern = patternOf(parseTemplate(text.slice(START.length), version), true)
    return pattern === undefined ? { kind: 'unknown' } : { pattern, variables: variablesOf(pattern), fits: true }
  }
  const parts = parseTemplate(text, version)
  const [first] = parts
  if (first?.kind !== 'text' || parseArn(first.text) === undefined) return { kind: 'unknown' }
  const arn = patternOf(parts, true)
  const cut = arn && cutAtColons(arn, FIRST_PARTS.length)
  if (arn === undefined || cut === undefined) return { kind: 'unknown' }
  const fits = FIRST_PARTS.every((part, index) => matchesText(cut[index] as Pattern, part))
  return { pattern: cut[FIRST_PARTS.length] as Pattern, variables: variablesOf(arn), fits }
}

/** What a resource of a policy asks of the bucket itself: one of these must hold. Without variables that is decided here. */
export function resourceOnBucket(parsed: ParsedResource, bucket: string): readonly NormalResource[] {
  if (!('pattern' in parsed)) return [parsed]
  const { pattern, variables, fits } = parsed
  if (variables.length > 0) return [templateOf(parsed, fits ? restsAfter(pattern, bucket) : [])]
  return fits && matchesText(pattern, bucket) ? [{ kind: 'any' }] : []
}

/** What a resource of a policy asks of the keys of objects in the bucket. */
export function resourceOnObjects(parsed: ParsedResource, bucket: string): readonly NormalResource[] {
  if (!('pattern' in parsed)) return [parsed]
  const { pattern, variables, fits } = parsed
  const rests = fits ? restsAfter(pattern, `${bucket}/`) : []
  return variables.length > 0 || rests === undefined ? [templateOf(parsed, rests)] : rests.map(staticResource)
}

function templateOf({ pattern, variables }: ResourcePattern, rests: readonly Pattern[] | undefined): NormalResource {
  if (rests === undefined) return { kind: 'template', subject: 'resource', variables, patterns: [pattern] }
  return { kind: 'template', subject: 'rest', variables, patterns: rests }
}

function staticResource(pattern: Pattern): NormalResource {
  return pattern.length === 1 && pattern[0]?.kind === 'any' ? { kind: 'any' } : { kind: 'pattern', pattern }
}

/**
 * A list in which one is enough: all of it, if one is everything; for an Allow without what can never be true. A template stays for a
 * Deny even if no pattern of it can match: while its variable is not known, it may mean anything.
 */
export function normaliseResources(resources: readonly NormalResource[], isAllow: boolean): readonly NormalResource[] {
  if (resources.some(({ kind }) => kind === 'any')) return [{ kind: 'any' }]
  return resources.filter(
    (resource) => !isAllow || (resource.kind !== 'unknown' && !(resource.kind === 'template' && resource.patterns.length === 0)),
  )
}
