import type { Verdict } from '../../decision/decision.js'
import { type Bits, meets } from '../bits.js'
import type { Standing } from '../callers/standing.js'
import type { ActionClass } from '../dimensions/action-classes.js'
import type { SideClauses } from '../scene/clauses.js'
import type { Scene, Side } from '../scene/scene.js'

/** The verdicts that a request may still get, while it is made up: a bit for each. */
export type Verdicts = number

export const verdictBits: Readonly<Record<Verdict, Verdicts>> = { Allow: 1, ExplicitDeny: 2, ImplicitDeny: 4 }

const { Allow, ExplicitDeny, ImplicitDeny } = verdictBits

/** What is known of a request so far. */
export interface Progress {
  /** The clauses that may still apply. */
  readonly alive: Bits
  /** Those of them that apply whatever else the request has. */
  readonly settled: Bits
}

/** On whom and what a verdict depends beside the clauses. */
export interface Case {
  readonly place: Scene['place']['kind']
  readonly action: ActionClass
  readonly side: Side
  readonly clauses: SideClauses
  readonly standing: Standing
}

/** Whether something holds: certainly, perhaps, or not. */
interface Likelihood {
  readonly isPossible: boolean
  readonly isCertain: boolean
}

const never: Likelihood = { isPossible: false, isCertain: false }
const always: Likelihood = { isPossible: true, isCertain: true }

/** The order of a decision, docs/semantics.md, S2. Twin: `decide` of the reference evaluator, which replays every witness. */
export function verdictsOf(given: Case, progress: Progress): Verdicts {
  const { standing, clauses } = given
  if (standing.kind === 'nobody') return ImplicitDeny
  const works = standing.hasTimes ? likelihood(clauses.validities, progress) : always
  return (works.isPossible ? verdictsOfWorking(given, progress) : 0) | (works.isCertain ? 0 : ImplicitDeny)
}

function verdictsOfWorking({ place, action, side, clauses, standing }: Case, progress: Progress): Verdicts {
  const identity = identityOf(standing, clauses, progress)
  if (place === 'nothing' || (!side.exists && action.creates)) return allowIf(identity)
  if (!side.exists) return ImplicitDeny
  if (action.rescues && standing.isRescued) return Allow
  if (side.isUnreadable) return ExplicitDeny
  const denied = likelihood(clauses.denies, progress)
  if (denied.isCertain) return ExplicitDeny
  const others = standing.isCutOff ? ImplicitDeny : allowIf(allowedBySides(standing, identity, clauses, progress))
  return others | (denied.isPossible ? ExplicitDeny : 0)
}

function allowedBySides(standing: Standing, identity: Likelihood, { allows, delegations }: SideClauses, progress: Progress): Likelihood {
  const direct = likelihood(allows, progress)
  if (standing.kind === 'alone') return direct
  if (standing.kind === 'own-account') return eitherOf(identity, direct)
  const policy = eitherOf(direct, likelihood(delegations, progress))
  return { isPossible: identity.isPossible && policy.isPossible, isCertain: identity.isCertain && policy.isCertain }
}

function identityOf({ identity }: Standing, { grants }: SideClauses, progress: Progress): Likelihood {
  if (identity === 'grants') return likelihood(grants, progress)
  return identity === 'allows' ? always : never
}

function likelihood(clauses: Bits, { alive, settled }: Progress): Likelihood {
  return { isPossible: meets(clauses, alive), isCertain: meets(clauses, settled) }
}

function eitherOf(a: Likelihood, b: Likelihood): Likelihood {
  return { isPossible: a.isPossible || b.isPossible, isCertain: a.isCertain || b.isCertain }
}

function allowIf({ isPossible, isCertain }: Likelihood): Verdicts {
  return (isPossible ? Allow : 0) | (isCertain ? 0 : ImplicitDeny)
}
