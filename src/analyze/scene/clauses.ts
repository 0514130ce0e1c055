import type { ActionRow } from '../../catalog/actions.js'
import type { AccessKey, Grant } from '../../grants/access-key.js'
import { bucketActionsUnderPrefix } from '../../grants/permission.js'
import { parseArn } from '../../match/arn.js'
import { isUniqueId } from '../../match/unique-id.js'
import { hasWildcard } from '../../match/wildcard.js'
import type { PrincipalEntry, Statement } from '../../policy/ast.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import { type Bits, bitsOf } from '../bits.js'
import type { Clause, GrantClause, StatementClause, ValidityClause } from './clause.js'
import type { Scene, Side } from './scene.js'

/** The clauses of a scene, and which of them do what on each side. */
export interface Clauses {
  readonly list: readonly Clause[]
  readonly sides: readonly SideClauses[]
  /** The question, if it is not about all requests. */
  readonly question: Bits
}

export type SideClauses = Readonly<Record<'denies' | 'allows' | 'delegations' | 'grants' | 'validities', Bits>>

export function clausesOf({ place, sides, asked }: Scene): Clauses {
  const ofPolicies = shareStatements(sides, sides.flatMap(statementClauses))
  const ofKeys = shareEqual(
    sides.flatMap((side, index) => keyClauses(side, index, place)),
    meaningOfKeyClause,
  )
  const question: readonly Clause[] = asked === undefined ? [] : [{ kind: 'question', sides: [], asked }]
  const list: readonly Clause[] = [...ofPolicies, ...ofKeys, ...question]
  const bitsWhere = (isOn: (clause: Clause) => boolean, kind: Clause['kind']) =>
    bitsOf(
      list.length,
      list.flatMap((clause, index) => (clause.kind === kind && isOn(clause) ? [index] : [])),
    )
  return {
    list,
    question: bitsWhere(() => true, 'question'),
    sides: sides.map((_, side) => {
      const isOn = (clause: Clause) => (clause.sides as readonly number[]).includes(side)
      return {
        denies: bitsWhere(isOn, 'deny'),
        allows: bitsWhere(isOn, 'allow'),
        delegations: bitsWhere(isOn, 'delegation'),
        grants: bitsWhere(isOn, 'grant'),
        validities: bitsWhere(isOn, 'validity'),
      }
    }),
  }
}

function statementClauses({ policy }: Side, side: number): readonly StatementClause[] {
  if (policy === undefined) return []
  return policy.Statement.flatMap((statement, index): readonly StatementClause[] => {
    const common = { sides: [side], index, statement, version: policy.Version }
    if (statement.Effect === 'Deny') return [{ kind: 'deny', ...common }]
    const direct: StatementClause = { kind: 'allow', ...common }
    return mayDelegate(statement) ? [direct, { kind: 'delegation', ...common }] : [direct]
  })
}

/** What two policies say in the same words is one clause on both sides, if both sides see the same callers. */
function shareStatements(sides: readonly Side[], clauses: readonly StatementClause[]): readonly StatementClause[] {
  if (!sides.every((side) => seesTheSame(side, sides[0] as Side))) return clauses
  return shareEqual(clauses, ({ kind, version, statement }) => `${kind} ${version} ${meaningOf(statement)}`)
}

/** Clauses of the same meaning as one, on all of their sides; what one side says twice stays two. */
function shareEqual<One extends Clause>(clauses: readonly One[], meaningOf: (clause: One) => string): readonly One[] {
  const shared = new Map<string, One>()
  for (const clause of clauses) {
    const meaning = meaningOf(clause)
    const [side = 0] = clause.sides
    for (let copy = 0; ; copy++) {
      const key = `${copy} ${meaning}`
      const known = shared.get(key)
      if ((known?.sides as readonly number[] | undefined)?.includes(side)) continue
      shared.set(key, known === undefined ? clause : { ...known, sides: [...known.sides, side] })
      break
    }
  }
  return [...shared.values()]
}

function meaningOfKeyClause(clause: GrantClause | ValidityClause): string {
  const { accessKey, notBefore, expiresAt } = clause.key
  return clause.kind === 'grant'
    ? JSON.stringify([accessKey, clause.grant, clause.limit])
    : JSON.stringify([accessKey, notBefore, expiresAt])
}

/** Equal for statements that differ in their Sid and their place only. */
function meaningOf(statement: Statement): string {
  return JSON.stringify(statement, (member, value) => (member === 'location' || member === 'Sid' ? undefined : value))
}

/** Whether the same principal is the same caller on both sides, and the same condition keys follow from it. */
function seesTheSame(a: Side, b: Side): boolean {
  if (a === b) return true
  const [one, other] = [a.snapshotFor(undefined), b.snapshotFor(undefined)]
  const canonicalIds = ({ accounts }: Snapshot) => JSON.stringify(Array.from(accounts.values(), ({ id, canonicalId }) => [id, canonicalId]))
  const sameKeys = Array.from(one.keys.values()).every(
    ({ accessKey, arn }) => (other.keys.get(accessKey)?.arn.text ?? arn.text) === arn.text,
  )
  return a.exists && b.exists && a.owner === b.owner && sameKeys && canonicalIds(one) === canonicalIds(other)
}

function mayDelegate({ Principal = [] }: Statement): boolean {
  return Principal.some(isAccount)
}

/** Whether an entry means a whole account. */
function isAccount({ type, text }: PrincipalEntry): boolean {
  if (type === 'CanonicalUser') return true
  if (type !== 'AWS' || hasWildcard(text) || isUniqueId(text)) return false
  const parts = parseArn(text)
  return parts === undefined || parts[5] === 'root'
}

function keyClauses({ snapshotFor }: Side, side: number, place: Scene['place']): readonly (GrantClause | ValidityClause)[] {
  if (place.kind === 'any-bucket') return []
  const keys = snapshotFor(undefined).keys.values()
  return Array.from(keys).flatMap((key) => {
    const grants = key.grants.filter(({ permission, bucket }) => permission === 'fullaccess' || isOn(bucket, place))
    const hasTimes = key.notBefore !== undefined || key.expiresAt !== undefined
    const validity: readonly ValidityClause[] = hasTimes ? [{ kind: 'validity', sides: [side], key }] : []
    return [...validity, ...grants.flatMap((grant) => grantClauses(key, grant, side))]
  })
}

function isOn(bucket: string, place: Scene['place']): boolean {
  return place.kind === 'bucket' && place.name === bucket
}

function grantClauses(key: AccessKey, grant: Grant, side: number): readonly GrantClause[] {
  const limits = grant.prefix === undefined ? (['none'] as const) : (['object', 'listing', 'head-bucket', 'none'] as const)
  return limits.map((limit) => ({ kind: 'grant', sides: [side], key, grant, limit }))
}

/** Whether the grant covers the action in this way. Twin: checkGrant, of which this is the part about actions. */
export function limitApplies({ grant, limit }: GrantClause, { kind, name }: ActionRow): boolean {
  if (grant.prefix === undefined) return limit === 'none'
  if (kind === 'object') return limit === 'object'
  const condition = bucketActionsUnderPrefix[name]
  if (condition === 'if-prefix-is-listed') return limit === 'listing' || (limit === 'head-bucket' && name === 's3:ListBucket')
  return condition === 'always' && limit === 'none'
}
