import { isKnown } from '../../../sources/unknown-text.js'
import { diagnosticRule } from '../../diagnostic-rule.js'

export const unknownVariable = diagnosticRule(
  {
    id: 'unknown-variable',
    severity: 'error',
    category: 'actions',
    summary: 'A policy variable names no condition key',
    recommended: true,
  },
  ['unknown-variable'],
  ({ message }) => isKnown(message),
)
