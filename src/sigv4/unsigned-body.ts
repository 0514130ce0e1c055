import type { BodyOptions, BodyVerifier } from './body-check.js'
import { isTooLarge, tooLarge, withoutTrailers } from './body-result.js'

/** A body of which the signature says nothing: only its size is bounded. */
export function unsignedBody(options: BodyOptions): BodyVerifier {
  let length = 0
  return {
    push(bytes) {
      length += bytes.length
      return isTooLarge(length, options) ? tooLarge(options) : [bytes]
    },
    end: () => withoutTrailers(length, []),
  }
}
