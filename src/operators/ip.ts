import { type IpAddress, type IpRange, isInRange, parseAddress, parseRange } from '../match/cidr.js'
import { comparison, textOf } from './operator.js'

/** Whether the address lies in a block. IPv4 and IPv6 never meet. */
export function ipAddress(negated: boolean) {
  return comparison<IpRange, IpAddress>({
    negated,
    expandsVariables: false,
    hasWildcards: false,
    expects: 'an IP address or a block such as `10.0.0.0/8`',
    read: (pieces) => parseRange(textOf(pieces)),
    readValue: parseAddress,
    matches: (operand, value) => isInRange(value, operand),
  })
}
