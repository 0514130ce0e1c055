import { verifiedFile, verifiedPieces } from '../gate/verified-pieces.js'
import { permittedFetch } from './fetch-authorizer.js'
import { piecesOf } from './pieces-of.js'
import { webHashing } from './web-hashing.js'

/**
 * The body of a permitted request as the client meant it: without the framing of chunks, and checked against what was signed. It fails with a
 * BodyError if the check does; until it has ended well, nothing of it counts as received. Throws TypeError for a request that has not
 * passed, and for one whose body somebody has read already.
 */
export function verifiedStream(request: Request): ReadableStream<Uint8Array> {
  const passed = permittedFetch(request)
  if (passed === undefined) throw new TypeError('the request has not passed grantree: authorize it first')
  const { authentication, body, form } = passed
  if (body !== undefined) return streamOf([body.bytes].values())
  if (form !== undefined) return streamOf(verifiedFile(form))
  if (request.bodyUsed) throw new TypeError('the body was read before `verifiedStream`')
  const { headers } = passed.request.http
  const sent = request.body === null ? [] : piecesOf(request.body)
  return streamOf(verifiedPieces(sent, { headers, rule: authentication.body, hashing: webHashing }))
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
