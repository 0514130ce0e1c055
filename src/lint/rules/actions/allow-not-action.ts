import type { Rule } from '../../rule.js'

export const allowNotAction: Rule = {
  meta: {
    id: 'allow-not-action',
    severity: 'security',
    category: 'actions',
    summary: 'An Allow with NotAction allows all but what is listed',
    recommended: true,
    fixable: false,
    analysis: false,
    messages: { allows: 'Allow with `NotAction` allows every action of S3 but those listed, deleting and changing the policy included' },
  },
  create: ({ report }) => ({
    statement({ Effect, NotAction, location }) {
      if (Effect !== 'Allow' || NotAction === undefined) return
      report({ messageId: 'allows', location: NotAction[0]?.location ?? location, help: 'list the actions that are needed in `Action`' })
    },
  }),
}
