import { type AuthorizationRequest, evaluate, type Snapshot, type Verdict } from '../../../src/index.js'
import type { Witness } from './analyser.js'
import type { PlainSubject } from './plain.js'
import { policySnapshot, type Scene, type Side, withOwner } from './scene.js'
import { boundsOf, verdictOn } from './sweep.js'
import { outsideUniverse } from './universe.js'

/** Where the analyser says one thing and the evaluator another: all that is needed to look at it by hand. */
export interface Disagreement {
  readonly check: string
  readonly said: string
  readonly subjects: readonly PlainSubject[]
  readonly request?: AuthorizationRequest
  readonly evaluated?: readonly Verdict[]
}

/** What the evaluator says of the request on a side, whichever bucket of a policy alone it is on. */
export function verdictOfSide({ plain, snapshot }: Side, request: AuthorizationRequest): Verdict {
  const isOther = 'policy' in plain && request.bucket !== undefined && !snapshot.buckets.has(request.bucket)
  return evaluate(isOther ? policySnapshot(plain, [request.bucket as string]) : snapshot, request).verdict
}

/** The scene as the witness sees it, with the owner that its snapshot has where no other is given. */
export function sceneOfWitness(scene: Scene, snapshot: Snapshot | undefined): Scene {
  const owner = [...(snapshot?.buckets.values() ?? [])][0]?.owner
  return owner === undefined ? scene : withOwner(scene, owner)
}

/** What is wrong with a witness, whatever it is to show: its request, the snapshots it was replayed on, or the decisions it tells. */
export function witnessProblems(scene: Scene, sides: readonly Side[], { request, decisions }: Witness): readonly string[] {
  const counted = decisions.length === sides.length ? [] : ['not one decision for each subject']
  const told = decisions.flatMap(({ snapshot, decision }, at) => {
    const side = sides[at]
    if (side === undefined) return []
    try {
      const verdict = verdictOn(snapshot, request)
      const isSame = verdict === verdictOfSide(side, request)
      return [
        ...(isSame ? [] : ['its snapshot is not the subject']),
        ...(decision.verdict === verdict ? [] : ['the decision told is another']),
        ...snapshotProblems(side, snapshot),
      ]
    } catch (error) {
      return [String(error)]
    }
  })
  return [...new Set([...outsideUniverse(request, boundsOf(scene)), ...counted, ...told])]
}

/** A policy alone is replayed as a snapshot of one bucket. */
function snapshotProblems({ plain, subject }: Side, snapshot: Snapshot): readonly string[] {
  if (!('policy' in plain)) return snapshot === subject ? [] : ['its snapshot is a copy']
  return snapshot.buckets.size <= 1 && snapshot.keys.size === 0 ? [] : ['its snapshot has more than a bucket']
}
