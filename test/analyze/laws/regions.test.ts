import { describe, expect, test } from 'vitest'
import { type Change, diff } from '../../../src/analyze.js'
import { type AuthorizationRequest, evaluate } from '../../../src/index.js'
import { parseArn } from '../../../src/match/arn.js'
import { mulberry32 } from '../../differential/random.js'
import { newlyAllowed, newlyDenied } from '../brute-force/check-diff.js'
import { type Pair, policiesOf } from '../brute-force/plain.js'
import { sceneOf, withOwner } from '../brute-force/scene.js'
import { sweep } from '../brute-force/sweep.js'
import { contains, type Membership } from './contains.js'
import { drawOf } from './subjects.js'

const seed = Number(process.env['GRANTREE_SEED'] ?? 20261123)
const cases = Number(process.env['GRANTREE_REGIONS'] ?? 80)

/** The one Version of all policies of a pair; undefined if they have several. */
function versionOf({ before, after }: Pair) {
  const versions = new Set([before, after].flatMap(policiesOf).map(({ Version }) => Version))
  return versions.size === 1 ? { version: [...versions][0] } : undefined
}

/** Regions do not say what variables stand for, so what they say is only read for policies without any. */
const usesVariables = (pair: Pair): boolean => JSON.stringify(pair).includes('${')

/** Regions take it for granted that callers of other accounts may do at home what they ask for: without it, nothing is ever allowed. */
function isRefusedAtHome({ principal }: AuthorizationRequest, owner: string | undefined): boolean {
  return principal.kind === 'aws' && principal.identityVerdict !== 'Allow' && parseArn(principal.arn)?.[4] !== owner
}

/** Canonical users that only a snapshot's accounts name have no sample of their own. */
function isMappedOnly({ principal }: AuthorizationRequest, { before, after }: Pair): boolean {
  return principal.kind === 'canonicalUser' && !JSON.stringify([before, after].map(policiesOf)).includes(`"${principal.id}"`)
}

/** Members of the owner's account whose own permissions allow the request: regions pass them over where none of them is inside. */
function isPermittedMember({ principal }: AuthorizationRequest, owner: string | undefined): boolean {
  return principal.kind === 'aws' && principal.identityVerdict === 'Allow' && parseArn(principal.arn)?.[4] === owner
}

const strongest = (list: readonly Membership[]): Membership => (list.includes(true) ? true : list.includes('perhaps') ? 'perhaps' : false)

describe('regions', () => {
  test(`hold their witness and every request found that differs, and nothing else (GRANTREE_REGIONS=${cases} GRANTREE_SEED=${seed})`, () => {
    const counts = { regions: 0, inside: 0, certain: 0, outside: 0 }
    for (let index = 0; index < cases; index++) {
      const { pair, random } = drawOf(seed + index)
      const version = versionOf(pair)
      const asked = sceneOf(pair)
      const found = diff(asked.before.subject, asked.after.subject)
      const changes = [...found.newlyAllowed, ...found.newlyDenied]
      if (version === undefined || usesVariables(pair) || found.undecided.length > 0 || changes.some(({ region }) => region === undefined))
        continue
      const owner = [...(changes[0]?.beforeSnapshot.buckets.values() ?? [])][0]?.owner
      const scene = owner === undefined ? asked : withOwner(asked, owner)
      const surroundings = { snapshots: [scene.before.snapshot, scene.after.snapshot], ...version }
      const placesOf = (list: readonly Change[], request: Parameters<typeof contains>[1]) =>
        list.flatMap(({ region }) => (region === undefined ? [] : contains(region, request, surroundings)))
      for (const { region, request, words, ...change } of changes) {
        if (region === undefined) continue
        counts.regions++
        const own = { snapshots: [change.beforeSnapshot, change.afterSnapshot], ...version }
        expect({ seed: seed + index, words, isIn: contains(region, { time: 0, ...request }, own) !== false }).toEqual({
          seed: seed + index,
          words,
          isIn: true,
        })
        expect([evaluate(change.beforeSnapshot, request).verdict, evaluate(change.afterSnapshot, request).verdict]).toEqual([
          change.before.verdict,
          change.after.verdict,
        ])
      }
      const searched = sweep(scene, 200, mulberry32(Math.floor(random() * 2 ** 31)))
      for (const judged of searched.judged) {
        const request = searched.requestOf(judged)
        if (isRefusedAtHome(request, owner) || isMappedOnly(request, pair)) continue
        const isPassedOver = isPermittedMember(request, owner)
        const lists = [
          ['newlyAllowed', found.newlyAllowed, newlyAllowed(judged)],
          ['newlyDenied', found.newlyDenied, newlyDenied(judged)],
        ] as const
        for (const [name, list, isChange] of lists) {
          const isIn = strongest(placesOf(list, request))
          if (isChange) counts.inside++
          else counts.outside++
          if (isIn === true) counts.certain++
          if (isIn !== 'perhaps' && isIn !== isChange && (isChange || !isPassedOver)) {
            expect({ seed: seed + index, request, name, words: list.map(({ words }) => words), isIn }).toEqual({ isIn: isChange })
          }
        }
      }
    }
    expect(counts.regions).toBeGreaterThan(cases / 8)
    expect(counts.inside).toBeGreaterThan(cases / 2)
    expect(counts.certain).toBeGreaterThan(counts.inside / 2)
  })
})
