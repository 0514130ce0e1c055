import { type IpRange, isInRange, parseAddress, parseRange } from '../match/cidr.js'
import { comparison, textOf } from './operator.js'

/** Whether the address lies in a block. IPv4 and IPv6 never meet. */
export function ipAddress(negated: boolean) {
  return comparison<IpRange>({
    negated,
    expandsVariables: false,
    hasWildcards: false,
    expects: 'an IP address or a block such as `10.0.0.0/8`',
    read: (pieces) => parseRange(textOf(pieces)),
    test: (operand, value) => {
      const address = parseAddress(value)
      return address === undefined ? 'unknown' : isInRange(address, operand)
    },
  })
}
