import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { S3Body } from '../../src/xml/body.js'
import { type BodyDocument, documents } from '../../src/xml/documents.js'
import { escapeText } from '../../src/xml/escape.js'
import { maxBodyBytes, readBody } from '../../src/xml/read-body.js'
import { outcome, read, S3, XSI } from './read.js'

const object = (inner: string) => `<Delete><Object>${inner}</Object></Delete>`
const tagging = (tags: string) => `<Tagging><TagSet>${tags}</TagSet></Tagging>`
const tag = (key: string, value = '') => `<Tag><Key>${key}</Key><Value>${value}</Value></Tag>`
const tags = (count: number) => Array.from({ length: count }, (_, i) => tag(`k${i}`)).join('')
const grant = (type: string, grantee: string, permission = 'READ') =>
  `<Grant><Grantee xmlns:xsi="${XSI}" xsi:type="${type}">${grantee}</Grantee><Permission>${permission}</Permission></Grant>`
const acl = (grants: string, owner = '<Owner><ID>o</ID></Owner>') =>
  `<AccessControlPolicy xmlns="${S3}">${owner}<AccessControlList>${grants}</AccessControlList></AccessControlPolicy>`
const inventory = (optional: string) =>
  `<InventoryConfiguration xmlns="${S3}"><Destination><S3BucketDestination><AccountId>111122223333</AccountId><Bucket>arn:aws:s3:::b</Bucket>` +
  '<Format>CSV</Format><Prefix>p</Prefix><Encryption><SSE-KMS><KeyId>arn</KeyId></SSE-KMS></Encryption></S3BucketDestination></Destination>' +
  `<IsEnabled>true</IsEnabled><Filter><Prefix>f</Prefix></Filter><Id>i</Id><IncludedObjectVersions>All</IncludedObjectVersions>${optional}` +
  '<Schedule><Frequency>Daily</Frequency></Schedule></InventoryConfiguration>'

