import { actionsCoveredBy } from '../catalog/lookup.js'
import type { Statement } from '../policy/ast.js'

/** Whether a statement names one of these actions: the cheap question before the exact one. */
export function namesAny({ Action }: Statement, actions: readonly string[]): boolean {
  if (Action === undefined) return true
  const asked = new Set(actions)
  return Action.some(({ text }) => actionsCoveredBy(text).some(({ name }) => asked.has(name)))
}
