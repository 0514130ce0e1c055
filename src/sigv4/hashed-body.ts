import { s3Error } from '../s3-error/s3-error.js'
import type { BodyOptions, BodyVerifier } from './body-check.js'
import { isTooLarge, tooLarge, tooMuchHeld, withoutTrailers } from './body-result.js'
import { andThen } from './eventually.js'
import { HeldBytes } from './held-bytes.js'
import { equalsHex, hexOf } from './hex.js'
import { limits } from './limits.js'

/**
 * A body whose SHA-256 is signed. It is passed on as it comes, with the verdict at the end; where hashing can only do what is whole, all of
 * it is held back until then.
 */
export function hashedBody(hash: string, options: BodyOptions): BodyVerifier {
  const { hashing, maxHeld = limits.held } = options
  const incremental = hashing.createSha256?.()
  const held = new HeldBytes()
  let length = 0
  return {
    push(bytes) {
      length += bytes.length
      if (isTooLarge(length, options)) return tooLarge(options)
      if (incremental !== undefined) {
        incremental.update(bytes)
        return [bytes]
      }
      if (length > maxHeld) return tooMuchHeld(options)
      held.add(bytes, maxHeld)
      return []
    },
    end() {
      return andThen(incremental === undefined ? hashing.sha256(held.whole()) : incremental.digest(), (computed) =>
        equalsHex(computed, hash)
          ? withoutTrailers(length, held.take())
          : s3Error('XAmzContentSHA256Mismatch', {
              detail: { ClientComputedContentSHA256: hash, S3ComputedContentSHA256: hexOf(computed) },
            }),
      )
    },
  }
}
