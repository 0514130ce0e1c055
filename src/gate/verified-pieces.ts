import type { HeaderList } from '../http/header-list.js'
import { type S3Error, s3Error } from '../s3-error/s3-error.js'
import { bodyOptionsOf } from '../sigv4/body-options.js'
import type { BodyRule } from '../sigv4/body-rule.js'
import { bodyVerifier } from '../sigv4/body-verifier.js'
import { checkFormSize } from '../sigv4/check-post-policy.js'
import type { Hashing } from '../sigv4/hashing.js'
import type { AuthenticatedForm } from './authenticated-form.js'

/** A body that is not what was signed, or was cut off. Nothing of it counts as received. */
export class BodyError extends Error {
  override readonly name: string = 'BodyError'

  constructor(
    /** What S3 would answer. */
    readonly error: S3Error,
  ) {
    super(error.message)
  }
}

/** The payload of a body while it arrives, without the framing of chunks. Throws BodyError where it breaks the rule, at the end at the latest. */
export async function* verifiedPieces(
  body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  { headers, rule, hashing }: { headers: HeaderList; rule: BodyRule; hashing: Hashing },
): AsyncGenerator<Uint8Array, void> {
  const verifier = bodyVerifier(rule, { ...checked(bodyOptionsOf(headers, rule)), hashing })
  for await (const bytes of body) yield* checked(await verifier.push(bytes))
  const { rest } = checked(await verifier.end())
  yield* rest
}

/** The file of a permitted form. Throws BodyError if it is longer or shorter than its policy allows. */
export async function* verifiedFile({ file, size }: AuthenticatedForm): AsyncGenerator<Uint8Array, void> {
  let length = 0
  for await (const piece of file.pieces) {
    length += piece.length
    // What is too long need not be read to its end; what is too short has one.
    if (size !== undefined && length > size.max) throw new BodyError(checkFormSize(size, length) ?? s3Error('EntityTooLarge'))
    yield piece
  }
  const problem = size === undefined ? undefined : checkFormSize(size, length)
  if (problem !== undefined) throw new BodyError(problem)
}

function checked<T extends object>(result: T | S3Error): T {
  if ('kind' in result && result.kind === 'error') throw new BodyError(result as S3Error)
  return result as T
}
