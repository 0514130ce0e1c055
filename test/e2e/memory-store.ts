import { createHash, randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { permittedRequest } from '../../src/adapters/node-gate.js'
import { verifiedBody } from '../../src/adapters/verified-body.js'
import type { Permitted } from '../../src/gate/outcome.js'
import { BodyError } from '../../src/gate/verified-pieces.js'
import { deleteResult } from '../../src/xml/delete-result.js'
import { errorDocument } from '../../src/xml/error-document.js'

interface StoredObject {
  readonly body: Buffer
  readonly etag: string
  /** `content-type` and `x-amz-meta-…`. */
  readonly headers: Readonly<Record<string, string>>
}

interface Upload {
  readonly headers: StoredObject['headers']
  readonly parts: Map<number, StoredObject>
}

interface Scene {
  readonly permitted: Permitted
  readonly message: IncomingMessage
  /** Of the request: `bucket/key`. */
  readonly path: string
}

interface Reply {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
}

/** Objects in memory: as much of S3 as the clients of these tests need, for requests that have passed grantree. */
export class MemoryStore {
  readonly objects = new Map<string, StoredObject>()
  private readonly buckets = new Set<string>()
  private readonly uploads = new Map<string, Upload>()

  /** The listener behind the middleware. */
  async answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const permitted = permittedRequest(message)
    if (permitted === undefined) throw new Error('the request has not passed')
    const { bucket = '', key = '', operation } = permitted.request
    const carry = this.operations[operation.name]
    const reply = await (carry?.({ permitted, message, path: `${bucket}/${key}` }) ?? failure(501, 'NotImplemented')).catch(replyOf)
    // What is left of a body that was not taken is not read.
    if (!message.complete) response.setHeader('connection', 'close')
    const { status = 200, headers = {}, body = '' } = reply
    const length = status === 204 ? {} : { 'content-length': Buffer.byteLength(body) }
    response.writeHead(status, { 'content-type': 'application/xml', ...length, ...headers })
    response.end(message.method === 'HEAD' ? undefined : body)
  }

  private readonly operations: Readonly<Record<string, (scene: Scene) => Promise<Reply>>> = {
    CreateBucket: async ({ permitted }) => {
      this.buckets.add(permitted.request.bucket ?? '')
      return {}
    },
    HeadBucket: async ({ permitted }) => (this.buckets.has(permitted.request.bucket ?? '') ? {} : { status: 404 }),
    PutObject: async ({ message, path }) => this.store(path, await received(message), headersOf(message)),
    PostObject: async ({ permitted, message }) => {
      const { key, fields } = permitted.form as NonNullable<Permitted['form']>
      this.store(`${permitted.request.bucket}/${key}`, await received(message), {})
      return { status: Number(fields.get('success_action_status') ?? 204) }
    },
    CopyObject: async ({ permitted, path }) => {
      const source = permitted.questions.find(({ question }) => question.action === 's3:GetObject')?.question
      const from = this.objects.get(`${source?.bucket}/${source?.key}`)
      if (from === undefined) return failure(404, 'NoSuchKey')
      this.objects.set(path, from)
      return { body: `<CopyObjectResult>${modified()}<ETag>${from.etag}</ETag></CopyObjectResult>` }
    },
    GetObject: async (scene) => this.read(scene),
    HeadObject: async (scene) => this.read(scene),
    DeleteObject: async ({ path }) => {
      this.objects.delete(path)
      return { status: 204 }
    },
    DeleteObjects: async ({ permitted }) => {
      const { objects = [], request } = permitted
      const allowed = objects.filter(({ isAllowed }) => isAllowed)
      for (const { key } of allowed) this.objects.delete(`${request.bucket}/${key}`)
      const errors = objects
        .filter(({ isAllowed }) => !isAllowed)
        .map(({ key }) => ({ key, code: 'AccessDenied', message: 'Access Denied' }))
      return { body: deleteResult({ deleted: allowed.map(({ key }) => ({ key })), errors }) }
    },
    ListObjects: async (scene) => this.list(scene),
    ListObjectsV2: async (scene) => this.list(scene),
    CreateMultipartUpload: async ({ message }) => {
      const id = randomUUID()
      this.uploads.set(id, { headers: headersOf(message), parts: new Map() })
      return { body: `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>` }
    },
    UploadPart: async ({ permitted, message }) => {
      const { query } = permitted.request
      const upload = this.uploads.get(query.get('uploadId') ?? '')
      if (upload === undefined) return failure(404, 'NoSuchUpload')
      const part = objectOf(await received(message), {})
      upload.parts.set(Number(query.get('partNumber')), part)
      return { headers: { etag: part.etag } }
    },
    CompleteMultipartUpload: async ({ permitted, message, path }) => {
      const upload = this.uploads.get(permitted.request.query.get('uploadId') ?? '')
      if (upload === undefined) return failure(404, 'NoSuchUpload')
      await received(message)
      const parts = [...upload.parts].sort(([a], [b]) => a - b).map(([, { body }]) => body)
      const whole = Buffer.concat(parts)
      const hashes = parts.map((part) => createHash('md5').update(part).digest())
      const etag = `"${createHash('md5').update(Buffer.concat(hashes)).digest('hex')}-${parts.length}"`
      this.objects.set(path, { body: whole, etag, headers: upload.headers })
      return { body: `<CompleteMultipartUploadResult><ETag>${etag}</ETag></CompleteMultipartUploadResult>` }
    },
    GetObjectAcl: async () => ({
      body: '<AccessControlPolicy><Owner><ID>x</ID></Owner><AccessControlList></AccessControlList></AccessControlPolicy>',
    }),
    PutObjectAcl: async ({ message }) => {
      await received(message)
      return {}
    },
    GetBucketPolicy: async () => failure(404, 'NoSuchBucketPolicy'),
    GetBucketCors: async () => failure(404, 'NoSuchCORSConfiguration'),
  }

  private store(path: string, body: Buffer, headers: StoredObject['headers']): Reply {
    const object = objectOf(body, headers)
    this.objects.set(path, object)
    return { headers: { etag: object.etag } }
  }

  private async read({ permitted, path }: Scene): Promise<Reply> {
    const object = this.objects.get(path)
    if (object === undefined) return (await permitted.mayLearnThatMissing()) ? failure(404, 'NoSuchKey') : failure(403, 'AccessDenied')
    const { body, etag, headers } = object
    return { headers: { 'last-modified': new Date(0).toUTCString(), etag, ...headers }, body }
  }

  private async list({ permitted }: Scene): Promise<Reply> {
    const { bucket, query } = permitted.request
    const prefix = query.get('prefix') ?? ''
    const delimiter = query.get('delimiter') ?? ''
    const written = query.get('encoding-type') === 'url' ? encodeURIComponent : escaped
    const folders = new Set<string>()
    const contents: string[] = []
    for (const [path, { body, etag }] of [...this.objects].sort()) {
      const key = path.slice(`${bucket}/`.length)
      if (!path.startsWith(`${bucket}/${prefix}`)) continue
      const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length)
      if (end >= 0) folders.add(key.slice(0, end + delimiter.length))
      else contents.push(`<Contents><Key>${written(key)}</Key>${modified()}<ETag>${etag}</ETag><Size>${body.length}</Size></Contents>`)
    }
    const prefixes = [...folders].map((folder) => `<CommonPrefixes><Prefix>${written(folder)}</Prefix></CommonPrefixes>`)
    const encoding = written === escaped ? '' : '<EncodingType>url</EncodingType>'
    const about = `${encoding}<Name>${bucket}</Name><Prefix>${written(prefix)}</Prefix><IsTruncated>false</IsTruncated>`
    return { body: `<ListBucketResult>${about}${contents.join('')}${prefixes.join('')}</ListBucketResult>` }
  }
}

/** The whole body. Throws before it can be stored, if it is not what was signed. */
async function received(message: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of verifiedBody(message)) pieces.push(Buffer.from(piece))
  return Buffer.concat(pieces)
}

function replyOf(error: unknown): Reply {
  if (error instanceof BodyError) return { status: error.error.status, body: errorDocument(error.error) }
  // The client went away.
  return { status: 400 }
}

async function failure(status: number, code: string): Promise<Reply> {
  return { status, body: `<Error><Code>${code}</Code><Message>${code}</Message></Error>` }
}

function objectOf(body: Buffer, headers: StoredObject['headers']): StoredObject {
  return { body, etag: `"${createHash('md5').update(body).digest('hex')}"`, headers }
}

function headersOf({ headers }: IncomingMessage): StoredObject['headers'] {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => name === 'content-type' || name.startsWith('x-amz-meta-')) as [string, string][],
  )
}

function modified(): string {
  return `<LastModified>${new Date(0).toISOString()}</LastModified>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
