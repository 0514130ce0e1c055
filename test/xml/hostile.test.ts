import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { documents } from '../../src/xml/documents.js'
import { readBody } from '../../src/xml/read-body.js'
import { keysOf, outcome, read, S3, XSI } from './read.js'

const good = '<Delete><Object><Key>a</Key></Object></Delete>'
/** A request to delete one object, its key written as this. */
const withKey = (key: string) => `<Delete><Object><Key>${key}</Key></Object></Delete>`

describe('keys are kept as they were written', () => {
  test.each([
    ['spaces around', ' a ', ' a '],
    ['only a space', ' ', ' '],
    ['a line feed', '\n', '\n'],
    ['what XML makes of line ends', 'a\r\nb\rc', 'a\nb\nc'],
    ['a carriage return as a reference', 'a&#13;&#10;b', 'a\r\nb'],
    ['leading zeros', '007', '007'],
    ['an exponent', '1e3', '1e3'],
    ['hexadecimal', '0x1F', '0x1F'],
    ['a boolean', 'true', 'true'],
    ['null', 'null', 'null'],
    ['a prototype', '__proto__', '__proto__'],
    ['a constructor', 'constructor', 'constructor'],
    ['the five references', '&lt;&gt;&amp;&quot;&apos;', '<>&"\''],
    ['numeric references', '&#x20;&#32;&#x1F600;&#65;', '  \u{1f600}A'],
    ['references are decoded once', '&amp;lt;&amp;#x41;&amp;amp;', '&lt;&#x41;&amp;'],
    ['a comment inside', 'a<!-- b -->c', 'ac'],
    ['an empty comment', 'a<!---->c', 'ac'],
    ['CDATA', '<![CDATA[<Key>&lt;]]>', '<Key>&lt;'],
    ['CDATA between text', ' a<![CDATA[ &amp; ]]>b&amp;', ' a &amp; b&'],
    ['CDATA beside CDATA', '<![CDATA[]]]]><![CDATA[>]]>', ']]>'],
    ['empty CDATA', 'a<![CDATA[]]>b', 'ab'],
    ['the end of a tag', 'a>b', 'a>b'],
    ['the parser’s own names', '#text:@', '#text:@'],
    ['other planes and combining marks', 'e\u0301/\u{1f468}\u200d\u{1f469}', 'e\u0301/\u{1f468}\u200d\u{1f469}'],
    ['a byte order mark inside', 'a\ufeffb', 'a\ufeffb'],
    ['1,024 bytes', '\u00e4'.repeat(512), '\u00e4'.repeat(512)],
  ])('%s', (_, written, key) => {
    expect(keysOf(withKey(written))).toEqual([key])
  })
})

describe('documents that are read', () => {
  test.each([
    ['without namespace', good],
    ['with S3’s namespace', `<Delete xmlns="${S3}"><Object><Key>a</Key></Object></Delete>`],
    ['with a prefix', `<s:Delete xmlns:s='${S3}'><s:Object><s:Key>a</s:Key></s:Object></s:Delete>`],
    ['with a prefix on the root alone', `<s:Delete xmlns:s="${S3}"><Object><Key>a</Key></Object></s:Delete>`],
    ['with a prefix bound late', `<Delete><p:Object xmlns:p="${S3}"><p:Key>a</p:Key></p:Object></Delete>`],
    ['with a namespace by reference', `<Delete xmlns="${S3.replace('/doc', '&#x2F;doc')}"><Object><Key>a</Key></Object></Delete>`],
    ['with declaration', `<?xml version="1.0" encoding="UTF-8"?>\n${good}`],
    ['with a declaration in other spelling', `<?xml version='1.0'  encoding='utf-8' standalone="yes" ?>${good}`],
    ['with a declaration without encoding', `<?xml version="1.0"?>${good}`],
    ['with byte order mark', `\ufeff${good}`],
    ['with byte order mark and declaration', `\ufeff<?xml version="1.0"?>${good}`],
    ['indented', '\n<Delete>\n  <Object>\r\n\t<Key>a</Key>\n  </Object >\n</Delete >\n'],
    ['with comments everywhere', `<!-- 1 --><Delete><!-- <x> & -->${'<Object><!-- 2 --><Key>a</Key></Object>'}</Delete><!-- 3 -->\n`],
    ['with blank CDATA between elements', '<Delete><![CDATA[ ]]><Object><Key>a</Key></Object></Delete>'],
  ])('%s', (_, text) => {
    expect(keysOf(text)).toEqual(['a'])
  })
})

