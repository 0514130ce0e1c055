import { between, chance, pick, type Random, times } from '../differential/random.js'
import { keys, SERVICE } from './scene.js'
import type { Sent } from './sent.js'

export type Mutation = (random: Random, sent: Sent) => void

const hostile = [
  '%2f',
  '%2F',
  '%252f',
  '%25',
  '%c0%af',
  '%e0%80%af',
  '%ed%a0%80',
  '%f4%90%80%80',
  '%00',
  '\0',
  '\\',
  '%5c',
  ';',
  '#',
  '%23',
  '//',
  '/../',
  '/./',
  '%2e%2e/',
  '..%2f',
  '\u00e9',
  '\u00c3\u00a9',
  '\u212a',
  '\u0130',
  '\ud800',
  '%ff',
  '+',
  '%2b',
  '%20',
  ' ',
  '\t',
  '%',
  '%z',
  '%4',
  '?',
  '%3f',
  '&',
  '=',
  '%26',
  '%3D',
  '\r\n',
  '\n',
  '%0d%0a',
  '\u00a0',
  '\u0085',
  '*',
  '|',
  '"',
  '<',
  '${',
  '@',
  ':',
  ',',
  '\x7f',
  'e%CC%81',
  '%C3%A9',
  '%EF%BC%8F',
  'public/',
  'team/',
]

const parameters = [
  'acl',
  'policy',
  'tagging',
  'versions',
  'uploads',
  'delete',
  'torrent',
  'restore',
  'select',
  'attributes',
  'retention',
  'legal-hold',
  'cors',
  'website',
  'location',
  'policyStatus',
  'publicAccessBlock',
  'session',
  'renameObject',
  'ACL',
  'Policy',
  'acl=',
  'acl%00',
  'acl%20',
  '%61cl',
  '+acl',
  'versionId',
  'versionId=',
  'versionId=3',
  'VersionId=3',
  'versionid=3',
  'uploadId=1',
  'partNumber=1',
  'list-type=2',
  'response-content-type=text/html',
  'prefix=team/',
  'x-amz-acl=public-read',
  'X-Amz-Acl=public-read',
  'x-amz-copy-source=vault/a',
  'x-amz-tagging=a',
  'x-amz-security-token=t',
  'X-Amz-Security-Token=t',
  'X-Amz-Signature=00',
  'x-amz-signature=00',
  'X-Amz-Expires=99999999',
  'X-Amz-Algorithm=AWS4-HMAC-SHA256',
  'X-Amz-Content-Sha256=UNSIGNED-PAYLOAD',
  'AWSAccessKeyId=x',
  'Signature=x',
  'Expires=1',
  'x-id=PutObject',
  'x-foo',
  'unknown=1',
  '',
  '=',
  '=acl',
  '__proto__',
  'constructor',
  'method=PUT',
  '_method=DELETE',
]

const headers: readonly (readonly [string, string])[] = [
  ['x-amz-acl', 'public-read'],
  ['x_amz_acl', 'public-read'],
  ['X_Amz-Acl', 'public-read'],
  ['x-amz_acl', 'public-read'],
  ['x_amz_copy_source', 'vault/a'],
  ['x-amz-acl ', 'public-read'],
  [' x-amz-acl', 'public-read'],
  ['x-amz-copy-source', 'vault/a'],
  ['x-amz-copy-source', '/raw-photos/%2e%2e/a?versionId=1'],
  ['x-amz-tagging', 'a=b'],
  ['x-amz-bypass-governance-retention', 'TRUE'],
  ['x-amz-meta-a', 'b'],
  ['x-amz-website-redirect-location', '/'],
  ['X-Amz-Date', '20260921T141320Z'],
  ['Date', 'Mon, 21 Sep 2026 14:13:20 GMT'],
  ['X-Amz-Content-Sha256', 'UNSIGNED-PAYLOAD'],
  ['x-amz-security-token', 'token'],
  ['Host', `vault.${SERVICE}`],
  ['host', 'open.s3.example.com.'],
  ['Host ', SERVICE],
  ['X-Forwarded-Host', `vault.${SERVICE}`],
  ['X-Original-URL', '/vault/a'],
  ['X-HTTP-Method-Override', 'DELETE'],
  ['Authorization', 'AWS4-HMAC-SHA256 Credential=x/20260921/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0'],
  ['Authorization', 'AWS x:y'],
  ['Authorization', ''],
  ['Content-Length', '0'],
  ['Content-Length', '99999999999999999999'],
  ['Transfer-Encoding', 'chunked'],
  ['Content-Type', 'multipart/form-data; boundary=x'],
  ['Content-Encoding', 'aws-chunked'],
  ['x-amz-decoded-content-length', '-1'],
  ['x-amz-trailer', 'x-amz-checksum-sha256'],
  ['Expect', '100-continue'],
  ['__proto__', 'x'],
  ['constructor', 'x'],
  ['Origin', 'https://a.example'],
  ['Referer', 'x'],
  ['Connection', 'x-amz-acl'],
]

