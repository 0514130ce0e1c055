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
      const needed = actionsForOperation(text.text)?.map((action) => `\`${action}\``) ?? []
      report({
        messageId: 'operation',
        location: text.location,
        data: { operation: text.text, needed: needed.join(' and ') },
        help: needed.length === 1 ? `write ${needed[0]}` : `list ${needed.join(' and ')}`,
      })
    },
  }),
}
