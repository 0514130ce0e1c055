import { actions } from '../catalog/actions.js'
import type { Candidate, KeyTest } from './candidates.js'
import { coversAction, isFromAllowedAddress, isUnderPrefix, PREFIX_SLOT, readsListedPrefix, SOURCE_IP_SLOT } from './find-grant.js'
import * as layout from './key-layout.js'
import type { KeyProgram } from './key-program.js'
import type { Registers } from './registers.js'
import { ABSENT, loadNamed, NOT_KNOWN } from './values.js'

/** The grants of a key that may allow the request, as far as action and resource decide. @param row the key's */
export function grantCandidates(k: KeyProgram, r: Registers, row: number, bucket: string | undefined): readonly Candidate[] {
  const { words, strings } = k
  const first = words[row + layout.KEY_FIRST_GRANT] as number
  const grants = Array.from({ length: words[row + layout.KEY_GRANTS] as number }, (_, index) => first + index * layout.GRANT_SIZE)
  const onBucket = actions[r.action]?.kind === 'none' ? undefined : bucket
  return grants.flatMap((grant) => {
    const name = strings[words[grant + layout.GRANT_BUCKET] as number]
    return name === '' || name === onBucket ? candidateOf(k, r, words[grant + layout.GRANT_TERMS] as number) : []
  })
}

function candidateOf(k: KeyProgram, r: Registers, terms: number): readonly Candidate[] {
  const listsPrefix = readsListedPrefix(k, r, terms)
  const isUnder = isUnderPrefix(k, r, terms)
  if (!coversAction(k, r, terms) || (!isUnder && !listsPrefix)) return []
  const tests: KeyTest[] = []
  if (listsPrefix) tests.push({ suffices: isUnder, keys: ['s3:prefix'], isOpen: isOpen(r, 's3:prefix', PREFIX_SLOT) })
  if ((k.words[terms + layout.TERMS_RANGES] as number) >= 0) {
    const suffices = isFromAllowedAddress(k, r, terms)
    tests.push({ suffices, keys: ['aws:SourceIp'], isOpen: isOpen(r, 'aws:SourceIp', SOURCE_IP_SLOT) })
  }
  return [{ byAccount: false, tests }]
}

/** Whether the request lacks the key, or does not know it. */
function isOpen(r: Registers, name: string, slot: number): boolean {
  const count = loadNamed(r, name, slot)
  return count === ABSENT || count === NOT_KNOWN
}
