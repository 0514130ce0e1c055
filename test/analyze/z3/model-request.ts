import { findConditionKey } from '../../../src/catalog/lookup.js'
import type { AuthorizationRequest } from '../../../src/request/authorization-request.js'
import type { AwsPrincipal, Principal } from '../../../src/request/principal.js'
import { policyActions } from './actions.js'
import { callerKinds } from './callers.js'
import { decimalText, type ModelValue } from './model-values.js'
import type { RequestSpace } from './request-space.js'

type Model = ReadonlyMap<string, ModelValue>

/** The request that a model describes. */
export function requestOf(model: Model, space: RequestSpace): AuthorizationRequest {
  const action = policyActions[Number(number(model, 'action'))]
  if (action === undefined) throw new TypeError('the model has no action')
  const isObject = action.kind === 'object'
  const bucket = space.bucket ?? text(model, 'bucket')
  return {
    principal: principalOf(model),
    action: action.name,
    bucket,
    ...(isObject && { key: text(model, 'key') }),
    time: Number(number(model, 'time')),
    context: contextOf(model, space),
  }
}

function text(model: Model, name: string): string {
  const value = model.get(name) ?? ''
  if (typeof value !== 'string') throw new TypeError(`${name} is no text`)
  return value
}

function number(model: Model, name: string): bigint {
  const value = model.get(name) ?? 0n
  if (typeof value !== 'bigint') throw new TypeError(`${name} is no whole number`)
  return value
}

function kindOf(model: Model): (typeof callerKinds)[number] {
  return callerKinds[Number(number(model, 'caller'))] ?? 'anonymous'
}

function principalOf(model: Model): Principal {
  const kind = kindOf(model)
  const name = text(model, 'name')
  switch (kind) {
    case 'anonymous':
      return { kind }
    case 'service':
      return { kind, service: name }
    case 'provider':
      return { kind: 'federated', provider: name }
    case 'canonical-user':
      return { kind: 'canonicalUser', id: name }
    default:
      return awsPrincipal(model, kind)
  }
}

function awsPrincipal(model: Model, kind: string): AwsPrincipal {
  const [partition, account, user, role = '', federated] = ['partition', 'account', 'user', 'role', 'federated'].map((part) =>
    text(model, part),
  )
  const whos: Readonly<Record<string, string>> = { user: `user/${user}`, root: 'root', session: `role/${role}` }
  const who = whos[kind] ?? `federated-user/${federated}`
  const arn = `arn:${partition}:${kind === 'federated-user' ? 'sts' : 'iam'}::${account}:${who}`
  const sessionArn = `arn:${partition}:sts::${account}:assumed-role/${role.slice(role.lastIndexOf('/') + 1)}/${text(model, 'session')}`
  return {
    kind: 'aws',
    ...(kind === 'session' ? { arn: sessionArn, roleArn: arn } : { arn }),
    ...(model.get('hasUserId') === true && { userId: text(model, 'userId') }),
    identityVerdict: model.get('identityAllows') === true ? 'Allow' : 'ImplicitDeny',
  }
}

function contextOf(model: Model, space: RequestSpace): Record<string, string> {
  const kind = kindOf(model)
  const context: Record<string, string> = {}
  if (kind !== 'anonymous') context['aws:PrincipalIsAWSService'] = `${kind === 'service'}`
  if (kind === 'service') context['aws:PrincipalServiceName'] = text(model, 'name')
  for (const [name, id] of space.keys) {
    if (model.get(`${id}.present`) === true) context[name] = valueText(model, id, findConditionKey(name)?.type ?? 'String')
  }
  return context
}

function valueText(model: Model, id: string, type: string): string {
  switch (type) {
    case 'Bool':
      return `${model.get(`${id}.bool`) === true}`
    case 'Numeric':
      return numberText(model, `${id}.number`)
    case 'Date':
      return secondsText(number(model, `${id}.nanos`))
    case 'IPAddress':
      return addressText(model, id)
    default:
      return text(model, `${id}.text`)
  }
}

function numberText(model: Model, name: string): string {
  const value = model.get(name) ?? 0n
  const decimal = typeof value === 'object' ? decimalText(value) : `${value}`
  if (decimal === undefined) throw new TypeError(`${name} is no decimal`)
  return decimal
}

/** Unix seconds with a fraction. */
function secondsText(nanos: bigint): string {
  const size = nanos < 0n ? -nanos : nanos
  const fraction = `${size % 1000000000n}`.padStart(9, '0')
  return `${nanos < 0n ? '-' : ''}${size / 1000000000n}.${fraction}`
}

function addressText(model: Model, id: string): string {
  if (model.get(`${id}.isV4`) === true) {
    const bits = number(model, `${id}.v4`)
    return [24n, 16n, 8n, 0n].map((shift) => (bits >> shift) & 0xffn).join('.')
  }
  const hex = number(model, `${id}.v6`).toString(16).padStart(32, '0')
  return (hex.match(/.{4}/g) ?? []).join(':')
}
