import { diagnosticRule } from '../../diagnostic-rule.js'

export const invalidIpAddress = diagnosticRule(
  {
    id: 'invalid-ip-address',
    severity: 'error',
    category: 'conditions',
    summary: 'A condition on aws:SourceIp has a value that is neither an address nor a block of them',
    recommended: true,
  },
  ['invalid-ip-address'],
)
