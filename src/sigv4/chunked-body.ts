import { type S3Error, s3Error } from '../s3-error/s3-error.js'
import { base64Of } from './base64.js'
import type { BodyOptions, BodyVerifier, VerifiedBody } from './body-check.js'
import { isTooLarge, tooLarge, tooMuchHeld } from './body-result.js'
import type { BodyRule, ChunkSeed } from './body-rule.js'
import { checksums } from './checksums.js'
import { type ChunkHeader, parseChunkHeader } from './chunk-header.js'
import { chunkToSign, trailerToSign } from './chunk-signature.js'
import { andThen, type Eventually, isPromise } from './eventually.js'
import type { IncrementalHash } from './hashing.js'
import { HeldBytes } from './held-bytes.js'
import { equalsHex } from './hex.js'
import { limits } from './limits.js'
import { malformedTrailer, parseTrailers, type Trailers } from './trailers.js'

type ChunkRule = Extract<BodyRule, { readonly kind: 'chunks' }>

const CR = 0x0d
const LF = 0x0a

/** A body in chunks (`aws-chunked`), which may be signed, each by a signature that covers the one before. */
export function chunkedBody(rule: ChunkRule, options: BodyOptions): BodyVerifier {
  if (rule.isSigned && rule.seed === undefined) throw new Error('signed chunks are verified with the seed of their request')
  return new ChunkedBody(rule, options)
}

class ChunkedBody implements BodyVerifier {
  private state: 'header' | 'data' | 'data-end' | 'trailer' = 'header'
  private input: Uint8Array = new Uint8Array(0)
  private at = 0
  /** The header, line end or trailer that is being read. */
  private line = ''
  private chunk: ChunkHeader = { size: 0, signature: '' }
  /** Bytes that the chunk still lacks. */
  private missing = 0
  private length = 0
  private hash: IncrementalHash | undefined
  private readonly held = new HeldBytes()
  private payload: Uint8Array[] = []
  private readonly seed: ChunkSeed | undefined
  private previous: string
  private readonly sums = new Map<string, IncrementalHash>()

  constructor(
    private readonly rule: ChunkRule,
    private readonly options: BodyOptions,
  ) {
    this.seed = rule.isSigned ? rule.seed : undefined
    this.previous = this.seed?.signature ?? ''
    for (const name of options.trailerNames ?? []) {
      const sum = checksums.get(name)?.(options.hashing)
      if (sum !== undefined) this.sums.set(name, sum)
    }
  }

  push(bytes: Uint8Array): Eventually<Uint8Array[] | S3Error> {
    this.input = bytes
    this.at = 0
    return this.run()
  }

  private run(): Eventually<Uint8Array[] | S3Error> {
    while (this.at < this.input.length) {
      const wrong = this.step()
      if (isPromise(wrong)) return wrong.then((error) => error ?? this.run())
      if (wrong !== undefined) return wrong
    }
    const payload = this.payload
    this.payload = []
    return payload
  }

  private step(): Eventually<S3Error | undefined> {
    switch (this.state) {
      case 'header':
        return this.readHeader()
      case 'data':
        return this.readData()
      case 'data-end':
        return this.readDataEnd()
      case 'trailer':
        return this.readTrailer()
    }
  }

  private readHeader(): Eventually<S3Error | undefined> {
    while (this.at < this.input.length) {
      const byte = this.input[this.at++] as number
      if (byte === LF) return this.startChunk()
      if (this.line.length === limits.chunkHeader) return malformedChunk('the line before a chunk is too long')
      this.line += String.fromCharCode(byte)
    }
    return undefined
  }

  private startChunk(): Eventually<S3Error | undefined> {
    const header = this.line.endsWith('\r') ? parseChunkHeader(this.line.slice(0, -1), this.rule.isSigned) : undefined
    this.line = ''
    if (header === undefined) return malformedChunk('the line before a chunk is not understood')
    this.length += header.size
    if (this.length > (this.options.decodedLength ?? this.length)) return incomplete('the chunks are longer than announced')
    if (isTooLarge(this.length, this.options)) return tooLarge(this.options)
    if (this.seed !== undefined && header.size > (this.options.maxHeld ?? limits.held)) return tooMuchHeld(this.options)
    this.chunk = header
    this.missing = header.size
    this.hash = this.seed === undefined ? undefined : this.options.hashing.createSha256?.()
    this.state = header.size === 0 ? 'trailer' : 'data'
    return header.size === 0 ? this.verifyChunk() : undefined
  }

