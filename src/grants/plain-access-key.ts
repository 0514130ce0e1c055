import { actionsCoveredBy } from '../catalog/lookup.js'
import { parseArn } from '../match/arn.js'
import { parseRange } from '../match/cidr.js'
import { type Instant, instantOfMilliseconds, parseInstant } from '../match/date.js'
import { type CallerArn, callerArnOf } from '../request/caller.js'
import type { AccessKey, Grant, SourceRange } from './access-key.js'
import { type Permission, permissionActions } from './permission.js'
import { isPlainObject, isPlainText, plainList } from './plain-values.js'

// A million keys come as objects of rows, nearly all of them right. These are read as they are, many times faster than as JSON with places
// for problems. Whatever is not plainly right is undefined here: parseAccessKey tells what is wrong with it, or finds that nothing is.

/** The members of a key, to be filled. */
interface KeyParts {
  accessKey?: string
  account?: string
  name?: string
  arn?: string
  grants?: readonly Grant[]
  status?: AccessKey['status']
  notBefore?: Instant
  expiresAt?: Instant
}

/** The access key that an object plainly is; undefined if it takes parseAccessKey to tell. */
export function plainAccessKey(value: unknown): AccessKey | undefined {
  if (!isPlainObject(value)) return undefined
  const parts: KeyParts = {}
  for (const member in value) {
    const given = Object.hasOwn(value, member) ? value[member] : undefined
    if (given !== undefined && !readMember(parts, member, given)) return undefined
  }
  const { accessKey, account, arn: text, grants, status = 'active', name, notBefore, expiresAt } = parts
  if (accessKey === undefined || account === undefined || grants === undefined) return undefined
  if (text !== undefined && parseArn(text)?.[4] !== account) return undefined
  const arn = text === undefined ? defaultArn(account, accessKey) : callerArnOf(text)
  if (arn === undefined) return undefined
  const key = { accessKey, account, arn, grants, status }
  if (name === undefined && notBefore === undefined && expiresAt === undefined) return key
  return {
    ...key,
    ...(name !== undefined && { name }),
    ...(notBefore !== undefined && { notBefore }),
    ...(expiresAt !== undefined && { expiresAt }),
  }
}

function defaultArn(account: string, accessKey: string): CallerArn | undefined {
  const text = `arn:aws:iam::${account}:user/${accessKey}`
  // What nearly all keys are called leaves nothing to be read.
  return account.includes(':') || accessKey.includes('/') ? callerArnOf(text) : { text, type: 'user', name: accessKey }
}

/** Reads a member into the parts; false if it is not plainly right. */
function readMember(parts: KeyParts, member: string, value: unknown): boolean {
  switch (member) {
    case 'accessKey':
    case 'account':
      if (!isPlainText(value) || value === '') return false
      parts[member] = value
      return true
    case 'name':
    case 'arn':
      if (!isPlainText(value)) return false
      parts[member] = value
      return true
    case 'status':
      if (value !== 'active' && value !== 'suspended') return false
      parts.status = value
      return true
    case 'notBefore':
    case 'expiresAt': {
      const instant = plainInstant(value)
      if (instant === undefined) return false
      parts[member] = instant
      return true
    }
    case 'grants': {
      const grants = plainList(value, plainGrant)
      if (grants === undefined) return false
      parts.grants = grants
      return true
    }
    default:
      return false
  }
}

function plainInstant(value: unknown): Instant | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? instantOfMilliseconds(value) : undefined
  return isPlainText(value) ? parseInstant(value) : undefined
}

/** The members of a grant, to be filled. */
interface GrantParts {
  bucket?: string
  permission?: Permission
  actions?: readonly string[]
  prefix?: string
  sourceIp?: readonly SourceRange[]
}

function plainGrant(value: unknown): Grant | undefined {
  if (!isPlainObject(value)) return undefined
  const parts: GrantParts = {}
  for (const member in value) {
    const given = Object.hasOwn(value, member) ? value[member] : undefined
    if (given !== undefined && !readGrantMember(parts, member, given)) return undefined
  }
  const { bucket, permission, prefix, sourceIp } = parts
  const actions = permission === undefined ? parts.actions : permissionActions[permission]
  if (bucket === undefined || actions === undefined || (permission !== undefined && parts.actions !== undefined)) return undefined
  if ((bucket === '') !== (permission === 'fullaccess')) return undefined
  if (permission !== undefined && prefix === undefined && sourceIp === undefined) return { bucket, actions, permission }
  return {
    bucket,
    actions,
    ...(permission !== undefined && { permission }),
    ...(prefix !== undefined && { prefix }),
    ...(sourceIp !== undefined && { sourceIp }),
  }
}

/** Reads a member into the parts; false if it is not plainly right. */
function readGrantMember(parts: GrantParts, member: string, value: unknown): boolean {
  switch (member) {
    case 'bucket':
    case 'prefix':
      if (!isPlainText(value)) return false
      parts[member] = value
      return true
    case 'permission':
      if (typeof value !== 'string' || !Object.hasOwn(permissionActions, value)) return false
      parts.permission = value as Permission
      return true
    case 'actions': {
      const actions = plainList(value, plainPattern)
      if (actions === undefined) return false
      parts.actions = actions
      return true
    }
    case 'sourceIp': {
      const ranges = plainList(typeof value === 'string' ? [value] : value, plainRange)
      if (ranges === undefined || ranges.length === 0) return false
      parts.sourceIp = ranges
      return true
    }
    default:
      return false
  }
}

function plainPattern(value: unknown): string | undefined {
  return isPlainText(value) && actionsCoveredBy(value).length > 0 ? value : undefined
}

function plainRange(value: unknown): SourceRange | undefined {
  const range = isPlainText(value) ? parseRange(value) : undefined
  return range === undefined ? undefined : { text: value as string, range }
}
