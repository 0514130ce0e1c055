import { type Extent, type PositionedMember, type PositionedValue, plainValueOf } from '../../policy/positioned-value.js'
import { isKnown } from '../unknown-text.js'
import { type Attribute, type Block, type Expression, textOf } from './block.js'
import { bucketAttribute, nameAttributeOf } from './bucket-name.js'
import { type DeployedAttribute, deployedAttribute } from './deployment.js'
import { functions, scalarText } from './functions.js'
import { addressOf, type Module } from './module.js'
import { type Piece, textOfPieces } from './pieces.js'
import { placeAt, sizeOf, valueAt } from './place-at.js'
import { childOf, childrenOf } from './syntax.js'
import { piecesOf, type unknownFill } from './template.js'
import { type Reference, referenceOf, type Step, splitResource } from './traversal.js'
import { unknownReasonOf } from './unknown-reasons.js'
import { isUnknownValue, UnknownValues } from './unknown-values.js'

/** What is known beside the files. */
export interface TerraformOptions {
  /** Values of variables, as JSON has them. A default in the files is not used: a deployment may give another value. */
  readonly variables?: Readonly<Record<string, unknown>>
  /** The id of the account that deploys, and owns the buckets. */
  readonly account?: string
  /** The region of the deployment. */
  readonly region?: string
}

/** The policy that a `data.aws_iam_policy_document` makes. */
export type DocumentReader = (block: Block, evaluator: Evaluator) => PositionedValue

/** Expressions within expressions, references included. A policy needs some twenty. */
const MAX_DEPTH = 200
/** Values and hundreds of characters: more is no policy. */
const MAX_SIZE = 50_000
/** The same for all expressions of a module together, each counted as often as it is used. */
const MAX_WORK = 3_000_000

/** Works out the expressions of a module, as far as its files tell. What they do not tell is marked as unknown. */
export class Evaluator {
  readonly unknowns = new UnknownValues()
  private readonly values = new Map<unknown, PositionedValue>()
  private readonly open = new Set<unknown>()
  private depth = 0
  private work = 0

  constructor(
    readonly module: Module,
    private readonly documentValue: DocumentReader,
    readonly options: TerraformOptions = {},
  ) {}

  /** The value, all of it standing in the file of the expression. */
  evaluate(expression: Expression): PositionedValue {
    if (this.depth >= MAX_DEPTH) return this.unknowns.expression(expression, 'is nested too deeply')
    if (this.work >= MAX_WORK) return this.unknowns.expression(expression, 'is too large')
    this.depth++
    const value = this.valueOf(expression)
    this.depth--
    return this.isTooLarge([value]) ? this.unknowns.expression(expression, 'is too large') : value
  }

  private isTooLarge(values: readonly PositionedValue[]): boolean {
    let size = 0
    for (const value of values) if (size <= MAX_SIZE) size += sizeOf(value, MAX_SIZE)
    this.work += size
    return size > MAX_SIZE
  }

  /** The pieces of a template. */
  pieces(template: Expression): readonly Piece[] {
    return piecesOf(template, (node) => this.fill({ node, file: template.file }))
  }

  /** The policy of a `data.aws_iam_policy_document`. */
  document(block: Block): PositionedValue {
    const unknown = (why: string) => this.unknowns.value(addressOf(block), `\`${addressOf(block)}\` ${why}`, block.extent)
    if (this.depth >= MAX_DEPTH) return unknown('is nested too deeply')
    this.depth++
    const value = this.once(block, () => this.documentValue(block, this)) ?? unknown('refers to itself')
    this.depth--
    return this.isTooLarge([value]) ? unknown('is too large') : value
  }

  /** The name of the bucket at an address: that in the files, or else one made from the address. */
  bucketName(address: string, instance: string): string {
    return this.knownText(this.module.blocks.get(address)?.attributes.get(nameAttributeOf(address) ?? '')) ?? instance
  }

