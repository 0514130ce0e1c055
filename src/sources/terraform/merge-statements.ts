import type { PositionedValue } from '../../policy/positioned-value.js'

/** The statements of policies that are merged: one with the Sid of an earlier one takes its place. */
export function mergeStatements(policies: readonly (readonly PositionedValue[])[]): readonly PositionedValue[] {
  const merged: PositionedValue[] = []
  const places = new Map<string, number>()
  for (const statement of policies.flat()) {
    const sid = sidOf(statement)
    const place = sid === '' ? undefined : places.get(sid)
    if (place !== undefined) {
      merged[place] = statement
      continue
    }
    if (sid !== '') places.set(sid, merged.length)
    merged.push(statement)
  }
  return merged
}

function sidOf(statement: PositionedValue): string {
  const sid = statement.kind === 'object' ? statement.members.find(({ name }) => name === 'Sid')?.value : undefined
  return sid?.kind === 'string' ? sid.text : ''
}
