import { principalTypes } from '../catalog/principal-types.js'
import type { ProblemCode } from '../catalog/problems.js'
import type { Effect, Policy, PolicyVersion, PrincipalEntry, Statement, Text } from './ast.js'
import { parseConditions } from './condition-parser.js'
import { type Diagnostic, diagnosticOf, hasError } from './diagnostic.js'
import { readDocument } from './document.js'
import { allOrNone, type Node, type ShapeReader } from './shape-reader.js'
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
export function parseDraft(text: string): { readonly draft?: Policy; readonly diagnostics: readonly Diagnostic[] } {
  const { root, problems, reader } = readDocument(text)
  if (!text.trimStart().startsWith('{')) {
    const location = reader.locate({ start: 0, end: Math.min(text.length, 1) }, [])
    return { diagnostics: [diagnosticOf({ code: 'not-an-object', location, message: 'a policy is a JSON object' })] }
  }
  if (!text.startsWith('{')) {
    const location = reader.locate({ start: 0, end: text.indexOf('{') }, [])
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
  const Statement = items.flatMap((item) => (reader.isDone ? [] : (parseStatement(item, reader) ?? [])))
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
  const members = reader.object(node, 'a statement', statementShape)
  if (members === undefined) return undefined
  const sid = members.get('Sid')
  const Sid = sid && reader.text(sid, 'Sid')
  // A statement without a readable effect is an error, so the policy is never used; its other problems are still looked for.
  const Effect = parseEffect(node, members.get('Effect'), reader) ?? 'Deny'
  const principal = parsePair(node, members, 'Principal', 'missing-principal', reader, parsePrincipals)
  const action = parsePair(node, members, 'Action', 'missing-action', reader, parseTexts)
  const resource = parsePair(node, members, 'Resource', 'missing-resource', reader, parseTexts)
  const condition = members.get('Condition')
  const Condition = condition === undefined ? [] : parseConditions(condition, reader)
  return {
    ...(Sid === undefined ? {} : { Sid }),
    Effect,
    ...principal,
    ...action,
    ...resource,
    Condition,
    location: reader.locationOf(node),
  }
}

function parseEffect(statement: Node, node: Node | undefined, reader: ShapeReader): Effect | undefined {
  if (node === undefined) {
    reader.report('missing-effect', statement, 'a statement needs `Effect`', 'use `Allow` or `Deny`')
    return undefined
  }
  const effect = reader.text(node, 'Effect')
  if (effect === undefined || effect.text === 'Allow' || effect.text === 'Deny') return effect?.text as Effect | undefined
  const help = () => suggest(effect.text, ['Allow', 'Deny']) ?? 'use `Allow` or `Deny`'
  reader.report('invalid-effect', node, `there is no effect \`${effect.text}\``, help, effect.text)
  return undefined
}

type Negated<Name extends string> = `Not${Name}`

/** Exactly one of an element and its negation must be there. */
function parsePair<Name extends 'Principal' | 'Action' | 'Resource', Value>(
  statement: Node,
  members: ReadonlyMap<string, Node>,
  name: Name,
  missing: ProblemCode,
  reader: ShapeReader,
  parse: (node: Node, what: string, reader: ShapeReader) => Value | undefined,
): { readonly [Key in Name | Negated<Name>]?: Value } {
  const negated: Negated<Name> = `Not${name}`
  const element = members.get(name)
  const negation = members.get(negated)
  if (element !== undefined && negation !== undefined) {
    reader.report('conflicting-elements', negation, `a statement has \`${name}\` or \`${negated}\`, not both`, 'split it in two statements')
  }
  if (element === undefined && negation === undefined) {
    reader.report(missing, statement, `a statement needs \`${name}\` or \`${negated}\``)
  }
  const value = element && parse(element, name, reader)
  const negatedValue = negation && parse(negation, negated, reader)
  const read = { ...(value && { [name]: value }), ...(negatedValue && { [negated]: negatedValue }) }
  return read as { readonly [Key in Name | Negated<Name>]?: Value }
}

function parseTexts(node: Node, what: string, reader: ShapeReader): readonly Text[] | undefined {
  return reader.texts(node, what)
}

function parsePrincipals(node: Node, what: string, reader: ShapeReader): readonly PrincipalEntry[] | undefined {
  if (node.value.kind === 'string' && node.value.text === '*') return [{ type: '*', text: '*', location: reader.locationOf(node) }]
  if (node.value.kind === 'string') {
    reader.reportType(node, `${what} without a type`, '`"*"`')
    return undefined
  }
  const members = reader.object(node, what, { members: principalTypes, unknown: 'unknown-principal-type' })
  if (members === undefined || [...members.keys()].some((name) => !principalTypes.some((type) => type === name))) return undefined
  const entries = principalTypes.map((type) => {
    const texts = members.get(type)
    return texts === undefined ? [] : reader.texts(texts, `${what} ${type}`)?.map((text) => ({ type, ...text }))
  })
  return allOrNone(entries)?.flat()
}
