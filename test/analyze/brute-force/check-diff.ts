import type { AccessDiff, Analyser, Change } from './analyser.js'
import { type Disagreement, sceneOfWitness, verdictOfSide, witnessProblems } from './disagreement.js'
import type { Scene } from './scene.js'
import { type Judged, replay, type Sweep } from './sweep.js'

const allowed = ({ verdict }: { verdict: string }): boolean => verdict === 'Allow'

export const newlyAllowed = ({ before, after }: Judged): boolean => !allowed(before) && allowed(after)
export const newlyDenied = ({ before, after }: Judged): boolean => allowed(before) && !allowed(after)

/** What a search finds that the analyser's comparison does not speak of, and witnesses of it that show nothing. */
export function checkDiff({ diff }: Pick<Analyser, 'diff'>, found: Sweep): { diff: AccessDiff; disagreements: readonly Disagreement[] } {
  const { scene } = found
  const said = diff(scene.before.subject, scene.after.subject)
  return { diff: said, disagreements: [...missed(found, said), ...shapeProblems(scene, said), ...changeProblems(scene, said)] }
}

const subjectsOf = ({ pair }: Scene) => [pair.before, pair.after]

function missed(found: Sweep, said: AccessDiff): readonly Disagreement[] {
  if (said.undecided.length > 0) return []
  const lists = [
    ['newlyAllowed', newlyAllowed],
    ['newlyDenied', newlyDenied],
  ] as const
  return lists.flatMap(([name, isChange]): Disagreement[] => {
    const example = said[name].length > 0 ? undefined : found.judged.find(isChange)
    if (example === undefined) return []
    const evaluated = [example.before.verdict, example.after.verdict]
    return [
      {
        check: `diff: ${name} is empty`,
        said: said.relation,
        subjects: subjectsOf(found.scene),
        request: replay(found, example),
        evaluated,
      },
    ]
  })
}

function shapeProblems({ pair }: Scene, { relation, newlyAllowed, newlyDenied, undecided }: AccessDiff): readonly Disagreement[] {
  const [more, less] = [newlyAllowed.length > 0, newlyDenied.length > 0]
  const shown = more ? (less ? 'incomparable' : 'more') : less ? 'less' : 'equal'
  // Changes in both directions are certain whatever else is undecided.
  const expected = undecided.length > 0 && shown !== 'incomparable' ? 'undecided' : shown
  if (relation === expected) return []
  return [{ check: `diff: the lists say ${expected}`, said: relation, subjects: [pair.before, pair.after] }]
}

function changeProblems(scene: Scene, said: AccessDiff): readonly Disagreement[] {
  const isTwice = (list: readonly Change[]) => new Set(list.map(({ request }) => JSON.stringify(request))).size < list.length
  const twice = [said.newlyAllowed, said.newlyDenied].some(isTwice) ? ['a witness is listed twice'] : []
  const problems = [
    ...said.newlyAllowed.map((change) => [change, oneChange(scene, change, false, true)] as const),
    ...said.newlyDenied.map((change) => [change, oneChange(scene, change, true, false)] as const),
  ].flatMap(([change, list]) => list.map((problem) => [change, problem] as const))
  return [
    ...twice.map((check) => ({ check: `diff: ${check}`, said: said.relation, subjects: subjectsOf(scene) })),
    ...problems.map(([{ request, before, after }, problem]) => ({
      check: `diff: ${problem}`,
      said: `${before.verdict}, then ${after.verdict}`,
      subjects: subjectsOf(scene),
      request,
      evaluated: [verdictOfSide(scene.before, request), verdictOfSide(scene.after, request)],
    })),
  ]
}

function oneChange(given: Scene, change: Change, allowedBefore: boolean, allowedAfter: boolean): readonly string[] {
  const { request, before, after, beforeSnapshot, afterSnapshot } = change
  const scene = sceneOfWitness(given, beforeSnapshot)
  const [was, is] = [verdictOfSide(scene.before, request), verdictOfSide(scene.after, request)]
  return [
    ...witnessProblems(scene, [scene.before, scene.after], {
      request,
      decisions: [
        { snapshot: beforeSnapshot, decision: before },
        { snapshot: afterSnapshot, decision: after },
      ],
    }),
    ...((was === 'Allow') === allowedBefore && (is === 'Allow') === allowedAfter ? [] : ['the witness shows no such change']),
  ]
}
