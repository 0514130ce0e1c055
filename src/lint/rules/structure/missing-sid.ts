import type { Rule } from '../../rule.js'

export const missingSid: Rule = {
  meta: {
    id: 'missing-sid',
    severity: 'suggestion',
    category: 'structure',
    summary: 'A statement without a Sid, which nothing can refer to',
    recommended: false,
    fixable: false,
    analysis: false,
    messages: { missing: 'the statement has no `Sid`' },
  },
  create: ({ report }) => ({
    statement({ Sid, location }) {
      if (Sid === undefined || Sid.text === '') report({ messageId: 'missing', location, help: 'say in its `Sid` what it is for' })
    },
  }),
}
