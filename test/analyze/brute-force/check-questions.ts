import { type AuthorizationRequest, publicStatements, type Snapshot } from '../../../src/index.js'
import { parseArn } from '../../../src/match/arn.js'
import type { Random } from '../../differential/random.js'
import type { Analyser, Question, Subject, Witness } from './analyser.js'
import { type Disagreement, sceneOfWitness, verdictOfSide, witnessProblems } from './disagreement.js'
import { mentionsOf } from './mentions.js'
import { isFromOutside } from './outside.js'
import { policiesOf } from './plain.js'
import { asksAbout, generateQuestion } from './questions.js'
import { readPolicy, type Scene, type Side } from './scene.js'
import { type Judged, replay, type Sweep } from './sweep.js'

type Said = { readonly disagreements: readonly Disagreement[]; readonly verdicts: readonly string[] }

const allows = ({ verdict }: { verdict: string }): boolean => verdict === 'Allow'

/** A verdict over all requests against those that a search has: which one it rules out, and what its witness has to show. */
interface Claim {
  readonly check: string
  readonly verdict: string
  readonly sidesOf: (scene: Scene) => readonly Side[]
  readonly witness: Witness | undefined
  /** The verdict that speaks of all requests, and which request it rules out. */
  readonly universal: string
  readonly isRuledOut: (judged: Judged) => boolean
  /** The verdict that speaks of one, and what that one is like. */
  readonly existential: string
  readonly shows: (request: AuthorizationRequest, allowed: readonly boolean[]) => boolean
}

function problemsOf(found: Sweep, claim: Claim): readonly Disagreement[] {
  const { check, verdict, sidesOf, witness, universal, isRuledOut, existential, shows } = claim
  const disagreement = { check, said: verdict, subjects: sidesOf(found.scene).map(({ plain }) => plain) }
  const example = verdict === universal ? found.judged.find(isRuledOut) : undefined
  if (example !== undefined) {
    return [{ ...disagreement, request: replay(found, example), evaluated: [example.before.verdict, example.after.verdict] }]
  }
  if (verdict !== existential) return []
  if (witness === undefined) return [{ ...disagreement, check: `${check}: no witness` }]
  const scene = sceneOfWitness(found.scene, witness.decisions[0]?.snapshot)
  const sides = sidesOf(scene)
  const evaluated = sides.map((each) => verdictOfSide(each, witness.request))
  const isShown = shows(
    witness.request,
    evaluated.map((verdict) => verdict === 'Allow'),
  )
  const problems = [...witnessProblems(scene, sides, witness), ...(isShown ? [] : ['the witness does not show it'])]
  return problems.map((problem) => ({ ...disagreement, check: `${check}: ${problem}`, request: witness.request, evaluated }))
}

/** Whether two subjects allow the same, or nothing in common. */
export function checkTwo({ equivalent, disjoint }: Pick<Analyser, 'equivalent' | 'disjoint'>, found: Sweep): Said {
  const { before, after } = found.scene
  const [same, apart] = [
    equivalent(before.subject as Subject, after.subject as Subject),
    disjoint(before.subject as Subject, after.subject as Subject),
  ]
  const disagreements = [
    ...problemsOf(found, {
      check: 'equivalent',
      verdict: same.verdict,
      sidesOf: (scene) => [scene.before, scene.after],
      witness: same.witness,
      universal: 'equivalent',
      isRuledOut: (judged) => allows(judged.before) !== allows(judged.after),
      existential: 'different',
      shows: (_, [a, b]) => a !== b,
    }),
    ...problemsOf(found, {
      check: 'disjoint',
      verdict: apart.verdict,
      sidesOf: (scene) => [scene.before, scene.after],
      witness: apart.witness,
      universal: 'disjoint',
      isRuledOut: (judged) => allows(judged.before) && allows(judged.after),
      existential: 'overlapping',
      shows: (_, allowed) => allowed.every(Boolean),
    }),
  ]
  return { disagreements, verdicts: [same.verdict, apart.verdict] }
}

