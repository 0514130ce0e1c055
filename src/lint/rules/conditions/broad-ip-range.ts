import { parseRange } from '../../../match/cidr.js'
import type { Condition, Effect } from '../../../policy/ast.js'
import { isOnSourceIp, isPrivate } from '../../address-blocks.js'
import type { Rule } from '../../rule.js'

export const broadIpRange: Rule = {
  meta: {
    id: 'broad-ip-range',
    severity: 'security',
    category: 'conditions',
    summary: 'A block of addresses is so broad that it restricts next to nobody',
    recommended: true,
    fixable: false,
    analysis: false,
    messages: {
      allowed: '`{value}` lets in {share} of the internet',
      spared: '`{value}` spares {share} of the internet from the Deny',
    },
    options: {
      type: 'object',
      properties: { ipv4: { type: 'integer', minimum: 0, maximum: 32 }, ipv6: { type: 'integer', minimum: 0, maximum: 128 } },
      additionalProperties: false,
    },
    defaults: { ipv4: 8, ipv6: 16 },
  },
  create: ({ options, report }) => ({
    statement({ Effect, Condition: conditions }) {
      for (const { text, location } of conditions.filter((condition) => letsIn(condition, Effect)).flatMap(({ values }) => values)) {
        const range = parseRange(text)
        const least = Number(range?.bytes.length === 4 ? options.ipv4 : options.ipv6)
        // Private blocks have a rule of their own, however broad.
        if (range === undefined || range.length >= least || isPrivate(range)) continue
        const share = range.length === 0 ? 'all' : `1/${2 ** range.length}`
        const help = 'name the networks that are meant, or leave the condition out if all are'
        report({ messageId: Effect === 'Allow' ? 'allowed' : 'spared', location, data: { value: text, share }, help })
      }
    },
  }),
}

/** Whether the addresses of the condition are the ones that get in. */
function letsIn(condition: Condition, effect: Effect): boolean {
  return isOnSourceIp(condition) && condition.operator.name === (effect === 'Allow' ? 'IpAddress' : 'NotIpAddress')
}
