import { type IpRange, isInRange, parseAddress, parseRange } from '../match/cidr.js'

/** The proxies whose `X-Forwarded-…` headers are believed. */
export interface TrustedProxies {
  /** Whether a connection from this address is one of theirs. `unix` is a Unix socket; undefined is nobody that is known. */
  includes(address: string | undefined): boolean
}

/** The address of whoever comes over a Unix socket, and its name in the list. */
export const UNIX_SOCKET = 'unix'

/** Hops past this number are not looked at: the client's address is then not known. */
const MAX_HOPS = 50

/**
 * @param list addresses and CIDR ranges, and `unix` for all that comes over a Unix socket. Throws TypeError for anything else.
 */
export function trustedProxies(list: readonly string[]): TrustedProxies {
  const ranges: IpRange[] = []
  let takesSockets = false
  for (const item of list) {
    const range = parseRange(item)
    if (range !== undefined) ranges.push(range)
    else if (item === UNIX_SOCKET) takesSockets = true
    else throw new TypeError(`a trusted proxy is an address, a CIDR range or \`unix\`, not ${JSON.stringify(item)}`)
  }
  return {
    includes(text) {
      if (text === undefined) return false
      if (text === UNIX_SOCKET) return takesSockets
      const address = parseAddress(text)
      return address !== undefined && ranges.some((range) => isInRange(address, range))
    },
  }
}

/**
 * The client's address: of the connection, or, if that is a trusted proxy's, the last one in `X-Forwarded-For` that is none; if all of them are, the first:
 * then the client is on such a machine itself. Undefined where it cannot be told: the proxy says nothing, or something that is no address.
 * @param forwardedFor the values of all `X-Forwarded-For` headers, in order
 */
export function clientAddress(peer: string | undefined, forwardedFor: readonly string[], proxies: TrustedProxies): string | undefined {
  if (!proxies.includes(peer)) return peer === UNIX_SOCKET ? undefined : peer
  const hops = forwardedFor.join(',').split(',', MAX_HOPS + 1)
  if (hops.length > MAX_HOPS) return undefined
  let address: string | undefined
  for (const hop of hops.reverse()) {
    address = hop.trim()
    if (parseAddress(address) === undefined) return undefined
    if (!proxies.includes(address)) return address
  }
  return address
}
