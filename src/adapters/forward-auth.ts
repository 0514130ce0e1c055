import type { IncomingMessage, ServerResponse } from 'node:http'
import { createGate } from '../gate/gate.js'
import type { IncomingRequest } from '../gate/incoming-request.js'
import type { Outcome, Refused } from '../gate/outcome.js'
import { HeaderList } from '../http/header-list.js'
import { pathOf } from '../http/http-request.js'
import type { Server } from '../s3/server/servers.js'
import { s3Error } from '../s3-error/s3-error.js'
import type { AdapterOptions, ConnectionOptions } from './adapter-options.js'
import { decideAndLog } from './decide-and-log.js'
import { type ForwardAuthProfile, type ForwardAuthProxy, forwardAuthProfiles } from './forward-auth-profiles.js'
import { connectionOf } from './forwarded-connection.js'
import { forwardedRequest } from './forwarded-request.js'
import { nodeBody } from './node-body.js'
import { nodeHashing } from './node-hashing.js'
import { peerOf } from './node-incoming.js'
import { checkDebugHeader, type RefusalResponse, refusalResponse } from './refusal.js'
import { sendRefusal } from './send-refusal.js'
import { trustedProxies } from './trusted-proxies.js'

/** What `forwardAuth` takes: who asks, and what stands behind. */
export interface ForwardAuthOptions extends AdapterOptions, Required<Pick<ConnectionOptions, 'trustedProxies'>> {
  /**
   * The server behind the proxy, which reads the request for itself. Only `s3` has every sub-resource that S3 has: the others overlook those
   * that they do not know, and do something else. `s3` also stands for a server that refuses what it does not know.
   */
  readonly server: Server
  /** Which proxy asks. */
  readonly proxy: ForwardAuthProxy
  /** Whether the proxy passes the request's body along: Traefik's `forwardBody`, Envoy's `with_request_body` with a limit above S3's 2 MB. Default: no. */
  readonly passesBody?: boolean
}

/**
 * Answers the forward-auth calls of a proxy: a listener for `http.createServer`. 200 lets the request through; a refusal has S3's status and error
 * document. The proxies that ask must be among `trustedProxies`; any other call is refused.
 */
export function forwardAuth(options: ForwardAuthOptions): (message: IncomingMessage, response: ServerResponse) => void {
  checkDebugHeader(options.debugHeader)
  if (options.server === undefined)
    throw new TypeError('`server` names the S3 server behind the proxy: s3, ceph, minio, seaweedfs, or a profile')
  const gate = createGate({ ...options, hashing: options.hashing ?? nodeHashing })
  const proxies = trustedProxies(options.trustedProxies)
  const clock = options.clock ?? Date.now
  const profile: ForwardAuthProfile = forwardAuthProfiles[options.proxy]
  const passesBody = options.passesBody === true
  if (passesBody && profile.body === 'never') throw new TypeError(`${options.proxy} does not pass bodies along`)

  const answer = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const call = { method: message.method ?? '', target: message.url ?? '', headers: HeaderList.ofRaw(message.rawHeaders) }
    const peer = peerOf(message)
    const body = nodeBody(message)
    const forwarded = proxies.includes(peer.address) ? forwardedRequest(call, profile, passesBody) : strangersCall
    const incoming: IncomingRequest = {
      http: forwarded.kind === 'error' ? call : forwarded.http,
      time: clock(),
      connection: connectionOf(peer, call.headers, proxies, profile.tlsVersion),
      ...(forwarded.kind === 'forwarded' && forwarded.hasBody ? { body } : {}),
    }
    const asked: Outcome | Promise<Outcome> =
      forwarded.kind === 'error' ? { kind: 'refused', error: forwarded, explain: () => undefined } : gate.authorize(incoming)
    const { outcome, requestId } = await decideAndLog(asked, incoming, options)
    // What is left of the body is the proxy's to carry on.
    body.discard()
    if (outcome.kind === 'permitted') {
      response.writeHead(200, { 'content-length': 0 }).end()
      return
    }
    const { method, target } = incoming.http
    const answerTo = (refused: Refused): RefusalResponse =>
      refusalResponse(refused, { requestId, method, resource: pathOf(target), debugHeader: options.debugHeader })
    const refusal = answerTo(outcome)
    if (profile.refusal === undefined) sendRefusal(message, response, forProxy(refusal, profile))
    else {
      const isShort = refusal.body.length <= MAX_DOCUMENT_HEADER
      sendRefusal(
        message,
        response,
        inHeaders(isShort ? refusal : answerTo({ ...outcome, error: s3Error(outcome.error.code) }), profile.refusal),
      )
    }
  }
  return (message, response) => void answer(message, response).catch(() => response.destroy())
}

const strangersCall = s3Error('AccessDenied', { reason: 'the call comes from no trusted proxy' })

function forProxy(refusal: RefusalResponse, { insteadOfServerErrors }: ForwardAuthProfile): RefusalResponse {
  return insteadOfServerErrors === undefined || refusal.status < 500 ? refusal : { ...refusal, status: insteadOfServerErrors }
}

/** Bytes of a document that goes into a header, or it goes without its details: proxies take some kilobytes of headers in all. */
const MAX_DOCUMENT_HEADER = 3000

/** A refusal for a proxy that keeps the answer's body from the client. */
function inHeaders({ status, headers, body }: RefusalResponse, names: NonNullable<ForwardAuthProfile['refusal']>): RefusalResponse {
  return {
    status: names.status,
    headers: { ...headers, [names.statusHeader]: String(status), [names.documentHeader]: asciiLine(body) },
    body: '',
  }
}

/** A document as one line of ASCII. */
function asciiLine(document: string): string {
  let line = ''
  for (const character of document.replace('?>\n', '?>')) {
    const code = character.codePointAt(0) as number
    line += code < 0x20 || code > 0x7e ? `&#${code};` : character
  }
  return line
}
