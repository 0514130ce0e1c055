// S3 requests to Hono, on Node, Bun, Deno or a worker: the default export is what such platforms serve.
import { honoMiddleware, permittedFetch } from 'grantree/adapters'
import { Hono } from 'hono'
import { authorizer, secrets } from './photos.mjs'

const app = new Hono()

app.use(honoMiddleware({ authorizer, secrets }))
app.all('*', (context) => {
  const { operation, bucket, key } = permittedFetch(context.req.raw).request
  return context.text(`${operation.name} of ${key ?? 'the bucket'} in ${bucket}\n`)
})

export default app
