import { canonicalKeyName } from '../catalog/lookup.js'
import { type Language, literal, something, withoutSlash } from '../languages/language.js'
import { isInRange, parseAddress } from '../match/cidr.js'
import { compareInstants, type Instant, instantOfMilliseconds, parseInstant } from '../match/date.js'
import { and } from '../operators/truth.js'
import type { Statement } from '../policy/ast.js'
import type { Principal } from '../request/principal.js'
import { RequestContext, UNKNOWN } from '../request/request-context.js'
import { type ActionClass, actionClasses, familyOf } from './action-classes.js'
import { bitsOf } from './bits.js'
import { outsideDemands } from './callers/asked-callers.js'
import { type CallerGroup, callerGroups } from './callers/caller-groups.js'
import { type CallerTest, callerProbes } from './callers/caller-probes.js'
import { chooseCallers } from './callers/choose-callers.js'
import { callerKeys, timeKeys } from './callers/derived-key-names.js'
import type { Clause, GrantClause, StatementClause } from './clause.js'
import { type Clauses, clausesOf } from './clauses.js'
import { type CompiledStatement, compileStatement } from './compiled-statement.js'
import { type Demand, type Dimension, dimensionOf, type Gap, withGap } from './dimension.js'
import { demandOf, type KeyDemand, type KeyValues, keyDimension } from './key-dimension.js'
import { exactProbe, type Probe, prefixProbe } from './probe.js'
import { ARN, partsOf } from './resource-arn.js'
import { patternTest } from './resource-test.js'
import type { Scene } from './scene.js'
import { chooseTexts } from './values/texts.js'
import { chooseTimes } from './values/times.js'
import { type Assignment, contextOfAssignment, templatesOf, usesVariable } from './variables.js'

/** All requests of a scene in which variables have the values of one assignment: what they can be made of, dimension by dimension. */
export interface Space {
  readonly scene: Scene
  readonly clauses: Clauses
  readonly actions: readonly ActionClass[]
  readonly callers: readonly CallerGroup[]
  /** The ARNs of buckets and of objects. */
  readonly resources: Readonly<Record<'bucket' | 'object', Dimension<string>>>
  readonly keys: readonly Dimension<KeyValues>[]
  readonly time: Dimension<number>
  /** Whether the operation is HeadBucket. */
  readonly operation: Dimension<boolean>
  readonly assignment: Assignment
  readonly compiled: ReadonlyMap<Statement, CompiledStatement>
}

export interface SpaceOptions {
  /** The variables of which other values are not followed exactly. */
  readonly vague: ReadonlySet<string>
  /** Steps that finding the values of one dimension may take. */
  readonly steps: number
}

export function spaceOf(scene: Scene, assignment: Assignment, options: SpaceOptions): Space {
  const clauses = clausesOf(scene)
  const builder = new SpaceBuilder(scene, clauses, assignment, options)
  const keys = builder.keys()
  return {
    scene,
    clauses,
    assignment,
    compiled: builder.compiled,
    keys,
    actions: actionClasses(
      scene,
      clauses.list,
      keys.map(({ name }) => name),
    ),
    callers: builder.callers(),
    resources: { bucket: builder.resources('bucket'), object: builder.resources('object') },
    time: builder.time(),
    operation: builder.operation(),
  }
}

class SpaceBuilder {
  private readonly size: number
  readonly compiled: ReadonlyMap<Statement, CompiledStatement>

  constructor(
    private readonly scene: Scene,
    private readonly clauses: Clauses,
    private readonly assignment: Assignment,
    private readonly options: SpaceOptions,
  ) {
    this.size = clauses.list.length
    const variables = contextOfAssignment(assignment)
    const compiled = new Map<Statement, CompiledStatement>()
    for (const clause of clauses.list) {
      if (clause.kind !== 'deny' && clause.kind !== 'allow') continue
      compiled.set(clause.statement, compileStatement(clause.statement, clause.version, variables))
    }
    this.compiled = compiled
  }

