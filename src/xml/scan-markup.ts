import { isBlank, isXmlSpace } from './character.js'
import { decodeReferences } from './references.js'

/** Elements in elements. The deepest document of S3 has six. */
export const MAX_DEPTH = 8
/** A request to delete 1,000 objects has up to 6,002. */
const MAX_ELEMENTS = 10_000
/** Characters between `<` and `>`: a grantee's, with its namespaces, has about 120. */
const MAX_TAG_LENGTH = 1_000

/**
 * Goes through a document once and tells why it is none that S3 reads, if so. It refuses what the parser would let pass or read in its own
 * way: every `<!` but comments and CDATA (hence every DOCTYPE, wherever it stands), processing instructions, other encodings, a second root,
 * text outside the root, references without meaning, `]]>` and `--` where XML has none, too many or too deep elements.
 * Whether tags pair up and attributes are repeated is left to the parser's validator.
 */
export function findMarkupProblem(text: string): string | undefined {
  const start = endOfDeclaration(text)
  if (start === undefined) return 'the XML declaration is no `version="1.0"` with `encoding="UTF-8"`'
  const state: ScanState = { depth: 0, roots: 0, elements: 0 }
  for (let i = start; i < text.length; ) {
    const markup = text.indexOf('<', i)
    const piece = text.slice(i, markup < 0 ? text.length : markup)
    const problem = problemOfText(piece, state.depth)
    if (problem !== undefined) return problem
    if (markup < 0) break
    const end = endOfMarkup(text, markup, state)
    if (typeof end === 'string') return end
    i = end
  }
  return state.roots === 1 && state.depth === 0 ? undefined : 'an element has no end, or there is none'
}

interface ScanState {
  depth: number
  roots: number
  elements: number
}

function problemOfText(piece: string, depth: number): string | undefined {
  if (depth === 0) return isBlank(piece) ? undefined : 'there is text outside the root element'
  if (piece.includes(']]>')) return '`]]>` stands outside CDATA'
  return decodeReferences(piece) === undefined ? 'a reference is none of XML’s own, or of no character' : undefined
}

/** Where the construct that starts at `<` has ended, or what is wrong with it. */
function endOfMarkup(text: string, at: number, state: ScanState): number | string {
  switch (text[at + 1]) {
    case '!':
      return endOfCommentOrCdata(text, at, state)
    case '?':
      return 'there is a processing instruction'
    case '/': {
      const end = text.indexOf('>', at)
      state.depth--
      return end < 0 || state.depth < 0 ? 'an end tag has no start tag, or no end' : end + 1
    }
    default:
      return endOfStartTag(text, at, state)
  }
}

function endOfCommentOrCdata(text: string, at: number, state: ScanState): number | string {
  if (text.startsWith('<!--', at)) {
    const end = text.indexOf('--', at + 4)
    return end >= 0 && text[end + 2] === '>' ? end + 3 : 'a comment has no end, or `--` inside'
  }
  if (!text.startsWith('<![CDATA[', at)) return 'there is a document type or another declaration'
  const end = text.indexOf(']]>', at)
  return end >= 0 && state.depth > 0 ? end + 3 : 'CDATA has no end, or stands outside the root element'
}

function endOfStartTag(text: string, at: number, state: ScanState): number | string {
  const end = endOfTag(text, at)
  if (end === undefined) return 'a tag has no end, is too long, or has a `<` or a broken reference inside'
  if (state.depth === 0 && ++state.roots > 1) return 'there is a second root element'
  if (++state.elements > MAX_ELEMENTS) return 'there are too many elements'
  if (text[end - 1] !== '/' && ++state.depth > MAX_DEPTH) return 'elements are nested too deep'
  return end + 1
}

/** The place of the `>` that ends a tag: not one in a quoted value. */
function endOfTag(text: string, at: number): number | undefined {
  const last = Math.min(text.length, at + MAX_TAG_LENGTH)
  let quote = ''
  for (let i = at + 1; i < last; i++) {
    const character = text[i] as string
    if (character === '<') return undefined
    if (quote !== '') quote = character === quote ? '' : quote
    else if (character === '"' || character === "'") quote = character
    else if (character === '>') return decodeReferences(text.slice(at, i)) === undefined ? undefined : i
  }
  return undefined
}

/** Past the XML declaration, if there is one; undefined if it says something else than XML 1.0 in UTF-8. */
function endOfDeclaration(text: string): number | undefined {
  if (!text.startsWith('<?xml') || !isXmlSpace(text.charCodeAt(5))) return 0
  const end = text.slice(0, MAX_DECLARATION).indexOf('?>')
  if (end < 0) return undefined
  const words = text.slice(5, end).replaceAll("'", '"').split('"')
  // `version=`, `1.0`, `encoding=`, `UTF-8`, and blank after the last quote.
  if (words.length % 2 === 0 || !isBlank(words.at(-1) as string)) return undefined
  const expected = [...declarationValues.keys()]
  for (let i = 0; i + 1 < words.length; i += 2) {
    const word = words[i] as string
    const name = word.endsWith('=') && isXmlSpace(word.charCodeAt(0)) ? word.slice(0, -1).trim() : ''
    const values = declarationValues.get(name)
    const place = expected.indexOf(name)
    if (place < 0 || !values?.includes((words[i + 1] as string).toLowerCase())) return undefined
    if (i === 0 && name !== 'version') return undefined
    expected.splice(0, place + 1)
  }
  return words.length === 1 ? undefined : end + 2
}

const MAX_DECLARATION = 200

/** In the order in which XML wants them. */
const declarationValues = new Map<string, readonly string[]>([
  ['version', ['1.0']],
  ['encoding', ['utf-8', 'us-ascii']],
  ['standalone', ['yes', 'no']],
])