describe('MalformedXML', () => {
  const deep = (depth: number) => `${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}`
  test.each([
    ['a DOCTYPE', `<!DOCTYPE Delete>${good}`],
    ['a DOCTYPE in lower case', `<!doctype Delete>${good}`],
    ['a DOCTYPE with an entity', `<!DOCTYPE d [<!ENTITY e "x">]>${withKey('&e;')}`],
    ['a DOCTYPE with an external entity', `<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]>${withKey('&e;')}`],
    ['a DOCTYPE after a comment', `<!-- --><!DOCTYPE d>${good}`],
    ['a DOCTYPE after the declaration', `<?xml version="1.0"?>\n<!DOCTYPE d>${good}`],
    ['a DOCTYPE inside an element', withKey('<!DOCTYPE d [<!ENTITY e "x">]>&e;')],
    ['a DOCTYPE after the root', `${good}<!DOCTYPE d>`],
    ['an entity declaration', withKey('<!ENTITY e "x">')],
    ['an entity that nobody declared', withKey('&e;')],
    ['an entity of HTML', withKey('&nbsp;')],
    ['a named prototype', withKey('&__proto__;')],
    ['a named constructor', withKey('&constructor;')],
    ['a lone ampersand', withKey('a & b')],
    ['a lone ampersand at the end', withKey('a&')],
    ['a reference without end', withKey('&amp')],
    ['a reference in capitals', withKey('&AMP;')],
    ['a reference cut by a comment', withKey('&am<!-- -->p;')],
    ['a reference cut by CDATA', withKey('&am<![CDATA[p;]]>')],
    ['a reference to NUL', withKey('&#0;')],
    ['a reference to a control character', withKey('&#x1b;')],
    ['a reference to half a pair', withKey('&#xD83D;&#xDE00;')],
    ['a reference to U+FFFE', withKey('&#xFFFE;')],
    ['a reference past Unicode', withKey('&#x110000;')],
    ['a reference to infinity', withKey(`&#${'9'.repeat(400)};`)],
    ['a reference without digits', withKey('&#;')],
    ['a hexadecimal reference without digits', withKey('&#x;')],
    ['a hexadecimal reference in capitals', withKey('&#X41;')],
    ['a negative reference', withKey('&#-65;')],
    ['a reference with a space', withKey('&# 65;')],
    ['a reference with wrong digits', withKey('&#6a;')],
    ['`]]>` in text', withKey('a]]>b')],
    ['a control character', withKey('a\u0001b')],
    ['NUL', withKey('a\0b')],
    ['U+FFFF', withKey('a\uffffb')],
    ['two roots', good + good],
    ['two roots, the first without content', `<Delete/>${good}`],
    ['two roots, the second without content', `${good}<Delete/>`],
    ['text before the root', `x${good}`],
    ['text after the root', `${good}x`],
    ['text after a root without content', '<Delete/>x'],
    ['a reference after the root', `${good}&#32;`],
    ['CDATA after the root', `${good}<![CDATA[ ]]>`],
    ['CDATA before the root', `<![CDATA[ ]]>${good}`],
    ['no root', ''.padEnd(3)],
    ['only a declaration', '<?xml version="1.0"?>'],
    ['only a comment', '<!-- -->'],
    ['a root without end', '<Delete><Object><Key>a</Key></Object>'],
    ['an element without end', '<Delete><Object><Key>a</Object></Delete>'],
    ['tags that cross', '<Delete><Object><Key>a</Object></Key></Delete>'],
    ['an end without start', `${good}</Delete>`],
    ['an end of another name', '<Delete><Object><Key>a</key></Object></Delete>'],
    ['an end with an attribute', '<Delete><Object><Key>a</Key x="1"></Object></Delete>'],
    ['an end with another prefix', `<Delete xmlns:p="${S3}" xmlns:q="${S3}"><Object><p:Key>a</q:Key></Object></Delete>`],
    ['a tag without end', '<Delete'],
    ['a tag without name', '<Delete>< Object><Key>a</Key></Object></Delete>'],
    ['a tag inside a tag', '<Delete><Object <Key>a</Key></Object></Delete>'],
    ['a name with a digit first', '<Delete><1/></Delete>'],
    ['a comment without end', `${good}<!-- `],
    ['a comment with `--`', `<!-- a -- b -->${good}`],
    ['a comment that ends with `--->`', `<!-- a --->${good}`],
    ['`<!-->`', `<!-->${good}`],
    ['CDATA without end', withKey('<![CDATA[a')],
    ['CDATA in lower case', withKey('<![cdata[a]]>')],
    ['a processing instruction', `<?php echo 1 ?>${good}`],
    ['a processing instruction inside', withKey('a<?x?>b')],
    ['a stylesheet', `<?xml version="1.0"?><?xml-stylesheet href="a"?>${good}`],
    ['a declaration after white space', ` <?xml version="1.0"?>${good}`],
    ['a second declaration', `<?xml version="1.0"?><?xml version="1.0"?>${good}`],
    ['a declaration without version', `<?xml encoding="UTF-8"?>${good}`],
    ['a declaration of XML 1.1', `<?xml version="1.1"?>${good}`],
    ['another encoding', `<?xml version="1.0" encoding="ISO-8859-1"?>${good}`],
    ['UTF-7', `<?xml version="1.0" encoding="UTF-7"?>${withKey('+ADw-')}`],
    ['UTF-16 in the declaration', `<?xml version="1.0" encoding="UTF-16"?>${good}`],
    ['a declaration twice the encoding', `<?xml version="1.0" encoding="UTF-8" encoding="UTF-8"?>${good}`],
    ['a declaration with order turned', `<?xml encoding="UTF-8" version="1.0"?>${good}`],
    ['a declaration with more', `<?xml version="1.0" x="1"?>${good}`],
    ['a declaration without quotes', `<?xml version=1.0?>${good}`],
    ['a declaration without anything', `<?xml ?>${good}`],
    ['a declaration without end', '<?xml version="1.0"'],
    ['another namespace', '<Delete xmlns="http://example.com/"><Object><Key>a</Key></Object></Delete>'],
    ['the namespace without slash', `<Delete xmlns="${S3.slice(0, -1)}"><Object><Key>a</Key></Object></Delete>`],
    ['the namespace with https', `<Delete xmlns="${S3.replace('http', 'https')}"><Object><Key>a</Key></Object></Delete>`],
    ['the namespace with a space', `<Delete xmlns=" ${S3}"><Object><Key>a</Key></Object></Delete>`],
    ['another namespace inside', '<Delete><Object xmlns="http://example.com/"><Key>a</Key></Object></Delete>'],
    ['a prefix bound to another namespace', '<Delete xmlns:p="http://example.com/"><p:Object><p:Key>a</p:Key></p:Object></Delete>'],
    ['a prefix bound again', `<p:Delete xmlns:p="${S3}"><p:Object xmlns:p="http://example.com/"><p:Key>a</p:Key></p:Object></p:Delete>`],
    ['a prefix bound to nothing', '<p:Delete><Object><Key>a</Key></Object></p:Delete>'],
    ['a prefix out of its scope', `<Delete><p:Object xmlns:p="${S3}"><Key>a</Key></p:Object><p:Quiet>true</p:Quiet></Delete>`],
    ['a prefix undone', '<Delete xmlns:p=""><Object><Key>a</Key></Object></Delete>'],
    ['two colons', `<a:b:Delete xmlns:a="${S3}"><Object><Key>a</Key></Object></a:b:Delete>`],
    ['the prefix xmlns', `<Delete xmlns:xmlns="${S3}"><Object><Key>a</Key></Object></Delete>`],
    ['an attribute', '<Delete id="1"><Object><Key>a</Key></Object></Delete>'],
    ['an attribute of the prototype', '<Delete __proto__="1"><Object><Key>a</Key></Object></Delete>'],
    ['xml:space', '<Delete xml:space="preserve"><Object><Key>a</Key></Object></Delete>'],
    ['an attribute twice', `<Delete xmlns="${S3}" xmlns="${S3}"><Object><Key>a</Key></Object></Delete>`],
    ['a type where there is none', `<Delete xmlns:x="${XSI}" x:type="Delete"><Object><Key>a</Key></Object></Delete>`],
    ['a type on a key', `<Delete xmlns:x="${XSI}"><Object><Key x:type="string">a</Key></Object></Delete>`],
    ['an attribute without value', '<Delete a><Object><Key>a</Key></Object></Delete>'],
    ['an attribute without quotes', '<Delete a=b><Object><Key>a</Key></Object></Delete>'],
    ['an attribute with a broken reference', `<Delete xmlns="${S3}&x;"><Object><Key>a</Key></Object></Delete>`],
    [
      'many attributes',
      `<Delete ${Array.from({ length: 100_000 }, (_, i) => `a${i}=""`).join(' ')}><Object><Key>a</Key></Object></Delete>`,
    ],
    ['a long name', `<${'a'.repeat(1_000_000)}/>`],
    ['a long run of spaces in a tag', `<Delete${' '.repeat(1_000_000)}><Object><Key>a</Key></Object></Delete>`],
    ['a quote without end', `<Delete a="${'x'.repeat(1_000_000)}`],
    ['too deep', `<Delete>${deep(8)}</Delete>`],
    ['far too deep', deep(100_000)],
    ['deep and never closed', '<a>'.repeat(500_000)],
    ['too many elements', `<Delete>${'<a/>'.repeat(10_000)}</Delete>`],
    ['many comments, the last without end', `<Delete>${'<!---->'.repeat(200_000)}<!--`],
    ['many ampersands', withKey('&'.repeat(1_000_000))],
    ['many brackets', withKey('<![CDATA['.repeat(100_000))],
    ['an element named __proto__', '<Delete><__proto__>a</__proto__><Object><Key>a</Key></Object></Delete>'],
    ['an element named constructor', '<Delete><constructor/><Object><Key>a</Key></Object></Delete>'],
    ['an element named hasOwnProperty', '<Delete><hasOwnProperty/><Object><Key>a</Key></Object></Delete>'],
    ['a root named toString', '<toString/>'],
    ['another root', '<Tagging><TagSet/></Tagging>'],
    ['the root in lower case', '<delete><Object><Key>a</Key></Object></delete>'],
    ['JSON', '{"Delete":{}}'],
  ])('%s', (_, text) => {
    expect(keysOf(text)).toBe('MalformedXML')
  })

  test.each([
    ['bytes that are no UTF-8', Uint8Array.of(0x3c, 0x61, 0x3e, 0xff, 0x3c, 0x2f, 0x61, 0x3e)],
    [
      'an overlong form of `/`',
      Uint8Array.from([...Buffer.from('<Delete><Object><Key>'), 0xc0, 0xaf, ...Buffer.from('</Key></Object></Delete>')]),
    ],
    [
      'half a pair as UTF-8',
      Uint8Array.from([...Buffer.from('<Delete><Object><Key>'), 0xed, 0xa0, 0x80, ...Buffer.from('</Key></Object></Delete>')]),
    ],
    ['UTF-16 with byte order mark', new Uint8Array(Buffer.from(`\ufeff${good}`, 'utf16le'))],
    ['UTF-16 without byte order mark', new Uint8Array(Buffer.from(good, 'utf16le'))],
    ['a byte order mark alone', Uint8Array.of(0xef, 0xbb, 0xbf)],
  ])('%s', (_, bytes) => {
    expect(keysOf(bytes)).toBe('MalformedXML')
  })
})

