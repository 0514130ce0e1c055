import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { FormLimits } from '../../src/adapters/form.js'
import { FormError } from '../../src/adapters/form-error.js'
import { readForm } from '../../src/adapters/read-form.js'
import { readFormOf } from '../../src/adapters/read-form-data.js'
import { HeaderList } from '../../src/http/header-list.js'
import type { S3Error } from '../../src/s3-error/s3-error.js'

export const BOUNDARY = '----grantree9051914041544843365972754266'
export const FORM_TYPE = `multipart/form-data; boundary=${BOUNDARY}`

/** A part of a form. `head` is what stands before the blank line, without the line end after the boundary. */
export interface Part {
  readonly head: string
  readonly body: string | Uint8Array
}

export function field(name: string, body: string | Uint8Array): Part {
  return { head: `Content-Disposition: form-data; name="${name}"`, body }
}

export function file(body: string | Uint8Array, name = 'a.jpg', type = 'image/jpeg'): Part {
  return { head: `Content-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: ${type}`, body }
}

export function form(parts: readonly Part[], { boundary = BOUNDARY, end = '--\r\n' } = {}): Uint8Array {
  const pieces = parts.flatMap(({ head, body }) => [`--${boundary}\r\n${head}\r\n\r\n`, body, '\r\n'])
  return new Uint8Array(Buffer.concat([...pieces, `--${boundary}${end}`].map((piece) => Buffer.from(piece as string))))
}

/** What both readers come to: fields and file, or the error. */
export type Outcome =
  | { readonly fields: Readonly<Record<string, string>>; readonly name?: string; readonly contentType?: string; readonly content: string }
  | { readonly error: S3Error }

interface Asked {
  readonly type?: string
  readonly limits?: Partial<FormLimits>
  /** Bytes a chunk. */
  readonly chunk?: number
}

export type FormReader = (body: Uint8Array, asked?: Asked) => Promise<Outcome>

export const readers: readonly (readonly [name: string, read: FormReader])[] = [
  ['readForm', streamed],
  ['readFormOf', whole],
]

async function streamed(body: Uint8Array, { type = FORM_TYPE, limits = {}, chunk = 65_536 }: Asked = {}): Promise<Outcome> {
  const result = await readForm(HeaderList.of([['Content-Type', type]]), Readable.from(chunks(body, chunk)), limits)
  if (result.kind === 'error') return { error: result }
  const { stream, size, ...described } = result.file
  try {
    const content = await buffer(stream)
    if (size() !== content.length) throw new Error('the size is not that of the content')
    return { fields: Object.fromEntries(result.fields), ...described, content: content.toString('latin1') }
  } catch (error) {
    if (error instanceof FormError) return { error: error.error }
    throw error
  }
}

async function whole(body: Uint8Array, { type = FORM_TYPE, limits = {}, chunk = 65_536 }: Asked = {}): Promise<Outcome> {
  const stream = Readable.toWeb(Readable.from(chunks(body, chunk))) as ReadableStream<Uint8Array>
  const headers = { 'content-type': type, 'content-length': String(body.length) }
  const request = new Request('http://localhost/photos', { method: 'POST', headers, body: stream, duplex: 'half' } as RequestInit)
  const result = await readFormOf(request, limits)
  if (result.kind === 'error') return { error: result }
  const { blob, ...described } = result.file
  const content = Buffer.from(await blob.arrayBuffer()).toString('latin1')
  return { fields: Object.fromEntries(result.fields), ...described, content }
}

function* chunks(body: Uint8Array, size: number): Generator<Buffer> {
  for (let at = 0; at < body.length; at += size) yield Buffer.from(body.subarray(at, at + size))
}
