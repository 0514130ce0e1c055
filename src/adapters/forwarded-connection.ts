import type { Connection } from '../gate/incoming-request.js'
import type { HeaderList } from '../http/header-list.js'
import { clientAddress, type TrustedProxies } from './trusted-proxies.js'

/** How the last hop arrived. */
export interface Peer {
  /** `unix` over a Unix socket; undefined if the connection is gone. */
  readonly address: string | undefined
  readonly isSecure: boolean
  /** As Node names it, `TLSv1.3`. */
  readonly tlsProtocol?: string
}

/**
 * The client's connection: the peer's own, or what a trusted proxy says of it. What the proxy does not say is not known.
 * @param tlsVersionHeader in lower case; the header in which the proxy tells the client's version of TLS, if it does
 */
export function connectionOf(peer: Peer, headers: HeaderList, proxies: TrustedProxies, tlsVersionHeader?: string): Connection {
  if (peer.address === undefined) return {}
  if (!proxies.includes(peer.address))
    return connection(clientAddress(peer.address, [], proxies), peer.isSecure, peer.isSecure ? tlsVersionOf(peer.tlsProtocol) : undefined)
  const scheme = headers.get('x-forwarded-proto')
  const isSecure = scheme === 'https' ? true : scheme === 'http' ? false : undefined
  const version = isSecure === true && tlsVersionHeader !== undefined ? tlsVersionOf(headers.get(tlsVersionHeader)) : undefined
  return connection(clientAddress(peer.address, headers.all('x-forwarded-for'), proxies), isSecure, version)
}

function connection(sourceIp: string | undefined, secureTransport: boolean | undefined, tlsVersion: string | undefined): Connection {
  return {
    ...(sourceIp === undefined ? {} : { sourceIp: plainAddress(sourceIp) }),
    ...(secureTransport === undefined ? {} : { secureTransport }),
    ...(tlsVersion === undefined ? {} : { tlsVersion }),
  }
}

/** A server that listens on IPv6 sees IPv4 clients as `::ffff:203.0.113.7`. */
function plainAddress(address: string): string {
  return address.startsWith(MAPPED) && address.includes('.') ? address.slice(MAPPED.length) : address
}

const MAPPED = '::ffff:'

/** As nginx (`TLSv1.3`), Caddy (`tls1.3`) and S3 (`1.3`) write it. */
const tlsVersions: ReadonlyMap<string, string> = new Map(
  ['1.0', '1.1', '1.2', '1.3'].flatMap((version) => {
    const short = version === '1.0' ? '1' : version
    return [version, `TLSv${version}`, `TLSv${short}`, `tls${version}`].map((spelling): [string, string] => [spelling, version])
  }),
)

function tlsVersionOf(protocol: string | undefined): string | undefined {
  return protocol === undefined ? undefined : tlsVersions.get(protocol)
}