const cases: readonly (readonly [name: string, document: BodyDocument, text: string, expected: unknown])[] = [
  ['delete: one key', 'delete', object('<Key>a</Key>'), { kind: 'delete', objects: [{ key: 'a' }], quiet: false }],
  [
    'delete: quiet',
    'delete',
    '<Delete><Quiet>true</Quiet><Object><Key>a</Key></Object></Delete>',
    { kind: 'delete', objects: [{ key: 'a' }], quiet: true },
  ],
  [
    'delete: everything',
    'delete',
    object(
      '<VersionId>null</VersionId><Key>a</Key><ETag>"e"</ETag><Size>1</Size><LastModifiedTime>Wed, 21 Oct 2026 07:28:00 GMT</LastModifiedTime>',
    ),
    { kind: 'delete', objects: [{ key: 'a', versionId: 'null', etag: '"e"' }], quiet: false },
  ],
  ['delete: no object', 'delete', '<Delete></Delete>', 'MalformedXML'],
  ['delete: only quiet', 'delete', '<Delete><Quiet>false</Quiet></Delete>', 'MalformedXML'],
  ['delete: an empty key', 'delete', object('<Key></Key>'), 'MalformedXML'],
  ['delete: an empty key, written short', 'delete', object('<Key/>'), 'MalformedXML'],
  ['delete: a comment as key', 'delete', object('<Key><!-- a --></Key>'), 'MalformedXML'],
  ['delete: no key', 'delete', object('<VersionId>1</VersionId>'), 'MalformedXML'],
  ['delete: two keys in one object', 'delete', object('<Key>a</Key><Key>b</Key>'), 'MalformedXML'],
  ['delete: two versions', 'delete', object('<Key>a</Key><VersionId>1</VersionId><VersionId>2</VersionId>'), 'MalformedXML'],
  ['delete: an empty version', 'delete', object('<Key>a</Key><VersionId/>'), 'MalformedXML'],
  ['delete: a version with spaces', 'delete', object('<Key>a</Key><VersionId> 1 </VersionId>'), 'MalformedXML'],
  ['delete: an unknown element', 'delete', object('<Key>a</Key><Bypass>true</Bypass>'), 'MalformedXML'],
  ['delete: an element in a key', 'delete', object('<Key>a<b/></Key>'), 'MalformedXML'],
  ['delete: an object in an object', 'delete', object('<Object><Key>a</Key></Object>'), 'MalformedXML'],
  ['delete: text between elements', 'delete', object('x<Key>a</Key>'), 'MalformedXML'],
  ['delete: a reference between elements', 'delete', object('&#97;<Key>a</Key>'), 'MalformedXML'],
  ['delete: quiet twice', 'delete', '<Delete><Quiet>1</Quiet><Quiet>1</Quiet><Object><Key>a</Key></Object></Delete>', 'MalformedXML'],
  ['delete: quiet perhaps', 'delete', '<Delete><Quiet>yes</Quiet><Object><Key>a</Key></Object></Delete>', 'MalformedXML'],
  ['delete: 1,001 keys', 'delete', `<Delete>${'<Object><Key>a</Key></Object>'.repeat(1_001)}</Delete>`, 'MalformedXML'],
  ['delete: a key of 1,025 bytes', 'delete', object(`<Key>${'a'.repeat(1_025)}</Key>`), 'KeyTooLongError'],
  ['delete: a key of 1,026 bytes in 513 characters', 'delete', object(`<Key>${'ä'.repeat(513)}</Key>`), 'KeyTooLongError'],

  [
    'tags',
    'tagging',
    tagging(tag('a', '1') + tag('B', ' ')),
    {
      kind: 'tagging',
      tags: [
        { key: 'a', value: '1' },
        { key: 'B', value: ' ' },
      ],
    },
  ],
  ['tags: none', 'tagging', tagging(''), { kind: 'tagging', tags: [] }],
  [
    'tags: value first',
    'tagging',
    tagging('<Tag><Value>v</Value><Key>k</Key></Tag>'),
    { kind: 'tagging', tags: [{ key: 'k', value: 'v' }] },
  ],
  ['tags: without set', 'tagging', '<Tagging/>', 'MalformedXML'],
  ['tags: two sets', 'tagging', '<Tagging><TagSet/><TagSet/></Tagging>', 'MalformedXML'],
  ['tags: without value', 'tagging', tagging('<Tag><Key>a</Key></Tag>'), 'MalformedXML'],
  ['tags: two values', 'tagging', tagging('<Tag><Key>a</Key><Value/><Value>1</Value></Tag>'), 'MalformedXML'],
  ['tags: the same key twice', 'tagging', tagging(tag('a', '1') + tag('a', '2')), 'InvalidTag'],
  ['tags: the same key twice, written differently', 'tagging', tagging(tag('a') + tag('&#97;')), 'InvalidTag'],
  ['tags: an empty key', 'tagging', tagging(tag('')), 'InvalidTag'],
  ['tags: a key of 129', 'tagging', tagging(tag('k'.repeat(129))), 'InvalidTag'],
  ['tags: a value of 257', 'tagging', tagging(tag('k', 'v'.repeat(257))), 'InvalidTag'],
  ['tags: 11 of an object', 'tagging', tagging(tags(11)), 'BadRequest'],
  ['tags: 51 of a bucket', 'bucket-tagging', tagging(tags(51)), 'BadRequest'],
  ['tags: thousands', 'tagging', tagging(tags(1_001)), 'MalformedXML'],

  [
    'create: a region',
    'create-bucket',
    `<CreateBucketConfiguration xmlns="${S3}"><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>`,
    { kind: 'create-bucket', locationConstraint: 'eu-west-1', tags: [] },
  ],
  ['create: nothing said', 'create-bucket', '<CreateBucketConfiguration/>', { kind: 'create-bucket', tags: [] }],
  [
    'create: tags',
    'create-bucket',
    `<CreateBucketConfiguration><Tags>${tag('a', 'b')}</Tags></CreateBucketConfiguration>`,
    { kind: 'create-bucket', tags: [{ key: 'a', value: 'b' }] },
  ],
  ['create: no body', 'create-bucket', '', { kind: 'create-bucket', tags: [] }],
  [
    'create: an empty region',
    'create-bucket',
    '<CreateBucketConfiguration><LocationConstraint/></CreateBucketConfiguration>',
    'MalformedXML',
  ],
  [
    'create: a region with a line feed',
    'create-bucket',
    '<CreateBucketConfiguration><LocationConstraint>eu-west-1\n</LocationConstraint></CreateBucketConfiguration>',
    'MalformedXML',
  ],
  [
    'create: two regions',
    'create-bucket',
    '<CreateBucketConfiguration><LocationConstraint>a</LocationConstraint><LocationConstraint>b</LocationConstraint></CreateBucketConfiguration>',
    'MalformedXML',
  ],
  [
    'create: a tag twice',
    'create-bucket',
    `<CreateBucketConfiguration><Tags>${tag('a')}${tag('a')}</Tags></CreateBucketConfiguration>`,
    'InvalidTag',
  ],

  [
    'acl: three kinds of grantees',
    'access-control-policy',
    acl(
      grant('CanonicalUser', '<ID>c</ID><DisplayName>d</DisplayName>', 'FULL_CONTROL') +
        grant('AmazonCustomerByEmail', '<EmailAddress>a@example.com</EmailAddress>', 'WRITE_ACP') +
        grant('Group', '<URI>http://acs.amazonaws.com/groups/global/AllUsers</URI>'),
    ),
    {
      kind: 'access-control-policy',
      owner: 'o',
      grants: [
        { grantee: { kind: 'canonicalUser', id: 'c' }, permission: 'FULL_CONTROL' },
        { grantee: { kind: 'email', address: 'a@example.com' }, permission: 'WRITE_ACP' },
        { grantee: { kind: 'group', uri: 'http://acs.amazonaws.com/groups/global/AllUsers' }, permission: 'READ' },
      ],
    },
  ],
  ['acl: no grants, no owner', 'access-control-policy', acl('', ''), { kind: 'access-control-policy', grants: [] }],
  [
    'acl: the type’s prefix bound on the root',
    'access-control-policy',
    `<AccessControlPolicy xmlns:i="${XSI}"><AccessControlList><Grant><Grantee i:type="Group"><URI>u</URI></Grantee><Permission>READ</Permission></Grant></AccessControlList></AccessControlPolicy>`,
    { kind: 'access-control-policy', grants: [{ grantee: { kind: 'group', uri: 'u' }, permission: 'READ' }] },
  ],
  ['acl: no list', 'access-control-policy', '<AccessControlPolicy/>', 'MalformedACLError'],
  ['acl: not even XML', 'access-control-policy', 'x', 'MalformedACLError'],
  [
    'acl: a grantee without type',
    'access-control-policy',
    acl('<Grant><Grantee><ID>c</ID></Grantee><Permission>READ</Permission></Grant>'),
    'MalformedACLError',
  ],
  [
    'acl: a type that is none of XML Schema’s',
    'access-control-policy',
    acl('<Grant><Grantee type="Group"><URI>u</URI></Grantee><Permission>READ</Permission></Grant>'),
    'MalformedACLError',
  ],
  [
    'acl: a type bound elsewhere',
    'access-control-policy',
    acl('<Grant><Grantee xmlns:xsi="http://example.com/" xsi:type="Group"><URI>u</URI></Grantee><Permission>READ</Permission></Grant>'),
    'MalformedACLError',
  ],
  [
    'acl: two types',
    'access-control-policy',
    acl(
      `<Grant><Grantee xmlns:a="${XSI}" xmlns:b="${XSI}" a:type="Group" b:type="CanonicalUser"><URI>u</URI></Grantee><Permission>READ</Permission></Grant>`,
    ),
    'MalformedACLError',
  ],
  ['acl: an unknown type', 'access-control-policy', acl(grant('Everybody', '<URI>u</URI>')), 'MalformedACLError'],
  ['acl: the type of a prototype', 'access-control-policy', acl(grant('__proto__', '<URI>u</URI>')), 'MalformedACLError'],
  [
    'acl: a user with an address',
    'access-control-policy',
    acl(grant('CanonicalUser', '<EmailAddress>a</EmailAddress>')),
    'MalformedACLError',
  ],
  ['acl: a group that is a user too', 'access-control-policy', acl(grant('Group', '<URI>u</URI><ID>c</ID>')), 'MalformedACLError'],
  ['acl: an unknown permission', 'access-control-policy', acl(grant('Group', '<URI>u</URI>', 'read')), 'MalformedACLError'],
  ['acl: 101 grants', 'access-control-policy', acl(grant('Group', '<URI>u</URI>').repeat(101)), 'MalformedACLError'],

  [
    'block: all',
    'public-access-block',
    '<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>TRUE</IgnorePublicAcls><BlockPublicPolicy>1</BlockPublicPolicy><RestrictPublicBuckets>false</RestrictPublicBuckets></PublicAccessBlockConfiguration>',
    {
      kind: 'public-access-block',
      block: { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: false },
    },
  ],
  [
    'block: one',
    'public-access-block',
    '<PublicAccessBlockConfiguration><BlockPublicPolicy>true</BlockPublicPolicy></PublicAccessBlockConfiguration>',
    {
      kind: 'public-access-block',
      block: { BlockPublicAcls: false, IgnorePublicAcls: false, BlockPublicPolicy: true, RestrictPublicBuckets: false },
    },
  ],
  ['block: none', 'public-access-block', '<PublicAccessBlockConfiguration/>', 'InvalidRequest'],
  [
    'block: perhaps',
    'public-access-block',
    '<PublicAccessBlockConfiguration><BlockPublicPolicy/></PublicAccessBlockConfiguration>',
    'MalformedXML',
  ],

  [
    'retention',
    'retention',
    '<Retention><Mode>GOVERNANCE</Mode><RetainUntilDate>2030-01-01T00:00:00Z</RetainUntilDate></Retention>',
    { kind: 'retention', mode: 'GOVERNANCE', retainUntilDate: '2030-01-01T00:00:00Z' },
  ],
  ['retention: lifted', 'retention', '<Retention/>', { kind: 'retention' }],
  ['retention: mode without date', 'retention', '<Retention><Mode>GOVERNANCE</Mode></Retention>', 'MalformedXML'],
  [
    'retention: date without mode',
    'retention',
    '<Retention><RetainUntilDate>2030-01-01T00:00:00Z</RetainUntilDate></Retention>',
    'MalformedXML',
  ],
  [
    'retention: an unknown mode',
    'retention',
    '<Retention><Mode>governance</Mode><RetainUntilDate>2030-01-01T00:00:00Z</RetainUntilDate></Retention>',
    'MalformedXML',
  ],

  ['hold: on', 'legal-hold', '<LegalHold><Status>ON</Status></LegalHold>', { kind: 'legal-hold', status: 'ON' }],
  ['hold: off', 'legal-hold', '<LegalHold><Status>OFF</Status></LegalHold>', { kind: 'legal-hold', status: 'OFF' }],
  ['hold: perhaps', 'legal-hold', '<LegalHold><Status>off</Status></LegalHold>', 'MalformedXML'],
  ['hold: no status', 'legal-hold', '<LegalHold/>', 'MalformedXML'],

  [
    'inventory: fields',
    'inventory',
    inventory('<OptionalFields><Field>Size</Field><Field>ObjectOwner</Field></OptionalFields>'),
    { kind: 'inventory', optionalFields: ['Size', 'ObjectOwner'] },
  ],
  ['inventory: no fields', 'inventory', inventory(''), { kind: 'inventory', optionalFields: [] }],
  ['inventory: an unknown field', 'inventory', inventory('<OptionalFields><Field>objectowner</Field></OptionalFields>'), 'MalformedXML'],
  ['inventory: nothing', 'inventory', '<InventoryConfiguration/>', 'MalformedXML'],
]

