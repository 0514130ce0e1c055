import type { ActionRow } from '../catalog/actions.js'
import type { AccessKey, Grant } from '../grants/access-key.js'
import { bucketActionsUnderPrefix } from '../grants/permission.js'
import { parseArn } from '../match/arn.js'
import { isUniqueId } from '../match/unique-id.js'
import { hasWildcard } from '../match/wildcard.js'
import type { PrincipalEntry, Statement } from '../policy/ast.js'
import { type Bits, bitsOf } from './bits.js'
import type { Clause, GrantClause } from './clause.js'
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
  const ofSides = sides.flatMap((side, index) => [...statementClauses(side, index), ...keyClauses(side, index, place)])
  const list: readonly Clause[] = asked === undefined ? ofSides : [...ofSides, { kind: 'question', side: -1, asked }]
  const bitsWhere = (side: number, kind: Clause['kind']) =>
    bitsOf(
      list.length,
      list.flatMap((clause, index) => (clause.side === side && clause.kind === kind ? [index] : [])),
    )
  return {
    list,
    question: bitsWhere(-1, 'question'),
    sides: sides.map((_, side) => ({
      denies: bitsWhere(side, 'deny'),
      allows: bitsWhere(side, 'allow'),
      delegations: bitsWhere(side, 'delegation'),
      grants: bitsWhere(side, 'grant'),
      validities: bitsWhere(side, 'validity'),
    })),
  }
}

function statementClauses({ policy }: Side, side: number): readonly Clause[] {
  if (policy === undefined) return []
  return policy.Statement.flatMap((statement, index): readonly Clause[] => {
    const common = { side, index, statement, version: policy.Version }
    if (statement.Effect === 'Deny') return [{ kind: 'deny', ...common }]
    const direct: Clause = { kind: 'allow', ...common }
    return mayDelegate(statement) ? [direct, { kind: 'delegation', ...common }] : [direct]
  })
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

function keyClauses({ snapshotFor }: Side, side: number, place: Scene['place']): readonly Clause[] {
  if (place.kind === 'any-bucket') return []
  const keys = snapshotFor(undefined).keys.values()
  return Array.from(keys).flatMap((key) => {
    const grants = key.grants.filter(({ permission, bucket }) => permission === 'fullaccess' || isOn(bucket, place))
    const hasTimes = key.notBefore !== undefined || key.expiresAt !== undefined
    const validity: readonly Clause[] = hasTimes ? [{ kind: 'validity', side, key }] : []
    return [...validity, ...grants.flatMap((grant) => grantClauses(key, grant, side))]
  })
}

function isOn(bucket: string, place: Scene['place']): boolean {
  return place.kind === 'bucket' && place.name === bucket
}

function grantClauses(key: AccessKey, grant: Grant, side: number): readonly GrantClause[] {
  const limits = grant.prefix === undefined ? (['none'] as const) : (['object', 'listing', 'head-bucket', 'none'] as const)
  return limits.map((limit) => ({ kind: 'grant', side, key, grant, limit }))
}

/** Whether the grant covers the action in this way. Twin: checkGrant, of which this is the part about actions. */
export function limitApplies({ grant, limit }: GrantClause, { kind, name }: ActionRow): boolean {
  if (grant.prefix === undefined) return limit === 'none'
  if (kind === 'object') return limit === 'object'
  const condition = bucketActionsUnderPrefix[name]
  if (condition === 'if-prefix-is-listed') return limit === 'listing' || (limit === 'head-bucket' && name === 's3:ListBucket')
  return condition === 'always' && limit === 'none'
}
