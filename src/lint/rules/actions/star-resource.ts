import { textRule } from '../../text-rule.js'

export const starResource = textRule(
  {
    id: 'star-resource',
    severity: 'error',
    category: 'actions',
    summary: 'The resource is a star, not the bucket or its objects',
    recommended: true,
  },
  ['invalid-resource'],
  (text) => text === '*',
)