  callers(): readonly CallerGroup[] {
    const { sides } = this.scene
    const statements = [...this.compiled.keys()]
    const named = statements.flatMap(({ Principal = [], NotPrincipal = [] }) => [...Principal, ...NotPrincipal])
    const entries = [...named, ...(this.scene.asked?.except ?? []).flatMap((one) => (one.kind === 'entry' ? one.entry : []))]
    const tests = [...this.compiled.values()].flatMap(({ conditions }) => conditions.filter(({ key }) => callerKeys.has(key)))
    const accounts = new Set(sides.filter(({ exists }) => exists).map(({ owner }) => owner))
    const mapped = this.mappedAccounts()
    const probes = callerProbes(
      entries,
      [...tests, ...this.assignedTests()],
      [...accounts, ...mapped.map(({ id }) => id)],
      mapped.map(({ canonicalId }) => canonicalId),
    )
    const { principals, incomplete } = chooseCallers(probes, this.scene.place.kind === 'nothing' ? 'all' : accounts, this.options.steps)
    const isPossible = (context: { valuesOf(key: string): unknown }): boolean =>
      Array.from(this.assignment).every(([key, values]) => !callerKeys.has(key) || sameValues(context.valuesOf(key), values))
    const question = { scene: this.scene, clauses: this.clauses.list, compiled: this.compiled, isPossible }
    const groups = callerGroups([...this.ownPrincipal(), ...principals, ...this.keyPrincipals()], question, incomplete)
    const gap = this.vagueAt((comparedWith) => callerKeys.has(comparedWith))
    return groups.map((group) => ({ ...group, callers: withGap(group.callers, gap) }))
  }

  /** Callers whose keys have the values that variables stand for must be among those chosen. */
  private assignedTests(): readonly CallerTest[] {
    return Array.from(this.assignment).flatMap(([key, values]) => {
      if (!callerKeys.has(key) || values === 'unknown') return []
      return [{ key, probes: values.map(exactProbe), operands: values, operator: { name: 'StringEquals', ifExists: false } }]
    })
  }

  private ownPrincipal(): readonly Principal[] {
    const { like } = this.scene.asked ?? {}
    return like === undefined ? [] : [like.principal]
  }

  private keyPrincipals(): readonly Principal[] {
    if (this.scene.place.kind === 'any-bucket') return []
    const names = new Set(this.scene.sides.flatMap(({ snapshotFor }) => [...snapshotFor(undefined).keys.keys()]))
    return Array.from(names, (accessKey) => ({ kind: 'key', accessKey }))
  }

  /** The accounts whose canonical id a snapshot tells. */
  private mappedAccounts(): readonly { readonly id: string; readonly canonicalId: string }[] {
    return this.scene.sides.flatMap(({ snapshotFor }) =>
      Array.from(snapshotFor(undefined).accounts.values()).flatMap(({ id, canonicalId }) =>
        canonicalId === undefined ? [] : { id, canonicalId },
      ),
    )
  }

  resources(kind: 'bucket' | 'object'): Dimension<string> {
    const { place } = this.scene
    const demands = this.clauses.list.flatMap((clause, index) => this.resourceDemand(clause, index, kind))
    const name = place.kind === 'bucket' ? place.name : undefined
    if (place.kind === 'nothing') return dimensionOf('resource', [''], this.questionsOnNothing(), this.size)
    if (kind === 'bucket' && name !== undefined) return dimensionOf('resource', [`${ARN}${name}`], demands, this.size)
    const bucket = name === undefined ? withoutSlash : literal(name)
    const language: Language = [[...literal(ARN), ...bucket, ...(kind === 'object' ? [...literal('/'), ...something] : [])]]
    const liked = name === undefined ? [] : [`${ARN}${name}/other`]
    const { values, incomplete } = chooseTexts(
      { language, liked },
      demands.flatMap(({ probes }) => probes),
      this.options.steps,
    )
    const dimension = dimensionOf('resource', [...this.ownResource(kind), ...values], demands, this.size, incomplete)
    return withGap(
      dimension,
      this.vagueAt((comparedWith) => comparedWith === 'resource'),
    )
  }

  private ownResource(kind: 'bucket' | 'object'): readonly string[] {
    const { like } = this.scene.asked ?? {}
    if (like?.bucket === undefined) return []
    if (kind === 'bucket') return [`${ARN}${like.bucket}`]
    return like.key === undefined ? [] : [`${ARN}${like.bucket}/${like.key}`]
  }

