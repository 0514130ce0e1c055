import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { describe, expect, test } from 'vitest'
import { s3Error } from '../../src/s3-error/s3-error.js'
import { deleteResult } from '../../src/xml/delete-result.js'
import { errorDocument } from '../../src/xml/error-document.js'
import { parseXml } from '../../src/xml/parse-xml.js'
import type { XmlElement } from '../../src/xml/xml-element.js'
import { XmlProblem } from '../../src/xml/xml-problem.js'

/** The document as elements, or the reason why it is none. */
function parse(text: string): XmlElement | string {
  const root = parseXml(new TextEncoder().encode(text))
  return root instanceof XmlProblem ? root.text : root
}

/** Names and texts of the elements in the root. */
function partsOf(text: string): readonly (readonly [string, string])[] | string {
  const root = parse(text)
  return typeof root === 'string' ? root : root.elements.map(({ name, text: content }) => [name, content])
}

test('an error as S3 writes it', () => {
  const error = s3Error('InvalidTag', { message: 'no <b>', detail: { TagKey: 'a&b' }, reason: 'never sent' })
  expect(errorDocument(error, { resource: '/photos/a.jpg', requestId: 'R1', hostId: 'H1' })).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
      '<Error><Code>InvalidTag</Code><Message>no &lt;b&gt;</Message><TagKey>a&amp;b</TagKey><Resource>/photos/a.jpg</Resource>' +
      '<RequestId>R1</RequestId><HostId>H1</HostId></Error>',
  )
})

test('an error without context', () => {
  expect(errorDocument(s3Error('AccessDenied'))).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>',
  )
})

describe('any text is safe in an error', () => {
  test.each([
    ['markup', '</Message><Code>OK</Code>', '</Message><Code>OK</Code>'],
    ['the end of CDATA', 'a]]>b', 'a]]>b'],
    ['a reference', '&lt;&#0;', '&lt;&#0;'],
    ['quotes', '"\'', '"\''],
    ['line ends and spaces', ' \r\n\t\r ', ' \r\n\t\r '],
    ['NUL', 'a\0b', 'a\ufffdb'],
    ['other control characters', '\u0001\u001f\u007f', '\ufffd\ufffd\u007f'],
    ['a lone surrogate', 'a\ud800b\udc00', 'a\ufffdb\ufffd'],
    ['a pair', '\u{1f600}', '\u{1f600}'],
    ['what is no character', '\ufffe\uffff', '\ufffd\ufffd'],
    ['a byte order mark', '\ufeff', '\ufeff'],
  ])('%s', (_, text, read) => {
    const document = errorDocument(s3Error('InvalidArgument', { message: text, detail: { ArgumentValue: text } }), { resource: text })
    expect(partsOf(document)).toEqual([
      ['Code', 'InvalidArgument'],
      ['Message', read],
      ['ArgumentValue', read],
      ['Resource', read],
    ])
  })

  test('random text is read back, and another parser agrees', () => {
    const other = new XMLParser({ trimValues: false, parseTagValue: false, htmlEntities: true })
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const document = errorDocument(s3Error('InvalidArgument', { message: text }), { requestId: 'r' })
        const [, message] = partsOf(document)
        expect([...(message?.[1] ?? '')].length).toBe([...text].length)
        expect(XMLValidator.validate(document)).toBe(true)
        expect(other.parse(document).Error.RequestId).toBe('r')
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('the answer to DeleteObjects', () => {
  test('as S3 writes it', () => {
    const errors = [{ key: 'c<d', versionId: 'v2', code: 'AccessDenied', message: 'Access Denied' }]
    expect(deleteResult({ deleted: [{ key: 'a' }, { key: 'b', versionId: 'v1' }], errors })).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<DeleteResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">' +
        '<Deleted><Key>a</Key></Deleted><Deleted><Key>b</Key><VersionId>v1</VersionId></Deleted>' +
        '<Error><Key>c&lt;d</Key><VersionId>v2</VersionId><Code>AccessDenied</Code><Message>Access Denied</Message></Error></DeleteResult>',
    )
  })

  test('nothing to tell', () => {
    expect(parse(deleteResult({ deleted: [], errors: [] }))).toMatchObject({ name: 'DeleteResult', elements: [] })
  })

  test('keys with line ends and spaces are read back', () => {
    const root = parse(deleteResult({ deleted: [{ key: ' a\r\nb ' }], errors: [] }))
    expect(root).toMatchObject({ elements: [{ name: 'Deleted', elements: [{ name: 'Key', text: ' a\r\nb ' }] }] })
  })
})

const hasXmllint = (() => {
  try {
    execFileSync('xmllint', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

test.skipIf(!hasXmllint)('xmllint reads them (skipped where it is not installed)', () => {
  const every = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).join('')
  const documents = [
    errorDocument(s3Error('InvalidArgument', { message: every })),
    deleteResult({ deleted: [{ key: every }], errors: [{ key: every, code: 'AccessDenied', message: every }] }),
  ]
  for (const input of documents) execFileSync('xmllint', ['--noout', '-'], { input })
})
