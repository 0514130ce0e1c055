import { isKnown } from '../../../sources/unknown-text.js'
import { partInS3 } from '../../../validate/check-resources.js'
import type { Rule } from '../../rule.js'

export const leadingSlash: Rule = {
  meta: {
    id: 'leading-slash',
    severity: 'warning',
    category: 'actions',
    summary: 'A resource whose keys begin with a slash, which keys seldom do',
    recommended: true,
    fixable: false,
    analysis: false,
    messages: { slash: '`{resource}` names keys that begin with `/`: `{bucket}/home` has the key `home`' },
  },
  create: ({ report }) => ({
    statement({ Resource, NotResource }) {
      for (const { text, location } of Resource ?? NotResource ?? []) {
        const part = isKnown(text) ? partInS3(text) : undefined
        const slash = part?.indexOf('/') ?? -1
        if (part === undefined || slash < 0 || part[slash + 1] !== '/') continue
        const bucket = part.slice(0, slash)
        report({ messageId: 'slash', location, data: { resource: text, bucket }, help: 'write one slash after the bucket' })
      }
    },
  }),
}
