import type { IncomingMessage } from 'node:http'
import { TLSSocket } from 'node:tls'
import type { IncomingRequest } from '../gate/incoming-request.js'
import { HeaderList } from '../http/header-list.js'
import { connectionOf, type Peer } from './forwarded-connection.js'
import { nodeBody } from './node-body.js'
import type { TrustedProxies } from './trusted-proxies.js'

/** A request of Node's HTTP server, at the gate. @param time milliseconds since 1970 */
export function nodeIncoming(message: IncomingMessage, proxies: TrustedProxies, time: number, tlsVersionHeader?: string): IncomingRequest {
  const headers = HeaderList.ofRaw(message.rawHeaders)
  return {
    http: { method: message.method ?? '', target: originalTarget(message), headers },
    time,
    connection: connectionOf(peerOf(message), headers, proxies, tlsVersionHeader),
    body: nodeBody(message),
  }
}

/** Express cuts the path at which a middleware is mounted off `url`; the signature is over all of it. */
function originalTarget(message: IncomingMessage & { readonly originalUrl?: string }): string {
  return message.originalUrl ?? message.url ?? ''
}

export function peerOf({ socket }: IncomingMessage): Peer {
  const address = socket.remoteAddress
  if (!(socket instanceof TLSSocket)) return { address, isSecure: false }
  const tlsProtocol = socket.getProtocol()
  return { address, isSecure: true, ...(tlsProtocol === null ? {} : { tlsProtocol }) }
}
