import { diagnosticRule } from '../../diagnostic-rule.js'

export const invalidJson = diagnosticRule(
  {
    id: 'invalid-json',
    severity: 'error',
    category: 'structure',
    summary: 'The text is not JSON, or not JSON that S3 takes as a policy',
    recommended: true,
  },
  ['not-an-object', 'leading-space', 'invalid-json', 'nesting-too-deep', 'lone-surrogate', 'too-many-problems'],
)
