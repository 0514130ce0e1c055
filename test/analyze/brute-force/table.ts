import { canonicalKeyName } from '../../../src/catalog/lookup.js'
import { decide, type Facts, resolveCaller } from '../../../src/evaluate/evaluate.js'
import type { IdentitySide, StatementOutcome } from '../../../src/evaluate/explanation.js'
import { evaluateIdentity } from '../../../src/evaluate/identity-side.js'
import { matchAction } from '../../../src/evaluate/match-action.js'
import { matchConditions } from '../../../src/evaluate/match-conditions.js'
import { matchPrincipal, type PrincipalMatch } from '../../../src/evaluate/match-principal.js'
import { matchResource } from '../../../src/evaluate/match-resource.js'
import {
  type Bucket,
  type Caller,
  type Condition,
  type PolicyVersion,
  type Principal,
  publicStatements,
  type Snapshot,
  type Statement,
  stricterBlock,
  type Truth,
  type Verdict,
} from '../../../src/index.js'
import { evaluationContextOf } from '../../../src/request/evaluation-context.js'
import { variablesIn } from './mentions.js'
import { type Aim, type Choice, requestAt, type Space, type Target } from './space.js'
import { valuesByCallerKind } from './universe.js'

/** What a request comes to, and which statements apply to it. */
export interface Outcome {
  readonly verdict: Verdict
  readonly applying: readonly StatementOutcome[]
  /** What a decision is made of beside the statements. */
  readonly facts: Omit<Facts, 'policy'>
  /** The statements by which the bucket is restricted; undefined without a policy. */
  readonly restrictedBy: readonly number[] | undefined
}

/** The verdict where only some of the statements are in the policy. */
export function verdictWith({ applying, facts, restrictedBy }: Outcome, keep: (index: number) => boolean): Verdict {
  if (restrictedBy === undefined) return decide({ ...facts, policy: noPolicy }).verdict
  const statements = applying.filter(({ index }) => keep(index))
  return decide({ ...facts, policy: { kind: 'statements', statements, restrictedBy: restrictedBy.filter(keep) } }).verdict
}

const none: readonly StatementOutcome[] = []
const noPolicy = { kind: 'none' } as const

/** A truth that hangs on some dimensions, computed once for each place in them. */
interface Cell {
  readonly dimensions: readonly number[]
  readonly known: Map<number, Truth>
  readonly compute: () => Truth
}

const [CALLER, TIME, TARGET] = [-1, -2, -3] as const

/**
 * The verdicts of one snapshot on the requests of a space. The parts of `evaluate` are asked once for each place in the
 * dimensions they hang on, so that thousands of requests take milliseconds; whatever is found is replayed with `evaluate`.
 */
export class Table {
  private readonly callers: readonly (Caller | undefined)[]
  private readonly policies = new Map<string, PolicyTable | undefined>()
  private readonly identities = new Map<string, IdentitySide>()
  private readonly identityKeys: readonly number[]
  private choice: Choice = { target: 0, caller: 0, time: 0, values: [] }
  private readonly keyPlaces: ReadonlyMap<string, number>

  constructor(
    private readonly snapshot: Snapshot,
    private readonly space: Space,
  ) {
    this.callers = space.callers.map((principal) => resolveCaller(snapshot, { principal, action: '' }))
    this.keyPlaces = new Map(space.keys.map(({ name }, at) => [name, at]))
    this.identityKeys = ['s3:prefix', 'aws:SourceIp'].flatMap((name) => this.keyPlaces.get(name) ?? [])
  }

  judge(choice: Choice): Outcome {
    this.choice = choice
    const { row, bucket: name } = this.space.targets[choice.target] as Target
    const principal = this.space.callers[choice.caller] as Principal
    const caller = this.callers[choice.caller]
    const bucket = name === undefined ? undefined : this.snapshot.buckets.get(name)
    const key = principal.kind === 'key' ? this.snapshot.keys.get(principal.accessKey) : undefined
    const request = { principal, action: row.name, time: this.space.times[choice.time] as number }
    const identity: IdentitySide = caller === undefined ? { kind: 'none' } : this.identityOf(caller, bucket)
    const table = bucket && this.policyOf(bucket)
    const applying = table === undefined || caller === undefined || row.kind === 'none' ? none : table.applying(choice)
    const facts: Omit<Facts, 'policy'> = {
      request,
      action: row,
      identity,
      ...(caller && { caller }),
      ...(key && { key }),
      ...(bucket && { bucket }),
    }
    const policy =
      table === undefined ? noPolicy : ({ kind: 'statements', statements: applying, restrictedBy: table.restrictedBy } as const)
    return { verdict: decide({ ...facts, policy }).verdict, applying, facts, restrictedBy: table?.restrictedBy }
  }

