/** How a proxy tells a forward-auth server of the request that it asks about. */
export interface ForwardAuthProfile {
  /** The header with the request's method; undefined: the call has that method itself. */
  readonly method?: string
  /** The header with path and query as the client sent them; undefined: the call has them itself. */
  readonly target?: string
  /** The header with the client's Host; undefined: the call has it itself. */
  readonly host?: string
  /** The header with the client's Content-Length, where the call is without its body; undefined: the call has it itself. */
  readonly contentLength?: string
  /** Headers that the proxy adds to the call: they are not the client's. */
  readonly added: readonly string[]
  /** Whether the call carries the request's body, if the proxy is told to pass it. */
  readonly canPassBody: boolean
  /** Where the proxy keeps an answer's body from the client: the status that tells it of a refusal, and the headers with S3's status and error document. */
  readonly refusal?: { readonly status: number; readonly statusHeader: string; readonly documentHeader: string }
}

const forwarded = ['x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host', 'x-forwarded-tls-version']

/** As docs/forward-auth.md sets nginx and Caddy up. */
const byHeaders = {
  method: 'x-forwarded-method',
  target: 'x-forwarded-uri',
  contentLength: 'x-forwarded-content-length',
  added: [...forwarded, 'x-forwarded-method', 'x-forwarded-uri', 'x-forwarded-content-length', 'connection'],
  canPassBody: false,
} as const

/** The proxies whose forward-auth calls are understood. Sources: the proxies' own documentation of `auth_request`, `forward_auth`, ForwardAuth and `ext_authz`. */
export const forwardAuthProfiles = {
  /** `auth_request`, which hands on nothing but the status and headers of an answer. */
  nginx: {
    ...byHeaders,
    refusal: { status: 403, statusHeader: 'x-s3-error-status', documentHeader: 'x-s3-error' },
  },
  /** `forward_auth`. */
  caddy: byHeaders,
  /** The ForwardAuth middleware; with `forwardBody: true` it passes the body. */
  traefik: {
    method: 'x-forwarded-method',
    target: 'x-forwarded-uri',
    host: 'x-forwarded-host',
    added: [...forwarded, 'x-forwarded-method', 'x-forwarded-uri', 'x-forwarded-port', 'x-forwarded-server', 'x-real-ip'],
    canPassBody: true,
  },
  /** The HTTP service of `ext_authz`: the call is the request itself; with `with_request_body` it has its body. */
  envoy: {
    added: [...forwarded, 'x-envoy-internal', 'x-envoy-expected-rq-timeout-ms', 'x-envoy-partial-body', 'x-request-id'],
    canPassBody: true,
  },
} as const satisfies Readonly<Record<string, ForwardAuthProfile>>

export type ForwardAuthProxy = keyof typeof forwardAuthProfiles
