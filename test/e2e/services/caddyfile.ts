import type { DeciderAddress, ProxyOptions } from './decider.js'

/**
 * Caddy that asks with `forward_auth` before it passes a request on. An answer other than 2xx goes to the client as it is, status, headers
 * and body; an unreachable decider is 502.
 *
 * What it asks is what nginx asks here: `GET <decisionPath>` with all headers of the client and no body, the request line in X-Forwarded-*.
 * X-Forwarded-Uri is set anew because Caddy's own has been through Go's URL type, which writes some characters differently than they were
 * sent; the `?` behind the path keeps the client's query away from it, and without `compression off` Caddy would claim to take gzip in the
 * client's name. A header that the client did not send is asked about as an empty X-Forwarded-Content-Length. X-Forwarded-For, -Proto and -Host are Caddy's own, which replaces what the client says.
 *
 * Unlike nginx, Caddy passes headers with an underscore on, which the gateway takes for their namesakes with a hyphen: those that begin
 * with `x_` are removed before anybody sees them.
 */
export function caddyfile(options: ProxyOptions & { readonly httpPort: number; readonly httpsPort: number }): string {
  const { directory } = options
  return `{
  admin off
  auto_https off
  storage file_system ${directory}/storage
  log {
    output file ${directory}/caddy.log
    level WARN
  }
}
(gated) {
  bind 127.0.0.1
  request_header -x_*
  forward_auth ${caddyAddress(options.decider)} {
    uri ${options.decisionPath}?
    header_up X-Forwarded-Uri {http.request.orig_uri}
    header_up X-Forwarded-Content-Length {http.request.header.Content-Length}
    header_up -Forwarded
    transport http {
      compression off
    }
  }
  reverse_proxy 127.0.0.1:${options.upstreamPort} {
    header_up -Forwarded
    transport http {
      compression off
    }
  }
}
http://:${options.httpPort} {
  import gated
}
https://:${options.httpsPort} {
  tls ${options.certificate} ${options.key}
  import gated
}
`
}

function caddyAddress(address: DeciderAddress): string {
  return address.kind === 'port' ? `127.0.0.1:${address.port}` : `unix/${address.path}`
}
