import { parseRange } from '../../../match/cidr.js'
import { formatRange, withoutHostBits } from '../../address-blocks.js'
import { replaceText } from '../../edits.js'
import type { Rule } from '../../rule.js'

export const hostBitsSet: Rule = {
  meta: {
    id: 'host-bits-set',
    severity: 'suggestion',
    category: 'conditions',
    summary: 'A block of addresses is written with bits that do not count',
    recommended: true,
    fixable: true,
    analysis: false,
    messages: { ignored: '`{value}` is the block `{block}`: the other bits do not count' },
  },
  create: ({ found, report }) => ({
    statement({ Condition: conditions }) {
      const onAddresses = conditions.filter(({ operator: { name } }) => name === 'IpAddress' || name === 'NotIpAddress')
      for (const { text, location } of onAddresses.flatMap(({ values }) => values)) {
        const range = parseRange(text)
        const block = range && withoutHostBits(range)
        if (range === undefined || block === undefined || range.bytes.every((byte, index) => byte === block.bytes[index])) continue
        const written = formatRange(block)
        const edits = replaceText(found, location.span, written)
        const help = `write \`${written}\`, or \`${formatRange({ ...range, length: range.bytes.length * 8 })}\` if one address is meant`
        report({
          messageId: 'ignored',
          location,
          data: { value: text, block: written },
          help,
          fix: edits && { description: `write \`${written}\``, edits },
        })
      }
    },
  }),
}
