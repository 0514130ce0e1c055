import { MAX_POLICY_BYTES } from '../../../catalog/limits.js'
import { normalizedSize } from '../../../policy/printer.js'
import type { FoundPolicy } from '../../../sources/found.js'
import type { Rule } from '../../rule.js'

export const policySize: Rule = {
  meta: {
    id: 'policy-size',
    severity: 'error',
    category: 'structure',
    summary: 'A policy that is larger than S3 stores, or nearly so',
    recommended: true,
    fixable: false,
    analysis: false,
    messages: {
      large: '{message}',
      near: `the policy takes {size} bytes once normalised, of ${MAX_POLICY_BYTES} that S3 stores`,
    },
    options: {
      type: 'object',
      properties: { warnAt: { type: 'integer', minimum: 0, description: 'bytes of the normalised policy' } },
      additionalProperties: false,
    },
    defaults: { warnAt: 18_432 },
  },
  create: ({ found, options, report }) => ({
    diagnostic({ code, message, help, path, span }) {
      if (code === 'policy-too-large') report({ messageId: 'large', location: { path, span }, data: { message }, help })
    },
    policy(policy) {
      const warnAt = Number(options.warnAt)
      // What is made at deployment may be longer or shorter.
      if (found === undefined || found.unknowns.length > 0) return
      if (isShort(found, warnAt)) return
      const size = normalizedSize(policy)
      if (size < warnAt || size > MAX_POLICY_BYTES) return
      report({ messageId: 'near', location: policy.location, data: { size }, help: 'merge statements, or use wildcards' })
    },
  }),
}

/** The cheap answer. A character takes three bytes at most, and to normalise a text of three characters or more adds two brackets to it. */
function isShort({ file, isEditable }: FoundPolicy, bytes: number): boolean {
  return isEditable && file.text.length * 5 < bytes
}
