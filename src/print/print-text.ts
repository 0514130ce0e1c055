import type { AccessKey, Grant } from '../grants/access-key.js'
import { listOf } from './describe.js'
import type { ClassView, NodeView, PolicyView, RuleView } from './policy-view.js'

/** A policy's program as an indented tree: effect, actions, caller, keys, statement with what it still asks. */
export function printPolicyProgram(bucket: string, { effects }: PolicyView): string {
  const lines = [indent(0, `bucket ${bucket}`)]
  for (const { effect, classes } of effects) {
    lines.push(indent(1, classes.length === 0 ? `${effect}: nothing` : effect))
    for (const each of classes) lines.push(...classLines(each))
  }
  return lines.join('\n')
}

function classLines(own: ClassView): readonly string[] {
  return [indent(2, describeClass(own)), ...own.callers.flatMap(({ caller, node }) => [indent(3, caller), ...nodeLines(node, 4)])]
}

/** The actions of a class, in a few words. */
export function describeClass({ kind, actions, isAll }: ClassView): string {
  const on = kind === 'bucket' ? 'the bucket' : 'objects'
  return isAll ? `every action on ${on}` : `on ${on}: ${listOf(actions)}`
}

/** Without recursion: policies decide how deep a trie is. */
function nodeLines(root: NodeView, level: number): readonly string[] {
  const lines: string[] = []
  const waiting = [{ node: root, level }]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, level: own } = next
    const isBranch = node.prefix !== '' && node.children.length > 0
    if (isBranch) lines.push(indent(own, `keys ${node.prefix}…`))
    const inner = isBranch ? own + 1 : own
    lines.push(...node.rules.map((rule) => indent(inner, describeRule(rule))))
    for (const child of [...node.children].reverse()) waiting.push({ node: child, level: inner })
  }
  return lines
}

/** `finals/*: statement 2 "Office" if NotIpAddress aws:SourceIp 203.0.113.0/24`. */
export function describeRule({ keys, tests, ...statement }: RuleView): string {
  const name = describeStatement(statement)
  const conditions = tests.length === 0 ? '' : ` if ${tests.join(' and ')}`
  return `${keys === '' ? '' : `${keys}: `}${name}${conditions}`
}

/** Counted from 1, as people count. */
export function describeStatement({ statement, sid }: Pick<RuleView, 'statement' | 'sid'>): string {
  return `statement ${statement + 1}${sid === undefined ? '' : ` ${JSON.stringify(sid)}`}`
}

/** Access keys, with what their grants allow. */
export function printKeys(keys: readonly AccessKey[]): string {
  return keys.flatMap((key) => [indent(0, describeKey(key)), ...key.grants.map((grant) => indent(1, describeGrant(grant)))]).join('\n')
}

export function describeKey({ accessKey, account, status, name }: AccessKey): string {
  return `access key ${accessKey} of account ${account}${name === undefined ? '' : ` (${name})`}${status === 'active' ? '' : `, ${status}`}`
}

/** `read on raw-photos, keys 2026/*, from 203.0.113.0/24`. */
export function describeGrant({ bucket, permission, actions, prefix, sourceIp }: Grant): string {
  return [
    `${permission ?? listOf(actions)} on ${bucket === '' ? 'every bucket' : bucket}`,
    ...(prefix === undefined ? [] : [`keys ${prefix}*`]),
    ...(sourceIp === undefined ? [] : [`from ${listOf(sourceIp.map(({ text }) => text))}`]),
  ].join(', ')
}

/** One line, whatever the text holds: nobody writes lines of the tree from inside a policy. */
function indent(level: number, text: string): string {
  return '  '.repeat(level) + text.replaceAll('\n', '\\n').replaceAll('\r', '\\r')
}
