import { resolveCaller } from '../../evaluate/evaluate.js'
import { matchPrincipal } from '../../evaluate/match-principal.js'
import type { AccessKey } from '../../grants/access-key.js'
import { and } from '../../operators/truth.js'
import type { PrincipalEntry } from '../../policy/ast.js'
import type { Caller } from '../../request/caller.js'
import { type EvaluationContext, evaluationContextOf } from '../../request/evaluation-context.js'
import type { Principal } from '../../request/principal.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import type { CompiledStatement } from '../conditions/compiled-statement.js'
import { type Demand, type Dimension, dimensionOf } from '../dimensions/dimension.js'
import type { Clause, StatementClause } from '../scene/clause.js'
import type { Scene } from '../scene/scene.js'
import { isAskedAbout } from './asked-callers.js'
import { type CallerNature, type CallerSample, callerSample, natureOf } from './caller-sample.js'
import { callerKeys } from './derived-key-names.js'
import { type Standing, standingKey, standingOf } from './standing.js'

/** Callers of whom the same can be said on all sides, but for which clauses are about them. */
export interface CallerGroup {
  /** On each side. */
  readonly standings: readonly Standing[]
  readonly nature: CallerNature
  readonly callers: Dimension<KnownCaller>
}

/** A sample with what each side knows of it. */
export interface KnownCaller extends CallerSample {
  readonly sides: readonly {
    readonly caller: Caller | undefined
    /** Whether it is of the account that owns the bucket. */
    readonly isMember: boolean
    readonly key: AccessKey | undefined
    readonly context: EvaluationContext | undefined
  }[]
}

export interface CallerQuestion {
  readonly scene: Scene
  readonly clauses: readonly Clause[]
  readonly compiled: ReadonlyMap<StatementClause['statement'], CompiledStatement>
  /** Whether the caller's keys have the values that the variables of this space stand for; absent if none of these follows from the caller. */
  readonly isPossible?: (context: EvaluationContext) => boolean
}

export function callerGroups(principals: readonly Principal[], question: CallerQuestion, incomplete?: string): readonly CallerGroup[] {
  const { scene, clauses, compiled, isPossible } = question
  const asked = new Set(Array.from(compiled.values()).flatMap(({ conditions }) => conditions.map(({ key }) => key)))
  const bucket = scene.place.kind === 'bucket' ? scene.place.name : undefined
  const sides = scene.sides.map(({ snapshotFor, owner }) => ({ snapshot: snapshotFor(bucket), owner }))
  const known = principals
    .map((principal) => know(callerSample(principal, asked), sides))
    .filter(({ sides }) => isPossible === undefined || sides.every(({ context }) => !context || isPossible(context)))
  const demands = clauses.flatMap((clause, index) => demandOf(clause, index, question))
  const groups = new Map<
    string,
    { readonly standings: readonly Standing[]; readonly nature: CallerNature; readonly members: KnownCaller[] }
  >()
  for (const member of known) {
    const standings = scene.sides.map((side, index) => {
      const { caller, key } = member.sides[index] as KnownCaller['sides'][number]
      return standingOf(member.principal, caller, key, side)
    })
    const nature = natureOf(member.principal)
    const name = [nature, ...standings.map(standingKey)].join('; ')
    const group = groups.get(name)
    if (group === undefined) groups.set(name, { standings, nature, members: [member] })
    else group.members.push(member)
  }
  return Array.from(groups.values(), ({ members, ...group }) => ({
    ...group,
    callers: dimensionOf('caller', members, demands, clauses.length, incomplete),
  }))
}

function know(sample: CallerSample, sides: readonly KnownSide[]): KnownCaller {
  const { principal } = sample
  const request = { principal, action: '', context: sample.context }
  return {
    ...sample,
    sides: sides.map(({ snapshot, owner }) => {
      const caller = resolveCaller(snapshot, request)
      const key = principal.kind === 'key' ? snapshot.keys.get(principal.accessKey) : undefined
      let context: EvaluationContext | undefined
      return {
        caller,
        key,
        isMember: caller?.account === owner,
        // Few policies ask for what follows from the caller.
        get context() {
          context ??= caller && evaluationContextOf(request, caller, owner)
          return context
        },
      }
    }),
  }
}

/** What callers are known by on one side. */
interface KnownSide {
  readonly snapshot: Snapshot
  readonly owner: string
}

function demandOf(clause: Clause, index: number, { compiled }: CallerQuestion): readonly Demand<KnownCaller>[] {
  if (clause.kind === 'grant' || clause.kind === 'validity') {
    const { accessKey } = clause.key
    return [{ clause: index, isMet: ({ principal }) => principal.kind === 'key' && principal.accessKey === accessKey }]
  }
  if (clause.kind === 'question') {
    const { asked } = clause
    return [{ clause: index, isMet: ({ principal, sides }) => isAskedAbout(asked, principal, sides[0]?.caller) }]
  }
  const { statement, kind } = clause
  const conditions = compiled.get(statement)?.conditions.filter(({ key }) => callerKeys.has(key)) ?? []
  // Who asks makes no difference to most statements.
  if (conditions.length === 0 && statement.Principal?.some(isEveryone))
    return kind === 'delegation' ? [{ clause: index, isMet: () => false }] : []
  const isMet = ({ sides }: KnownCaller): boolean => {
    // An access key that one side does not know is nobody there, whatever statements say.
    const seen = clause.sides.map((side) => sides[side]).find((known) => known?.caller !== undefined)
    const { caller, context } = seen ?? {}
    if (caller === undefined || context === undefined) return false
    const { truth: principal, byAccount } = matchPrincipal(statement, caller)
    const truth = and([principal, ...conditions.map(({ key, truthOf }) => truthOf(context.valuesOf(key)))])
    if (kind === 'deny') return truth !== false
    return truth === true && byAccount === (kind === 'delegation')
  }
  return [{ clause: index, isMet }]
}

function isEveryone({ type, text }: PrincipalEntry): boolean {
  return type === '*' || (type === 'AWS' && text === '*')
}
