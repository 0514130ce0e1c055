import { canonicalKeyName } from '../catalog/lookup.js'
import { parseArn } from '../match/arn.js'
import { parseRange } from '../match/cidr.js'
import { hasWildcard } from '../match/wildcard.js'
import { operators } from '../operators/table.js'
import type { Condition, Policy, Statement } from '../policy/ast.js'
import type { PublicAccessBlock } from './public-access-block.js'

/**
 * The indices of the statements that make the policy public in AWS's definition, which looks at each Allow statement alone and never at
 * Deny statements. Source: S3 User Guide, "Blocking public access to your Amazon S3 storage: the meaning of public".
 */
export function publicStatements({ Statement: statements }: Policy): readonly number[] {
  return statements.flatMap((statement, index) => (isPublic(statement) ? [index] : []))
}

/** Whether AWS calls the policy public. */
export function isPublicPolicy(policy: Policy): boolean {
  return policy.Statement.some(isPublic)
}

/** Whether a PutBucketPolicy of this policy is refused: BlockPublicPolicy is on and the policy is public. */
export function refusesPublicPolicy(block: PublicAccessBlock, policy: Policy): boolean {
  return block.BlockPublicPolicy && isPublicPolicy(policy)
}

function isPublic({ Effect, Principal, Condition: conditions }: Statement): boolean {
  if (Effect === 'Deny') return false
  const namesItsPrincipals = Principal?.every(({ text }) => !hasWildcard(text)) ?? false
  return !namesItsPrincipals && !conditions.some((condition) => pinsCaller(condition))
}

/** Whether the condition is true only for callers that are fixed by its values. What looks like a variable is not fixed, whatever the Version. */
function pinsCaller({ operator, key, values }: Condition): boolean {
  const isFixed = pinningKeys.get(canonicalKeyName(key.text))
  const row = operators[operator.name]
  if (isFixed === undefined || row.kind !== 'comparison' || row.negated || operator.ifExists || operator.prefix === 'ForAllValues')
    return false
  return values.length > 0 && values.every(({ text }) => isFixed(text, operator.name, row.hasWildcards) && !text.includes('${'))
}

type IsFixed = (value: string, operator: string, hasWildcards: boolean) => boolean

const fixedText: IsFixed = (value, operator, hasWildcards) => textOperators.has(operator) && !(hasWildcards && hasWildcard(value))

const textOperators: ReadonlySet<string> = new Set(['StringEquals', 'StringEqualsIgnoreCase', 'StringLike', 'ArnEquals', 'ArnLike'])

/** The broadest block of addresses that is not public. */
const BROADEST = { ipv4: 8, ipv6: 32 }

const fixedRange: IsFixed = (value, operator) => {
  const range = operator === 'IpAddress' ? parseRange(value) : undefined
  return range !== undefined && range.length >= (range.bytes.length === 4 ? BROADEST.ipv4 : BROADEST.ipv6)
}

/** The name of an access point may be a pattern as long as its account is fixed. */
const fixedAccessPoint: IsFixed = (value, operator, hasWildcards) => {
  if (fixedText(value, operator, hasWildcards)) return true
  const parts = textOperators.has(operator) ? parseArn(value) : undefined
  if (parts === undefined) return false
  const [, partition, service, , account, resource] = parts
  return !hasWildcard(partition) && service === 's3' && account !== '' && !hasWildcard(account) && resource.startsWith('accesspoint/')
}

/** The condition keys that can pin a caller. */
const pinningKeys: ReadonlyMap<string, IsFixed> = new Map([
  ['aws:PrincipalArn', fixedText],
  ['aws:PrincipalAccount', fixedText],
  ['aws:PrincipalOrgID', fixedText],
  ['aws:PrincipalOrgPaths', fixedText],
  ['aws:SourceArn', fixedText],
  ['aws:SourceVpc', fixedText],
  ['aws:SourceVpce', fixedText],
  ['aws:SourceOwner', fixedText],
  ['aws:SourceAccount', fixedText],
  ['aws:userid', fixedText],
  ['aws:SourceIp', fixedRange],
  ['s3:DataAccessPointAccount', fixedText],
  ['s3:DataAccessPointArn', fixedAccessPoint],
])