test.each(cases)('%s', (_, document, text, expected) => {
  expect(outcome(document, text)).toEqual(expected)
})

describe('what S3 says', () => {
  test.each([
    ['tagging', tagging(tags(11)), 400, 'Object tags cannot be greater than 10', undefined],
    ['bucket-tagging', tagging(tags(51)), 400, 'Bucket tag count cannot be greater than 50', undefined],
    ['tagging', tagging(tag('a') + tag('a')), 400, 'Cannot provide multiple Tags with the same key', { TagKey: 'a' }],
    ['tagging', tagging(tag('')), 400, 'The TagKey you have provided is invalid', { TagKey: '' }],
    [
      'tagging',
      tagging(tag('a', 'v'.repeat(257))),
      400,
      'The TagValue you have provided is invalid',
      { TagKey: 'a', TagValue: 'v'.repeat(257) },
    ],
    ['delete', object(`<Key>${'a'.repeat(1_025)}</Key>`), 400, 'Your key is too long.', { Size: '1025', MaxSizeAllowed: '1024' }],
    ['delete', ' '.repeat(2_097_153), 400, 'Your request was too large.', { MaxMessageLengthBytes: '2097152' }],
    ['delete', '', 400, 'Request body is empty.', undefined],
    ['retention', '', 400, 'Request body is empty.', undefined],
  ] as const)('%s: %.60s', (document, text, status, message, detail) => {
    const { kind, ...error } = read(document, text) as Extract<ReturnType<typeof read>, { kind: 'error' }>
    expect({ kind, status: error.status, message: error.message, detail: error.detail }).toEqual({ kind: 'error', status, message, detail })
  })
})

