import { buildMongoQueryMatcher, createMongoAbility, type MongoAbility, subject } from '@casl/ability'
import { permissionActions } from '../../../src/index.js'
import { type IpRange, isInRange, parseAddress, parseRange } from '../../../src/match/cidr.js'
import type { Workload } from '../../workloads.js'
import { installedVersion } from '../installed.js'
import { CannotExpress, type Engine, type Peer } from '../peer.js'
import { callerOf, contextOf, resourceOf } from '../request-facts.js'
import { type Condition, type Statement, statementsOf } from '../statement.js'

/** CASL's conditions are Mongo queries; it has no address ranges, so two operators are added the way its documentation shows. */
export const casl: Peer = {
  name: '@casl/ability',
  version: installedVersion('@casl/ability'),
  language: 'TypeScript',
  prepare(workload) {
    const statements = statementsOf(workload)
    return statements === undefined ? keyEngine(workload) : policyEngine(statements)
  },
}

const isInside = (text: string | undefined, range: IpRange): boolean => {
  const address = text === undefined ? undefined : parseAddress(text)
  return address !== undefined && isInRange(address, range)
}

type Field = { readonly field: string; readonly value: IpRange }
type Access = { readonly get: (object: unknown, field: string) => unknown }

const conditionsMatcher = buildMongoQueryMatcher({ $inRange: { type: 'field' }, $notInRange: { type: 'field' } }, {
  inRange: ({ field, value }: Field, object: unknown, { get }: Access) => isInside(get(object, field) as string | undefined, value),
  notInRange: ({ field, value }: Field, object: unknown, { get }: Access) => !isInside(get(object, field) as string | undefined, value),
} as never)

/** The whole policy as one ability. The last rule that matches wins, so denials go last. */
function policyEngine(statements: readonly Statement[]): Engine {
  const inOrder = [...statements.filter(({ effect }) => effect === 'Allow'), ...statements.filter(({ effect }) => effect === 'Deny')]
  const ability = createMongoAbility(
    inOrder.map(({ effect, principal, actions, resources, conditions }) => ({
      action: actions.map(actionOf),
      subject: 'Request',
      inverted: effect === 'Deny',
      conditions: Object.fromEntries([
        ...(principal === undefined ? [] : [['principal', principal]]),
        ['resource', { $regex: likeAny(resources) }],
        ...conditions.map(conditionOf),
      ]),
    })),
    { conditionsMatcher },
  )
  return {
    decide: (request) => {
      const context = contextOf(request)
      const facts = {
        principal: callerOf(request),
        resource: resourceOf(request),
        secureTransport: context['aws:SecureTransport'],
        sourceIp: context['aws:SourceIp'],
        prefix: context['s3:prefix'],
      }
      return ability.can(request.action, subject('Request', facts)) ? 'Allow' : 'Deny'
    },
  }
}

function actionOf(pattern: string): string {
  if (pattern === 's3:*') return 'manage'
  if (/[*?]/.test(pattern)) throw new CannotExpress(`an action is a name or everything, not ${pattern}`)
  return pattern
}

function conditionOf({ operator, key, operand }: Condition): [string, unknown] {
  switch (`${operator} ${key}`) {
    case 'Bool aws:SecureTransport':
      return ['secureTransport', operand]
    case 'StringLike s3:prefix':
      return ['prefix', { $regex: likeAny([operand]) }]
    case 'IpAddress aws:SourceIp':
      return ['sourceIp', { $inRange: parseRange(operand) }]
    case 'NotIpAddress aws:SourceIp':
      return ['sourceIp', { $notInRange: parseRange(operand) }]
    default:
      throw new CannotExpress(`no translation of ${operator} on ${key}`)
  }
}

/** CASL's own way to match text is a regular expression. */
function likeAny(patterns: readonly string[]): RegExp {
  const source = patterns.map((text) =>
    text
      .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.'),
  )
  return new RegExp(`^(?:${source.join('|')})$`, 'su')
}

/** One ability a key, as CASL is used for the user who is logged in; the host finds it in a Map. */
function keyEngine({ snapshot }: Workload): Engine {
  const abilities = new Map<string, MongoAbility>(
    (snapshot.keys ?? []).map(({ accessKey, grants }) => [
      accessKey,
      createMongoAbility(
        grants.map(({ bucket, permission = 'read' }) => ({
          action: [...permissionActions[permission]],
          subject: 'Bucket',
          conditions: { name: bucket },
        })),
      ),
    ]),
  )
  return {
    decide: (request) => {
      const ability = abilities.get(callerOf(request) ?? '')
      return ability?.can(request.action, subject('Bucket', { name: request.bucket })) ? 'Allow' : 'Deny'
    },
  }
}
