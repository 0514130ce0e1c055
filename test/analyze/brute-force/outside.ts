import { canonicalKeyName } from '../../../src/catalog/lookup.js'
import type { AuthorizationRequest } from '../../../src/index.js'
import { isInRange, parseAddress, parseRange } from '../../../src/match/cidr.js'
import { conditionsOf, type PlainPolicy } from './plain.js'

/** Keys that place a caller inside something, if they have a value that the policy names. */
const ORIGINS = /^aws:(PrincipalOrgID|PrincipalOrgPaths|SourceVpc|SourceVpce|SourceArn|SourceAccount|SourceOwner)$/

/** Whether nobody in particular makes the request: it is anonymous, and comes from no address or place that the policy names. */
export function isFromOutside({ principal, context = {} }: AuthorizationRequest, policy: PlainPolicy | undefined): boolean {
  if (principal.kind !== 'anonymous') return false
  const given = context as Readonly<Record<string, string | readonly string[]>>
  return !(policy?.Statement ?? []).flatMap(conditionsOf).some(({ key, operands }) => {
    const name = canonicalKeyName(key)
    const values = [given[name] ?? []].flat()
    // An origin that is there may match some other wildcard of the policy: leave it alone.
    if (ORIGINS.test(name)) return values.length > 0
    return name === 'aws:SourceIp' && values.some((value) => operands.some((range) => isInNarrow(value, range)))
  })
}

/** Whether the address is in a block that is no wider than what still counts as somebody's. */
function isInNarrow(value: string, text: string): boolean {
  const [address, range] = [parseAddress(value), parseRange(text)]
  return address !== undefined && range !== undefined && range.length >= (range.bytes.length === 4 ? 8 : 32) && isInRange(address, range)
}
