import type { Witness } from '../analyze/questions/witness.js'
import { requestInWords } from '../analyze/words/request-words.js'

/** The request of a witness in words, if there is one. */
export function witnessWords(witness: Witness | undefined): string | undefined {
  return witness && requestInWords(witness.request)
}