  /** Works out a definition the first time it is asked for; undefined if it needs itself. */
  private once(definition: unknown, make: () => PositionedValue): PositionedValue | undefined {
    const before = this.values.get(definition)
    if (before !== undefined) return before
    if (this.open.has(definition)) return undefined
    this.open.add(definition)
    const value = make()
    this.open.delete(definition)
    this.values.set(definition, value)
    return value
  }

  private valueOf(expression: Expression): PositionedValue {
    const { node, file } = expression
    const [inner, ...rest] = node.children
    if (node.hasError) return this.unknowns.expression(expression, 'cannot be read')
    switch (node.type) {
      case 'expression':
        if (inner?.type === 'variable_expr') return this.reference(expression)
        if (inner !== undefined && rest.length === 0) return this.valueOf({ node: inner, file })
        return this.unknowns.expression(expression, 'is computed')
      case 'literal_value':
      case 'template_expr':
      case 'collection_value':
        return inner === undefined ? this.unknowns.expression(expression, 'is computed') : this.literal({ node: inner, file })
      case 'function_call':
        return this.call(expression)
      case 'operation':
        return this.negative(expression)
      default:
        return this.unknowns.expression(expression, unknownReasonOf(node.type))
    }
  }

  private literal(expression: Expression): PositionedValue {
    const { node, file } = expression
    const { start, end } = node
    switch (node.type) {
      case 'string_lit':
      case 'quoted_template':
      case 'heredoc_template':
        return this.template(expression)
      case 'numeric_lit':
        return { kind: 'number', text: textOf(node, file), start, end }
      case 'bool_lit':
        return { kind: 'boolean', value: textOf(node, file) === 'true', start, end }
      case 'null_lit':
        return { kind: 'null', start, end }
      case 'tuple':
        return { kind: 'array', items: childrenOf(node, 'expression').map((item) => this.evaluate({ node: item, file })), start, end }
      case 'object':
        return {
          kind: 'object',
          members: childrenOf(node, 'object_elem').flatMap((member) => this.member({ node: member, file })),
          start,
          end,
        }
      default:
        return this.unknowns.expression(expression, unknownReasonOf(node.type))
    }
  }

  private template(template: Expression): PositionedValue {
    const { start, end } = template.node
    const text = textOfPieces(this.pieces(template))
    return text === undefined ? this.unknowns.expression(template, 'is too large') : { kind: 'string', text, start, end }
  }

  /** A name without quotes is the member's name, not a reference. */
  private member({ node, file }: Expression): PositionedMember[] {
    const [key, value] = childrenOf(node, 'expression')
    if (key === undefined || value === undefined) return []
    const [inner, ...rest] = key.children
    const isBare = inner?.type === 'variable_expr' && rest.length === 0
    const name = isBare ? textOf(key, file) : scalarText(this.evaluate({ node: key, file }))
    return [
      { name: name ?? textOf(key, file), nameExtent: { start: key.start, end: key.end }, value: this.evaluate({ node: value, file }) },
    ]
  }

  private fill({ node, file }: Expression): ReturnType<typeof unknownFill> {
    const inner = childOf(node, 'expression')
    const isPlain = node.type === 'template_interpolation' && childOf(node, 'strip_marker') === undefined
    const value =
      inner === undefined || !isPlain
        ? this.unknowns.expression({ node, file }, 'is a directive or strips white space')
        : this.evaluate({ node: inner, file })
    const known = scalarText(value) === undefined ? this.unknowns.expression({ node, file }, 'is no text') : value
    return { text: scalarText(known) ?? '', isUnknown: isUnknownValue(known) }
  }

  private negative(expression: Expression): PositionedValue {
    const { node, file } = expression
    const [unary] = node.children
    const number = unary?.type === 'unary_operation' && file.text[node.start] === '-' ? unary.children[0]?.children[0] : undefined
    if (number?.type !== 'numeric_lit') return this.unknowns.expression(expression, 'is computed')
    return { kind: 'number', text: `-${textOf(number, file)}`, start: node.start, end: node.end }
  }

