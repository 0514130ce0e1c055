import { HeaderList } from '../http/header-list.js'
import { type S3Error, s3Error } from '../s3-error/s3-error.js'
import { boundaryOf, malformedForm } from './boundary.js'
import { type FilePart, type FormLimits, type FormOf, formLimits } from './form.js'
import { FieldCollector, fileTooLarge, missingFile, readPartHead, secondFile } from './form-reading.js'
import { type FormPart, splitForm } from './split-form.js'

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
  const form: GrowingForm = { collector: new FieldCollector(limits), partsAfterFile: 0 }
  for (const part of splitForm(bytes, boundary, limits)) {
    const error = 'kind' in part ? part : addPart(form, part, limits)
    if (error !== undefined) return error
  }
  return form.file === undefined ? missingFile() : { kind: 'form', fields: form.collector.fields, file: form.file }
}

interface GrowingForm {
  readonly collector: FieldCollector
  file?: WholeFile
  partsAfterFile: number
}

function addPart(form: GrowingForm, { headers, body }: FormPart, limits: FormLimits): S3Error | undefined {
  const head = readPartHead(headers)
  if (head.kind === 'error') return head
  if (form.file !== undefined) {
    if (head.kind === 'file') return secondFile()
    return ++form.partsAfterFile > limits.maxPartsAfterFile ? malformedForm('too much comes after the file') : undefined
  }
  if (head.kind === 'field')
    return form.collector.open(head.name) ?? form.collector.count(body.length) ?? form.collector.close(head.name, body)
  if (body.length > limits.maxFileBytes) return fileTooLarge(limits.maxFileBytes)
  const { kind: _, ...described } = head
  form.file = { ...described, blob: new Blob([body as Uint8Array<ArrayBuffer>], { type: head.contentType ?? '' }) }
  return undefined
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
        await reader.cancel()
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
