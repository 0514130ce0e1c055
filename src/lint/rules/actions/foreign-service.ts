import { findAction } from '../../../catalog/lookup.js'
import type { Rule } from '../../rule.js'
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
    messages: {
      foreign: '`{action}` is an action of `{service}`: bucket policies take those of `s3` only',
      several: '`{action}` and {count} more are actions of other services: bucket policies take those of `s3` only',
    },
  },
  create: ({ report }) => ({
    statement({ Action, NotAction }) {
      const [first, ...others] = (Action ?? NotAction ?? []).filter(({ text }) => actionProblem(text) === 'foreign')
      if (first === undefined) return
      const { text: action, location } = first
      const data = { action, service: serviceOf(action) ?? '', count: others.length }
      report({ messageId: others.length > 0 ? 'several' : 'foreign', location, data, help: helpFor(action) })
    },
  }),
}

function helpFor(action: string): string {
  const namesake = findAction(`s3:${action.slice(action.indexOf(':') + 1)}`)
  return namesake === undefined
    ? 'put it into an identity policy, a policy of the organization (SCP, RCP), or the policy of its own resource'
    : `did you mean \`${namesake.name}\`?`
}