  private call(expression: Expression): PositionedValue {
    const { node, file } = expression
    const name = childOf(node, 'identifier')
    const list = childOf(node, 'function_arguments')
    const called = name === undefined ? '' : textOf(name, file)
    const values = list === undefined ? [] : childrenOf(list, 'expression').map((argument) => this.evaluate({ node: argument, file }))
    const isUnreadable = (list !== undefined && childOf(list, 'ellipsis') !== undefined) || this.isTooLarge(values)
    const [first] = values
    if (isUnreadable || first === undefined) return this.unknowns.expression(expression, `is made by \`${called}\``)
    if (called === 'jsonencode') return this.encoded(first, node)
    return functions.get(called)?.(values, node) ?? this.unknowns.expression(expression, `is made by \`${called}\``)
  }

  private encoded(value: PositionedValue, { start, end }: Extent): PositionedValue {
    if (isUnknownValue(value)) return { ...value, start, end }
    return { kind: 'string', text: JSON.stringify(plainValueOf(value)), start, end }
  }

  private reference(expression: Expression): PositionedValue {
    const reference = referenceOf(expression)
    if (reference === undefined) return this.unknowns.expression(expression, 'is chosen by what is computed')
    return (
      this.resolved(reference, expression) ??
      this.unknowns.expression(expression, unknownReasonOf(reference.root, reference.steps[0]?.name))
    )
  }

  private resolved(reference: Reference, expression: Expression): PositionedValue | undefined {
    const { root, steps } = reference
    const [first, ...rest] = steps
    if (first === undefined) return undefined
    if (root === 'local') return this.local(first.name, rest, expression)
    if (root === 'var') return this.variable(first.name, rest, expression.node)
    const { start, end } = expression.node
    const resource = splitResource(reference)
    if (resource === undefined) return undefined
    const text = this.attributeOf(resource)
    if (text !== undefined) return { kind: 'string', text, start, end }
    if (resource.attribute !== 'json' && resource.attribute !== 'minified_json') return undefined
    const block = this.module.blocks.get(resource.address)
    return block?.labels[0] === 'aws_iam_policy_document' ? this.encoded(this.document(block), expression.node) : undefined
  }

  private attributeOf(resource: DeployedAttribute): string | undefined {
    const { address, attribute, instance } = resource
    if (nameAttributeOf(address) !== undefined) return bucketAttribute(attribute, this.bucketName(address, instance))
    const block = this.module.blocks.get(address)
    return deployedAttribute(resource, block, this.options, (name) => this.knownText(block?.attributes.get(name)))
  }

  private knownText(attribute: Attribute | undefined): string | undefined {
    const value = attribute && this.once(attribute, () => this.evaluate(attribute.value))
    return value?.kind === 'string' && value.text !== '' && isKnown(value.text) ? value.text : undefined
  }

  private local(name: string, steps: readonly Step[], { node, file }: Expression): PositionedValue | undefined {
    const definition: Attribute | undefined = this.module.locals.get(name)
    if (definition === undefined) return this.unknowns.value(`local.${name}`, `\`local.${name}\` is not in the files`, node)
    const value = this.once(definition, () => this.evaluate(definition.value))
    if (value === undefined) return this.unknowns.value(`local.${name}`, `\`local.${name}\` refers to itself`, node)
    const part = isUnknownValue(value) ? value : walk(value, steps)
    return part && (definition.value.file === file && !isUnknownValue(part) ? part : placeAt(part, node))
  }

  private variable(name: string, steps: readonly Step[], extent: Extent): PositionedValue | undefined {
    const { variables = {} } = this.options
    return Object.hasOwn(variables, name) ? walk(valueAt(variables[name], extent), steps) : undefined
  }
}

/** The part of a value that steps lead to. */
function walk(value: PositionedValue, steps: readonly Step[]): PositionedValue | undefined {
  let at: PositionedValue | undefined = value
  for (const { name } of steps) {
    if (at?.kind === 'object') at = at.members.findLast((member) => member.name === name)?.value
    else if (at?.kind === 'array') at = at.items[Number(name)]
    else return undefined
  }
  return at
}