/** Callers of other accounts can do nothing without their own side's yes, so that nothing is always allowed to them: it is taken for granted. */
function isUnpermittedForeigner({ principal, bucket = '' }: AuthorizationRequest, snapshot: Snapshot): boolean {
  if (principal.kind !== 'aws' || principal.identityVerdict === 'Allow') return false
  return (principal.account ?? parseArn(principal.arn)?.[4]) !== snapshot.buckets.get(bucket)?.owner
}

/** Whether a question's requests are ever, and always, allowed by the first subject. */
export function checkQuestion(
  { ever, always }: Pick<Analyser, 'ever' | 'always'>,
  found: Sweep,
  random: Random,
): Said & { question: Question } {
  const { before, buckets, pair } = found.scene
  const question = generateQuestion(random, mentionsOf(pair), buckets[0] ?? 'b')
  const asked = (request: AuthorizationRequest) => asksAbout(question, before.plain, request)
  const [possible, certain] = [ever(before.subject as Subject, question), always(before.subject as Subject, question)]
  const disagreements = [
    ...problemsOf(found, {
      check: `ever ${JSON.stringify(question)}`,
      verdict: possible.verdict,
      sidesOf: (scene) => [scene.before],
      witness: possible.witness,
      universal: 'never',
      isRuledOut: (judged) => allows(judged.before) && asked(found.requestOf(judged)),
      existential: 'possible',
      shows: (request, [allowed]) => asked(request) && allowed === true,
    }),
    ...problemsOf(found, {
      check: `always ${JSON.stringify(question)}`,
      verdict: certain.verdict,
      sidesOf: (scene) => [scene.before],
      witness: certain.witness,
      universal: 'always',
      isRuledOut: (judged) =>
        !allows(judged.before) && asked(found.requestOf(judged)) && !isUnpermittedForeigner(found.requestOf(judged), before.snapshot),
      existential: 'refutable',
      shows: (request, [allowed]) => asked(request) && allowed === false,
    }),
  ]
  return { disagreements, verdicts: [possible.verdict, certain.verdict], question }
}

/** Whether buckets are open to strangers: no anonymous request may get into one that is not public. */
export function checkPublic({ publicAccess }: Pick<Analyser, 'publicAccess'>, found: Sweep): Said {
  const { before } = found.scene
  const reports = publicAccess(before.subject as Subject)
  const policies = policiesOf(before.plain)
  const counted: readonly Disagreement[] =
    reports.length === policies.length
      ? []
      : [{ check: 'publicAccess: one report for each policy', said: String(reports.length), subjects: [before.plain] }]
  const disagreements = reports.flatMap(({ bucket, aws, exact, witness }, at) => {
    const isHere = (request: AuthorizationRequest) => request.bucket !== undefined && (bucket === undefined || request.bucket === bucket)
    const listed = publicStatements(readPolicy(policies[at] ?? { Statement: [] }))
    const disagreement = { check: 'publicAccess', subjects: [before.plain] }
    const claim: Claim = {
      check: 'publicAccess',
      verdict: exact,
      sidesOf: (scene) => [scene.before],
      witness,
      universal: 'not-public',
      isRuledOut: (judged) => {
        const request = found.requestOf(judged)
        return allows(judged.before) && isHere(request) && isFromOutside(request, policies[at])
      },
      existential: 'public',
      shows: (request, [allowed]) => isHere(request) && allowed === true,
    }
    const isAws = String(listed) === String(aws.statements) && aws.isPublic === listed.length > 0
    return [...(isAws ? [] : [{ ...disagreement, said: `AWS calls ${aws.statements} public, not ${listed}` }]), ...problemsOf(found, claim)]
  })
  return { disagreements: [...counted, ...disagreements], verdicts: reports.map(({ exact }) => exact) }
}
