import type { Piece } from '../match/wildcard.js'
import type { Expansion, TemplatePart } from '../policy/template.js'
import { type EvaluationContext, variableValue } from './evaluation-context.js'

/**
 * What the text stands for in a request. Values and defaults are literal text. A variable without value or default makes the text
 * equal nothing, whatever else stands in it; a default is not used for a variable whose value is not known.
 */
export function expandTemplate(parts: readonly TemplatePart[], context: EvaluationContext): Expansion {
  if (parts.some(({ kind }) => kind === 'malformed')) return { kind: 'unknown' }
  const pieces: Piece[] = []
  let isUnknown = false
  for (const part of parts) {
    const value = part.kind === 'variable' ? (variableValue(context, part.key) ?? part.default) : part.kind === 'malformed' ? '' : part.text
    if (value === undefined) return { kind: 'unset' }
    if (typeof value === 'string') pieces.push({ text: value, literal: part.kind !== 'text' })
    else isUnknown = true
  }
  return isUnknown ? { kind: 'unknown' } : { kind: 'text', pieces }
}
