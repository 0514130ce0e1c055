/** How a proxy tells a forward-auth server of the request that it asks about. */
export interface ForwardAuthProfile {
  /** The header with the request's method; undefined: the call has that method itself. */
  readonly method?: string
  /** The header with path and query as the client sent them; undefined: the call has them itself. */
  readonly target?: string
  /** The header with the client's Host; undefined: the call has it itself. */
  readonly host?: string
  /** The header with the client's Content-Length: calls have one of their own, or none. */
  readonly contentLength?: string
  /** The header with the version of TLS that the client came over. Only of proxies that set or remove it: clients could send it too. */
  readonly tlsVersion?: string
  /** Headers that the proxy adds to the call: they are not the client's. */
  readonly added: readonly string[]
  /** Whether the call carries the request's body, if the proxy is told to pass it; `by-header`: when this header says `false`, and only part of it when it says `true`. */
  readonly body: 'never' | 'by-length' | { readonly byHeader: string }
  /** Where the proxy keeps an answer's body from the client: the status that tells it of a refusal, and the headers with S3's status and error document. */
  readonly refusal?: { readonly status: number; readonly statusHeader: string; readonly documentHeader: string }
  /**
   * Headers of one value, repetitions of which the call has joined by commas, while the store gets them apart. A comma in one is taken for two headers,
   * which are refused: nobody can tell which one the store reads.
   */
  readonly joined?: readonly string[]
  /** The status in place of those from 500 on, where the proxy may take these for its own trouble, and let the request through. */
  readonly insteadOfServerErrors?: number
}

const forwarded = ['x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host']
const told = { contentLength: 'x-forwarded-content-length', tlsVersion: 'x-forwarded-tls-version' } as const

/** As docs/forward-auth.md sets nginx and Caddy up. */
const byHeaders = {
  ...told,
  method: 'x-forwarded-method',
  target: 'x-forwarded-uri',
  added: [...forwarded, ...Object.values(told), 'x-forwarded-method', 'x-forwarded-uri', 'x-forwarded-transfer-encoding', 'connection'],
  body: 'never',
} as const

/**
 * The proxies whose forward-auth calls are understood, set up as docs/forward-auth.md shows. nginx and Caddy are run by the end-to-end tests, calls
 * of Traefik and Envoy were recorded (fixtures/forward-auth).
 */
export const forwardAuthProfiles = {
  /** `auth_request`, which hands on nothing but the status and headers of an answer. */
  nginx: {
    ...byHeaders,
    refusal: { status: 403, statusHeader: 'x-s3-error-status', documentHeader: 'x-s3-error' },
  },
  /** `forward_auth`. */
  caddy: byHeaders,
  /** The ForwardAuth middleware; with `forwardBody: true` it passes the body. It loses the length of one that it does not pass. */
  traefik: {
    method: 'x-forwarded-method',
    target: 'x-forwarded-uri',
    host: 'x-forwarded-host',
    added: [...forwarded, 'x-forwarded-method', 'x-forwarded-uri', 'x-forwarded-port', 'x-forwarded-server', 'x-real-ip'],
    body: 'by-length',
  },
  /** The HTTP service of `ext_authz`: the call is the request itself; with `with_request_body` it has its body. */
  envoy: {
    ...told,
    added: [
      ...[...forwarded, ...Object.values(told), 'x-request-id', 'x-envoy-internal', 'x-envoy-external-address'],
      ...['x-envoy-expected-rq-timeout-ms', 'x-envoy-auth-partial-body'],
    ],
    body: { byHeader: 'x-envoy-auth-partial-body' },
    joined: ['x-amz-copy-source', 'x-amz-tagging'],
    insteadOfServerErrors: 403,
  },
} as const satisfies Readonly<Record<string, ForwardAuthProfile>>

/** A proxy whose calls are understood. */
export type ForwardAuthProxy = keyof typeof forwardAuthProfiles