test('limits are taken to the last one', () => {
  expect(read('delete', `<Delete>${'<Object><Key>a</Key></Object>'.repeat(1_000)}</Delete>`)).toMatchObject({
    kind: 'delete',
    objects: { length: 1_000 },
  })
  expect(read('tagging', tagging(tags(10)))).toMatchObject({ tags: { length: 10 } })
  expect(read('bucket-tagging', tagging(tags(50)))).toMatchObject({ tags: { length: 50 } })
  expect(read('tagging', tagging(tag('k'.repeat(128), 'v'.repeat(256))))).toMatchObject({ kind: 'tagging' })
  expect(read('access-control-policy', acl(grant('Group', '<URI>u</URI>').repeat(100)))).toMatchObject({ grants: { length: 100 } })
})

test.each(Object.keys(documents) as BodyDocument[])('%s: a byte past the limit is refused unread, the last one is read', (document) => {
  const bytes = new Uint8Array(maxBodyBytes(document) + 1).fill(0x20)
  expect(readBody(document, bytes)).toMatchObject({ code: 'MaxMessageLengthExceeded' })
  expect(readBody(document, bytes.subarray(1))).toMatchObject({ code: documents[document].malformed ?? 'MalformedXML' })
})

describe('what is written is read', () => {
  /** Text that XML can hold. */
  const content = fc.string({ unit: 'binary' }).map((text) => [...text].filter((c) => escapeText(c) !== '\ufffd').join(''))
  const word = content.map((text) => text.trim()).filter((text) => text !== '')
  const tagList = (maxLength: number) =>
    fc.uniqueArray(fc.record({ key: content.filter((key) => key !== ''), value: content }), { selector: ({ key }) => key, maxLength })
  const grantees = fc.oneof(
    word.map((id) => ({ kind: 'canonicalUser', id }) as const),
    word.map((address) => ({ kind: 'email', address }) as const),
    word.map((uri) => ({ kind: 'group', uri }) as const),
  )
  const permissions = fc.constantFrom('FULL_CONTROL', 'WRITE', 'WRITE_ACP', 'READ', 'READ_ACP')
  const bodies: fc.Arbitrary<S3Body> = fc.oneof(
    fc.record({
      kind: fc.constant('delete' as const),
      objects: fc.array(fc.record({ key: content.filter((key) => key !== ''), versionId: word, etag: word }, { requiredKeys: ['key'] }), {
        minLength: 1,
        maxLength: 20,
      }),
      quiet: fc.boolean(),
    }),
    fc.record({ kind: fc.constant('tagging' as const), tags: tagList(10) }),
    fc.record(
      { kind: fc.constant('create-bucket' as const), locationConstraint: word, tags: tagList(50) },
      { requiredKeys: ['kind', 'tags'] },
    ),
    fc.record(
      {
        kind: fc.constant('access-control-policy' as const),
        grants: fc.array(fc.record({ grantee: grantees, permission: permissions })),
        owner: word,
      },
      { requiredKeys: ['kind', 'grants'] },
    ),
    fc.record({
      kind: fc.constant('public-access-block' as const),
      block: fc.record({
        BlockPublicAcls: fc.boolean(),
        IgnorePublicAcls: fc.boolean(),
        BlockPublicPolicy: fc.boolean(),
        RestrictPublicBuckets: fc.boolean(),
      }),
    }),
    fc.record({ kind: fc.constant('retention' as const), mode: fc.constantFrom('GOVERNANCE', 'COMPLIANCE'), retainUntilDate: word }),
    fc.record({ kind: fc.constant('legal-hold' as const), status: fc.constantFrom('ON', 'OFF') }),
    fc.record({
      kind: fc.constant('inventory' as const),
      optionalFields: fc.array(fc.constantFrom('Size', 'ETag', 'ObjectOwner'), { maxLength: 5 }),
    }),
  )

  /** How a text is spelled: escaped, as CDATA, or all in numeric references. A carriage return survives only as a reference. */
  const spellings = [
    escapeText,
    (text: string) => (text.includes('\r') ? escapeText(text) : `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`),
    (text: string) => [...text].map((c) => `&#x${c.codePointAt(0)?.toString(16)};`).join(''),
    (text: string) => [...text].map((c) => `${escapeText(c)}<!-- ${c.codePointAt(0)} -->`).join(''),
  ] as const
  type Spelling = (text: string) => string

  function write(body: S3Body, spell: Spelling): string {
    const el = (name: string, text: string | undefined) => (text === undefined ? '' : `<${name}>${spell(text)}</${name}>`)
    const tagsOf = (list: readonly { key: string; value: string }[]) =>
      list.map(({ key, value }) => `<Tag>${el('Key', key)}${el('Value', value)}</Tag>`).join('')
    switch (body.kind) {
      case 'delete':
        return `<Delete>${body.objects.map(({ key, versionId, etag }) => `<Object>${el('ETag', etag)}${el('Key', key)}${el('VersionId', versionId)}</Object>`).join('\n')}${el('Quiet', String(body.quiet))}</Delete>`
      case 'tagging':
        return `<Tagging><TagSet>${tagsOf(body.tags)}</TagSet></Tagging>`
      case 'create-bucket':
        return `<CreateBucketConfiguration>${el('LocationConstraint', body.locationConstraint)}<Tags>${tagsOf(body.tags)}</Tags></CreateBucketConfiguration>`
      case 'access-control-policy':
        return acl(
          body.grants
            .map(({ grantee, permission }) => {
              if (grantee.kind === 'canonicalUser') return grant('CanonicalUser', el('ID', grantee.id), permission)
              if (grantee.kind === 'email') return grant('AmazonCustomerByEmail', el('EmailAddress', grantee.address), permission)
              return grant('Group', el('URI', grantee.uri), permission)
            })
            .join(' '),
          body.owner === undefined ? '' : `<Owner>${el('ID', body.owner)}</Owner>`,
        )
      case 'public-access-block':
        return `<PublicAccessBlockConfiguration>${Object.entries(body.block)
          .map(([name, value]) => el(name, String(value)))
          .join('')}</PublicAccessBlockConfiguration>`
      case 'retention':
        return `<Retention>${el('RetainUntilDate', body.retainUntilDate)}${el('Mode', body.mode)}</Retention>`
      case 'legal-hold':
        return `<LegalHold>${el('Status', body.status)}</LegalHold>`
      case 'inventory':
        return inventory(`<OptionalFields>${body.optionalFields.map((field) => el('Field', field)).join('')}</OptionalFields>`)
    }
  }

  test('whichever way it is spelled', () => {
    fc.assert(
      fc.property(bodies, fc.constantFrom(...spellings), (body, spell) => {
        expect(read(body.kind, write(body, spell))).toEqual(body)
      }),
      { numRuns: 1_000 },
    )
  })
})
