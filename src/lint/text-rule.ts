import type { ProblemCode } from '../catalog/problems.js'
import type { Policy, Text } from '../policy/ast.js'
import type { Location } from '../policy/diagnostic.js'
import { diagnosticRule } from './diagnostic-rule.js'
import type { Rule, RuleMeta } from './rule.js'

/**
 * A rule for some of the problems of one code: which, the text they are about tells.
 * @param isMeant asked with the action or resource, or with `undefined` if the problem is that there is none
 */
export function textRule(
  meta: Omit<RuleMeta, 'messages' | 'analysis' | 'fixable'>,
  codes: readonly ProblemCode[],
  isMeant: (text: string | undefined) => boolean,
): Rule {
  const rule = diagnosticRule(meta, codes)
  return {
    meta: rule.meta,
    create(context) {
      const listener = rule.create(context)
      return {
        diagnostic(diagnostic) {
          if (isMeant(namedAt(context.found?.draft, diagnostic)?.text)) listener.diagnostic?.(diagnostic)
        },
      }
    },
  }
}

/** The action or resource at a place. */
export function namedAt(policy: Policy | undefined, { span }: Location): Text | undefined {
  for (const { Action, NotAction, Resource, NotResource } of policy?.Statement ?? []) {
    for (const list of [Action, NotAction, Resource, NotResource]) {
      const text = list?.find(({ location }) => location.span.start.offset === span.start.offset)
      if (text !== undefined) return text
    }
  }
  return undefined
}