const splice = (text: string, at: number, remove: number, insert: string): string => text.slice(0, at) + insert + text.slice(at + remove)
const place = (random: Random, text: string | Uint8Array): number => between(random, 0, Math.max(0, text.length - 1))
const oddChar = (random: Random): string =>
  String.fromCharCode(chance(random, 0.95) ? between(random, 0, 255) : between(random, 256, 0xffff))

/** Changes one character, takes it away, puts one in, or says it twice. */
function changed(random: Random, text: string): string {
  const at = place(random, text)
  return splice(text, at, between(random, 0, 1), pick(random, [oddChar(random), '', pick(random, hostile), text[at] ?? 'a']))
}

function changeTarget(sent: Sent, change: (text: string) => string): void {
  sent.target = change(sent.target)
}

function changeQuery(random: Random, sent: Sent, change: (parameters: string[]) => string[]): void {
  const mark = sent.target.indexOf('?')
  const path = mark < 0 ? sent.target : sent.target.slice(0, mark)
  const query = change(mark < 0 ? [] : sent.target.slice(mark + 1).split('&'))
  sent.target = query.length === 0 ? path : `${path}${chance(random, 0.98) ? '?' : '%3F'}${query.join('&')}`
}

function changeHeader(random: Random, sent: Sent, which: (name: string) => boolean, change: (value: string) => string): void {
  const found = sent.headers.filter(([name]) => which(name.toLowerCase()))
  if (found.length === 0) return
  const header = pick(random, found)
  header[1] = change(header[1])
}

/** Changes what a signature claims, in the header or in the query. */
function changeClaim(random: Random, sent: Sent, pattern: RegExp, change: (text: string) => string): void {
  sent.target = sent.target.replace(pattern, change)
  changeHeader(
    random,
    sent,
    (name) => name === 'authorization' || name === 'x-amz-date',
    (value) => value.replace(pattern, change),
  )
}

function changeBody(sent: Sent, change: (text: string) => string): void {
  sent.body = Buffer.from(change(Buffer.from(sent.body).toString('latin1')), 'latin1')
}

