// Answers Caddy's forward_auth for the Caddyfile beside it: `node examples/caddy/forward-auth.mjs`.
import { createServer } from 'node:http'
import { forwardAuth } from 'grantree/adapters'
import { authorizer, log, port, secrets } from '../photos.mjs'

const answer = forwardAuth({
  proxy: 'caddy',
  // The gateway behind it: what it would take for another request is refused. Also: minio, seaweedfs, s3.
  server: 'ceph',
  trustedProxies: ['127.0.0.1', '::1'],
  authorizer,
  secrets,
  log,
})

const server = createServer(answer)

server.listen(port, '127.0.0.1', () => console.log(`answers forward_auth on http://127.0.0.1:${server.address().port}`))
