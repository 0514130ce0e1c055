import { verifiedPieces } from '../gate/verified-pieces.js'
import { permittedFetch } from './fetch-authorizer.js'
import { webHashing } from './web-hashing.js'

/**
 * The body of a permitted request as the client meant it: without the framing of chunks, and checked against what was signed. It fails with a
 * BodyError if the check does; until it has ended well, nothing of it counts as received. Throws TypeError for a request that has not passed.
 */
export function verifiedStream(request: Request): ReadableStream<Uint8Array> {
  const passed = permittedFetch(request)
  if (passed === undefined) throw new TypeError('the request has not passed grantree: authorize it first')
  const { authentication, body } = passed
  if (body !== undefined) return streamOf([body.bytes].values())
  const { headers } = passed.request.http
  return streamOf(verifiedPieces(piecesOf(request), { headers, rule: authentication.body, hashing: webHashing }))
}

async function* piecesOf({ body }: Request): AsyncGenerator<Uint8Array, void> {
  if (body === null) return
  const reader = body.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } finally {
    await reader.cancel()
  }
}

function streamOf(pieces: AsyncIterator<Uint8Array> | Iterator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      await pieces.return?.()
    },
  })
}
