import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import type { IncomingRequest } from '../gate/incoming-request.js'
import { HeaderList } from '../http/header-list.js'
import { connectionOf, type Peer } from './forwarded-connection.js'
import { type NodeBody, nodeBody } from './node-body.js'
import { type TrustedProxies, UNIX_SOCKET } from './trusted-proxies.js'

/** A request of Node's HTTP server. */
export interface NodeIncomingRequest extends IncomingRequest {
  readonly body: NodeBody
}

/** A request of Node's HTTP server, at the gate. @param time milliseconds since 1970 */
export function nodeIncoming(
  message: IncomingMessage,
  proxies: TrustedProxies,
  time: number,
  tlsVersionHeader?: string,
): NodeIncomingRequest {
  const headers = headersOf(message)
  return {
    http: { method: message.method ?? '', target: originalTarget(message), headers },
    time,
    connection: connectionOf(peerOf(message), headers, proxies, tlsVersionHeader),
    body: nodeBody(message),
  }
}

/** Express cuts the path at which a middleware is mounted off `url`; the signature is over all of it. */
export function originalTarget(message: IncomingMessage & { readonly originalUrl?: string }): string {
  return message.originalUrl ?? message.url ?? ''
}

/** Of HTTP/2, `:authority` is the host. A `Host` that says something else stands beside it, and the request is refused for having two. */
function headersOf({ httpVersionMajor, rawHeaders }: IncomingMessage): HeaderList {
  if (httpVersionMajor < 2) return HeaderList.ofRaw(rawHeaders)
  const flat: string[] = []
  let host: string | undefined
  let authority: string | undefined
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] as string
    const value = rawHeaders[i + 1] as string
    if (name === ':authority') authority = value
    if (name.startsWith(':')) continue
    if (name === 'host') host = value
    flat.push(name, value)
  }
  return HeaderList.ofRaw(authority === undefined || authority === host ? flat : [...flat, 'host', authority])
}

/** Whose connection a request came over. Of one that is closed already nothing is known, least of all that it is a trusted proxy's. */
export function peerOf({ socket }: IncomingMessage): Peer {
  try {
    const address = addressOf(socket)
    if (!(socket instanceof TLSSocket)) return { address, isSecure: false }
    const tlsProtocol = socket.getProtocol()
    return { address, isSecure: true, ...(tlsProtocol === null ? {} : { tlsProtocol }) }
  } catch {
    // The sockets of HTTP/2 throw once their session is gone.
    return { address: undefined, isSecure: false }
  }
}

/** A TCP socket whose client has gone has no remote address either, but a local one. */
function addressOf({ remoteAddress, localAddress, destroyed }: Socket): string | undefined {
  return remoteAddress ?? (destroyed || localAddress !== undefined ? undefined : UNIX_SOCKET)
}
