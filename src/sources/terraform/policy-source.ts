import type { Diagnostic } from '../../policy/diagnostic.js'
import { readDocument } from '../../policy/document.js'
import { lineTableOf, spanAt } from '../../policy/position.js'
import type { Extent, PositionedValue } from '../../policy/positioned-value.js'
import type { SourceFile } from '../found.js'
import { isKnown } from '../unknown-text.js'
import { type Expression, textOf } from './block.js'
import type { Evaluator } from './evaluator.js'
import { asJsonPieces, mapText, type Piece } from './pieces.js'
import { childOf } from './syntax.js'
import { referenceOf, splitResource } from './traversal.js'
import { isUnknownValue } from './unknown-values.js'

/** A policy, and the file it stands in, which need not be that of the resource. */
export interface PolicySource {
  readonly file: SourceFile
  /** Where the policy stands, read or not. */
  readonly extent: Extent
  /** The policy, or a value that stands for an unknown one; absent if its JSON is broken. */
  readonly root?: PositionedValue
  /** Problems of its JSON. */
  readonly diagnostics: readonly Diagnostic[]
  /** Whether it is JSON text, character by character. */
  readonly isEditable: boolean
}

/** References to references. */
const MAX_STEPS = 20

/** The policy that an expression gives, wherever it is written. */
export function findPolicy(expression: Expression, evaluator: Evaluator): PolicySource {
  const { node, file } = followed(expression, evaluator)
  const reference = referenceOf({ node, file })
  const resource = reference && splitResource(reference)
  const block =
    resource?.attribute === 'json' || resource?.attribute === 'minified_json' ? evaluator.module.blocks.get(resource.address) : undefined
  if (block?.type === 'data' && block.labels[0] === 'aws_iam_policy_document') {
    return { file: block.file, extent: block.extent, root: evaluator.document(block), diagnostics: [], isEditable: false }
  }
  const encoded = encodedIn({ node, file })
  if (encoded !== undefined) {
    const inner = followed(encoded, evaluator)
    return { file: inner.file, extent: inner.node, root: evaluator.evaluate(inner), diagnostics: [], isEditable: false }
  }
  const template = templateIn({ node, file })
  if (template !== undefined) return policyInText(evaluator.pieces(template), template, evaluator)
  const value = evaluator.evaluate({ node, file })
  if (value.kind !== 'string' || isUnknownValue(value)) return { file, extent: node, root: value, diagnostics: [], isEditable: false }
  return policyInText(
    [{ text: value.text, start: node.start, end: node.end, isVerbatim: false, isUnknown: false }],
    { node, file },
    evaluator,
  )
}

/** The expression that names and brackets lead to. */
function followed(expression: Expression, evaluator: Evaluator): Expression {
  let at = expression
  for (let step = 0; step < MAX_STEPS; step++) {
    const next = innerOf(at) ?? definitionOf(at, evaluator)
    if (next === undefined) return at
    at = next
  }
  return at
}

/** What stands in brackets, or in a template that is nothing but an interpolation. */
function innerOf(expression: Expression): Expression | undefined {
  const { node, file } = expression
  const [inner, ...rest] = node.children
  if (node.type === 'expression' && inner?.type === 'expression' && rest.length === 0) return { node: inner, file }
  const parts = templateIn(expression)?.node.children.filter(
    ({ type }) => type !== 'quoted_template_start' && type !== 'quoted_template_end',
  )
  const [interpolation] = parts ?? []
  const alone = parts?.length === 1 && interpolation?.type === 'template_interpolation' ? childOf(interpolation, 'expression') : undefined
  return alone && { node: alone, file }
}

function definitionOf(expression: Expression, evaluator: Evaluator): Expression | undefined {
  const reference = referenceOf(expression)
  const [step, ...rest] = reference?.root === 'local' ? reference.steps : []
  return step === undefined || rest.length > 0 ? undefined : evaluator.module.locals.get(step.name)?.value
}

function encodedIn({ node, file }: Expression): Expression | undefined {
  const call = node.children.length === 1 ? node.children[0] : undefined
  const name = call?.type === 'function_call' ? childOf(call, 'identifier') : undefined
  if (call === undefined || name === undefined || textOf(name, file) !== 'jsonencode') return undefined
  const list = childOf(call, 'function_arguments')
  const [argument, ...more] = list?.children ?? []
  return argument === undefined || more.length > 0 ? undefined : { node: argument, file }
}

/** The quoted text or heredoc that an expression is. */
function templateIn({ node, file }: Expression): Expression | undefined {
  const [outer, ...rest] = node.children
  const inner = rest.length === 0 && (outer?.type === 'template_expr' || outer?.type === 'literal_value') ? outer.children[0] : undefined
  const isTemplate = inner?.type === 'string_lit' || inner?.type === 'quoted_template' || inner?.type === 'heredoc_template'
  return isTemplate && !inner.hasError ? { node: inner, file } : undefined
}

/** The policy in JSON text that a template makes, positions in the template. */
function policyInText(pieces: readonly Piece[], { node, file }: Expression, evaluator: Evaluator): PolicySource {
  const mapped = mapText(asJsonPieces(pieces))
  const extent = { start: node.start, end: node.end }
  if (mapped === undefined) return { file, extent, diagnostics: [], isEditable: false }
  const { root, problems } = readDocument(mapped.text)
  if (root === undefined && !isKnown(mapped.text)) {
    // What is broken may be whole once the unknown parts are there.
    const unknown = evaluator.unknowns.expression({ node, file }, 'is no JSON before its unknown parts are there')
    return { file, extent, root: unknown, diagnostics: [], isEditable: false }
  }
  // Most policies have no problem of their JSON, and a file may hold many policies.
  const lines = problems.diagnostics.length === 0 ? [] : lineTableOf(file.text)
  const diagnostics = problems.diagnostics.map((diagnostic) => {
    const { start, end } = mapped.extentOf(diagnostic.span.start.offset, diagnostic.span.end.offset)
    return { ...diagnostic, span: spanAt(lines, start, end) }
  })
  const isEditable = node.type === 'heredoc_template' && pieces.every(({ isVerbatim }) => isVerbatim)
  return { file, extent, ...(root && { root: moved(root, mapped.extentOf) }), diagnostics, isEditable }
}

/** The value at the places that its own places are from. */
function moved(value: PositionedValue, extentOf: (start: number, end: number) => Extent): PositionedValue {
  const { start, end } = extentOf(value.start, value.end)
  if (value.kind === 'array') return { kind: 'array', items: value.items.map((item) => moved(item, extentOf)), start, end }
  if (value.kind !== 'object') return { ...value, start, end }
  const members = value.members.map((member) => ({
    name: member.name,
    nameExtent: extentOf(member.nameExtent.start, member.nameExtent.end),
    value: moved(member.value, extentOf),
  }))
  return { kind: 'object', members, start, end }
}
