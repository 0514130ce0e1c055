import type { FoundPolicy } from '../../../sources/found.js'
import type { Fix } from '../../finding.js'
import type { Rule } from '../../rule.js'
import { textsWithVariable } from '../../version-texts.js'

export const missingVersion: Rule = {
  meta: {
    id: 'missing-version',
    severity: 'warning',
    category: 'structure',
    summary: 'A policy without a Version, for which that of 2008 counts',
    recommended: false,
    fixable: true,
    analysis: false,
    messages: { missing: 'the policy has no `Version`: 2008-10-17 counts, which has no variables' },
  },
  create: ({ found, report }) => ({
    policy(policy) {
      const { root } = found ?? {}
      if (found === undefined || root?.kind !== 'object' || root.members.some(({ name }) => name === 'Version')) return
      // Where variables stand, `variable-without-version` says what is wrong.
      if (textsWithVariable(policy).length > 0) return
      report({
        messageId: 'missing',
        location: policy.location,
        help: 'begin the policy with `"Version": "2012-10-17"`',
        fix: fixOf(found),
      })
    },
  }),
}

/** None if a `${` is text now and would begin a variable then. */
function fixOf({ root, file, isEditable }: FoundPolicy): Fix | undefined {
  const first = root?.kind === 'object' ? root.members[0] : undefined
  if (!isEditable || root === undefined || first === undefined) return undefined
  if (file.text.slice(root.start, root.end).includes('${')) return undefined
  const { start } = first.nameExtent
  const gap = file.text.slice(root.start + 1, start) || ' '
  return { description: 'add the version of 2012', edits: [{ start, end: start, text: `"Version": "2012-10-17",${gap}` }] }
}
