import type { PolicySubject } from '../../../analyze/scene/subject.js'
import { requestInWords } from '../../../analyze/words/request-words.js'
import type { Policy } from '../../../policy/ast.js'
import { hasError } from '../../../policy/diagnostic.js'
import { parsePolicy } from '../../../policy/parser.js'
import { whereAnalysed } from '../../analysis-listener.js'
import type { Rule } from '../../rule.js'

export const newAccess: Rule = {
  meta: {
    id: 'new-access',
    severity: 'security',
    category: 'semantics',
    summary: 'A policy that allows something that another one, its yardstick, does not',
    recommended: false,
    fixable: false,
    analysis: true,
    messages: { more: 'newly allowed: {words}' },
    options: {
      type: 'object',
      properties: {
        than: { type: ['string', 'object'], description: 'the policy that allows all that may be allowed, as an object or as text' },
      },
      additionalProperties: false,
    },
  },
  create({ analysis, options: { than }, report, undecided }) {
    if (than === undefined) return {}
    return whereAnalysed(
      { analysis, undecided },
      {
        policy(policy, subject) {
          const text = typeof than === 'string' ? than : JSON.stringify(than)
          const yardstick = readPolicy(text)
          if (yardstick === undefined) {
            undecided(policy.location, 'the policy in the option `than` cannot be read')
            return
          }
          const other: PolicySubject = { ...subject, policy: yardstick }
          const difference = analysis.diffTo(text, () => other)
          for (const { about, reason } of difference?.undecided ?? []) if (about === 'newly-denied') undecided(policy.location, reason)
          // What the yardstick would deny is what this policy allows beyond it.
          for (const { words, request, before } of difference?.newlyDenied ?? []) {
            const location = policy.Statement[before.statement?.index ?? -1]?.location ?? policy.location
            report({ messageId: 'more', location, data: { words }, witness: requestInWords(request) })
          }
        },
      },
    )
  },
}

function readPolicy(text: string): Policy | undefined {
  const { policy, diagnostics } = parsePolicy(text)
  return hasError(diagnostics) ? undefined : policy
}
