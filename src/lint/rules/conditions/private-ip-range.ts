import { parseRange } from '../../../match/cidr.js'
import { blocksOf, isOnSourceIp, isWithin } from '../../address-blocks.js'
import type { Rule } from '../../rule.js'

/** Blocks whose addresses reach no public endpoint. Source: RFC 1918, 1122, 3927, 4193, 4291. */
const privateBlocks = blocksOf([
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '::1/128',
  'fc00::/7',
  'fe80::/10',
])

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
        if (range === undefined || !privateBlocks.some((block) => isWithin(range, block))) continue
        const help =
          'use `aws:VpcSourceIp` for addresses in a VPC, with a condition on `aws:SourceVpc`, or the public address of the network'
        report({ messageId: 'private', location, data: { value: text }, help })
      }
    },
  }),
}
