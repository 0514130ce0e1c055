import type { ProblemCode } from '../catalog/problems.js'
import type { Diagnostic } from '../policy/diagnostic.js'
import type { Rule, RuleContext, RuleMeta } from './rule.js'

/** A rule for what reading or validating a policy finds already. @param codes of the diagnostics it stands for */
export function diagnosticRule(
  meta: Omit<RuleMeta, 'messages' | 'analysis' | 'fixable'>,
  codes: readonly ProblemCode[],
  isMeant: (diagnostic: Diagnostic, context: RuleContext) => boolean = () => true,
): Rule {
  return {
    meta: { ...meta, fixable: false, analysis: false, messages: { found: '{message}' } },
    create: (context) => ({
      diagnostic(diagnostic) {
        if (!codes.includes(diagnostic.code) || !isMeant(diagnostic, context)) return
        const { message, help, path, span, s3 } = diagnostic
        const answer = s3 && `S3 answers ${s3.code}: ${s3.message}`
        context.report({
          messageId: 'found',
          location: { path, span },
          data: { message },
          help: [help, answer].filter((text) => text !== undefined).join('; ') || undefined,
        })
      },
    }),
  }
}
