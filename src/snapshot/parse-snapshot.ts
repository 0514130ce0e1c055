import { parseAccessKey } from '../grants/parse-access-key.js'
import { foldAscii } from '../match/case.js'
import { type Diagnostic, hasError } from '../policy/diagnostic.js'
import { type Document, readDocument } from '../policy/document.js'
import { parsePolicy, parsePolicyNode } from '../policy/parser.js'
import type { Node, ShapeReader } from '../policy/shape-reader.js'
import { nothingBlocked, type PublicAccessBlock, publicAccessSettings } from '../public-access/public-access-block.js'
import { bucketPolicyOf } from './bucket-policy.js'
import { plainSnapshot } from './plain-snapshot.js'
import type { Account, Bucket, BucketPolicy, Snapshot } from './snapshot.js'

export interface ParsedSnapshot {
  /** Absent if a diagnostic is an `error`. */
  readonly snapshot?: Snapshot
  /** Problems of the snapshot's own form; those of a bucket's policy are with the bucket. */
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Reads a snapshot from JSON text or from an object of the same form. A policy without meaning does not make the snapshot
 * unreadable: its bucket is quarantined. Never throws, except on an object that is no JSON.
 */
export function parseSnapshot(json: string | object): ParsedSnapshot {
  const plain = typeof json === 'string' ? undefined : plainSnapshot(json)
  if (plain !== undefined) return { snapshot: plain, diagnostics: [] }
  const document = readDocument(typeof json === 'string' ? json : JSON.stringify(json))
  const { root, problems } = document
  if (root === undefined) return { diagnostics: problems.diagnostics }
  const snapshot = parseSnapshotNode({ value: root, path: [] }, document)
  const { diagnostics } = problems
  return snapshot === undefined || hasError(diagnostics) ? { diagnostics } : { snapshot, diagnostics }
}

const shape = { members: ['$schema', 'buckets', 'keys', 'accounts'], unknown: 'unknown-member' } as const

/** The snapshot at a node of a document. What it returns counts only if the document's problems have no `error`. */
export function parseSnapshotNode(node: Node, document: Document): Snapshot | undefined {
  const { reader } = document
  const members = reader.object(node, 'a snapshot', shape)
  if (members === undefined) return undefined
  const buckets = parseNamed(
    members.get('buckets'),
    'buckets',
    (item) => parseBucket(item, document),
    ({ name }) => name,
    reader,
  )
  const keys = parseNamed(
    members.get('keys'),
    'keys',
    (item) => parseAccessKey(item, reader),
    ({ accessKey }) => accessKey,
    reader,
  )
  const accounts = parseNamed(
    members.get('accounts'),
    'accounts',
    (item) => parseAccount(item, reader),
    ({ id }) => id,
    reader,
  )
  checkCanonicalIds(node, accounts, reader)
  return { buckets, keys, accounts }
}

/** A canonical user id is that of one account, or nobody could tell whom a policy means by it. */
function checkCanonicalIds(snapshot: Node, accounts: ReadonlyMap<string, Account>, reader: ShapeReader): void {
  const seen = new Set<string>()
  for (const { canonicalId } of accounts.values()) {
    if (canonicalId === undefined) continue
    if (seen.has(canonicalId)) reader.report('duplicate-name', snapshot, `\`${canonicalId}\` is the canonical id of two accounts`)
    seen.add(canonicalId)
  }
}

/** A list whose items have a name each; absent is empty. */
function parseNamed<Item>(
  node: Node | undefined,
  what: string,
  parse: (node: Node) => Item | undefined,
  nameOf: (item: Item) => string,
  reader: ShapeReader,
): ReadonlyMap<string, Item> {
  const items = new Map<string, Item>()
  for (const itemNode of (node && reader.array(node, what)) ?? []) {
    const item = parse(itemNode)
    if (item === undefined) continue
    const name = nameOf(item)
    if (items.has(name)) reader.report('duplicate-name', itemNode, `\`${name}\` is in ${what} twice`)
    items.set(name, item)
  }
  return items
}

const bucketShape = { members: ['name', 'owner', 'policy', 'publicAccessBlock'], unknown: 'unknown-member' } as const

function parseBucket(node: Node, document: Document): Bucket | undefined {
  const { reader } = document
  const members = reader.object(node, 'a bucket', bucketShape)
  if (members === undefined) return undefined
  const name = reader.requiredText(node, members, 'name')
  const owner = reader.requiredText(node, members, 'owner')
  const policyNode = members.get('policy')
  const policy = policyNode && parseBucketPolicy(policyNode, document)
  const publicAccessBlock = parseBlock(members.get('publicAccessBlock'), reader)
  if (name === undefined || owner === undefined) return undefined
  return { name, owner, publicAccessBlock, ...(policy !== undefined && { policy }) }
}

/** A policy as text or as an object. Its problems, those of its JSON too, are the bucket's and not the snapshot's. */
export function parseBucketPolicy(node: Node, document: Document): BucketPolicy {
  const { problems, reader } = document.part(node.path)
  const parsed = node.value.kind === 'string' ? parsePolicy(node.value.text) : { policy: parsePolicyNode(node, reader), diagnostics: [] }
  return bucketPolicyOf(parsed.policy, [...problems.diagnostics, ...parsed.diagnostics])
}

const accountShape = { members: ['id', 'publicAccessBlock', 'canonicalId'], unknown: 'unknown-member' } as const

function parseAccount(node: Node, reader: ShapeReader): Account | undefined {
  const members = reader.object(node, 'an account', accountShape)
  if (members === undefined) return undefined
  const id = reader.requiredText(node, members, 'id')
  const publicAccessBlock = parseBlock(members.get('publicAccessBlock'), reader)
  const canonicalId = members.has('canonicalId') ? reader.requiredText(node, members, 'canonicalId') : undefined
  return id === undefined ? undefined : { id, publicAccessBlock, ...(canonicalId !== undefined && { canonicalId }) }
}

/** Setting names may also start with a small letter. */
const blockShape = {
  members: [...publicAccessSettings, ...publicAccessSettings.map((name) => foldAscii(name.charAt(0)) + name.slice(1))],
  unknown: 'unknown-member',
} as const

function parseBlock(node: Node | undefined, reader: ShapeReader): PublicAccessBlock {
  const members = node && reader.object(node, 'publicAccessBlock', blockShape)
  const block = { ...nothingBlocked }
  for (const [name, member] of members ?? []) {
    const setting = publicAccessSettings.find((candidate) => foldAscii(candidate) === foldAscii(name))
    if (member.value.kind !== 'boolean') reader.reportType(member, name, '`true` or `false`')
    else if (setting !== undefined) block[setting] ||= member.value.value
  }
  return block
}