test('ten thousand references, far past what the parser would decode, are decoded', () => {
  expect(
    keysOf(`<Delete>${'<Object><Key>&amp;&lt;&#x41;&#66;&gt;&quot;&apos;&amp;&amp;&amp;</Key></Object>'.repeat(1_000)}</Delete>`),
  ).toEqual(Array.from({ length: 1_000 }, () => '&<AB>"\'&&&'))
})

test('the reason says what was wrong and is apart from the message', () => {
  expect(read('delete', `<!DOCTYPE d>${good}`)).toMatchObject({
    code: 'MalformedXML',
    status: 400,
    message: 'The XML you provided was not well-formed or did not validate against our published schema.',
    reason: 'there is a document type or another declaration',
  })
})

const kinds = Object.keys(documents) as (keyof typeof documents)[]
const markup = [
  '<',
  '>',
  '/',
  '!',
  '?',
  '&',
  ';',
  '#',
  'x',
  '"',
  "'",
  '=',
  ' ',
  'a',
  '-',
  '[',
  ']',
  '--',
  ']]>',
  '<![CDATA[',
  'Key',
  'Object',
  'xmlns',
  ':',
  '\0',
]

describe('nothing makes the reader throw', () => {
  test.each(kinds)('%s', (kind) => {
    const anything = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.array(fc.constantFrom(...markup), { maxLength: 60 }).map((parts) => new TextEncoder().encode(parts.join(''))),
      fc
        .array(fc.constantFrom(...markup), { maxLength: 20 })
        .map((parts) => new TextEncoder().encode(`<${documents[kind].root}>${parts.join('')}</${documents[kind].root}>`)),
    )
    fc.assert(
      fc.property(anything, (bytes) => {
        const body = readBody(kind, bytes)
        expect(body.kind === 'error' || kind.endsWith(body.kind)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  test('a document that is cut anywhere is refused', () => {
    const whole = `<?xml version="1.0"?><Delete xmlns="${S3}"><!-- c --><Object><Key>&lt;<![CDATA[x]]></Key></Object></Delete>`
    expect(keysOf(whole)).toEqual(['<x'])
    for (let end = 1; end < whole.length; end++) expect(outcome('delete', whole.slice(0, end))).toBe('MalformedXML')
  })
})