  /** A question about a resource is about no action on nothing. */
  private questionsOnNothing(): readonly Demand<string>[] {
    return this.clauses.list.flatMap((clause, index) =>
      clause.kind === 'question' && clause.asked.resource !== undefined
        ? [{ clause: index, isMet: () => clause.asked.resource === '*' }]
        : [],
    )
  }

  private resourceDemand(
    clause: Clause,
    index: number,
    kind: 'bucket' | 'object',
  ): readonly (Demand<string> & { probes: readonly Probe[] })[] {
    if (clause.kind === 'validity') return []
    if (clause.kind === 'grant') {
      const start = `${ARN}${this.scene.place.kind === 'bucket' ? this.scene.place.name : ''}/${clause.grant.prefix}`
      if (clause.limit !== 'object' || kind !== 'object') return []
      return [{ clause: index, probes: [prefixProbe(start)], isMet: (arn) => arn.startsWith(start) }]
    }
    if (clause.kind === 'question') {
      const { resource } = clause.asked
      if (resource === undefined) return []
      const { probes, truthOf } = patternTest(resource)
      return [{ clause: index, probes, isMet: (arn) => truthOf(partsOf(arn)) === true }]
    }
    const { probes, truthOf } = (this.compiled.get(clause.statement) as CompiledStatement).resource
    const isMet =
      clause.kind === 'deny' ? (arn: string) => truthOf(partsOf(arn)) !== false : (arn: string) => truthOf(partsOf(arn)) === true
    return [{ clause: index, probes, isMet }]
  }

  keys(): readonly Dimension<KeyValues>[] {
    const demands = new Map<string, KeyDemand[]>()
    const add = (key: string, demand: KeyDemand): void => {
      const known = demands.get(key)
      if (known === undefined) demands.set(key, [demand])
      else known.push(demand)
    }
    for (const [index, clause] of this.clauses.list.entries()) {
      if (clause.kind === 'grant') for (const [key, demand] of grantDemands(clause, index)) add(key, demand)
      else if (clause.kind === 'question') for (const [key, demand] of outsideDemands(clause.asked, index)) add(key, demand)
      else if (clause.kind !== 'validity') for (const [key, demand] of this.conditionDemands(clause, index)) add(key, demand)
    }
    for (const key of this.assignment.keys()) if (!demands.has(key) && isFree(key)) demands.set(key, [])
    return Array.from(demands, ([key, list]) => {
      const values = this.assignment.get(key)
      const own = ownValues(this.scene, key)
      const dimension = keyDimension(key, list, {
        size: this.size,
        steps: this.options.steps,
        fixed: values === 'unknown' ? [] : values,
        own,
      })
      return withGap(
        dimension,
        this.vagueAt((comparedWith) => comparedWith === key),
      )
    })
  }

  private conditionDemands(clause: StatementClause, index: number): readonly (readonly [string, KeyDemand])[] {
    const { conditions } = this.compiled.get(clause.statement) as CompiledStatement
    const keys = new Set(conditions.map(({ key }) => key).filter(isFree))
    return Array.from(keys, (key) => [
      key,
      demandOf(
        index,
        clause,
        conditions.filter((test) => test.key === key),
      ),
    ])
  }

  /** The statements that compare something with the text of a variable whose values are not followed exactly. */
  private vagueAt(isCompared: (comparedWith: string) => boolean): Gap | undefined {
    const [key] = this.options.vague
    if (key === undefined) return undefined
    const places = this.clauses.list.flatMap((clause, place) => {
      if (!('statement' in clause)) return []
      const templates = templatesOf(clause.statement, clause.version).filter(({ comparedWith }) => isCompared(comparedWith))
      return templates.some(({ parts }) => Array.from(this.options.vague).some((variable) => usesVariable(parts, variable))) ? [place] : []
    })
    const reason = `what \`${key}\` stands for is not set off from the text around it`
    return places.length === 0 ? undefined : { reason, clauses: bitsOf(this.size, places) }
  }

