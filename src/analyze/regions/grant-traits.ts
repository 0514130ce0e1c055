import { isInRange, parseAddress } from '../../match/cidr.js'
import type { Space } from '../dimensions/space.js'
import type { KeyTrait } from './key-traits.js'

/** What grants ask of condition keys: the prefix of a listing, and where the request comes from. */
export function grantTraits({ clauses }: Space, key: string): readonly KeyTrait[] {
  return clauses.list.flatMap((clause): readonly KeyTrait[] => {
    if (clause.kind !== 'grant') return []
    const { prefix, sourceIp = [] } = clause.grant
    if (key === 's3:prefix' && prefix !== undefined) {
      const holds: KeyTrait['holds'] = (values) => values.length === 1 && values[0]?.startsWith(prefix) === true
      return [{ label: { kind: 'matches', operator: 'StringLike', value: `${prefix}*` }, holds }]
    }
    if (key !== 'aws:SourceIp') return []
    return sourceIp.map(
      ({ text, range }): KeyTrait => ({
        label: { kind: 'matches', operator: 'IpAddress', value: text },
        holds([value]) {
          const address = value === undefined ? undefined : parseAddress(value)
          return address !== undefined && isInRange(address, range)
        },
      }),
    )
  })
}
