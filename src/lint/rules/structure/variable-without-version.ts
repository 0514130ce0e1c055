import type { Rule } from '../../rule.js'
import { textsWithVariable } from '../../version-texts.js'

export const variableWithoutVersion: Rule = {
  meta: {
    id: 'variable-without-version',
    severity: 'error',
    category: 'structure',
    summary: 'A policy variable in a policy without Version 2012-10-17, where it is plain text',
    recommended: true,
    fixable: false,
    analysis: false,
    messages: { text: 'without `"Version": "2012-10-17"` the variable in `{text}` is plain text' },
  },
  create: ({ found, report }) => ({
    policy(policy) {
      const isUnread = found?.diagnostics.some(({ code, path }) => code === 'invalid-version' || path.at(-1) === 'Version') ?? false
      if (policy.Version === '2012-10-17' || isUnread) return
      // The version is missing once, however many variables there are.
      const [first] = textsWithVariable(policy)
      if (first === undefined) return
      report({
        messageId: 'text',
        location: first.location,
        data: { text: first.text },
        help: 'begin the policy with `"Version": "2012-10-17"`',
      })
    },
  }),
}
