import { isUniqueId } from '../../../match/unique-id.js'
import { principalsOf } from '../../place.js'
import type { Rule } from '../../rule.js'

export const deletedPrincipal: Rule = {
  meta: {
    id: 'deleted-principal',
    severity: 'warning',
    category: 'principals',
    summary: 'A principal is the unique id of a user or role that has been deleted',
    recommended: true,
    fixable: false,
    analysis: false,
    messages: { deleted: '`{id}` is the id of a deleted {kind}: it stands for nobody any more' },
  },
  create: ({ report }) => ({
    statement(statement) {
      for (const { type, text, location } of principalsOf(statement)) {
        const kind = kindOf(text)
        if (type !== 'AWS' || kind === undefined) continue
        report({
          messageId: 'deleted',
          location,
          data: { id: text, kind },
          help: `remove it, or name the ${kind} by its ARN if there is one again`,
        })
      }
    },
  }),
}

/** S3 shows the ids of users and roles only. */
function kindOf(text: string): string | undefined {
  if (!isUniqueId(text)) return undefined
  return text.startsWith('AIDA') ? 'user' : text.startsWith('AROA') ? 'role' : undefined
}
