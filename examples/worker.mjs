// S3 requests to an edge worker: the `fetch` style, without anything of Node. `wrangler dev examples/worker.mjs` runs it, as does any server of this style.
import { fetchAuthorizer, permittedFetch } from 'grantree/adapters'
import { authorizer, secrets } from './photos.mjs'

const authorize = fetchAuthorizer({
  authorizer,
  secrets,
  connection: (request) => ({
    secureTransport: request.url.startsWith('https:'),
    sourceIp: request.headers.get('cf-connecting-ip') ?? undefined,
  }),
})

export default {
  async fetch(request) {
    const refusal = await authorize(request)
    if (refusal !== undefined) return refusal
    const { operation, bucket, key } = permittedFetch(request).request
    return new Response(`${operation.name} of ${key ?? 'the bucket'} in ${bucket}\n`)
  },
}
