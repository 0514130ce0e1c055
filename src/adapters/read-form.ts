import { once } from 'node:events'
import { PassThrough, type Readable } from 'node:stream'
import { Dicer } from '@fastify/busboy'
import type { HeaderList } from '../http/header-list.js'
import { type S3Error, s3Error } from '../s3-error/s3-error.js'
import { boundaryOf, malformedForm } from './boundary.js'
import { type FilePart, type FormLimits, type FormOf, formLimits } from './form.js'
import { FormError } from './form-error.js'
import {
  fieldsTooLarge,
  fileTooLarge,
  missingFile,
  type PartHeaders,
  readFormStart,
  readPartHead,
  refuseAfterFile,
} from './form-reading.js'
import { splitForm } from './split-form.js'

export interface StreamedFile extends FilePart {
  /** Ends only when the whole form has come and was right; else it is destroyed with a `FormError`. Must be read or destroyed. */
  readonly stream: Readable
  /** Bytes of the file that have come so far; all of them once the stream has ended. */
  size(): number
}

type StreamedForm = FormOf<StreamedFile>

/**
 * Reads a POST form until its file begins; the file is then read through its stream, no faster than that is consumed. Never rejects.
 * The body is left where it is if the form is wrong, so that an answer can still be sent.
 * @param stream the request's body
 */
export async function readForm(headers: HeaderList, stream: Readable, limits: Partial<FormLimits> = {}): Promise<StreamedForm | S3Error> {
  const boundary = boundaryOf(headers)
  if (typeof boundary !== 'string') return boundary
  const reader = new FormReader(boundary, { ...formLimits, ...limits })
  void reader.pump(stream)
  return reader.begun
}

/** Written in pieces, so that a chunk full of tiny parts is left alone after the first that is wrong. */
const PIECE = 16 * 1024

/**
 * busboy's splitter finds the file and its end. It drops header lines that it cannot read, without a word; so the fields are read from the
 * same bytes by `splitForm`, which refuses them, and the two must find the same file.
 */
class FormReader {
  readonly begun: Promise<StreamedForm | S3Error>
  private readonly begin: (result: StreamedForm | S3Error) => void
  private readonly stopped: Promise<void>
  private readonly stop: () => void
  private readonly dicer: Dicer
  /** All that came before the file, and what came with its first bytes. */
  private beforeFile: Buffer[] = []
  private bytesBeforeFile = 0
  private partsBeforeFile = 0
  private partsAfterFile = 0
  private fileSize = 0
  private epilogue = 0
  private file: PassThrough | undefined
  private fileEnd: Promise<void> = Promise.resolve()
  private isHeadRead = true
  private isStopped = false
  private isWhole = false
  private isSourceEnded = false

  constructor(
    private readonly boundary: string,
    private readonly limits: FormLimits,
  ) {
    ;({ promise: this.begun, settle: this.begin } = deferred<StreamedForm | S3Error>())
    ;({ promise: this.stopped, settle: this.stop } = deferred<void>())
    const config = { boundary, maxHeaderPairs: limits.maxHeaderLines, maxHeaderSize: limits.maxHeaderBytes }
    this.dicer = new Dicer(config)
    this.dicer.on('part', (part) => this.onPart(part))
    this.dicer.on('trailer', (data) => this.countEpilogue(data))
    this.dicer.on('finish', () => this.onFinish())
    this.dicer.on('error', () => this.fail(malformedForm('the form has no end')))
  }

