import type { Rule } from '../../rule.js'

export const allowNotResource: Rule = {
  meta: {
    id: 'allow-not-resource',
    severity: 'security',
    category: 'actions',
    summary: 'An Allow with NotResource allows all but what is listed',
    recommended: true,
    fixable: false,
    analysis: false,
    messages: { allows: 'Allow with `NotResource` allows everything in the bucket but what is listed, and whatever is added later' },
  },
  create: ({ report }) => ({
    statement({ Effect, NotResource, location }) {
      if (Effect !== 'Allow' || NotResource === undefined) return
      report({
        messageId: 'allows',
        location: NotResource[0]?.location ?? location,
        help: 'list the resources that are needed in `Resource`',
      })
    },
  }),
}
