import { diagnosticRule } from '../../diagnostic-rule.js'

export const duplicateSid = diagnosticRule(
  {
    id: 'duplicate-sid',
    severity: 'warning',
    category: 'structure',
    summary: 'Two statements have the same Sid',
    recommended: true,
  },
  ['duplicate-sid'],
)