  /** Hands the body over to the splitter, as fast as the file is consumed. */
  async pump(stream: Readable): Promise<void> {
    try {
      for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
        await this.write(typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Buffer))
        if (this.isStopped) return
      }
    } catch (error) {
      this.fail(s3Error('IncompleteBody', { reason: error instanceof Error ? error.message : String(error) }))
      return
    }
    this.isSourceEnded = true
    this.dicer.end()
    if (this.isWhole) this.file?.end()
  }

  private async write(chunk: Buffer): Promise<void> {
    for (let from = 0; from < chunk.length && !this.isStopped; from += PIECE) {
      const piece = chunk.subarray(from, from + PIECE)
      if (this.isWhole) this.countEpilogue(piece)
      else if (!this.split(piece)) await Promise.race([once(this.dicer, 'drain'), this.stopped])
    }
  }

  /** False if the splitter asks to wait. */
  private split(piece: Buffer): boolean {
    if (this.file === undefined) {
      this.bytesBeforeFile += piece.length
      this.beforeFile.push(piece)
    }
    const goesOn = this.dicer.write(piece)
    if (this.file === undefined && this.bytesBeforeFile > this.limits.maxBytesBeforeFile) this.fail(fieldsTooLarge(this.limits))
    return goesOn
  }

  private countEpilogue(piece: Buffer): void {
    this.epilogue += piece.length
    if (this.epilogue > this.limits.maxEpilogueBytes) this.fail(malformedForm('the body goes on after the form'))
  }

  private onPart(part: Part): void {
    // An error of a part is one of the form, which is told by itself.
    part.on('error', ignore)
    if (!this.isHeadRead) this.fail(malformedForm('a part has no end of its headers'))
    this.isHeadRead = false
    part.once('header', (headers) => {
      this.isHeadRead = true
      if (this.isStopped || !this.onHead(part, headers as PartHeaders)) part.resume()
    })
  }

  /** True if this part is the file, which is read on. */
  private onHead(part: Part, headers: PartHeaders): boolean {
    if (this.file !== undefined) {
      this.check(refuseAfterFile(headers, ++this.partsAfterFile, this.limits))
      return false
    }
    const head = readPartHead(headers)
    if (head.kind === 'error') this.fail(head)
    else if (head.kind === 'field') this.onField()
    else return this.onFile(part, head.file)
    return false
  }

  private onField(): void {
    if (++this.partsBeforeFile > this.limits.maxFields) this.fail(fieldsTooLarge(this.limits))
  }

  private onFile(part: Part, found: FilePart): boolean {
    // The splitter of whole forms wants an end; it is not asked for more than the start.
    const bytes = Buffer.concat([...this.beforeFile, Buffer.from(`\r\n--${this.boundary}--`)])
    const start = readFormStart(splitForm(bytes, this.boundary, this.limits), this.limits)
    this.beforeFile = []
    if ('kind' in start) {
      this.fail(start)
      return false
    }
    const { fields, file } = start
    if (fields.size !== this.partsBeforeFile || file.name !== found.name || file.contentType !== found.contentType) {
      this.fail(malformedForm('the form can be read in two ways'))
      return false
    }
    this.file = this.streamOf(part)
    this.begin({ kind: 'form', fields, file: { ...file, stream: this.file, size: () => this.fileSize } })
    return true
  }

  private streamOf(part: Part): PassThrough {
    const stream = new PassThrough()
    // Whoever reads the stream sees the error; if nobody does yet, it must not end the process.
    stream.on('error', ignore)
    stream.on('drain', () => part.resume())
    stream.on('close', () => this.halt())
    part.on('data', (chunk: Buffer) => {
      if (this.isStopped) return
      this.fileSize += chunk.length
      if (this.fileSize > this.limits.maxFileBytes) this.fail(fileTooLarge(this.limits.maxFileBytes))
      else if (!stream.write(chunk)) part.pause()
    })
    const { promise, settle } = deferred<void>()
    part.on('end', () => settle())
    this.fileEnd = promise
    return stream
  }

  private onFinish(): void {
    if (!this.isHeadRead) this.fail(malformedForm('a part has no end of its headers'))
    if (this.file === undefined) this.fail(missingFile())
    // The end of an empty part is told after that of the form.
    void this.fileEnd.then(() => {
      this.isWhole = !this.isStopped
      if (this.isWhole && this.isSourceEnded) this.file?.end()
    })
  }

  private check(error: S3Error | undefined): void {
    if (error !== undefined) this.fail(error)
  }

  private fail(error: S3Error): void {
    if (this.isStopped) return
    this.begin(error)
    this.halt()
    this.file?.destroy(new FormError(error))
  }

  private halt(): void {
    this.isStopped = true
    this.beforeFile = []
    this.stop()
  }
}

type Part = Dicer.PartStream

function ignore(): void {}

function deferred<T>(): { readonly promise: Promise<T>; readonly settle: (value: T) => void } {
  let settle: (value: T) => void = ignore
  const promise = new Promise<T>((resolve) => {
    settle = resolve
  })
  return { promise, settle }
}