  private readData(): Eventually<S3Error | undefined> {
    const bytes = this.input.subarray(this.at, this.at + this.missing)
    this.at += bytes.length
    for (const sum of this.sums.values()) sum.update(bytes)
    if (this.seed === undefined) this.payload.push(bytes)
    else {
      this.hash?.update(bytes)
      this.held.add(bytes, this.missing)
    }
    this.missing -= bytes.length
    if (this.missing > 0) return undefined
    this.state = 'data-end'
    return this.verifyChunk()
  }

  /** Releases the chunk if its signature is right. */
  private verifyChunk(): Eventually<S3Error | undefined> {
    const { seed, chunk, previous, hash } = this
    if (seed === undefined) return undefined
    return andThen(hash === undefined ? this.options.hashing.sha256(this.held.whole()) : hash.digest(), (digest) =>
      andThen(this.options.hashing.hmacSha256(seed.signingKey, chunkToSign(seed, previous, digest)), (expected) => {
        if (!equalsHex(expected, chunk.signature)) return s3Error('SignatureDoesNotMatch', { reason: 'the signature of a chunk is wrong' })
        this.previous = chunk.signature
        for (const piece of this.held.take()) this.payload.push(piece)
        return undefined
      }),
    )
  }

  private readDataEnd(): S3Error | undefined {
    const byte = this.input[this.at++]
    if (byte !== (this.line === '' ? CR : LF)) return malformedChunk('a chunk is longer than its line says')
    this.line = this.line === '' ? '\r' : ''
    if (this.line === '') this.state = 'header'
    return undefined
  }

  /** Everything past the last chunk, up to the end of the body. */
  private readTrailer(): S3Error | undefined {
    if (this.line.length + this.input.length - this.at > limits.trailer) return malformedTrailer('they are too long')
    while (this.at < this.input.length) this.line += String.fromCharCode(this.input[this.at++] as number)
    return undefined
  }

  end(): Eventually<VerifiedBody | S3Error> {
    if (this.state !== 'trailer') return incomplete('the last chunk is missing')
    if (this.length !== (this.options.decodedLength ?? this.length)) return incomplete('the chunks are shorter than announced')
    if (!this.rule.hasTrailer) return this.line === '\r\n' ? this.finish(new Map()) : malformedChunk('something follows the last chunk')
    const trailers = parseTrailers(this.line, this.options.trailerNames ?? [], this.rule.isSigned)
    if ('kind' in trailers) return trailers
    return andThen(this.verifyTrailers(trailers), (wrong) => wrong ?? this.finish(trailers.values))
  }

  private verifyTrailers({ text, signature }: Trailers): Eventually<S3Error | undefined> {
    const { seed, previous } = this
    if (seed === undefined) return undefined
    return andThen(this.options.hashing.sha256(text), (digest) =>
      andThen(this.options.hashing.hmacSha256(seed.signingKey, trailerToSign(seed, previous, digest)), (expected) =>
        equalsHex(expected, signature ?? '')
          ? undefined
          : s3Error('SignatureDoesNotMatch', { reason: 'the signature of the trailing headers is wrong' }),
      ),
    )
  }

  private finish(trailers: ReadonlyMap<string, string>): VerifiedBody | S3Error {
    for (const [name, sum] of this.sums) {
      if (base64Of(sum.digest()) !== trailers.get(name)) {
        return s3Error('BadDigest', { message: `The value of ${name} that you specified did not match the calculated checksum.` })
      }
    }
    return { kind: 'body', rest: [], length: this.length, trailers, verified: [...this.sums.keys()] }
  }
}

function malformedChunk(reason: string): S3Error {
  return s3Error('InvalidRequest', { message: 'The aws-chunked body is not well-formed.', reason })
}

function incomplete(reason: string): S3Error {
  return s3Error('IncompleteBody', { reason })
}
