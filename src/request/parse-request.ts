import { actions } from '../catalog/actions.js'
import { canonicalKeyName, findAction } from '../catalog/lookup.js'
import { type Diagnostic, hasError } from '../policy/diagnostic.js'
import { readDocument } from '../policy/document.js'
import type { Node, ShapeReader } from '../policy/shape-reader.js'
import { suggest } from '../policy/suggestion.js'
import type { AuthorizationRequest } from './authorization-request.js'
import { callerOf, noDirectory } from './caller.js'
import { clockOf } from './clock.js'
import { derivedKeyConflicts } from './derived-keys.js'
import { parsePrincipal } from './parse-principal.js'
import type { Principal } from './principal.js'
import { RequestContext } from './request-context.js'

export interface ParsedRequest {
  /** Absent if a diagnostic is an `error`: an invalid request has no verdict. */
  readonly request?: AuthorizationRequest
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Reads a request from JSON text or from an object of the same form. Actions and condition keys, unknown ones too, may be in any ASCII case and come out in the
 * catalogue's; `aws:CurrentTime` or `aws:EpochTime` in the context set `time`. Never throws, except on an object that is no JSON.
 */
export function parseRequest(json: string | object): ParsedRequest {
  const { root, problems, reader } = readDocument(typeof json === 'string' ? json : JSON.stringify(json))
  const request = root && parseRequestNode({ value: root, path: [] }, reader)
  const { diagnostics } = problems
  return request === undefined || hasError(diagnostics) ? { diagnostics } : { request, diagnostics }
}

const shape = {
  members: ['principal', 'action', 'operation', 'bucket', 'key', 'time', 'context', 'unknown'],
  unknown: 'unknown-member',
} as const

/** The request at a node of a larger document. What it returns counts only if the reader's list has no `error`. */
export function parseRequestNode(node: Node, reader: ShapeReader): AuthorizationRequest | undefined {
  const members = reader.object(node, 'a request', shape)
  if (members === undefined) return undefined
  const principalNode = members.get('principal')
  const actionNode = members.get('action')
  if (principalNode === undefined) reader.report('missing-member', node, 'a request needs `principal`')
  if (actionNode === undefined) reader.report('missing-member', node, 'a request needs `action`')
  const principal = principalNode && parsePrincipal(principalNode, reader)
  const action = actionNode && parseAction(actionNode, reader)
  const operation = optionalText(members.get('operation'), 'operation', reader)
  const bucket = optionalText(members.get('bucket'), 'bucket', reader)
  const key = optionalText(members.get('key'), 'key', reader)
  const contextNode = members.get('context')
  const context = contextNode && parseContext(contextNode, reader)
  const time = clockOf(members.get('time'), contextNode, context, reader)
  const unknown = parseUnknown(members.get('unknown'), reader)
  if (action !== undefined) checkResource(node, action, bucket, key, reader)
  if (principal === undefined || action === undefined) return undefined
  if (contextNode !== undefined && context !== undefined) checkDerived(contextNode, context, principal, reader)
  return {
    principal,
    action,
    ...(operation !== undefined && { operation }),
    ...(bucket !== undefined && { bucket }),
    ...(key !== undefined && { key }),
    ...(time !== undefined && { time }),
    ...(context !== undefined && { context }),
    ...(unknown !== undefined && { unknown }),
  }
}

function parseAction(node: Node, reader: ShapeReader): string | undefined {
  const name = reader.text(node, 'action')?.text
  if (name === undefined) return undefined
  const row = findAction(name)
  if (row === undefined) {
    const help = () =>
      suggest(
        name,
        actions.map((action) => action.name),
      )
    reader.report('unknown-action', node, `there is no S3 action \`${name}\`, so nothing allows it`, help)
  }
  return row?.name ?? name
}

/** A text of at least one character. */
function optionalText(node: Node | undefined, what: string, reader: ShapeReader): string | undefined {
  const text = node && reader.text(node, what)?.text
  if (node !== undefined && text === '') reader.report('invalid-value', node, `${what} must not be empty`)
  return text
}

function checkResource(node: Node, action: string, bucket: string | undefined, key: string | undefined, reader: ShapeReader): void {
  const kind = findAction(action)?.kind
  if ((kind === 'bucket' || kind === 'object') && bucket === undefined) {
    reader.report('missing-bucket', node, `\`${action}\` needs a bucket`, 'add `bucket`')
  }
  if (kind === 'object' && key === undefined) reader.report('missing-key', node, `\`${action}\` needs an object`, 'add `key`')
}

type Context = Record<string, string | readonly string[]>

function parseContext(node: Node, reader: ShapeReader): Context | undefined {
  const object = reader.anyObject(node, 'context')
  if (object === undefined) return undefined
  const context: Context = Object.create(null)
  for (const member of object.members) {
    const name = canonicalKeyName(member.name)
    const value: Node = { value: member.value, path: [...node.path, member.name] }
    if (name in context) reader.report('duplicate-name', value, `\`${name}\` is given twice, in two spellings`, 'give it once, as a list')
    const what = `the value of ${member.name}`
    context[name] =
      value.value.kind === 'array'
        ? reader.list(value).flatMap((item) => reader.scalar(item, what)?.text ?? [])
        : (reader.scalar(value, what)?.text ?? [])
  }
  return context
}

function parseUnknown(node: Node | undefined, reader: ShapeReader): readonly string[] | undefined {
  if (node === undefined) return undefined
  return reader.array(node, 'unknown')?.flatMap((item) => {
    const name = optionalText(item, 'a name in unknown', reader)
    return name === undefined ? [] : [canonicalKeyName(name)]
  })
}

/** The keys of a caller that is an access key depend on the snapshot, and are compared there. */
function checkDerived(node: Node, context: Context, principal: Principal, reader: ShapeReader): void {
  if (principal.kind === 'key') return
  const caller = callerOf(principal, noDirectory)
  for (const { name, derived } of derivedKeyConflicts(RequestContext.of(context), caller, undefined)) {
    const must = derived === undefined ? 'it must be absent' : `it must be \`${derived}\``
    reader.report('derived-key-conflict', node, `\`${name}\` follows from the principal: ${must}`, 'leave it out')
  }
}
