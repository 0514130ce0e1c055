import { actionsCoveredBy } from '../catalog/lookup.js'
import type { Grant, SourceRange } from '../grants/access-key.js'
import { isInRange } from '../match/cidr.js'

/** Whether a grant allows all that another of the same key allows. */
export function covers(wide: Grant, narrow: Grant): boolean {
  return coversBucket(wide, narrow) && coversActions(wide, narrow) && coversPrefix(wide, narrow) && coversAddresses(wide, narrow)
}

function coversBucket(wide: Grant, narrow: Grant): boolean {
  if (wide.permission === 'fullaccess') return true
  return narrow.permission !== 'fullaccess' && wide.bucket === narrow.bucket
}

function coversActions(wide: Grant, narrow: Grant): boolean {
  const given = new Set(wide.actions.flatMap(actionsCoveredBy))
  return narrow.actions.flatMap(actionsCoveredBy).every((action) => given.has(action))
}

function coversPrefix(wide: Grant, narrow: Grant): boolean {
  return wide.prefix === undefined || narrow.prefix?.startsWith(wide.prefix) === true
}

function coversAddresses(wide: Grant, narrow: Grant): boolean {
  if (wide.sourceIp === undefined) return true
  return narrow.sourceIp?.every(({ range }) => isWithinOneOf(range, wide.sourceIp ?? [])) === true
}

function isWithinOneOf(range: SourceRange['range'], blocks: readonly SourceRange[]): boolean {
  return blocks.some((block) => block.range.length <= range.length && isInRange(range, block.range))
}
