import type { DeciderAddress, ProxyOptions } from './decider.js'

/**
 * Caddy that asks with `forward_auth` before it passes a request on. An answer other than 2xx goes to the client as it is, status, headers
 * and body; an unreachable decider is 502.
 *
 * What it asks is what nginx asks here: `GET <decisionPath>` with all headers of the client and no body, the request line in X-Forwarded-*.
 * X-Forwarded-Uri is set anew because Caddy's own has been through Go's URL type, which writes some characters differently than they were
 * sent. The `?` behind the path keeps the client's query out of the question, and `compression off` keeps Caddy from taking gzip in the
 * client's name. Without a Content-Length, X-Forwarded-Content-Length is empty. A signed
 * Transfer-Encoding cannot be asked about: Go's server takes the header away. X-Forwarded-For, -Proto and -Host are Caddy's own and
 * replace what the client says.
 *
 * Unlike nginx, Caddy lets headers with an underscore in, and the gateway takes `x_amz_copy_source` and `x-amz_copy-source` for
 * `x-amz-copy-source`: they are removed before anybody sees them. `route` keeps the order; Caddy's own would remove them after asking.
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
  route {
    request_header -*_*
    forward_auth ${caddyAddress(options.decider)} {
      uri ${options.decisionPath}?
      header_up X-Forwarded-Uri {http.request.orig_uri}
      header_up X-Forwarded-Content-Length {http.request.header.Content-Length}
      header_up X-Forwarded-Tls-Version {http.request.tls.version}
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
