// S3 requests to Node's own HTTP server: `node examples/node-http.mjs`.
import { createServer } from 'node:http'
import { nodeMiddleware, permittedRequest } from 'grantree/adapters'
import { authorizer, log, port, secrets } from './photos.mjs'

const authorize = nodeMiddleware({ authorizer, secrets, log })

const server = createServer((request, response) => {
  authorize(request, response, () => {
    const { operation, bucket, key } = permittedRequest(request).request
    response.end(`${operation.name} of ${key ?? 'the bucket'} in ${bucket}\n`)
  })
})

server.listen(port, () => console.log(`node:http listens on http://localhost:${server.address().port}`))
