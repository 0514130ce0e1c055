import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { verifiedFile, verifiedPieces } from '../gate/verified-pieces.js'
import { permittedRequest } from './node-gate.js'
import { nodeHashing } from './node-hashing.js'

/**
 * The body of a permitted request as the client meant it, of a form its file: without the framing of chunks, and checked against what was signed. It ends with a
 * BodyError if the check fails; until it has ended well, nothing of it counts as received. Throws TypeError for a request that has not passed.
 */
export function verifiedBody(message: IncomingMessage): Readable {
  const permitted = permittedRequest(message)
  if (permitted === undefined) throw new TypeError('the request has not passed grantree: put the middleware first')
  const { authentication, body, form, request } = permitted
  if (body !== undefined) return Readable.from([body.bytes])
  if (form !== undefined) return Readable.from(verifiedFile(form), { objectMode: false })
  const { headers } = request.http
  return Readable.from(verifiedPieces(message, { headers, rule: authentication.body, hashing: nodeHashing }), { objectMode: false })
}
