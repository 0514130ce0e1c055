import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { accepts, type DocumentKind } from './documents.js'
import { parserAnswer } from './parsers.js'

/** A place of a format where only some texts are right, and such texts, right and nearly right. */
interface Place {
  readonly name: string
  readonly kind: DocumentKind
  readonly document: (text: string) => unknown
  readonly texts: readonly string[]
  /** What near misses are made of. */
  readonly characters: string
}

const key = { accessKey: 'DO00A', account: '111122223333', grants: [] }
const statement = { Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::b' }
const session = 'arn:aws:sts::111122223333:assumed-role/reader/session'

const places: readonly Place[] = [
  {
    name: 'a time bound',
    kind: 'snapshot',
    document: (text) => ({ keys: [{ ...key, notBefore: text }] }),
    texts: [
      ...[
        '2026-09-21',
        '2024-02-29',
        '2023-02-29',
        '2000-02-29',
        '1900-02-29',
        '0000-02-29',
        '9999-12-31',
        '2026-04-30',
        '2026-04-31',
        '2026-00-10',
      ],
      ...[
        '2026-09-21T14:13Z',
        '2026-09-21T14:13:20Z',
        '2026-09-21T14:13:20.123456789Z',
        '2026-09-21T23:59:59+23:59',
        '2026-09-21T00:00-00:00',
      ],
      ...[
        '2026-09-21T24:00Z',
        '2026-09-21T14:60Z',
        '2026-09-21T14:13:60Z',
        '2026-09-21T14:13',
        '2026-09-21 14:13Z',
        '2026-09-21t14:13Z',
        ' 2026-09-21',
      ],
      ...['0', '-0', '1790000000', '-1.5', '123456789012345', '1234567890123456', '1.123456789', '1.1234567890', '1.', '.5', '1e3', '2026'],
    ],
    characters: '0123456789-+:.TZtz ',
  },
  {
    name: 'an address block',
    kind: 'snapshot',
    document: (text) => ({ keys: [{ ...key, grants: [{ bucket: 'b', permission: 'read', sourceIp: text }] }] }),
    texts: [
      ...[
        '0.0.0.0',
        '255.255.255.255',
        '256.0.0.0',
        '10.0.0.0/8',
        '10.0.0.0/0',
        '10.0.0.0/32',
        '10.0.0.0/33',
        '10.0.0.0/08',
        '10.0.0.0/',
        '010.0.0.1',
      ],
      ...[
        '1.2.3',
        '1.2.3.4.5',
        '::',
        '::/0',
        '::1',
        '1::',
        '1:2:3:4:5:6:7:8',
        '1:2:3:4:5:6:7::',
        '::2:3:4:5:6:7:8',
        '1::3:4:5:6:7:8',
        '1:2:3:4:5:6:7',
      ],
      ...[
        '1:2:3:4:5:6:7:8:9',
        '1::2::3',
        '2001:DB8::/32',
        '2001:db8::/128',
        '2001:db8::/129',
        '::ffff:1.2.3.4',
        '::ffff:1.2.3.4/96',
        '1:2:3:4:5:6:1.2.3.4',
      ],
      ...[
        '1:2:3:4:5::1.2.3.4',
        '1:2:3:4:5:6::1.2.3.4',
        '1.2.3.4::',
        '::1.2.3.4:5',
        'fe80::1%eth0',
        '12345::',
        ':1',
        '1:',
        ':::',
        'ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255/128',
      ],
    ],
    characters: '0123456789abcfF.:/ ',
  },
  {
    name: 'a condition operator',
    kind: 'policy',
    document: (text) => ({ Statement: [{ ...statement, Condition: { [text]: {} } }] }),
    texts: [
      ...[
        'StringEquals',
        'StringNotLike',
        'StringNotEqualsIgnoreCase',
        'StringLikeIfExists',
        'ForAllValues:StringLike',
        'ForAnyValue:ArnNotLikeIfExists',
      ],
      ...[
        'NumericLessThanEquals',
        'DateGreaterThanIfExists',
        'Bool',
        'BoolIfExists',
        'BinaryEquals',
        'NotIpAddress',
        'ForAnyValue:IpAddressIfExists',
      ],
      ...[
        'Null',
        'NullIfExists',
        'ForAllValues:Null',
        'ForAllValues:NullIfExists',
        'IfExists',
        'StringEqualsIfExistsIfExists',
        'ForAllValues:ForAnyValue:Bool',
      ],
      ...[
        'StringLikeIgnoreCase',
        'NumericNotLessThan',
        'BinaryNotEquals',
        'NotBool',
        'IpNotAddress',
        'stringequals',
        'ForAllValue:Bool',
        'ForAllValues::Bool',
      ],
    ],
    characters: 'SNEILFAsnilefx: ',
  },
  {
    name: 'the ARN of a key',
    kind: 'snapshot',
    document: (text) => ({ keys: [{ ...key, arn: text }] }),
    texts: [
      'arn:aws:iam::111122223333:user/a',
      'arn:::::',
      'arn::::',
      'arn:a:b:c:111122223333:d:e:f',
      'ARN:aws:iam::111122223333:root',
      ' arn:::::',
      'arn:\n::::',
    ],
    characters: 'arn:*\n ',
  },
  {
    name: 'the ARN of a session that has a roleArn',
    kind: 'request',
    document: (text) => ({
      principal: { kind: 'aws', arn: text, roleArn: 'arn:aws:iam::111122223333:role/team/reader' },
      action: 's3:ListAllMyBuckets',
    }),
    texts: [
      ...[
        session,
        `${session}/x`,
        'arn:aws:sts::111122223333:assumed-role/reader',
        'arn:aws:iam::111122223333:assumed-role/reader/session',
      ],
      ...[
        'arn:aws:sts::111122223333:assumed-role//',
        'arn:aws:sts:us-east-1::assumed-role/a:b/c:d',
        'arn:aws:iam::111122223333:user/alice',
        '',
      ],
    ],
    characters: 'arn:sti/* \n',
  },
  {
    name: 'a roleArn',
    kind: 'request',
    document: (text) => ({ principal: { kind: 'aws', arn: session, roleArn: text }, action: 's3:ListAllMyBuckets' }),
    texts: [
      ...['arn:aws:iam::111122223333:role/reader', 'arn:aws:iam::111122223333:role/team/reader', 'arn:aws:iam::111122223333:role/', ''],
      ...[
        'arn:aws:iam::111122223333:role',
        'arn:aws:iam::111122223333:user/reader',
        'arn:aws:sts::111122223333:role/reader',
        'arn:aws:iam:x::role/reader',
      ],
    ],
    characters: 'arn:iml/oe \n',
  },
]

describe.each(places.map((place) => [place.name, place] as const))('the schema takes %s exactly if the parser does', (_, place) => {
  const { kind, document, texts, characters } = place

  test.each(texts)('%j', (text) => {
    expect(accepts(kind, document(text))).toBe(parserAnswer(kind, document(text)) === 'fine')
  })

  test('and with up to three characters put in, left out or exchanged', () => {
    const edit = fc.record({ at: fc.nat(), length: fc.nat({ max: 2 }), insert: fc.constantFrom('', ...characters) })
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.array(edit, { minLength: 1, maxLength: 3 }), (text, edits) => {
        const edited = edits.reduce((current, { at, length, insert }) => {
          const from = at % (current.length + 1)
          return current.slice(0, from) + insert + current.slice(from + length)
        }, text)
        expect({ text: edited, accepted: accepts(kind, document(edited)) }).toEqual({
          text: edited,
          accepted: parserAnswer(kind, document(edited)) === 'fine',
        })
      }),
      { numRuns: 5_000 },
    )
  })
})
