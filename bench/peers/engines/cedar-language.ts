import { type GrantJson, permissionActions } from '../../../src/index.js'
import { CannotExpress } from '../peer.js'
import type { Condition, Statement } from '../statement.js'

/**
 * Statements as Cedar policies, one each. A request's resource ARN, address, prefix and transport are in its context: patterns and ranges
 * work on values, and entity ids are none.
 */
export function cedarPolicies(statements: readonly Statement[]): string {
  return statements
    .map(({ effect, principal, actions, resources, conditions }) => {
      const scope = [principal === undefined ? 'principal' : `principal == User::${quote(principal)}`, actionScope(actions), 'resource']
      const tests = [resources.map((pattern) => `context.arn like ${likePattern(pattern)}`).join(' || '), ...conditions.map(conditionTest)]
      return `${effect === 'Allow' ? 'permit' : 'forbid'} (${scope.join(', ')}) when { ${tests.map((test) => `(${test})`).join(' && ')} };`
    })
    .join('\n')
}

/** Grants are attributes of the key's entity: a set of buckets for each permission. One policy a permission. */
export const cedarKeyPolicies = (['read', 'readwrite', 'write'] as const)
  .map(
    (permission) =>
      `permit (principal is Key, ${actionScope(permissionActions[permission])}, resource is Bucket) when { principal.${permission}.contains(resource) };`,
  )
  .join('\n')

export interface CedarEntity {
  readonly uid: EntityId
  readonly attrs: Readonly<Record<string, readonly { readonly __entity: EntityId }[]>>
  readonly parents: readonly EntityId[]
}

interface EntityId {
  readonly type: string
  readonly id: string
}

export function cedarKey(accessKey: string, grants: readonly GrantJson[]): CedarEntity {
  const bucketsOf = (name: string) =>
    grants.filter(({ permission }) => permission === name).map(({ bucket }) => ({ __entity: { type: 'Bucket', id: bucket } }))
  return {
    uid: { type: 'Key', id: accessKey },
    attrs: { read: bucketsOf('read'), readwrite: bucketsOf('readwrite'), write: bucketsOf('write') },
    parents: [],
  }
}

function actionScope(actions: readonly string[]): string {
  if (actions.includes('s3:*')) return 'action'
  const pattern = actions.find((text) => /[*?]/.test(text))
  if (pattern !== undefined) throw new CannotExpress(`an action is an entity, not a pattern such as ${pattern}`)
  if (actions.length === 1) return `action == Action::${quote(actions[0] ?? '')}`
  return `action in [${actions.map((action) => `Action::${quote(action)}`).join(', ')}]`
}

function conditionTest({ operator, key, operand }: Condition): string {
  const isInside = `context has sourceIp && context.sourceIp.isInRange(ip(${quote(operand)}))`
  switch (`${operator} ${key}`) {
    case 'Bool aws:SecureTransport':
      return `context has secureTransport && context.secureTransport == ${operand === 'true'}`
    case 'StringLike s3:prefix':
      return `context has prefix && context.prefix like ${likePattern(operand)}`
    case 'IpAddress aws:SourceIp':
      return isInside
    case 'NotIpAddress aws:SourceIp':
      return `!(${isInside})`
    default:
      throw new CannotExpress(`no translation of ${operator} on ${key}`)
  }
}

/** A star means the same in Cedar and in IAM, here at least; Cedar has nothing for a question mark. */
function likePattern(pattern: string): string {
  if (pattern.includes('?')) throw new CannotExpress('`like` has no wildcard for a single character')
  return quote(pattern)
}

/** The texts of the workloads are plain ASCII: what JSON escapes, Cedar escapes the same way. */
function quote(text: string): string {
  return JSON.stringify(text)
}
