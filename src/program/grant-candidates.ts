import type { AuthorizationRequest } from '../request/authorization-request.js'
import type { Candidate, KeyTest } from './candidates.js'
import type { DecisionProgram } from './decision-program.js'
import { allows, grantsOf, termsOf } from './find-grant.js'
import { isOn, numberOfBucket } from './grant-of.js'
import * as layout from './key-layout.js'
import type { Registers } from './registers.js'
import { isFromAllowedAddress, isUnderPrefix, PREFIX_SLOT, readsListedPrefix, SOURCE_IP_SLOT, termsCoverAction } from './terms.js'
import { ABSENT, loadNamed, NOT_KNOWN } from './values.js'

/** The grants of a key that may allow the request, as far as action and resource decide. @param key the place of the key's record */
export function grantCandidates(
  program: DecisionProgram,
  words: Int32Array,
  r: Registers,
  key: number,
  request: AuthorizationRequest,
): readonly Candidate[] {
  const number = numberOfBucket(program, r, request)
  return grantsOf(words, key).flatMap((grant) => {
    if (!isOn(words, grant, number)) return []
    const terms = termsOf(words, grant)
    if (terms !== 0) return candidateOf(words, r, terms)
    return allows(words, r, grant) ? [{ byAccount: false, tests: [] }] : []
  })
}

function candidateOf(words: Int32Array, r: Registers, terms: number): readonly Candidate[] {
  const listsPrefix = readsListedPrefix(words, r, terms)
  const isUnder = isUnderPrefix(words, r, terms)
  if (!termsCoverAction(words, r, terms) || (!isUnder && !listsPrefix)) return []
  const tests: KeyTest[] = []
  if (listsPrefix) tests.push({ suffices: isUnder, keys: ['s3:prefix'], isOpen: isOpen(r, 's3:prefix', PREFIX_SLOT) })
  if ((words[terms + layout.TERMS_RANGES] as number) >= 0) {
    const suffices = isFromAllowedAddress(words, r, terms)
    tests.push({ suffices, keys: ['aws:SourceIp'], isOpen: isOpen(r, 'aws:SourceIp', SOURCE_IP_SLOT) })
  }
  return [{ byAccount: false, tests }]
}

/** Whether the request lacks the key, or does not know it. */
function isOpen(r: Registers, name: string, slot: number): boolean {
  const count = loadNamed(r, name, slot)
  return count === ABSENT || count === NOT_KNOWN
}
