import { Composer, type CST, type Document, isAlias, isCollection, isMap, isScalar, isSeq, type ParsedNode, Parser } from 'yaml'
import { MAX_DEPTH } from '../policy/json-reader.js'
import type { Extent, PositionedMember, PositionedValue } from '../policy/positioned-value.js'

/** What is wrong with a YAML text, and where. */
export interface YamlProblem {
  readonly message: string
  readonly extent: Extent
}

export interface YamlStream {
  /** The documents of the text that could be read. */
  readonly roots: readonly PositionedValue[]
  readonly problems: readonly YamlProblem[]
}

/** What an alias stands for is read anew for each of them; together they stand for at most so many values. */
const MAX_ALIASED = 10_000

/** A text with more problems is no YAML. */
const MAX_PROBLEMS = 100

/**
 * Reads YAML 1.2, so that `2012-10-17` is text, as JSON values with their places. The short forms of CloudFormation's functions come as
 * their long forms: `!Ref Logs` as `{"Ref": "Logs"}`. What an alias stands for stands at the alias. Never throws.
 */
export function readYaml(text: string): YamlStream {
  const tokens = [...new Parser().parse(text)]
  const deep = tooDeep(tokens)
  if (deep !== undefined) return { roots: [], problems: [deep] }
  const roots: PositionedValue[] = []
  const problems: YamlProblem[] = []
  // Looking for repeated names takes the square of their number here; those that matter are looked for elsewhere.
  const composer = new Composer({ uniqueKeys: false, logLevel: 'silent', prettyErrors: false, version: '1.2', schema: 'core' })
  for (const document of composer.compose(tokens)) {
    const errors = document.errors.map(({ message, pos: [start, end] }) => ({ message: firstLine(message), extent: { start, end } }))
    problems.push(...errors.slice(0, Math.max(0, MAX_PROBLEMS - problems.length)))
    if (errors.length === 0) readRoot(document, text, roots, problems)
  }
  return { roots, problems }
}

function readRoot(document: Document.Parsed, text: string, roots: PositionedValue[], problems: YamlProblem[]): void {
  try {
    roots.push(new Converter(text).convert(document.contents, 0))
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    problems.push(error.problem)
  }
}

function firstLine(message: string): string {
  const line = message.split('\n')[0] ?? ''
  return line.charAt(0).toLowerCase() + line.slice(1)
}

class Unreadable extends Error {
  constructor(readonly problem: YamlProblem) {
    super(problem.message)
  }
}

/** The first place nested too deep. Asked before the documents are made, which takes stack for each level. */
function tooDeep(tokens: readonly CST.Token[]): YamlProblem | undefined {
  const open: { readonly token: CST.Token; readonly depth: number }[] = tokens.map((token) => ({ token, depth: 0 }))
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next
    if (depth > MAX_DEPTH) return { message: nesting, extent: { start: token.offset, end: token.offset + 1 } }
    if (token.type === 'document' && token.value !== undefined) open.push({ token: token.value, depth })
    if (!('items' in token)) continue
    for (const { key, value } of token.items) {
      if (key) open.push({ token: key, depth: depth + 1 })
      if (value) open.push({ token: value, depth: depth + 1 })
    }
  }
  return undefined
}

const nesting = `nested deeper than ${MAX_DEPTH} levels`

/** CloudFormation's functions whose names have no `Fn::`. */
const bareFunctions: ReadonlySet<string> = new Set(['Ref', 'Condition'])

class Converter {
  /** Where the alias stands that is being read. */
  private alias: Extent | undefined
  private aliased = 0
  private readonly anchors = new Map<string, ParsedNode>()
  /** What each alias was first read as: an anchor may be set anew later on. */
  private readonly targets = new Map<unknown, ParsedNode | undefined>()

  constructor(private readonly text: string) {}

  convert(node: unknown, depth: number): PositionedValue {
    const extent = this.extentOf(node)
    if (depth > MAX_DEPTH) throw new Unreadable({ message: nesting, extent })
    this.countAliased(extent)
    if (isAlias(node)) return this.convertAlias(node, extent, depth)
    this.noteAnchor(node)
    const tag = tagOf(node)
    if (!tag.startsWith('!') || tag.length === 1 || tag.startsWith('!!')) return this.convertPlain(node, extent, depth)
    const name = tag.slice(1)
    const member = bareFunctions.has(name) ? name : `Fn::${name}`
    const whole = { start: this.alias?.start ?? tagStart(this.text, tag, extent.start), end: extent.end }
    const value = this.convertPlain(node, extent, depth + 1)
    return { kind: 'object', members: [{ name: member, nameExtent: whole, value }], ...whole }
  }

