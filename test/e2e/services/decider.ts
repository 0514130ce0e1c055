/** Where a forward-auth server listens: a port on loopback, or a unix socket. */
export type DeciderAddress = { readonly kind: 'port'; readonly port: number } | { readonly kind: 'socket'; readonly path: string }

/** What a proxy must know to ask before it passes a request on. */
export interface ProxyOptions {
  /** Of its own; whoever made it removes it. */
  readonly directory: string
  readonly decider: DeciderAddress
  /** The path that is asked. */
  readonly decisionPath: string
  /** The port on loopback of what is protected. */
  readonly upstreamPort: number
  /** For the HTTPS listener. */
  readonly certificate: string
  readonly key: string
}
