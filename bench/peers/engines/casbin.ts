import { newEnforcer, newModelFromString } from 'casbin'
import { permissionActions } from '../../../src/index.js'
import { type IpRange, isInRange, parseAddress, parseRange } from '../../../src/match/cidr.js'
import { matchesWildcard, type Wildcard, wildcard } from '../../../src/match/wildcard.js'
import type { Workload } from '../../workloads.js'
import { installedVersion } from '../installed.js'
import { CannotExpress, type Engine, type Peer } from '../peer.js'
import { callerOf, contextOf, resourceOf } from '../request-facts.js'
import { type Statement, statementsOf } from '../statement.js'

/** casbin evaluates a matcher for every policy line. Wildcards, ranges and permissions are functions that the matcher calls. */
export const casbin: Peer = {
  name: 'casbin',
  version: installedVersion('casbin'),
  language: 'TypeScript',
  prepare(workload) {
    const statements = statementsOf(workload)
    return statements === undefined ? keyEngine(workload) : policyEngine(statements)
  },
}

const POLICY_MODEL = `
[request_definition]
r = sub, act, obj, tls, ip, prefix

[policy_definition]
p = sub, act, obj, tls, cidr, notCidr, prefix, eft

[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))

[matchers]
m = (p.sub == "*" || r.sub == p.sub) && like(r.act, p.act) && like(r.obj, p.obj) && (p.tls == "" || r.tls == p.tls) && (p.cidr == "" || inRange(r.ip, p.cidr)) && (p.notCidr == "" || !inRange(r.ip, p.notCidr)) && (p.prefix == "" || like(r.prefix, p.prefix))
`

const KEY_MODEL = `
[request_definition]
r = sub, obj, act

[policy_definition]
p = sub, obj, act

[policy_effect]
e = some(where (p.eft == allow))

[matchers]
m = r.sub == p.sub && r.obj == p.obj && permits(p.act, r.act)
`

/** Several patterns in one field of a policy line. */
const SEPARATOR = '\n'

async function policyEngine(statements: readonly Statement[]): Promise<Engine> {
  const enforcer = await newEnforcer(newModelFromString(POLICY_MODEL))
  const patterns = cached((field): readonly Wildcard[] => field.split(SEPARATOR).map((text) => wildcard(text)))
  const ranges = cached(parseRange)
  await enforcer.addFunction(
    'like',
    (text?: string, field = '') => text !== undefined && patterns(field).some((pattern) => matchesWildcard(pattern, text)),
  )
  await enforcer.addFunction('inRange', (text?: string, cidr = '') => isInside(text, ranges(cidr)))
  await enforcer.addPolicies(statements.map(lineOf))
  return {
    decide: (request) => {
      const context = contextOf(request)
      const allowed = enforcer.enforceSync(
        callerOf(request),
        request.action,
        resourceOf(request),
        context['aws:SecureTransport'],
        context['aws:SourceIp'],
        context['s3:prefix'],
      )
      return allowed ? 'Allow' : 'Deny'
    },
  }
}

function lineOf({ effect, principal = '*', actions, resources, conditions }: Statement): string[] {
  const fields = new Map(conditions.map(({ operator, key, operand }) => [`${operator} ${key}`, operand]))
  const take = (name: string) => {
    const operand = fields.get(name) ?? ''
    fields.delete(name)
    return operand
  }
  const line = [
    principal,
    actions.join(SEPARATOR),
    resources.join(SEPARATOR),
    take('Bool aws:SecureTransport'),
    take('IpAddress aws:SourceIp'),
    take('NotIpAddress aws:SourceIp'),
    take('StringLike s3:prefix'),
    effect === 'Allow' ? 'allow' : 'deny',
  ]
  if (fields.size > 0) throw new CannotExpress(`no field for ${[...fields.keys()].join(', ')}`)
  return line
}

function isInside(text: string | undefined, range: IpRange | undefined): boolean {
  const address = text === undefined ? undefined : parseAddress(text)
  return address !== undefined && range !== undefined && isInRange(address, range)
}

/** A line a grant, all in one enforcer. */
async function keyEngine({ snapshot }: Workload): Promise<Engine> {
  const enforcer = await newEnforcer(newModelFromString(KEY_MODEL))
  const actions = new Map(Object.entries(permissionActions).map(([permission, list]) => [permission, new Set(list)]))
  await enforcer.addFunction('permits', (permission: string, action: string) => actions.get(permission)?.has(action) ?? false)
  await enforcer.addPolicies(
    (snapshot.keys ?? []).flatMap(({ accessKey, grants }) =>
      grants.map(({ bucket, permission = 'read' }) => [accessKey, bucket, permission]),
    ),
  )
  return { decide: (request) => (enforcer.enforceSync(callerOf(request), request.bucket, request.action) ? 'Allow' : 'Deny') }
}

/** What a text in a policy line stands for, read once. */
function cached<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    const found = known.get(text)
    if (found !== undefined) return found
    const value = read(text)
    known.set(text, value)
    return value
  }
}
