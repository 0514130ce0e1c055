import { actions } from '../catalog/actions.js'
import { actionsCoveredBy } from '../catalog/lookup.js'
import { parseArn } from '../match/arn.js'
import { parseRange } from '../match/cidr.js'
import { type Instant, instantOfMilliseconds, parseInstant } from '../match/date.js'
import type { Node, ShapeReader } from '../policy/shape-reader.js'
import { suggest } from '../policy/suggestion.js'
import { callerArnOf } from '../request/caller.js'
import type { AccessKey, Grant, SourceRange } from './access-key.js'
import { type Permission, permissionActions, permissions } from './permission.js'

const keyShape = {
  members: ['accessKey', 'account', 'name', 'arn', 'grants', 'status', 'notBefore', 'expiresAt'],
  unknown: 'unknown-member',
} as const

/** The access key at a node of a snapshot, or undefined after reporting. */
export function parseAccessKey(node: Node, reader: ShapeReader): AccessKey | undefined {
  const members = reader.object(node, 'a key', keyShape)
  if (members === undefined) return undefined
  const accessKey = reader.requiredText(node, members, 'accessKey')
  const account = reader.requiredText(node, members, 'account')
  if (accessKey === undefined || account === undefined) return undefined
  const grantsNode = members.get('grants')
  if (grantsNode === undefined) reader.report('missing-member', node, 'a key needs `grants`', 'an empty list is a key that may do nothing')
  const grants = (grantsNode && reader.array(grantsNode, 'grants'))?.flatMap((item) => parseGrant(item, reader) ?? []) ?? []
  const nameNode = members.get('name')
  const name = nameNode && reader.text(nameNode, 'name')?.text
  const notBefore = parseBound(members.get('notBefore'), 'notBefore', reader)
  const expiresAt = parseBound(members.get('expiresAt'), 'expiresAt', reader)
  const arn = callerArnOf(parseKeyArn(members.get('arn'), account, reader) ?? `arn:aws:iam::${account}:user/${accessKey}`)
  return (
    arn && {
      accessKey,
      account,
      arn,
      grants,
      status: parseStatus(members.get('status'), reader),
      ...(name !== undefined && { name }),
      ...(notBefore !== undefined && { notBefore }),
      ...(expiresAt !== undefined && { expiresAt }),
    }
  )
}

function parseStatus(node: Node | undefined, reader: ShapeReader): AccessKey['status'] {
  const status = node && reader.text(node, 'status')?.text
  if (node !== undefined && status !== undefined && status !== 'active' && status !== 'suspended') {
    reader.report('invalid-value', node, `there is no status \`${status}\``, 'use `active` or `suspended`')
  }
  return status === undefined || status === 'active' ? 'active' : 'suspended'
}

/** A time bound: a date as policies write it, or a number of milliseconds since 1970. */
function parseBound(node: Node | undefined, what: string, reader: ShapeReader): Instant | undefined {
  if (node === undefined) return undefined
  const { value } = node
  const milliseconds = value.kind === 'number' ? Number(value.text) : Number.NaN
  const instant =
    value.kind === 'string'
      ? parseInstant(value.text)
      : Number.isSafeInteger(milliseconds)
        ? instantOfMilliseconds(milliseconds)
        : undefined
  if (instant === undefined) {
    reader.report('invalid-value', node, `${what} must be a date such as \`2026-09-21T14:13:20Z\` or milliseconds since 1970`)
  }
  return instant
}

function parseKeyArn(node: Node | undefined, account: string, reader: ShapeReader): string | undefined {
  const text = node && reader.text(node, 'arn')?.text
  if (node === undefined || text === undefined) return undefined
  const parts = parseArn(text)
  if (parts === undefined) reader.report('invalid-value', node, `\`${text}\` is no ARN`)
  else if (parts[4] !== account) reader.report('account-mismatch', node, `the ARN is of account \`${parts[4]}\`, the key of \`${account}\``)
  return text
}

const grantShape = { members: ['bucket', 'permission', 'actions', 'prefix', 'sourceIp'], unknown: 'unknown-member' } as const

function parseGrant(node: Node, reader: ShapeReader): Grant | undefined {
  const members = reader.object(node, 'a grant', grantShape)
  if (members === undefined) return undefined
  const permissionNode = members.get('permission')
  const actionsNode = members.get('actions')
  if ((permissionNode === undefined) === (actionsNode === undefined)) {
    reader.report('invalid-value', node, 'a grant needs either `permission` or `actions`')
  }
  const permission = permissionNode && parsePermission(permissionNode, reader)
  const bucket = parseBucket(node, members.get('bucket'), permission, reader)
  if (bucket === undefined) return undefined
  const prefixNode = members.get('prefix')
  const prefix = prefixNode && reader.text(prefixNode, 'prefix')?.text
  const sourceIp = members.get('sourceIp')
  return {
    bucket,
    actions:
      actionsNode === undefined ? (permission === undefined ? [] : permissionActions[permission]) : parseActions(actionsNode, reader),
    ...(permission !== undefined && { permission }),
    ...(prefix !== undefined && { prefix }),
    ...(sourceIp !== undefined && { sourceIp: parseRanges(sourceIp, reader) }),
  }
}

function parsePermission(node: Node, reader: ShapeReader): Permission | undefined {
  const text = reader.text(node, 'permission')?.text
  if (text === undefined) return undefined
  const permission = permissions.find((candidate) => candidate === text)
  if (permission === undefined) {
    reader.report('invalid-value', node, `there is no permission \`${text}\``, `use one of ${permissions.join(', ')}`)
  }
  return permission
}

/** `fullaccess` is on every bucket, which its empty name says; every other grant names its bucket. */
function parseBucket(grant: Node, node: Node | undefined, permission: Permission | undefined, reader: ShapeReader): string | undefined {
  if (node === undefined) {
    reader.report('missing-member', grant, 'a grant needs `bucket`', 'for `fullaccess` it is `""`')
    return undefined
  }
  const bucket = reader.text(node, 'bucket')?.text
  if (bucket !== undefined && (bucket === '') !== (permission === 'fullaccess')) {
    const help = permission === 'fullaccess' ? 'write `"bucket": ""`' : 'name a bucket, or grant `fullaccess`'
    reader.report('invalid-value', node, 'the bucket of a grant is empty for `fullaccess` and for nothing else', help)
  }
  return bucket
}

function parseActions(node: Node, reader: ShapeReader): readonly string[] {
  const list = reader.array(node, 'actions') ?? []
  return list.flatMap((item) => {
    const pattern = reader.text(item, 'an action')?.text
    if (pattern === undefined) return []
    if (actionsCoveredBy(pattern).length === 0) {
      const help = () =>
        suggest(
          pattern,
          actions.map(({ name }) => name),
        )
      reader.report('unknown-action', item, `\`${pattern}\` covers no S3 action`, help)
    }
    return [pattern]
  })
}

function parseRanges(node: Node, reader: ShapeReader): readonly SourceRange[] {
  const items = reader.list(node)
  if (items.length === 0) reader.report('invalid-value', node, 'an empty sourceIp allows no address', 'leave it out for any address')
  return items.flatMap((item) => {
    const text = reader.text(item, 'sourceIp')?.text
    if (text === undefined) return []
    const range = parseRange(text)
    if (range === undefined) reader.report('invalid-value', item, `\`${text}\` is no IP address or block`, 'an example is `203.0.113.0/24`')
    return range === undefined ? [] : [{ text, range }]
  })
}
