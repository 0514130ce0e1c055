import { failed } from '../gate/failed.js'
import { createGate } from '../gate/gate.js'
import type { Connection, IncomingRequest } from '../gate/incoming-request.js'
import type { Permitted, Refused } from '../gate/outcome.js'
import { HeaderList } from '../http/header-list.js'
import { pathOf } from '../http/http-request.js'
import type { S3Error } from '../s3-error/s3-error.js'
import type { AdapterOptions } from './adapter-options.js'
import { decideAndLog } from './decide-and-log.js'
import { fetchBody } from './fetch-body.js'
import { checkDebugHeader, type RefusalResponse, refusalResponse } from './refusal.js'
import { webHashing } from './web-hashing.js'

/** What `fetchAuthorizer` and `honoMiddleware` take. */
export interface FetchAdapterOptions extends AdapterOptions {
  /**
   * What the platform knows of the connection, such as the client's address from `CF-Connecting-IP`. Default: whether the URL says `https:`; the
   * address is then not known, and no policy allows by it.
   */
  readonly connection?: (request: Request) => Connection
}

const permitted = new WeakMap<Request, Permitted>()

/** What is known of a request that has passed. Undefined for any other. */
export function permittedFetch(request: Request): Permitted | undefined {
  return permitted.get(request)
}

/**
 * Decides requests in the style of `fetch`, on Node, in browsers and edge workers: the response to send to who is refused, or undefined. The request's
 * body can still be read afterwards.
 */
export function fetchAuthorizer(options: FetchAdapterOptions): (request: Request) => Promise<Response | undefined> {
  checkDebugHeader(options.debugHeader)
  const gate = createGate({ ...options, hashing: options.hashing ?? webHashing })
  const clock = options.clock ?? Date.now
  return async (request) => {
    const connection = connectionOf(request, options.connection ?? connectionByUrl)
    const incoming = incomingOf(request, connection.kind === 'refused' ? {} : connection.connection, clock())
    const asked = connection.kind === 'refused' ? connection : gate.authorize(incoming)
    const { outcome, requestId } = await decideAndLog(asked, incoming, options)
    if (outcome.kind === 'permitted') {
      permitted.set(request, outcome)
      return undefined
    }
    const { method, target } = incoming.http
    return responseOf(refusalResponse(outcome, { requestId, method, resource: pathOf(target), debugHeader: options.debugHeader }))
  }
}

/** Answers with S3's error document: for what goes wrong after a request has passed, such as a `BodyError`, whose `error` is one. */
export function s3ErrorResponse({ method, url }: Request, error: S3Error): Response {
  const resource = pathOf(partsOf(url).target)
  return responseOf(refusalResponse({ error }, { requestId: crypto.randomUUID(), method, resource }))
}

function responseOf({ status, headers, body }: RefusalResponse): Response {
  return new Response(body === '' ? null : body, { status, headers })
}

/** What the embedder knows of the connection; if it throws, the request is refused. */
function connectionOf(
  request: Request,
  tell: (request: Request) => Connection,
): Refused | { readonly kind: 'connection'; readonly connection: Connection } {
  try {
    return { kind: 'connection', connection: tell(request) }
  } catch (thrown) {
    return failed(thrown)
  }
}

function incomingOf(request: Request, connection: Connection, time: number): IncomingRequest {
  const { host, target } = partsOf(request.url)
  const headers = [...request.headers]
  // Some platforms keep the Host header to themselves; the URL has it.
  if (!request.headers.has('host')) headers.push(['host', host])
  return {
    http: { method: request.method, target, headers: HeaderList.of(headers) },
    time,
    connection,
    body: fetchBody(request),
  }
}

/** Host and target of a URL, cut out: making a URL of it again could spell it another way. */
function partsOf(url: string): { readonly host: string; readonly target: string } {
  const hostFrom = url.indexOf('//') + 2
  const fragment = url.indexOf('#')
  const end = fragment < 0 ? url.length : fragment
  const slash = url.indexOf('/', hostFrom)
  const hostTo = slash < 0 ? end : slash
  return { host: url.slice(hostFrom, hostTo), target: slash < 0 ? '/' : url.slice(slash, end) }
}

function connectionByUrl({ url }: Request): Connection {
  return { secureTransport: url.startsWith('https:') }
}
