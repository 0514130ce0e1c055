// S3 requests to Express: `node examples/express.mjs`. What reaches the second handler is allowed.
import express from 'express'
import { nodeMiddleware, permittedRequest, verifiedBody } from 'grantree/adapters'
import { authorizer, log, port, secrets } from './photos.mjs'

const objects = new Map()
const app = express()

app.use(nodeMiddleware({ authorizer, secrets, log }))
app.use(async (request, response) => {
  const { operation, bucket, key } = permittedRequest(request).request
  const name = `${bucket}/${key}`
  if (operation.name === 'PutObject') {
    const pieces = []
    // Fails if the body is not what was signed: nothing is stored then.
    for await (const piece of verifiedBody(request)) pieces.push(piece)
    objects.set(name, Buffer.concat(pieces))
    response.end()
  } else if (operation.name === 'GetObject' && objects.has(name)) {
    response.end(objects.get(name))
  } else {
    response.status(501).end()
  }
})

app.listen(port, () => console.log(`Express listens on http://localhost:${port}`))