  time(): Dimension<number> {
    const instants: Instant[] = []
    const demands = this.clauses.list.flatMap((clause, index): readonly Demand<number>[] => {
      if (clause.kind === 'grant' || clause.kind === 'question') return []
      if (clause.kind === 'validity') {
        const { notBefore, expiresAt } = clause.key
        instants.push(...[notBefore ?? [], expiresAt ?? []].flat())
        return [{ clause: index, isMet: (time) => isBetween(instantOfMilliseconds(time), notBefore, expiresAt) }]
      }
      const conditions = (this.compiled.get(clause.statement) as CompiledStatement).conditions.filter(({ key }) => timeKeys.has(key))
      if (conditions.length === 0) return []
      instants.push(...conditions.flatMap(({ probes }) => probes.flatMap(instantOf)))
      const truthOf = (time: number) => and(conditions.map((test) => test.truthOf([spellTime(test.key, time)])))
      return [{ clause: index, isMet: clause.kind === 'deny' ? (time) => truthOf(time) !== false : (time) => truthOf(time) === true }]
    })
    const tests = [...this.compiled.values()].flatMap(({ conditions }) => conditions.filter(({ key }) => timeKeys.has(key)))
    const isStrange = tests.some(({ probes }) => probes.some((probe) => instantOf(probe).length === 0))
    const incomplete = isStrange ? 'a condition compares the time as if it were no date' : undefined
    const own = this.scene.asked?.like?.time
    const times = chooseTimes(instants)
    return dimensionOf('time', own === undefined ? times : [own, ...times], demands, this.size, incomplete)
  }

  operation(): Dimension<boolean> {
    const demands = this.clauses.list.flatMap((clause, index): readonly Demand<boolean>[] =>
      clause.kind === 'grant' && clause.limit === 'head-bucket' ? [{ clause: index, isMet: (isHeadBucket) => isHeadBucket }] : [],
    )
    return dimensionOf('operation', [false, true], demands, this.size)
  }
}

/** The values of a condition key in the request that the question is about; undefined if it is about none, or the value is not known. */
export function ownValues({ asked }: Scene, key: string): KeyValues | undefined {
  const { like } = asked ?? {}
  if (like === undefined) return undefined
  const given = RequestContext.from(like.context).valueOf(key)
  const unknown = new Set((like.unknown ?? []).map(canonicalKeyName))
  if (given === UNKNOWN || unknown.has(key) || unknown.has(`${familyOf(key)}*`)) return undefined
  return given === undefined ? [] : [given].flat()
}

/** Whether the key's values do not follow from anything else. */
function isFree(key: string): boolean {
  return !callerKeys.has(key) && !timeKeys.has(key)
}

/** What a grant asks of condition keys. Twin: checkGrant. */
function grantDemands({ grant, limit }: GrantClause, clause: number): readonly (readonly [string, KeyDemand])[] {
  const demands: [string, KeyDemand][] = []
  const { prefix, sourceIp } = grant
  if (sourceIp !== undefined) {
    const probes = sourceIp.map(({ range }): Probe => ({ kind: 'range', range }))
    const isMet = (values: KeyValues): boolean => {
      const address = values.length === 1 ? parseAddress(values[0] as string) : undefined
      return address !== undefined && sourceIp.some(({ range }) => isInRange(address, range))
    }
    demands.push(['aws:SourceIp', { clause, tests: [], probes, isMet }])
  }
  if (prefix !== undefined && limit === 'listing') {
    const isMet = (values: KeyValues): boolean => values.length === 1 && (values[0] as string).startsWith(prefix)
    demands.push(['s3:prefix', { clause, tests: [], probes: [prefixProbe(prefix)], isMet }])
  }
  return demands
}

function instantOf(probe: Probe): readonly Instant[] {
  if (probe.kind === 'instant') return [probe.instant]
  const instant = probe.kind === 'number' ? parseInstant(probe.text) : undefined
  return instant === undefined ? [] : [instant]
}

function isBetween(now: Instant, notBefore: Instant | undefined, expiresAt: Instant | undefined): boolean {
  return (
    (notBefore === undefined || compareInstants(now, notBefore) >= 0) && (expiresAt === undefined || compareInstants(now, expiresAt) < 0)
  )
}

/** Twin: evaluationContextOf. */
function spellTime(key: string, time: number): string {
  return key === 'aws:EpochTime' ? String(Math.floor(time / 1000)) : new Date(time).toISOString()
}

function sameValues(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
