import { parseRange } from '../../../match/cidr.js'
import { isOnSourceIp, isPrivate } from '../../address-blocks.js'
import type { Rule } from '../../rule.js'

export const privateIpRange: Rule = {
  meta: {
    id: 'private-ip-range',
    severity: 'warning',
    category: 'conditions',
    summary: 'A condition on aws:SourceIp has a private address, which S3 never sees there',
    recommended: true,
    fixable: false,
    analysis: false,
    messages: { private: '`{value}` is private: no request comes to S3 with such an address as `aws:SourceIp`' },
  },
  create: ({ report }) => ({
    statement({ Condition: conditions }) {
      for (const { text, location } of conditions.filter(isOnSourceIp).flatMap(({ values }) => values)) {
        const range = parseRange(text)
        if (range === undefined || !isPrivate(range)) continue
        const help =
          'use `aws:VpcSourceIp` for addresses in a VPC, with a condition on `aws:SourceVpc`, or the public address of the network'
        report({ messageId: 'private', location, data: { value: text }, help })
      }
    },
  }),
}
