import { hasWildcard } from '../match/wildcard.js'
import type { PolicyVersion, Text } from '../policy/ast.js'
import { hasVariable, parseTemplate } from '../policy/template.js'

/** What the resources of a statement can be: the bucket, objects, or both. A resource that is no ARN counts as both: it has a problem of its own. */
export function resourceKinds(resources: readonly Text[], version: PolicyVersion | undefined): ReadonlySet<'bucket' | 'object'> {
  return new Set(resources.flatMap(({ text }) => kindsOf(text, version)))
}

function kindsOf(text: string, version: PolicyVersion | undefined): ('bucket' | 'object')[] {
  const parts = parseTemplate(text.split(':').slice(5).join(':'), version)
  const literal = parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])).join('')
  if (literal.includes('/')) return ['object']
  // A star or a variable may stand for a slash: `bucket*` covers the bucket and its objects.
  return literal === '' || hasWildcard(literal) || hasVariable(parts) ? ['bucket', 'object'] : ['bucket']
}
