import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { verifiedFile, verifiedPieces } from '../gate/verified-pieces.js'
import { isConsumed, messagePieces } from './message-pieces.js'
import { permittedRequest } from './node-gate.js'
import { nodeHashing } from './node-hashing.js'

/**
 * The body of a permitted request as the client meant it, of a form its file: without the framing of chunks, and checked against what was signed. It
 * ends with a BodyError if the check fails or the client goes away; until it has ended well, nothing of it counts as received. Throws TypeError for a
 * request that has not passed, and for one of whose body somebody has read already.
 */
export function verifiedBody(message: IncomingMessage): Readable {
  const permitted = permittedRequest(message)
  if (permitted === undefined) throw new TypeError('the request has not passed grantree: put the middleware first')
  const { authentication, body, form, request } = permitted
  if (body !== undefined) return Readable.from([body.bytes], { objectMode: false })
  if (form !== undefined) return Readable.from(verifiedFile(form), { objectMode: false })
  if (isConsumed(message)) throw new TypeError('the body was read before `verifiedBody`: leave body parsers away, and ask for it once')
  const { headers } = request.http
  const rules = { headers, rule: authentication.body, hashing: nodeHashing }
  return Readable.from(verifiedPieces(messagePieces(message), rules), { objectMode: false })
}
