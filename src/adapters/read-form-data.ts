import { HeaderList } from '../http/header-list.js'
import { type S3Error, s3Error } from '../s3-error/s3-error.js'
import { boundaryOf } from './boundary.js'
import { type FilePart, type FormLimits, type FormOf, formLimits } from './form.js'
import { fieldsTooLarge, fileTooLarge, readFormStart, refuseAfterFile } from './form-reading.js'
import { giveUp } from './pieces-of.js'
import { splitForm } from './split-form.js'

export interface WholeFile extends FilePart {
  readonly blob: Blob
}

/** Forms are held in memory where there are no streams to hand on: an edge worker has 128 MB. */
export const MAX_FORM_BYTES = 32 * 1024 * 1024

/**
 * Reads a POST form from a `fetch` request, as a whole. Like `request.formData()`, but bounded, and what that would repair or skip is refused.
 * Needs `Content-Length`, as S3 does. Never rejects.
 */
export async function readFormOf(
  request: Request,
  { maxFormBytes = MAX_FORM_BYTES, ...given }: Partial<FormLimits> & { readonly maxFormBytes?: number } = {},
): Promise<FormOf<WholeFile> | S3Error> {
  const limits = { ...formLimits, ...given }
  const boundary = boundaryOf(HeaderList.of(request.headers))
  if (typeof boundary !== 'string') return boundary
  const length = lengthOf(request.headers.get('content-length'))
  if (length === undefined) return s3Error('MissingContentLength')
  if (length > maxFormBytes) return fileTooLarge(maxFormBytes)
  const bytes = await readBytes(request.body, length)
  return bytes === undefined ? s3Error('IncompleteBody') : readParts(bytes, boundary, limits)
}

function readParts(bytes: Uint8Array, boundary: string, limits: FormLimits): FormOf<WholeFile> | S3Error {
  const parts = splitForm(bytes, boundary, limits)
  const start = readFormStart(parts, limits)
  if ('kind' in start) return start
  const { fields, file, body } = start
  if (body.byteOffset - bytes.byteOffset > limits.maxBytesBeforeFile) return fieldsTooLarge(limits)
  if (body.length > limits.maxFileBytes) return fileTooLarge(limits.maxFileBytes)
  let count = 0
  for (const part of parts) {
    const error = 'kind' in part ? part : refuseAfterFile(part.headers, ++count, limits)
    if (error !== undefined) return error
  }
  const blob = new Blob([body as Uint8Array<ArrayBuffer>], { type: file.contentType ?? '' })
  return { kind: 'form', fields, file: { ...file, blob } }
}

function lengthOf(text: string | null): number | undefined {
  const length = Number(text)
  return text !== null && String(length) === text && Number.isSafeInteger(length) && length >= 0 ? length : undefined
}

/** A body of exactly this length; undefined if it is shorter, longer or breaks off. */
async function readBytes(body: ReadableStream<Uint8Array> | null, length: number): Promise<Uint8Array | undefined> {
  if (body === null) return length === 0 ? new Uint8Array() : undefined
  const chunks: Uint8Array[] = []
  let received = 0
  const reader = body.getReader()
  try {
    for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
      received += value?.length ?? 0
      if (received > length) {
        giveUp(reader)
        return undefined
      }
      if (value !== undefined) chunks.push(value)
    }
  } catch {
    return undefined
  }
  return received === length ? concatenate(chunks, length) : undefined
}

function concatenate(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}
