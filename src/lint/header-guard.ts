import { canonicalKeyName } from '../catalog/lookup.js'
import type { Condition, Statement } from '../policy/ast.js'
import { isForAnybody, saysWhoAsks } from './absence.js'

/** Headers that a caller can set to anything. */
const headers: ReadonlySet<string> = new Set(['aws:referer', 'aws:UserAgent'])

/** The conditions on such headers of an Allow to anybody that has no other guard. */
export function headerGuardsOf(statement: Statement): readonly Condition[] {
  const { Effect, Condition: conditions } = statement
  if (Effect !== 'Allow' || !isForAnybody(statement) || conditions.some(({ key }) => saysWhoAsks(key.text))) return []
  return conditions.filter(({ operator: { name }, key }) => name !== 'Null' && headers.has(canonicalKeyName(key.text)))
}
