import { canonicalKeyName } from '../../../catalog/lookup.js'
import type { Rule } from '../../rule.js'

/** By name, the key that took its place. */
const successors: ReadonlyMap<string, string> = new Map([['aws:SourceOwner', 'aws:SourceAccount']])

export const deprecatedKey: Rule = {
  meta: {
    id: 'deprecated-key',
    severity: 'warning',
    category: 'conditions',
    summary: 'A condition asks for a key that another one has replaced',
    recommended: true,
    fixable: false,
    analysis: false,
    messages: { deprecated: '`{key}` is deprecated' },
  },
  create: ({ report }) => ({
    statement({ Condition: conditions }) {
      for (const { key } of conditions) {
        const successor = successors.get(canonicalKeyName(key.text))
        if (successor === undefined) continue
        report({ messageId: 'deprecated', location: key.location, data: { key: key.text }, help: `use \`${successor}\`` })
      }
    },
  }),
}