  private convertPlain(node: unknown, extent: Extent, depth: number): PositionedValue {
    if (isMap(node)) {
      const members = node.items.map(({ key, value }) => this.convertMember(key, value, extent, depth))
      return { kind: 'object', members: merged(members), ...extent }
    }
    if (isSeq(node)) return { kind: 'array', items: node.items.map((item) => this.convert(item, depth + 1)), ...extent }
    if (!isScalar(node)) return { kind: 'null', ...extent }
    const { value, source } = node
    if (typeof value === 'string') return { kind: 'string', text: value, ...extent }
    if (typeof value === 'boolean') return { kind: 'boolean', value, ...extent }
    if (value === null) return { kind: 'null', ...extent }
    return typeof source === 'string' && isAccountId(source)
      ? // CloudFormation takes an account id without quotes for text.
        { kind: 'string', text: source, ...extent }
      : { kind: 'number', text: source ?? String(value), ...extent }
  }

  private convertMember(key: unknown, value: unknown, around: Extent, depth: number): PositionedMember {
    const name = isAlias(key) ? this.targetOf(key) : key
    this.noteAnchor(key)
    const nameExtent = key === null ? around : this.extentOf(key)
    if (isCollection(name)) throw new Unreadable({ message: 'a name that is a list or a mapping', extent: nameExtent })
    const text = isScalar(name) ? (typeof name.value === 'string' ? name.value : (name.source ?? String(name.value))) : ''
    const held = value === null ? { kind: 'null' as const, start: nameExtent.end, end: nameExtent.end } : this.convert(value, depth + 1)
    return { name: text, nameExtent, value: held }
  }

  private convertAlias(node: unknown, extent: Extent, depth: number): PositionedValue {
    const target = this.targetOf(node)
    if (target === undefined) throw new Unreadable({ message: 'an alias without an anchor', extent })
    const outer = this.alias
    this.alias = extent
    const value = this.convert(target, depth + 1)
    this.alias = outer
    return value
  }

  private noteAnchor(node: unknown): void {
    if ((isScalar(node) || isCollection(node)) && node.anchor !== undefined) this.anchors.set(node.anchor, node as ParsedNode)
  }

  private targetOf(alias: unknown): ParsedNode | undefined {
    if (!this.targets.has(alias)) this.targets.set(alias, isAlias(alias) ? this.anchors.get(alias.source) : undefined)
    return this.targets.get(alias)
  }

  private countAliased(extent: Extent): void {
    if (this.alias === undefined) return
    this.aliased++
    if (this.aliased > MAX_ALIASED) throw new Unreadable({ message: `aliases stand for more than ${MAX_ALIASED} values`, extent })
  }

  /** Without the white space that the end of a block has. */
  private extentOf(node: unknown): Extent {
    if (this.alias !== undefined) return this.alias
    const [start, valueEnd] = rangeOf(node)
    let end = valueEnd
    while (end > start && isSpace(this.text[end - 1])) end--
    return { start, end }
  }
}

/** The members with those of `<<` in its place, except for names that the object has itself. */
function merged(members: readonly PositionedMember[]): readonly PositionedMember[] {
  if (!members.some(({ name }) => name === '<<')) return members
  const own = new Set(members.map(({ name }) => name))
  return members.flatMap((member) => {
    if (member.name !== '<<') return member
    const sources = member.value.kind === 'array' ? member.value.items : [member.value]
    return sources.flatMap((source) => {
      const taken = source.kind === 'object' ? source.members.filter(({ name }) => !own.has(name)) : []
      for (const { name } of taken) own.add(name)
      return taken
    })
  })
}

function rangeOf(node: unknown): readonly [number, number] {
  const range = isScalar(node) || isCollection(node) || isAlias(node) ? node.range : undefined
  return range ? [range[0], range[1]] : [0, 0]
}

function tagOf(node: unknown): string {
  return isScalar(node) || isCollection(node) ? (node.tag ?? '') : ''
}

/** Where the tag before a value starts; where the value starts if something else stands between. */
function tagStart(text: string, tag: string, start: number): number {
  let at = start
  while (at > 0 && isSpace(text[at - 1])) at--
  return text.endsWith(tag, at) ? at - tag.length : start
}

function isAccountId(text: string): boolean {
  return text.length === 12 && [...text].every((character) => character >= '0' && character <= '9')
}

function isSpace(character: string | undefined): boolean {
  return character === ' ' || character === '\n' || character === '\r' || character === '\t'
}
