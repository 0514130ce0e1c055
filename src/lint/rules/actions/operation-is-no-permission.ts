import { usableActions } from '../../../validate/check-actions.js'
import type { Rule } from '../../rule.js'
import { namedAt } from '../../text-rule.js'
import { actionProblem } from './action-problem.js'
import { actionsForOperation } from './operations.js'

export const operationIsNoPermission: Rule = {
  meta: {
    id: 'operation-is-no-permission',
    severity: 'error',
    category: 'actions',
    summary: 'The name of an API operation stands where the name of a permission must stand',
    recommended: true,
    fixable: false,
    analysis: false,
    messages: { operation: '`{operation}` is an operation, not a permission: what it needs is {needed}' },
  },
  create: ({ found, report }) => ({
    diagnostic(diagnostic) {
      if (diagnostic.code !== 'invalid-action') return
      const text = namedAt(found?.draft, diagnostic)
      if (text === undefined || actionProblem(text.text) !== 'operation') return
      const actions = actionsForOperation(text.text) ?? []
      const needed = actions.map((action) => `\`${action}\``)
      report({
        messageId: 'operation',
        location: text.location,
        data: { operation: text.text, needed: needed.join(' and ') },
        help: helpFor(actions, needed.join(' and ')),
      })
    },
  }),
}

function helpFor(actions: readonly string[], needed: string): string {
  if (actions.some((action) => usableActions(action).length === 0))
    return `put ${needed} into an identity policy: no bucket policy can be about it`
  return actions.length === 1 ? `write ${needed}` : `list ${needed}`
}
