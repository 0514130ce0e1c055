import { actionsCoveredBy } from '../catalog/lookup.js'
import type { PolicyVersion, Statement } from '../policy/ast.js'
import { isForAnybody } from './absence.js'
import { coversResource } from './resource-symbols.js'

/** Whether a statement is about all that another is about, conditions aside. What it affirms is certain. */
export function coversStatement(outer: Statement, inner: Statement, version: PolicyVersion | undefined): boolean {
  return coversPrincipals(outer, inner) && coversActions(outer, inner) && coversResources(outer, inner, version)
}

function coversPrincipals(outer: Statement, inner: Statement): boolean {
  if (outer.NotPrincipal !== undefined) return false
  if (isForAnybody(outer)) return true
  const names = new Set(outer.Principal?.map(({ type, text }) => `${type} ${text}`))
  return inner.Principal?.every(({ type, text }) => names.has(`${type} ${text}`)) ?? false
}

function coversActions({ Action: outer }: Statement, { Action: inner }: Statement): boolean {
  if (outer === undefined) return false
  const covered = new Set(outer.flatMap(({ text }) => actionsCoveredBy(text)))
  const needed = inner === undefined ? actionsCoveredBy('*') : inner.flatMap(({ text }) => actionsCoveredBy(text))
  return needed.every((action) => covered.has(action))
}

function coversResources({ Resource: outer }: Statement, { Resource: inner }: Statement, version: PolicyVersion | undefined): boolean {
  return inner?.every(({ text }) => outer?.some((other) => coversResource(other.text, text, version))) ?? false
}
