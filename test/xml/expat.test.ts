import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { s3Error } from '../../src/s3-error/s3-error.js'
import { deleteResult } from '../../src/xml/delete-result.js'
import { errorDocument } from '../../src/xml/error-document.js'
import { parseXml } from '../../src/xml/parse-xml.js'
import type { XmlElement } from '../../src/xml/xml-element.js'
import { XmlProblem } from '../../src/xml/xml-problem.js'

/** Name with namespace, text, elements; null for what is no document. */
type Tree = readonly [name: string, text: string, elements: readonly Tree[]]

/** Reads a JSON list of documents, answers with a JSON list of trees. */
const program = `
import json, sys, xml.parsers.expat as expat

def tree(document):
    parser = expat.ParserCreate(namespace_separator=' ')
    stack = [['', '', []]]
    def start(name, attributes):
        element = [name, '', []]
        stack[-1][2].append(element)
        stack.append(element)
    def text(data):
        stack[-1][1] += data
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda name: stack.pop()
    parser.CharacterDataHandler = text
    try:
        parser.Parse(document.encode('utf-8'), True)
    except expat.ExpatError:
        return None
    return stack[0][2][0]

json.dump([tree(document) for document in json.load(sys.stdin)], sys.stdout)
`

function expat(documents: readonly string[]): readonly (Tree | null)[] {
  return JSON.parse(execFileSync('python3', ['-c', program], { input: JSON.stringify(documents), maxBuffer: 2 ** 28, encoding: 'utf8' }))
}

function ours(document: string): Tree | null {
  const root = parseXml(new TextEncoder().encode(document))
  return root instanceof XmlProblem ? null : treeOf(root)
}

function treeOf({ namespace, name, text, elements }: XmlElement): Tree {
  return [namespace === '' ? name : `${namespace} ${name}`, text, elements.map(treeOf)]
}

const hasExpat = (() => {
  try {
    return execFileSync('python3', ['-c', 'import xml.parsers.expat; print(1)'], { encoding: 'utf8', stdio: 'pipe' }) === '1\n'
  } catch {
    return false
  }
})()

const bits = [
  ...[
    '<',
    '>',
    '</',
    '/>',
    'a',
    'b',
    '<a>',
    '</a>',
    '<b/>',
    '<a >',
    '</a >',
    '<b xmlns="u"/>',
    '<p:a xmlns:p="u">',
    '</p:a>',
    '<a xmlns="">',
  ],
  ...['&amp;', '&#65;', '&#x41;', '&#13;', '&', ';', '&x;', '&#0;', '<!--', '-->', '--', '<![CDATA[', ']]>', ']]', '<?x?>', '<?', '?>'],
  ...[
    '<?xml version="1.0"?>',
    '<!DOCTYPE a>',
    '<!',
    '"',
    "'",
    '=',
    ' ',
    '\n',
    '\r',
    '\t',
    'xmlns="u"',
    'é',
    '\u{1f600}',
    ':',
    '\ufeff',
    '\u0085',
  ],
]

describe.skipIf(!hasExpat)('expat, of Python (skipped where there is none)', () => {
  test('what we take is a document to expat, too, and means the same', () => {
    const text = fc.array(fc.constantFrom(...bits), { maxLength: 10 }).map((parts) => parts.join(''))
    const documents = fc.sample(fc.oneof(text, { weight: 3, arbitrary: text.map((inner) => `<a>${inner}</a>`) }), 20_000)
    const read = documents.map((document) => [document, ours(document)] as const).filter(([, tree]) => tree !== null)
    const theirs = expat(read.map(([document]) => document))
    expect(read.length).toBeGreaterThan(1_000)
    expect(read.filter(([, tree], index) => JSON.stringify(tree) !== JSON.stringify(theirs[index]))).toEqual([])
  })

  test('every character is safe in what we write', () => {
    const every = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).join('')
    const documents = [
      errorDocument(s3Error('InvalidArgument', { message: every })),
      deleteResult({ deleted: [{ key: every }], errors: [{ key: every, code: 'AccessDenied', message: every }] }),
    ]
    expect(expat(documents)).toEqual(documents.map(ours))
    expect(expat(documents)).not.toContain(null)
  })
})