  /** Where the statements of the bucket's policy may apply. */
  aims(): readonly Aim[] {
    const names = [...new Set(this.space.targets.flatMap(({ bucket }) => bucket ?? []))]
    return names.flatMap((name) => {
      const bucket = this.snapshot.buckets.get(name)
      return (bucket && this.policyOf(bucket))?.aims(name) ?? []
    })
  }

  private policyOf(bucket: Bucket): PolicyTable | undefined {
    if (this.policies.has(bucket.name)) return this.policies.get(bucket.name)
    const policy = bucket.policy?.policy
    const accountBlock = this.snapshot.accounts.get(bucket.owner)?.publicAccessBlock ?? bucket.publicAccessBlock
    const restricts = stricterBlock(bucket.publicAccessBlock, accountBlock).RestrictPublicBuckets
    const table =
      policy && new PolicyTable(policy.Statement, policy.Version, restricts ? publicStatements(policy) : [], this.dimensions(bucket.owner))
    this.policies.set(bucket.name, table)
    return table
  }

  private identityOf(caller: Caller, bucket: Bucket | undefined): IdentitySide {
    const { choice, space } = this
    const principal = space.callers[choice.caller] as Principal
    const isKey = principal.kind === 'key'
    const id = isKey
      ? [choice.caller, choice.target, ...this.identityKeys.map((at) => choice.values[at])].join()
      : `${choice.caller} ${bucket?.name}`
    const known = this.identities.get(id)
    if (known !== undefined) return known
    const request = requestAt(space, choice)
    const key = isKey ? this.snapshot.keys.get(principal.accessKey) : undefined
    const context = evaluationContextOf(request, caller, bucket?.owner)
    const identity = evaluateIdentity(request, space.targets[choice.target]?.row, key, caller, bucket?.owner, context)
    this.identities.set(id, identity)
    return identity
  }

  private dimensions(owner: string): Dimensions {
    const { space, callers } = this
    const valuesOf = (choice: Choice, key: string) => {
      const name = canonicalKeyName(key)
      const place = this.keyPlaces.get(name)
      if (place !== undefined) return space.keys[place]?.options[choice.values[place] as number] ?? []
      const principal = space.callers[choice.caller] as Principal
      const caller = callers[choice.caller] as Caller
      const byKind = valuesByCallerKind(name, principal)
      return (
        byKind ?? evaluationContextOf({ principal, action: '', time: space.times[choice.time] as number }, caller, owner).valuesOf(name)
      )
    }
    return {
      space,
      callers,
      valuesOf,
      dimensionOf: (key) => this.keyPlaces.get(canonicalKeyName(key)) ?? (/^aws:(CurrentTime|EpochTime)$/i.test(key) ? TIME : CALLER),
    }
  }
}

interface Dimensions {
  readonly space: Space
  readonly callers: readonly (Caller | undefined)[]
  readonly valuesOf: (choice: Choice, key: string) => 'unknown' | readonly string[]
  readonly dimensionOf: (key: string) => number
}

interface StatementCells {
  readonly statement: Statement
  readonly index: number
  readonly principals: (PrincipalMatch | undefined)[]
  readonly place: Cell
  readonly conditions: readonly Cell[]
}

class PolicyTable {
  private readonly cells: readonly StatementCells[]
  private choice: Choice = { target: 0, caller: 0, time: 0, values: [] }

  constructor(
    statements: readonly Statement[],
    version: PolicyVersion | undefined,
    readonly restrictedBy: readonly number[],
    private readonly dimensions: Dimensions,
  ) {
    this.cells = statements.map((statement, index) => ({
      statement,
      index,
      principals: [],
      place: this.placeCell(statement, version),
      conditions: statement.Condition.map((condition) => this.conditionCell(condition, version)),
    }))
  }

  applying(choice: Choice): readonly StatementOutcome[] {
    this.choice = choice
    return this.cells.flatMap((cells) => {
      const { Effect } = cells.statement
      const match = this.principalMatch(cells, choice.caller)
      const truth = this.truthOf(cells, match)
      const applies = Effect === 'Allow' ? truth === true : truth !== false
      // Of the statements that apply, a decision reads no more than this.
      return applies
        ? [{ index: cells.index, effect: Effect, applies, delegates: Effect === 'Allow' && match.byAccount } as StatementOutcome]
        : []
    })
  }

