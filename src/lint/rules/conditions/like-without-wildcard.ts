import { hasWildcard } from '../../../match/wildcard.js'
import { formatOperator } from '../../../policy/ast.js'
import { isKnown } from '../../../sources/unknown-text.js'
import type { Rule } from '../../rule.js'

export const likeWithoutWildcard: Rule = {
  meta: {
    id: 'like-without-wildcard',
    severity: 'suggestion',
    category: 'conditions',
    summary: 'An operator for patterns is used where no value is one',
    recommended: false,
    fixable: false,
    analysis: false,
    messages: { plain: '`{operator}` on `{key}` has no pattern to match: it compares letter by letter' },
  },
  create: ({ report }) => ({
    statement({ Condition: conditions }) {
      for (const { operator, key, values } of conditions) {
        const isPlain = values.length > 0 && values.every(({ text }) => isPlainText(text))
        const name = operator.name === 'StringLike' ? 'StringEquals' : operator.name === 'StringNotLike' ? 'StringNotEquals' : undefined
        if (!isPlain || name === undefined) continue
        const data = { operator: formatOperator(operator), key: key.text }
        report({ messageId: 'plain', location: key.location, data, help: `use \`${formatOperator({ ...operator, name })}\`` })
      }
    },
  }),
}

/** Whether a text is no pattern and cannot become one. */
function isPlainText(text: string): boolean {
  return isKnown(text) && !hasWildcard(text) && !text.includes('${')
}
