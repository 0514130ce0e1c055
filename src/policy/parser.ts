import { principalTypes } from '../catalog/principal-types.js'
import type { ProblemCode } from '../catalog/problems.js'
import type { Effect, Policy, PolicyVersion, PrincipalEntry, Statement, Text } from './ast.js'
import { parseConditions } from './condition-parser.js'
import { type Diagnostic, diagnosticOf, hasError } from './diagnostic.js'
import { type Document, readDocument } from './document.js'
import type { Draft } from './draft.js'
import type { PositionedMember } from './positioned-value.js'
import { memberNode, type Node, type ShapeReader } from './shape-reader.js'
import { suggest } from './suggestion.js'

export interface ParsedPolicy {
  /** Absent if a diagnostic is an `error`. */
  readonly policy?: Policy
  /** All problems of the text's form, in no particular order. What a policy means wrongly is `validatePolicy`'s part. */
  readonly diagnostics: readonly Diagnostic[]
}

/** Reads the text of a bucket policy. Never throws. */
export function parsePolicy(text: string): ParsedPolicy {
  const { draft, diagnostics } = parseDraft(text)
  return draft === undefined || hasError(diagnostics) ? { diagnostics } : { policy: draft, diagnostics }
}

/** What can be read of a policy's text, problems or not: for looking for more problems, never for deciding. */
export function parseDraft(text: string): DraftPolicy {
  return draftOf(text, readDocument(text))
}

export interface DraftPolicy {
  readonly draft?: Policy
  readonly diagnostics: readonly Diagnostic[]
}

/** The same of a text that has been read as JSON already. Problems are added to the document's. */
export function draftOf(text: string, { root, problems, reader }: Document): DraftPolicy {
  if (!text.trimStart().startsWith('{')) {
    const location = reader.locationAt({ start: 0, end: Math.min(text.length, 1) })
    return { diagnostics: [diagnosticOf({ code: 'not-an-object', location, message: 'a policy is a JSON object' })] }
  }
  if (!text.startsWith('{')) {
    const location = reader.locationAt({ start: 0, end: text.indexOf('{') })
    problems.add({ code: 'leading-space', location, message: 'white space before the policy', help: 'remove it' })
  }
  const draft = root && parsePolicyNode({ value: root, path: [] }, reader)
  return { ...(draft && { draft }), diagnostics: problems.diagnostics }
}

/** The policy at a node of a larger document. What it returns counts only if the reader's list has no `error`. */
export function parsePolicyNode(node: Node, reader: ShapeReader): Policy | undefined {
  const members = reader.object(node, 'a policy', { members: ['Version', 'Id', 'Statement'], unknown: 'unknown-element' })
  if (members === undefined) return undefined
  const Version = parseVersion(members.get('Version'), reader)
  const id = members.get('Id')
  const Id = id && reader.text(id, 'Id')
  const statements = members.get('Statement')
  if (statements === undefined) {
    reader.report('missing-statement', node, 'a policy needs `Statement`')
    return undefined
  }
  const items = reader.list(statements)
  const Statement: Statement[] = []
  for (const item of items) {
    const statement = reader.isDone ? undefined : parseStatement(item, reader)
    if (statement !== undefined) Statement.push(statement)
  }
  if (Statement.length === 0 && items.length > 0) return undefined
  return {
    ...(Version === undefined ? {} : { Version }),
    ...(Id === undefined ? {} : { Id }),
    Statement,
    location: reader.locationOf(node),
  }
}

function parseVersion(node: Node | undefined, reader: ShapeReader): PolicyVersion | undefined {
  const version = node && reader.text(node, 'Version')
  if (version === undefined || node === undefined) return undefined
  if (version.text === '2012-10-17' || version.text === '2008-10-17') return version.text
  reader.report('invalid-version', node, `there is no policy version \`${version.text}\``, 'use `2012-10-17`')
  return undefined
}

const statementShape = {
  members: ['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'],
  unknown: 'unknown-element',
} as const