  aims(bucket: string): readonly Aim[] {
    const { space, callers } = this.dimensions
    return this.cells.map((cells) => {
      const isOpen = (cell: Cell, dimension: number, at: number) => {
        this.choice = placeIn({ target: 0, caller: 0, time: 0, values: space.keys.map(() => 0) }, dimension, at)
        // A key that this snapshot lacks is nobody.
        if (callers[this.choice.caller] === undefined) return false
        return cell.dimensions.every((each) => each === dimension) ? this.read(cell) !== false : true
      }
      const open = (dimension: number, count: number, list: readonly Cell[]) =>
        Array.from({ length: count }, (_, at) => at).filter((at) => list.every((cell) => isOpen(cell, dimension, at)))
      const on = (dimension: number) => cells.conditions.filter((cell) => cell.dimensions.length === 1 && cell.dimensions[0] === dimension)
      return {
        targets: open(TARGET, space.targets.length, [cells.place]).filter((at) => space.targets[at]?.bucket === bucket),
        callers: open(CALLER, space.callers.length, on(CALLER)).filter(
          (at) => callers[at] !== undefined && this.principalMatch(cells, at).truth !== false,
        ),
        times: open(TIME, space.times.length, on(TIME)),
        values: space.keys.map(({ options }, key) => (on(key).length === 0 ? undefined : open(key, options.length, on(key)))),
      }
    })
  }

  private principalMatch({ principals, statement }: StatementCells, caller: number): PrincipalMatch {
    principals[caller] ??= matchPrincipal(statement, this.dimensions.callers[caller] as Caller)
    return principals[caller]
  }

  private truthOf({ place, conditions }: StatementCells, match: PrincipalMatch): Truth {
    let truth: Truth = match.truth
    for (const cell of [place, ...conditions]) {
      if (truth === false) return false
      const next = this.read(cell)
      if (next !== true) truth = next
    }
    return truth
  }

  private read(cell: Cell): Truth {
    const { space } = this.dimensions
    let id = 0
    for (const dimension of cell.dimensions) id = id * sizeIn(space, dimension) + at(this.choice, dimension)
    const known = cell.known.get(id)
    if (known !== undefined) return known
    const truth = cell.compute()
    cell.known.set(id, truth)
    return truth
  }

  private readonly context = { valuesOf: (key: string) => this.dimensions.valuesOf(this.choice, key) }

  private placeCell(statement: Statement, version: PolicyVersion | undefined): Cell {
    const texts = [...(statement.Resource ?? []), ...(statement.NotResource ?? [])].flatMap(({ text }) => variablesIn(text))
    return this.cell([TARGET, ...texts.map(this.dimensions.dimensionOf)], () => {
      const { row, bucket, key } = this.dimensions.space.targets[this.choice.target] as Target
      const action = matchAction(statement, row.name)
      if (action === false || row.kind === 'none') return false
      return matchResource(
        statement,
        version,
        row.kind === 'object' ? `arn:aws:s3:::${bucket}/${key}` : `arn:aws:s3:::${bucket}`,
        this.context,
      )
    })
  }

  private conditionCell(condition: Condition, version: PolicyVersion | undefined): Cell {
    const keys = [condition.key.text, ...condition.values.flatMap(({ text }) => variablesIn(text))]
    return this.cell(keys.map(this.dimensions.dimensionOf), () => matchConditions([condition], version, this.context)[0]?.truth ?? true)
  }

  private cell(dimensions: readonly number[], compute: () => Truth): Cell {
    return { dimensions: [...new Set(dimensions)], known: new Map(), compute }
  }
}

function at(choice: Choice, dimension: number): number {
  if (dimension === CALLER) return choice.caller
  if (dimension === TIME) return choice.time
  return dimension === TARGET ? choice.target : (choice.values[dimension] as number)
}

function placeIn(choice: Choice, dimension: number, place: number): Choice {
  if (dimension === CALLER) return { ...choice, caller: place }
  if (dimension === TIME) return { ...choice, time: place }
  if (dimension === TARGET) return { ...choice, target: place }
  return { ...choice, values: choice.values.map((value, key) => (key === dimension ? place : value)) }
}

function sizeIn(space: Space, dimension: number): number {
  if (dimension === CALLER) return space.callers.length
  if (dimension === TIME) return space.times.length
  return dimension === TARGET ? space.targets.length : (space.keys[dimension]?.options.length ?? 1)
}
