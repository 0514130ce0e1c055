import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { decodeText } from './decode-text.js'
import { decodeReferences } from './references.js'
import { findMarkupProblem } from './scan-markup.js'
import { type XmlElement, XSI_NAMESPACE } from './xml-element.js'
import { XmlProblem } from './xml-problem.js'

/** The root element of a document, or why it is none that S3 reads. @param bytes of bounded length */
export function parseXml(bytes: Uint8Array): XmlElement | XmlProblem {
  const text = decodeText(bytes)
  if (text === undefined) return new XmlProblem('the document is not UTF-8, or has characters that XML has not')
  const problem = findMarkupProblem(text)
  if (problem !== undefined) return new XmlProblem(problem)
  try {
    const verdict = XMLValidator.validate(text)
    if (verdict !== true) return new XmlProblem(verdict.err.msg)
    const [root] = parser.parse(text) as readonly ParsedNode[]
    return root === undefined ? new XmlProblem('there is no root element') : resolve(root, new Map())
  } catch (error) {
    // The parser throws for names such as `__proto__`.
    return new XmlProblem(error instanceof Error ? error.message : String(error))
  }
}

/** What the parser makes of a node under `preserveOrder`: one property named after the element, and `:@` with its attributes. */
type ParsedNode = Readonly<Record<string, unknown>>

const ATTRIBUTES = ':@'
const TEXT = '#text'
const CDATA = '#cdata'

/** Everything that changes text is off: `007`, ` a ` and `&amp;lt;` arrive as they were sent. References are decoded here, since CDATA has none. */
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  textNodeName: TEXT,
  cdataPropName: CDATA,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  ignoreDeclaration: true,
  jPath: false,
})

type Namespaces = ReadonlyMap<string, string>

/** The element of a node. Its depth is bounded: `findMarkupProblem` has refused deeper documents. */
function resolve(node: ParsedNode, outer: Namespaces): XmlElement | XmlProblem {
  const tag = Object.keys(node).find((name) => name !== ATTRIBUTES) as string
  const attributes = attributesOf(node)
  const scope = scopeOf(attributes, outer)
  if (scope instanceof XmlProblem) return scope
  const name = resolveName(tag, scope, scope.get('') ?? '')
  const type = typeOf(attributes, scope)
  if (name instanceof XmlProblem) return name
  if (type instanceof XmlProblem) return type
  const content = contentOf(node[tag] as readonly ParsedNode[], scope)
  return content instanceof XmlProblem ? content : { ...name, ...content, ...(type === undefined ? {} : { type }) }
}

function contentOf(nodes: readonly ParsedNode[], scope: Namespaces): Pick<XmlElement, 'elements' | 'text'> | XmlProblem {
  const elements: XmlElement[] = []
  let text = ''
  for (const node of nodes) {
    const raw = node[TEXT]
    const cdata = node[CDATA]
    if (typeof raw === 'string') text += decodeReferences(raw) ?? ''
    else if (cdata !== undefined) text += (cdata as readonly ParsedNode[]).map((part) => String(part[TEXT])).join('')
    else {
      const element = resolve(node, scope)
      if (element instanceof XmlProblem) return element
      elements.push(element)
    }
  }
  return { elements, text }
}

function attributesOf(node: ParsedNode): readonly (readonly [name: string, value: string])[] {
  return Object.entries((node[ATTRIBUTES] ?? {}) as Readonly<Record<string, string>>)
}

type Attributes = ReturnType<typeof attributesOf>

const DECLARATION = 'xmlns'

/** The namespaces that hold inside an element, by prefix. */
function scopeOf(attributes: Attributes, outer: Namespaces): Namespaces | XmlProblem {
  let scope: Map<string, string> | undefined
  for (const [name, raw] of attributes) {
    if (name !== DECLARATION && !name.startsWith(`${DECLARATION}:`)) continue
    const prefix = name.slice(DECLARATION.length + 1)
    const uri = decodeReferences(raw) ?? ''
    const isWrong = name !== DECLARATION && (prefix === '' || prefix.includes(':') || uri === '')
    if (isWrong || prefix === 'xml' || prefix === DECLARATION) return new XmlProblem(`\`${name}\` declares no namespace`)
    scope ??= new Map(outer)
    scope.set(prefix, uri)
  }
  return scope ?? outer
}

function typeOf(attributes: Attributes, scope: Namespaces): string | undefined | XmlProblem {
  let type: string | undefined
  for (const [name, raw] of attributes) {
    if (name === DECLARATION || name.startsWith(`${DECLARATION}:`)) continue
    const resolved = resolveName(name, scope, '')
    if (resolved instanceof XmlProblem) return resolved
    const isType = resolved.namespace === XSI_NAMESPACE && resolved.name === 'type'
    if (!isType || type !== undefined) return new XmlProblem(`the attribute \`${name}\` is unknown or repeated`)
    type = decodeReferences(raw) ?? ''
  }
  return type
}

/** @param unprefixed the namespace of names without prefix */
function resolveName(qualified: string, scope: Namespaces, unprefixed: string): Pick<XmlElement, 'name' | 'namespace'> | XmlProblem {
  const colon = qualified.indexOf(':')
  if (colon < 0) return { name: qualified, namespace: unprefixed }
  const namespace = scope.get(qualified.slice(0, colon))
  const name = qualified.slice(colon + 1)
  const isWrong = colon === 0 || namespace === undefined || name === '' || name.includes(':')
  return isWrong ? new XmlProblem(`the prefix of \`${qualified}\` is bound to nothing`) : { name, namespace }
}
