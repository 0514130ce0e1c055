import type { IncomingMessage } from 'node:http'
import { createGate } from '../gate/gate.js'
import type { Permitted } from '../gate/outcome.js'
import { pathOf } from '../http/http-request.js'
import type { AdapterOptions, ConnectionOptions } from './adapter-options.js'
import { decideAndLog } from './decide-and-log.js'
import { nodeHashing } from './node-hashing.js'
import { nodeIncoming } from './node-incoming.js'
import { checkDebugHeader, type RefusalResponse, refusalResponse } from './refusal.js'
import { trustedProxies } from './trusted-proxies.js'

/** What `nodeMiddleware` and `fastifyHook` take. */
export interface NodeAdapterOptions extends AdapterOptions, ConnectionOptions {}

/** What became of a request to Node's HTTP server: what to send, or nothing to send. */
export type NodeVerdict = { readonly kind: 'permitted' } | { readonly kind: 'refused'; readonly response: RefusalResponse }

const permitted = new WeakMap<IncomingMessage, Permitted>()

/** What is known of a request that has passed: operation, bucket, key, who asks, which objects may be deleted. Undefined for any other. */
export function permittedRequest(message: IncomingMessage): Permitted | undefined {
  return permitted.get(message)
}

/** Decides requests of Node's HTTP server, for middleware of any framework. What it returns never rejects. */
export function nodeGate(options: NodeAdapterOptions): (message: IncomingMessage) => Promise<NodeVerdict> {
  checkDebugHeader(options.debugHeader)
  const gate = createGate({ ...options, hashing: options.hashing ?? nodeHashing })
  const proxies = trustedProxies(options.trustedProxies ?? [])
  const tlsVersionHeader = options.tlsVersionHeader?.toLowerCase()
  const clock = options.clock ?? Date.now
  return async (message) => {
    const incoming = nodeIncoming(message, proxies, clock(), tlsVersionHeader)
    const { outcome, requestId } = await decideAndLog(gate.authorize(incoming), incoming, options)
    if (outcome.kind === 'permitted') {
      permitted.set(message, outcome)
      return { kind: 'permitted' }
    }
    incoming.body.discard()
    // What has arrived of the body may not have been parsed to its end yet: then the connection would be closed for nothing.
    if (!message.complete) await new Promise(setImmediate)
    const { method, target } = incoming.http
    const response = refusalResponse(outcome, { requestId, method, resource: pathOf(target), debugHeader: options.debugHeader })
    return { kind: 'refused', response }
  }
}
