// S3 requests to Fastify: `node examples/fastify.mjs`.
import Fastify from 'fastify'
import { fastifyHook, permittedRequest } from 'grantree/adapters'
import { authorizer, log, port, secrets } from './photos.mjs'

const app = Fastify()
// Bodies are S3's, not Fastify's to parse.
app.removeAllContentTypeParsers()
app.addContentTypeParser('*', (_request, payload, done) => done(null, payload))

app.addHook('onRequest', fastifyHook({ authorizer, secrets, log }))
app.all('/*', async (request) => {
  const { operation, bucket, key } = permittedRequest(request.raw).request
  return `${operation.name} of ${key ?? 'the bucket'} in ${bucket}\n`
})

const address = await app.listen({ port })
console.log(`Fastify listens on ${address}`)
