// S3 requests to Express: `node examples/express.mjs`. What reaches the second handler is allowed.
import express from 'express'
import { BodyError, nodeMiddleware, permittedRequest, s3Error, sendS3Error, verifiedBody } from 'grantree/adapters'
import { authorizer, log, port, secrets } from './photos.mjs'

const objects = new Map()
const app = express()

app.use(nodeMiddleware({ authorizer, secrets, log }))

app.use(async (request, response) => {
  const { request: asked, mayLearnThatMissing } = permittedRequest(request)
  const name = `${asked.bucket}/${asked.key}`
  if (asked.operation.name === 'PutObject') {
    const pieces = []
    // Fails if the body is not what was signed: nothing is stored then.
    for await (const piece of verifiedBody(request)) pieces.push(piece)
    objects.set(name, Buffer.concat(pieces))
    response.end()
  } else if (!['GetObject', 'HeadObject'].includes(asked.operation.name)) {
    sendS3Error(request, response, s3Error('NotImplemented'))
  } else if (objects.has(name)) {
    response.setHeader('content-length', objects.get(name).length)
    response.end(objects.get(name))
  } else {
    // Only who may list the bucket is told that the object does not exist.
    sendS3Error(request, response, s3Error((await mayLearnThatMissing()) ? 'NoSuchKey' : 'AccessDenied'))
  }
})

app.use((error, request, response, next) => {
  if (error instanceof BodyError) sendS3Error(request, response, error.error)
  else next(error)
})

const server = app.listen(port, () => console.log(`Express listens on http://localhost:${server.address().port}`))