function parseStatement(node: Node, reader: ShapeReader): Statement | undefined {
  const members = reader.members(node, 'a statement', statementShape)
  if (members === undefined) return undefined
  const element = (name: (typeof statementShape.members)[number]) => elementNode(node, members, name)
  const sid = element('Sid')
  const Sid = sid && reader.text(sid, 'Sid')
  // A statement without a readable effect is an error, so the policy is never used; its other problems are still looked for.
  const Effect = parseEffect(node, element('Effect'), reader) ?? 'Deny'
  const [Principal, NotPrincipal] = parsePair(node, members, 'Principal', 'missing-principal', reader, parsePrincipals)
  const [Action, NotAction] = parsePair(node, members, 'Action', 'missing-action', reader, parseTexts)
  const [Resource, NotResource] = parsePair(node, members, 'Resource', 'missing-resource', reader, parseTexts)
  const condition = element('Condition')
  const Condition = condition === undefined ? [] : parseConditions(condition, reader)
  const statement: Draft<Statement> = { Effect, Condition, location: reader.locationOf(node) }
  if (Sid !== undefined) statement.Sid = Sid
  if (Principal !== undefined) statement.Principal = Principal
  if (NotPrincipal !== undefined) statement.NotPrincipal = NotPrincipal
  if (Action !== undefined) statement.Action = Action
  if (NotAction !== undefined) statement.NotAction = NotAction
  if (Resource !== undefined) statement.Resource = Resource
  if (NotResource !== undefined) statement.NotResource = NotResource
  return statement
}

/** The last of this name counts, as in `JSON.parse`. */
function elementNode(node: Node, members: readonly PositionedMember[], name: string): Node | undefined {
  for (let i = members.length - 1; i >= 0; i--) {
    const member = members[i] as PositionedMember
    if (member.name === name) return memberNode(node, member)
  }
  return undefined
}

function parseEffect(statement: Node, node: Node | undefined, reader: ShapeReader): Effect | undefined {
  if (node === undefined) {
    reader.report('missing-effect', statement, 'a statement needs `Effect`', 'use `Allow` or `Deny`')
    return undefined
  }
  if (node.value.kind !== 'string') {
    reader.reportType(node, 'Effect', 'text')
    return undefined
  }
  const { text } = node.value
  if (text === 'Allow' || text === 'Deny') return text
  const help = () => suggest(text, ['Allow', 'Deny']) ?? 'use `Allow` or `Deny`'
  reader.report('invalid-effect', node, `there is no effect \`${text}\``, help, text)
  return undefined
}

/** An element and its negation: exactly one of them must be there. */
function parsePair<Value>(
  statement: Node,
  members: readonly PositionedMember[],
  name: 'Principal' | 'Action' | 'Resource',
  missing: ProblemCode,
  reader: ShapeReader,
  parse: (node: Node, what: string, reader: ShapeReader) => Value | undefined,
): readonly [Value | undefined, Value | undefined] {
  const negated = `Not${name}` as const
  const element = elementNode(statement, members, name)
  const negation = elementNode(statement, members, negated)
  if (element !== undefined && negation !== undefined) {
    reader.report('conflicting-elements', negation, `a statement has \`${name}\` or \`${negated}\`, not both`, 'split it in two statements')
  }
  if (element === undefined && negation === undefined) {
    reader.report(missing, statement, `a statement needs \`${name}\` or \`${negated}\``)
  }
  return [element && parse(element, name, reader), negation && parse(negation, negated, reader)]
}

function parseTexts(node: Node, what: string, reader: ShapeReader): readonly Text[] | undefined {
  return reader.texts(node, what)
}

const principalShape = { members: principalTypes, unknown: 'unknown-principal-type' } as const

function parsePrincipals(node: Node, what: string, reader: ShapeReader): readonly PrincipalEntry[] | undefined {
  if (node.value.kind === 'string' && node.value.text === '*') return [{ type: '*', text: '*', location: reader.locationOf(node) }]
  if (node.value.kind === 'string') {
    reader.reportType(node, `${what} without a type`, '`"*"`')
    return undefined
  }
  if (node.value.kind !== 'object') {
    reader.reportType(node, what, '`"*"` or an object such as `{"AWS": "111122223333"}`')
    return undefined
  }
  const members = reader.members(node, what, principalShape)
  if (members === undefined || members.some(({ name }) => !principalTypes.some((type) => type === name))) return undefined
  const lists: (readonly PrincipalEntry[] | undefined)[] = []
  for (const type of principalTypes) {
    const listed = elementNode(node, members, type)
    if (listed === undefined) continue
    lists.push(reader.texts(listed, `${what} ${type}`)?.map(({ text, location }) => ({ type, text, location })))
  }
  if (lists.includes(undefined)) return undefined
  return lists.length === 1 ? lists[0] : (lists as readonly (readonly PrincipalEntry[])[]).flat()
}
