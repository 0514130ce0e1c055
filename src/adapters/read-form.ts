import { once } from 'node:events'
import { PassThrough, type Readable } from 'node:stream'
import { Dicer } from '@fastify/busboy'
import type { HeaderList } from '../http/header-list.js'
import { type S3Error, s3Error } from '../s3-error/s3-error.js'
import { boundaryOf, malformedForm } from './boundary.js'
import { type FilePart, type FormLimits, type FormOf, formLimits } from './form.js'
import { FormError } from './form-error.js'
import { FieldCollector, fileTooLarge, missingFile, type PartHead, type PartHeaders, readPartHead, secondFile } from './form-reading.js'

export interface StreamedFile extends FilePart {
  /** Ends only when the whole form has come and was right; else it is destroyed with a `FormError`. Must be read or destroyed. */
  readonly stream: Readable
  /** Bytes of the file that have come so far; all of them once the stream has ended. */
  size(): number
}

/**
 * Reads a POST form until its file begins; the file is then read through its stream, no faster than that is consumed. Never rejects.
 * The body is left where it is if the form is wrong, so that an answer can still be sent.
 * @param stream the request's body
 */
export async function readForm(
  headers: HeaderList,
  stream: Readable,
  limits: Partial<FormLimits> = {},
): Promise<FormOf<StreamedFile> | S3Error> {
  const boundary = boundaryOf(headers)
  if (typeof boundary !== 'string') return boundary
  const reader = new FormReader(boundary, { ...formLimits, ...limits })
  void reader.pump(stream)
  return reader.begun
}

/** Written in pieces, so that a chunk full of tiny parts is left alone after the first that is wrong. */
const PIECE = 16 * 1024
/** Past both limits the splitter would drop lines silently; `isCut` notices that they were reached. */
const HEADER_OVERHEAD = 5

class FormReader {
  readonly begun: Promise<FormOf<StreamedFile> | S3Error>
  private readonly begin: (result: FormOf<StreamedFile> | S3Error) => void
  private readonly stopped: Promise<void>
  private readonly stop: () => void
  private readonly dicer: Dicer
  private readonly collector: FieldCollector
  /** Fields whose values have not all come, and the file. */
  private readonly pending: Promise<void>[] = []
  private file: PassThrough | undefined
  private fileSize = 0
  private partsAfterFile = 0
  private isHeadRead = true
  private isStopped = false
  private isWhole = false
  private isSourceEnded = false
  private epilogue = 0

  constructor(
    boundary: string,
    private readonly limits: FormLimits,
  ) {
    ;({ promise: this.begun, settle: this.begin } = deferred<FormOf<StreamedFile> | S3Error>())
    ;({ promise: this.stopped, settle: this.stop } = deferred<void>())
    this.collector = new FieldCollector(limits)
    const maxHeaderSize = limits.maxHeaderBytes + limits.maxHeaderLines * HEADER_OVERHEAD
    const config = { boundary, maxHeaderPairs: limits.maxHeaderLines + 1, maxHeaderSize }
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
    this.dicer.end()
    if (this.isWhole) this.file?.end()
    else this.isSourceEnded = true
  }

  private async write(chunk: Buffer): Promise<void> {
    for (let from = 0; from < chunk.length && !this.isStopped; from += PIECE) {
      const piece = chunk.subarray(from, from + PIECE)
      if (this.isWhole) this.countEpilogue(piece)
      else if (!this.dicer.write(piece)) {
        await Promise.race([once(this.dicer, 'drain'), this.stopped])
      }
    }
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
      this.onHead(part, headers as PartHeaders)
    })
  }

  private onHead(part: Part, headers: PartHeaders): void {
    const head = this.isStopped ? undefined : this.isCut(headers) ? malformedForm('a part has too many headers') : readPartHead(headers)
    if (head === undefined) part.resume()
    else if (head.kind === 'error') this.drop(part, head)
    else if (this.file !== undefined) this.drop(part, this.afterFile(head))
    else if (head.kind === 'field') this.readField(part, head.name)
    else this.readFile(part, head)
  }

  private isCut(headers: PartHeaders): boolean {
    const lines = Object.entries(headers).flatMap(([name, values = []]) => values.map((value) => name.length + value.length))
    return lines.length > this.limits.maxHeaderLines || lines.reduce((sum, length) => sum + length, 0) >= this.limits.maxHeaderBytes
  }

  private drop(part: Part, error: S3Error | undefined): void {
    if (error !== undefined) this.fail(error)
    part.resume()
  }

  private afterFile(head: PartHead): S3Error | undefined {
    if (head.kind === 'file') return secondFile()
    return ++this.partsAfterFile > this.limits.maxPartsAfterFile ? malformedForm('too much comes after the file') : undefined
  }

  private readField(part: Part, name: string): void {
    const chunks: Buffer[] = []
    this.check(this.collector.open(name))
    part.on('data', (chunk: Buffer) => {
      if (this.isStopped) return
      chunks.push(chunk)
      this.check(this.collector.count(chunk.length))
    })
    const { promise, settle } = deferred<void>()
    this.pending.push(promise)
    part.on('end', () => {
      if (!this.isStopped) this.check(this.collector.close(name, Buffer.concat(chunks)))
      settle()
    })
  }

  private readFile(part: Part, { name, contentType }: FilePart): void {
    const stream = new PassThrough()
    const fields = Promise.all(this.pending)
    this.file = stream
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
    this.pending.push(promise)
    part.on('end', () => settle())
    const file: StreamedFile = {
      stream,
      size: () => this.fileSize,
      ...(name === undefined ? {} : { name }),
      ...(contentType === undefined ? {} : { contentType }),
    }
    void fields.then(() => this.begin({ kind: 'form', fields: this.collector.fields, file }))
  }

  private onFinish(): void {
    if (!this.isHeadRead) this.fail(malformedForm('a part has no end of its headers'))
    // The end of an empty part is told after that of the form.
    void Promise.all(this.pending).then(() => {
      if (this.isStopped) return
      if (this.file === undefined) this.fail(missingFile())
      this.isWhole = true
      if (this.isSourceEnded) this.file?.end()
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
