import type { Analyser, StatementReport, Subject } from './analyser.js'
import { type Disagreement, sceneOfWitness, verdictOfSide, witnessProblems } from './disagreement.js'
import type { PlainPolicy, PlainSubject } from './plain.js'
import { policiesOf } from './plain.js'
import { alone, type Scene, sceneOf } from './scene.js'
import { type Judged, replay, type Sweep } from './sweep.js'
import { type Outcome, verdictWith } from './table.js'

const appliesTo = ({ applying }: Outcome, index: number): boolean => applying.some((each) => each.index === index)

/** What the analyser says of each statement against a search over requests to the subject, which has one policy. */
export function checkStatements({ examineStatements }: Pick<Analyser, 'examineStatements'>, found: Sweep) {
  const { scene } = found
  const reports = examineStatements(scene.before.subject as Subject)
  const [policy] = policiesOf(scene.pair.before)
  const count = policy?.Statement.length ?? 0
  const order: readonly Disagreement[] =
    reports.length === count && reports.every(({ index }, at) => index === at)
      ? []
      : [
          {
            check: 'statements: one report each, in order',
            said: JSON.stringify(reports.map(({ index }) => index)),
            subjects: [scene.pair.before],
          },
        ]
  return { reports, disagreements: [...order, ...reports.flatMap((report) => problemsOf(found, report))] }
}

function problemsOf(found: Sweep, report: StatementReport): readonly Disagreement[] {
  const { scene } = found
  const example = found.judged.find((judged) => contradicts(judged.before, report))
  const disagreement = { said: `statement ${report.index} is ${report.status} by [${report.by}]`, subjects: [scene.pair.before] }
  return [
    ...(example === undefined ? [] : [{ ...disagreement, ...exampleOf(found, example, report) }]),
    ...neededProblems(scene, report).map((check) => ({
      ...disagreement,
      check: `statements: ${check}`,
      ...(report.witness && { request: report.witness.request }),
    })),
    ...(report.by.some((index) => index === report.index || !isStatement(scene, index))
      ? [{ ...disagreement, check: 'statements: odd `by`' }]
      : []),
  ]
}

const isStatement = ({ pair }: Scene, index: number): boolean => policiesOf(pair.before)[0]?.Statement[index] !== undefined

/** Whether one request alone shows that the report is wrong. */
function contradicts(outcome: Outcome, { index, status, by }: StatementReport): boolean {
  if (!appliesTo(outcome, index)) return false
  switch (status) {
    case 'unreachable':
      return true
    case 'shadowed':
      return !outcome.applying.some((each) => each.effect === 'Deny' && by.includes(each.index)) || changesWithout(outcome, index)
    case 'redundant':
      return changesWithout(outcome, index) || (by.length > 0 && !outcome.applying.some((each) => by.includes(each.index)))
    default:
      return false
  }
}

const changesWithout = (outcome: Outcome, index: number): boolean => verdictWith(outcome, (each) => each !== index) !== outcome.verdict

function exampleOf(found: Sweep, judged: Judged, { index, by }: StatementReport) {
  const outcome = judged.before
  return {
    check: changesWithout(outcome, index)
      ? 'statements: a verdict changes without it'
      : 'statements: it applies, and `by` is not why it does not matter',
    request: replay(found, judged),
    evaluated: [outcome.verdict, verdictWith(outcome, (each) => each !== index), verdictWith(outcome, (each) => by.includes(each))],
  }
}

function neededProblems(given: Scene, { index, status, witness }: StatementReport): readonly string[] {
  if (status !== 'needed') return []
  if (witness === undefined) return ['needed without a witness']
  const scene = sceneOfWitness(given, witness.decisions[0]?.snapshot)
  const side = scene.before
  const without = sceneOf(alone(withoutStatement(side.plain, index, scene.buckets)))
  return [
    ...witnessProblems(scene, [side], witness),
    ...(verdictOfSide(side, witness.request) === verdictOfSide(without.before, witness.request) ? ['the witness of need shows none'] : []),
  ]
}

/** The subject without one statement of its only policy, on the same bucket. */
function withoutStatement(subject: PlainSubject, index: number, buckets: readonly string[]): PlainSubject {
  const shorter = (policy: PlainPolicy): PlainPolicy => ({ ...policy, Statement: policy.Statement.filter((_, at) => at !== index) })
  if ('policy' in subject)
    return { ...subject, ...(buckets.length === 1 && buckets[0] !== undefined && { bucket: buckets[0] }), policy: shorter(subject.policy) }
  const { buckets: old = [] } = subject.snapshot
  const changed = old.map((bucket) => (bucket.policy === undefined ? bucket : { ...bucket, policy: shorter(bucket.policy as PlainPolicy) }))
  return { snapshot: { ...subject.snapshot, buckets: changed } }
}
