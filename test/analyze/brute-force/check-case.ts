import { mulberry32 } from '../../differential/random.js'
import type { Analyser } from './analyser.js'
import { checkDiff, newlyAllowed, newlyDenied } from './check-diff.js'
import { checkPublic, checkQuestion, checkTwo } from './check-questions.js'
import { checkStatements } from './check-statements.js'
import type { Disagreement } from './disagreement.js'
import { generatePair } from './pairs.js'
import { type PlainSubject, policiesOf } from './plain.js'
import { alone, sceneOf } from './scene.js'
import { boundsOf, type Sweep, sweep } from './sweep.js'
import { isKnownCaller } from './universe.js'

export interface CheckedCase {
  readonly disagreements: readonly Disagreement[]
  /** What the analyser said, each with the question in front: `diff equal`, `statement needed`. */
  readonly said: readonly string[]
  /** How the two sides compare as far as the search has seen. */
  readonly seen: 'equal' | 'less' | 'more' | 'incomparable'
  readonly requests: number
  readonly isWhole: boolean
  readonly operators: readonly string[]
}

/** One random pair, everything the analyser says of it, and what a search says to that. */
export function checkCase(analyser: Analyser, seed: number, limit: number): CheckedCase {
  const random = mulberry32(seed)
  const pair = generatePair(random)
  const scene = sceneOf(pair)
  const found = sweep(scene, limit, random)
  const first = ofBefore(found) ?? sweep(sceneOf(alone(pair.before)), limit, random)
  const [more, less] = [found.judged.some(newlyAllowed), found.judged.some(newlyDenied)]
  const compared = checkDiff(analyser, found)
  const two = checkTwo(analyser, found)
  const question = checkQuestion(analyser, first, random)
  const open = checkPublic(analyser, first)
  const statements = hasOnePolicy(pair.before) ? checkStatements(analyser, first) : { reports: [], disagreements: [] }
  return {
    disagreements: [compared, two, question, open, statements].flatMap(({ disagreements }) => disagreements),
    said: [
      `diff ${compared.diff.relation}`,
      ...two.verdicts.map((verdict, at) => `${at === 0 ? 'equivalent' : 'disjoint'} ${verdict}`),
      ...question.verdicts.map((verdict, at) => `${at === 0 ? 'ever' : 'always'} ${verdict}`),
      ...open.verdicts.map((verdict) => `publicAccess ${verdict}`),
      ...statements.reports.map(({ status }) => `statement ${status}`),
    ],
    seen: more ? (less ? 'incomparable' : 'more') : less ? 'less' : 'equal',
    requests: found.judged.length + first.judged.length,
    isWhole: found.isWhole,
    operators: policiesOf(pair.before).flatMap(({ Statement }) => Statement.flatMap(({ Condition = {} }) => Object.keys(Condition))),
  }
}

const hasOnePolicy = (subject: PlainSubject): boolean => policiesOf(subject).length === 1

/** The search as one over the first side alone, unless that one speaks of other buckets. Callers that only the second side names are left out. */
function ofBefore(found: Sweep): Sweep | undefined {
  const scene = sceneOf(alone(found.scene.pair.before))
  if (String(scene.buckets) !== String(found.scene.buckets)) return undefined
  const bounds = boundsOf(scene)
  const isKnown = found.space.callers.map((principal) => isKnownCaller(principal, bounds))
  const judged = found.judged.filter(({ choice }) => isKnown[choice.caller])
  return { ...found, scene, judged: judged.map(({ choice, before }) => ({ choice, before, after: before })) }
}
