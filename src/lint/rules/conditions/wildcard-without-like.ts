import { findConditionKey } from '../../../catalog/lookup.js'
import { hasWildcard } from '../../../match/wildcard.js'
import { type Condition, formatOperator, type PolicyVersion } from '../../../policy/ast.js'
import { parseTemplate } from '../../../policy/template.js'
import type { Rule } from '../../rule.js'

/** Keys whose values can hold a star or a question mark themselves: headers and addresses of pages. */
const withLiteralWildcards: ReadonlySet<string> = new Set([
  'aws:referer',
  'aws:UserAgent',
  's3:if-match',
  's3:if-none-match',
  's3:x-amz-object-if-match',
  's3:x-amz-copy-source',
  's3:x-amz-website-redirect-location',
])

export const wildcardWithoutLike: Rule = {
  meta: {
    id: 'wildcard-without-like',
    severity: 'warning',
    category: 'conditions',
    summary: 'A value has a wildcard, but its operator compares letter by letter',
    recommended: true,
    fixable: false,
    analysis: false,
    messages: { literal: '`{operator}` takes the wildcard in `{value}` for the character itself' },
  },
  create: ({ report }) => {
    let version: PolicyVersion | undefined
    return {
      policy({ Version }) {
        version = Version
      },
      statement({ Condition: conditions }) {
        for (const condition of conditions.filter(isLetterByLetter)) {
          const operator = formatOperator(condition.operator)
          for (const { text, location } of condition.values) {
            if (!hasOpenWildcard(text, version)) continue
            const help = `use \`${formatOperator({ ...condition.operator, name: likeOf(condition) })}\``
            report({ messageId: 'literal', location, data: { operator, value: text }, help })
          }
        }
      },
    }
  },
}

function isLetterByLetter({ operator: { name }, key }: Condition): boolean {
  const row = findConditionKey(key.text)
  if (!name.startsWith('String') || name.endsWith('Like')) return false
  return row === undefined || ((row.type === 'String' || row.type === 'ARN') && !withLiteralWildcards.has(row.name))
}

function likeOf({ operator: { name }, key }: Condition) {
  const isArn = findConditionKey(key.text)?.type === 'ARN'
  if (name.includes('Not')) return isArn ? 'ArnNotLike' : 'StringNotLike'
  return isArn ? 'ArnLike' : 'StringLike'
}

/** Whether a wildcard stands in the text's own letters: `${*}` asks for the star itself. */
function hasOpenWildcard(text: string, version: PolicyVersion | undefined): boolean {
  return parseTemplate(text, version).some((part) => part.kind === 'text' && hasWildcard(part.text))
}
