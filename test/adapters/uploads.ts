import { nodeHashing } from '../../src/adapters/node-hashing.js'
import { signPostForm } from '../../src/sigv4/sign-post-form.js'
import { signingKey } from '../../src/sigv4/signing-key.js'
import { headersOf, region, type Sent, secretOf } from '../gate/scene.js'
import { plainChunks, signChunks } from '../sigv4/sign-chunks.js'
import { FORM_TYPE, field, file, form } from './forms.js'

type Headers = [string, string][]

interface Upload {
  readonly sent: Sent
  readonly headers: Headers
}

const chunks = [Buffer.from('a'.repeat(8192)), Buffer.from('the end')]
export const payload = Buffer.concat(chunks).toString()

/** An upload in chunks of which each is signed, as the SDKs send it. */
export function signedChunks(host: string): Upload {
  const sent: Sent = { method: 'PUT', target: '/plain/chunks', key: 'EDITOR' }
  const headers = chunkHeaders(sent, host, 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD')
  const authorization = headers.find(([name]) => name === 'authorization')?.[1] ?? ''
  const date = headers.find(([name]) => name === 'x-amz-date')?.[1] ?? ''
  const key = signingKey(secretOf('EDITOR'), date.slice(0, 8), region, nodeHashing)
  if (key instanceof Promise) throw new Error('node answers at once')
  const signature = authorization.slice(authorization.indexOf('Signature=') + 'Signature='.length)
  const { body } = signChunks({ signature, date, scope: `${date.slice(0, 8)}/${region}/s3/aws4_request`, signingKey: key }, chunks)
  return { sent: { ...sent, body }, headers }
}

/** An upload in chunks with a checksum behind it, none of which is signed. @param crc32 of the payload, in base64 */
export function trailedChunks(host: string, crc32: string): Upload {
  const sent: Sent = { method: 'PUT', target: '/plain/chunks', key: 'EDITOR', headers: [['x-amz-trailer', 'x-amz-checksum-crc32']] }
  const body = plainChunks(chunks, [`x-amz-checksum-crc32:${crc32}`])
  return { sent: { ...sent, body }, headers: chunkHeaders(sent, host, 'STREAMING-UNSIGNED-PAYLOAD-TRAILER') }
}

function chunkHeaders(sent: Sent, host: string, contentSha256: string): Headers {
  const headers: Headers = [
    ['content-encoding', 'aws-chunked'],
    ['x-amz-decoded-content-length', String(payload.length)],
  ]
  return headersOf({ ...sent, host, contentSha256, time: Date.now(), headers: [...(sent.headers ?? []), ...headers] })
}

/** A form for files below `uploads/` of 3 to 10 bytes. */
export function upload(host: string, content: string, { key = 'EDITOR', expires = 60, name = 'a.jpg' } = {}): Upload {
  const signed = signPostForm(
    {
      url: `http://${host}/plain`,
      bucket: 'plain',
      key: { prefix: 'uploads/' },
      size: { min: 3, max: 10 },
      conditions: [['starts-with', '$Content-Type', 'image/']],
      fields: {},
      expires,
      accessKey: key,
      secret: secretOf(key),
      region,
      time: Date.now(),
    },
    nodeHashing,
  )
  if (signed instanceof Promise) throw new Error('node answers at once')
  const fields = Object.entries({ ...signed.fields, 'Content-Type': 'image/jpeg' }).map(([field_, value]) => field(field_, value))
  return {
    sent: { method: 'POST', target: '/plain', body: form([...fields, file(content, name)]) },
    headers: [
      ['host', host],
      ['content-type', FORM_TYPE],
    ],
  }
}
