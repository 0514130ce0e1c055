import { partInS3 } from '../../../validate/check-resources.js'
import { textRule } from '../../text-rule.js'

export const invalidResource = textRule(
  {
    id: 'invalid-resource',
    severity: 'error',
    category: 'actions',
    summary: 'A resource that is no ARN of a bucket or an object',
    recommended: true,
  },
  ['invalid-resource'],
  (text) => text !== undefined && text !== '*' && partInS3(text) === undefined,
)
