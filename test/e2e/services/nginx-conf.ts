import type { DeciderAddress, ProxyOptions } from './decider.js'

/**
 * Every status that an S3 error can have. nginx answers only with statuses that its configuration spells out; another one becomes 403,
 * its document stays.
 */
const errorStatuses = [400, 404, 405, 409, 411, 412, 413, 416, 500, 501, 503]

/**
 * nginx that asks with `auth_request` before it passes a request on.
 *
 * What it asks: `GET <decisionPath>` with all headers of the client and no body. The request line and where it came from are in
 * X-Forwarded-Method, -Uri (raw), -Proto, -For (the peer alone; what the client says is replaced), and in Host. X-Forwarded-Content-Length
 * and -Transfer-Encoding are there because clients sign these headers (rclone the one, boto3 the other) and a question without a body loses them.
 *
 * What it must hear: 2xx, or 403 with `X-S3-Error` (the whole error document on one line of ASCII) and `X-S3-Error-Status`.
 * `auth_request` throws the body of an answer away, hence a header. The document could be fetched by a second request instead; but nginx
 * reads the whole body of the client's request before a `proxy_pass`, even if it passes none on: whoever is refused could fill the disk.
 * `return` reads nothing. All other answers, and none, are 500 InternalError.
 *
 * Towards the upstream nothing is changed that a signature covers: the target is raw, since `proxy_pass` names no path, and Host is
 * the client's with its port. Headers with an underscore are dropped on both ways, which is nginx's default and must stay: the gateway
 * takes `x_amz_copy_source` for `x-amz-copy-source`.
 */
export function nginxConf(
  options: ProxyOptions & { readonly httpPort: number; readonly httpsPort: number; readonly user: string | undefined },
): string {
  const { directory } = options
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${directory}/${name};`)
  return `daemon off;
${options.user === undefined ? '' : `user ${options.user};`}
worker_processes 2;
pid ${directory}/nginx.pid;
error_log ${directory}/nginx-error.log;
events { worker_connections 1024; }
http {
  access_log off;
  ${paths.join('\n  ')}
  default_type application/xml;
  server_tokens off;
  client_max_body_size 0;
  large_client_header_buffers 8 32k;
  keepalive_requests 100000;

  upstream decider {
    server ${nginxAddress(options.decider)};
    keepalive 64;
    keepalive_requests 100000;
  }
  upstream storage {
    server 127.0.0.1:${options.upstreamPort};
    keepalive 64;
    keepalive_requests 100000;
  }

  server {
    listen 127.0.0.1:${options.httpPort};
    listen 127.0.0.1:${options.httpsPort} ssl;
    ssl_certificate ${options.certificate};
    ssl_certificate_key ${options.key};
    proxy_http_version 1.1;

    location / {
      auth_request /.grantree-decision;
      auth_request_set $s3_error $upstream_http_x_s3_error;
      auth_request_set $s3_error_status $upstream_http_x_s3_error_status;
      error_page 401 403 = @refused;
      error_page 500 502 504 = @broken;

      proxy_pass http://storage;
      proxy_request_buffering off;
      proxy_buffering off;
      proxy_read_timeout 300s;
      proxy_set_header Connection "";
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_set_header Forwarded "";
    }

    location = /.grantree-decision {
      internal;
      proxy_pass http://decider${options.decisionPath};
      proxy_method GET;
      proxy_pass_request_body off;
      proxy_buffer_size 32k;
      proxy_buffers 4 32k;
      proxy_set_header Connection "";
      proxy_set_header Content-Length "";
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-Method $request_method;
      proxy_set_header X-Forwarded-Uri $request_uri;
      proxy_set_header X-Forwarded-Host $http_host;
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_set_header X-Forwarded-Tls-Version $ssl_protocol;
      proxy_set_header X-Forwarded-Content-Length $http_content_length;
      proxy_set_header X-Forwarded-Transfer-Encoding $http_transfer_encoding;
      proxy_set_header Forwarded "";
    }

    location @refused {
      ${errorStatuses.map((status) => `if ($s3_error_status = ${status}) { return ${status} $s3_error; }`).join('\n      ')}
      return 403 $s3_error;
    }

    location @broken {
      return 500 '<?xml version="1.0" encoding="UTF-8"?><Error><Code>InternalError</Code><Message>We encountered an internal error. Please try again.</Message></Error>';
    }
  }
}
`
}

function nginxAddress(address: DeciderAddress): string {
  return address.kind === 'port' ? `127.0.0.1:${address.port}` : `unix:${address.path}`
}