function shuffle<T>(random: Random, list: readonly T[]): T[] {
  return list
    .map((item) => [random(), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item)
}

const digit = (random: Random, text: string): string => splice(text, place(random, text), 1, pick(random, [...'0123456789abcdefABCDEF/T ']))

/** What is done to requests. Some of it is done before they are signed too, so that hostile requests come rightly signed. */
export const mutations: Readonly<Record<string, Mutation>> = {
  'target: a byte': (random, sent) => changeTarget(sent, (text) => changed(random, text)),
  'target: hostile text': (random, sent) => changeTarget(sent, (text) => splice(text, place(random, text) + 1, 0, pick(random, hostile))),
  'target: a character encoded': (random, sent) =>
    changeTarget(sent, (text) => {
      const at = place(random, text)
      const hex = text.charCodeAt(at).toString(16)
      return splice(text, at, 1, `%${chance(random, 0.5) ? hex.toUpperCase() : hex}`)
    }),
  'target: encoded twice': (_, sent) => changeTarget(sent, (text) => text.replace('%', '%25')),
  'target: decoded once': (random, sent) =>
    changeTarget(sent, (text) =>
      text.replace(chance(random, 0.5) ? /%([0-9A-F]{2})/i : /%([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
    ),
  'target: other form': (random, sent) =>
    changeTarget(sent, (text) =>
      pick(random, [
        `http://${SERVICE}${text}`,
        '*',
        `${SERVICE}:443`,
        `//${SERVICE}${text}`,
        `/${text}`,
        text.slice(1),
        '',
        `${text}#${text}`,
        `/.${text}`,
      ]),
    ),
  'target: other normal form': (random, sent) =>
    changeTarget(sent, (text) => {
      try {
        return encodeURI(decodeURI(text).normalize(pick(random, ['NFC', 'NFD', 'NFKC'])))
      } catch {
        return text
      }
    }),
  'target: huge': (random, sent) =>
    changeTarget(sent, (text) => text + pick(random, ['/', 'a', '%41', '&a=b', '%', '+', '?']).repeat(between(random, 50, 6000))),
  'target: other bucket': (random, sent) =>
    changeTarget(sent, (text) =>
      text.replace(
        /^\/(open|vault|final-photos|uploads)/,
        pick(random, ['/vault', '/open', '/OPEN', '/..', '/open%2fpublic', '/final-photos']),
      ),
    ),
  'query: parameter added': (random, sent) => changeQuery(random, sent, (query) => shuffle(random, [...query, pick(random, parameters)])),
  'query: parameter repeated': (random, sent) =>
    changeQuery(random, sent, (query) =>
      query.length === 0
        ? query
        : [...query, chance(random, 0.5) ? pick(random, query) : `${pick(random, query).split('=')[0]}=${pick(random, ['', '1', 'x'])}`],
    ),
  'query: parameter dropped': (random, sent) =>
    changeQuery(random, sent, (query) => query.filter((_, index) => index !== place(random, ' '.repeat(query.length)))),
  'query: other order': (random, sent) => changeQuery(random, sent, (query) => shuffle(random, query)),
  'query: spelling of a name': (random, sent) =>
    changeQuery(random, sent, (query) =>
      query.map((each) => (chance(random, 0.3) ? (chance(random, 0.5) ? each.toLowerCase() : each.toUpperCase()) : each)),
    ),
  method: (random, sent) => {
    sent.method = pick(random, [
      'GET',
      'HEAD',
      'PUT',
      'POST',
      'DELETE',
      'OPTIONS',
      'PATCH',
      'TRACE',
      'CONNECT',
      'get',
      'Put',
      '',
      'GET ',
      'PROPFIND',
      '__proto__',
      'G'.repeat(100),
    ])
  },
  'header: a byte of a value': (random, sent) =>
    changeHeader(
      random,
      sent,
      () => true,
      (value) => changed(random, value),
    ),
  'header: a byte of a name': (random, sent) => {
    if (sent.headers.length > 0) {
      const header = pick(random, sent.headers)
      header[0] = changed(random, header[0])
    }
  },
  'header: underscores': (random, sent) => {
    for (const header of sent.headers) if (chance(random, 0.3)) header[0] = header[0].replaceAll('-', '_')
  },
  'header: dropped': (random, sent) => {
    sent.headers.splice(place(random, ' '.repeat(sent.headers.length)), 1)
  },
  'header: repeated': (random, sent) => {
    if (sent.headers.length === 0) return
    const [name, value] = pick(random, sent.headers)
    sent.headers.splice(place(random, ' '.repeat(sent.headers.length)), 0, [
      pick(random, [name, name.toUpperCase()]),
      pick(random, [value, value, '', 'x']),
    ])
  },
  'header: other order': (random, sent) => {
    sent.headers = shuffle(random, sent.headers)
  },
  'header: other spelling': (random, sent) => {
    for (const header of sent.headers) header[0] = chance(random, 0.5) ? header[0].toUpperCase() : header[0].toLowerCase()
  },
  'header: hostile one added': (random, sent) => {
    const [name, value] = pick(random, headers)
    sent.headers.splice(place(random, ' '.repeat(sent.headers.length + 1)), 0, [name, value])
  },
  'header: blanks': (random, sent) =>
    changeHeader(
      random,
      sent,
      () => true,
      (value) => splice(value, place(random, value), 0, pick(random, [' ', '  ', '\t', '\r\n ', '\u00a0'])),
    ),
  'header: huge': (random, sent) =>
    changeHeader(
      random,
      sent,
      () => true,
      (value) => value + pick(random, ['a', ' ', ',', ';', 'é', '/']).repeat(between(random, 100, 70_000)),
    ),
  'header: many': (random, sent) => {
    const name = pick(random, ['x-amz-meta-', 'a', 'x-'])
    sent.headers.push(...times(between(random, 20, 400), (): [string, string] => [`${name}${between(random, 0, 300)}`, 'v']))
  },
  'copy source': (random, sent) => {
    const source = pick(random, [
      'vault/a',
      '/vault/a',
      '//vault/a',
      'vault%2Fa',
      'vault/a?versionId=1',
      'vault/a%3FversionId=1',
      'vault/a?versionId=1&x',
      'vault/a?VersionId=1',
      'open/../vault/a',
      'open/public/a.jpg',
      'open%2fpublic%2fa',
      'open/a+b',
      'open/a%2Bb',
      'open',
      'open/',
      '/',
      '',
      'arn:aws:s3:::vault/a',
      'vault/%00',
      'vault/%ff',
      'vault/é',
      'vault%5Ca',
      `vault/${'a'.repeat(1100)}`,
      'open/public/a.jpg?versionId=',
    ])
    sent.headers = [...sent.headers.filter(([name]) => name.toLowerCase() !== 'x-amz-copy-source'), ['x-amz-copy-source', source]]
  },
  'claim: a digit of the signature': (random, sent) =>
    changeClaim(random, sent, /(?<=Signature=)[0-9a-f]{64}/, (text) => digit(random, text)),
  'claim: signature in capitals': (random, sent) => changeClaim(random, sent, /(?<=Signature=)[0-9a-f]{64}/, (text) => text.toUpperCase()),
  'claim: signature cut': (random, sent) =>
    changeClaim(random, sent, /(?<=Signature=)[0-9a-f]{64}/, (text) => text.slice(0, place(random, text))),
  'claim: date': (random, sent) => changeClaim(random, sent, /\d{8}T\d{6}Z/, (text) => digit(random, text)),
  'claim: scope': (random, sent) => changeClaim(random, sent, /\d{8}(\/|%2F)[\w-]+(\/|%2F)s3/i, (text) => digit(random, text)),
  'claim: terminator': (random, sent) =>
    changeClaim(random, sent, /s3(\/|%2F)aws4_request/i, () =>
      pick(random, ['s3%2Faws4', 's3/aws4_request/', 'ec2/aws4_request', 's3//aws4_request', 's3']),
    ),
  'claim: expiry': (random, sent) =>
    changeClaim(random, sent, /(?<=X-Amz-Expires=)\d+/, () =>
      pick(random, ['0', '-1', '604801', '1e3', '', '900.0', '0900', '+900', '9'.repeat(400)]),
    ),
  'claim: signed headers': (random, sent) =>
    changeClaim(random, sent, /(?<=SignedHeaders=)[^,& ]+/, (text) =>
      pick(random, [
        text.replace('host;', ''),
        'host',
        `${text};${text}`,
        `${text};x-none`,
        `${text}%3Bx-amz-acl`,
        text.toUpperCase(),
        ';',
        `;${text}`,
        'x;'.repeat(200),
      ]),
    ),
  'claim: other key': (random, sent) =>
    changeClaim(random, sent, /(?<=Credential=)\w+/, () => pick(random, [keys.full, keys.gone, keys.stray, 'NOBODY', '', 'a'.repeat(300)])),
  'body: a byte': (random, sent) => changeBody(sent, (text) => changed(random, text)),
  'body: a byte flipped': (random, sent) => {
    const body = Buffer.from(sent.body)
    const at = place(random, body)
    if (body.length > 0) body[at] = (body[at] as number) ^ (1 << between(random, 0, 7))
    sent.body = body
  },
  'body: cut': (random, sent) => {
    sent.body = sent.body.subarray(0, place(random, sent.body))
  },
  'body: longer': (random, sent) =>
    changeBody(sent, (text) => text + pick(random, ['x', '\r\n', '0\r\n\r\n', text, `--${'-'.repeat(30)}`])),
  'body: lines swapped': (random, sent) => changeBody(sent, (text) => shuffle(random, text.split('\r\n')).join('\r\n')),
  'body: a line repeated': (random, sent) =>
    changeBody(sent, (text) => {
      const lines = text.split('\r\n')
      return [...lines.slice(0, 2), pick(random, lines), ...lines.slice(2)].join('\r\n')
    }),
  'body: sizes of chunks': (random, sent) =>
    changeBody(sent, (text) =>
      text.replace(/^[0-9a-f]+(?=[;\r])/m, (size) =>
        pick(random, [size.toUpperCase(), `0${size}`, `-${size}`, `${size}0`, '0', 'ffffffffffff', '9'.repeat(2000)]),
      ),
    ),
  'body: hostile document': (random, sent) =>
    changeBody(sent, () =>
      pick(random, [
        '<!DOCTYPE a [<!ENTITY b "c">]><Delete>&b;</Delete>',
        '<Delete>'.repeat(3000),
        `<Delete>${'<Object><Key>a</Key></Object>'.repeat(1001)}</Delete>`,
        '<Delete><Object><Key>../x</Key></Object></Delete>',
        '<Delete xmlns="urn:x"><Object><Key>a</Key></Object></Delete>',
      ]),
    ),
  'body: huge': (random, sent) => {
    sent.body = hugeBodies[between(random, 0, 1)] as Uint8Array
  },
  'connection: no TLS': (_, sent) => {
    sent.secure = false
  },
  'connection: later': (random, sent) => {
    sent.time += pick(random, [-86_400_000, -900_001, -20_000, 70_000, 899_000, 901_000, 3_600_001, 700_000_000])
  },
}

/** One that is past every limit of a document, and one of signed chunks that is past what is held back. */
const hugeBodies: readonly Uint8Array[] = [
  Buffer.alloc(3_000_000, '<'),
  Buffer.concat([Buffer.from(`2000000;chunk-signature=${'0'.repeat(64)}\r\n`), Buffer.alloc(1000, 'a')]),
]

export const mutationNames: readonly string[] = Object.keys(mutations)

/** A request of nothing but chance. */
export function randomSent(random: Random, time: number): Sent {
  const text = (most: number): string =>
    times(between(random, 0, most), () =>
      chance(random, 0.3) ? pick(random, hostile) : chance(random, 0.6) ? pick(random, [...'abc/?&=%.-_0129']) : oddChar(random),
    ).join('')
  return {
    method: pick(random, ['GET', 'PUT', 'POST', 'DELETE', 'HEAD', 'OPTIONS', text(5)]),
    target:
      (chance(random, 0.9) ? '/' : '') +
      pick(random, ['', 'open/', 'open/public/', 'vault/', 'final-photos/public/']) +
      text(30) +
      (chance(random, 0.3) ? `?${pick(random, parameters)}&${text(6)}` : ''),
    headers: [
      ...(chance(random, 0.95)
        ? [['Host', pick(random, [SERVICE, `open.${SERVICE}`, `vault.${SERVICE}`, text(10)])] as [string, string]]
        : []),
      ...times(between(random, 0, 5), (): [string, string] => (chance(random, 0.7) ? [...pick(random, headers)] : [text(8), text(20)])),
    ],
    body: Buffer.from(text(30), 'latin1'),
    time,
    secure: chance(random, 0.8),
  }
}
