import { textRule } from '../../text-rule.js'

export const missingElement = textRule(
  {
    id: 'missing-element',
    severity: 'error',
    category: 'structure',
    summary: 'A policy or a statement lacks an element that it needs, or names nothing in it',
    recommended: true,
  },
  ['missing-statement', 'missing-effect', 'missing-principal', 'missing-action', 'missing-resource', 'invalid-action', 'invalid-resource'],
  (text) => text === undefined,
)
