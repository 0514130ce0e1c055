import { partInS3 } from '../../../validate/check-resources.js'
import { diagnosticRule } from '../../diagnostic-rule.js'

export const actionResourceMismatch = diagnosticRule(
  {
    id: 'action-resource-mismatch',
    severity: 'error',
    category: 'actions',
    summary: 'An action has no resource in its statement that it can be done to',
    recommended: true,
  },
  ['action-resource-mismatch'],
  ({ span }, { found }) => {
    const statement = found?.draft?.Statement.find(({ Action }) =>
      Action?.some(({ location }) => location.span.start.offset === span.start.offset),
    )
    // A resource that is none at all is the cause.
    return statement?.Resource?.every(({ text }) => partInS3(text) !== undefined) ?? true
  },
)
