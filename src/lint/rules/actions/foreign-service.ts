import { findAction } from '../../../catalog/lookup.js'
import type { Rule } from '../../rule.js'
import { namedAt } from '../../text-rule.js'
import { actionProblem, serviceOf } from './action-problem.js'

export const foreignService: Rule = {
  meta: {
    id: 'foreign-service',
    severity: 'error',
    category: 'actions',
    summary: 'An action of a service other than S3',
    recommended: true,
    fixable: false,
    analysis: false,
    messages: { foreign: '`{action}` is an action of `{service}`: bucket policies take those of `s3` only' },
  },
  create: ({ found, report }) => ({
    diagnostic(diagnostic) {
      if (diagnostic.code !== 'invalid-action') return
      const text = namedAt(found?.draft, diagnostic)
      if (text === undefined || actionProblem(text.text) !== 'foreign') return
      report({
        messageId: 'foreign',
        location: text.location,
        data: { action: text.text, service: serviceOf(text.text) ?? '' },
        help: helpFor(text.text),
      })
    },
  }),
}

function helpFor(action: string): string {
  const namesake = findAction(`s3:${action.slice(action.indexOf(':') + 1)}`)
  return namesake === undefined
    ? 'allow it in an identity policy, or in the policy of its own resource'
    : `did you mean \`${namesake.name}\`?`
}
