import type { OperationRow } from '../../src/s3/operations/operation-row.js'
import { operations } from '../../src/s3/operations/operations.js'
import { between, chance, choose, pick, type Random, times } from '../differential/random.js'
import { bucketNames, NOW, SERVICE, WEBSITE } from './scene.js'
import type { Sent } from './sent.js'

/** A request that nobody has signed yet. */
export interface Draft extends Sent {
  readonly operation: string
  /** Where forms go, and what their file is called. */
  readonly bucket: string
  readonly key: string
  readonly isForm: boolean
}

const objectKeys = [
  'public/a.jpg',
  'public/2026/b c.jpg',
  'team/plan.txt',
  'team/',
  'a',
  'carla/raw.nef',
  'press/x',
  'backup/1',
  'ü/é\u0301.jpg',
  '漢字',
  'a+b',
  'a%2fb',
  '../x',
  'public/../vault',
  '//',
  'a;b',
  'a=b&c',
  '?',
  '😀',
  'public/',
  "it's(1)!*.jpg",
  ' ',
  'x'.repeat(900),
]

const encodeStrictly = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
const encodeKey = (key: string): string => key.split('/').map(encodeStrictly).join('/')
const latin1 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')

const parameterValues = ['', '1', '2', 'url', '/', 'public/', 'team/', 'a b', 'ü', 'null', '3sL4kqtJlcpXroDTDmJ+rmSpXd3dIbrHY']
const headerValues: Readonly<Record<string, readonly string[]>> = {
  'x-amz-acl': ['private', 'bucket-owner-full-control', 'public-read'],
  'x-amz-copy-source': [
    'open/public/a.jpg',
    '/vault/a',
    'open/team%2Fplan.txt?versionId=3',
    'final-photos/public/%C3%BC',
    'raw-photos/a+b',
  ],
  'x-amz-tagging': ['a=b', 'project=x&team=a%20b', ''],
  'x-amz-tagging-directive': ['COPY', 'REPLACE'],
  'x-amz-metadata-directive': ['COPY', 'REPLACE'],
  'x-amz-object-lock-mode': ['GOVERNANCE', 'COMPLIANCE'],
  'x-amz-object-lock-retain-until-date': ['2027-01-01T00:00:00Z'],
  'x-amz-object-lock-legal-hold': ['ON', 'OFF'],
  'x-amz-bypass-governance-retention': ['true', 'false', 'True', '1'],
  'x-amz-server-side-encryption': ['AES256', 'aws:kms'],
  'x-amz-grant-read': ['id="1"', 'uri="http://acs.amazonaws.com/groups/global/AllUsers"'],
  'x-amz-meta-*': ['note', latin1('ü')],
  'if-match': ['*', '"etag"'],
}

const documents: Readonly<Record<string, readonly string[]>> = {
  delete: [
    '<Delete xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Object><Key>public/a.jpg</Key></Object><Object><Key>team/b</Key><VersionId>3</VersionId></Object></Delete>',
    '<Delete><Quiet>true</Quiet><Object><Key>a&amp;b</Key></Object></Delete>',
    `<Delete>${'<Object><Key>a</Key></Object>'.repeat(12)}</Delete>`,
  ],
  tagging: ['<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>', '<Tagging><TagSet/></Tagging>'],
  'create-bucket': ['', '<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>'],
  retention: ['<Retention><Mode>GOVERNANCE</Mode><RetainUntilDate>2027-01-01T00:00:00Z</RetainUntilDate></Retention>'],
  'legal-hold': ['<LegalHold><Status>ON</Status></LegalHold>'],
  'public-access-block': ['<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls></PublicAccessBlockConfiguration>'],
}

/** A request as a client could send it, for any operation, without a signature. */
export function makeDraft(random: Random): Draft {
  const row = choose<OperationRow>(random, [
    [3, () => pick(random, operations)],
    [
      2,
      () =>
        pick(
          random,
          operations.filter(({ name }) => frequent.has(name)),
        ),
    ],
  ])
  const bucket = pick(random, bucketNames)
  const key = pick(random, objectKeys)
  const isForm = row.contentType !== undefined
  const { host, path } = addressOf(random, row, bucket, key)
  const query = queryOf(random, row)
  const headers: [string, string][] = [
    [pick(random, ['Host', 'host', 'HOST']), host],
    ...(chance(random, 0.5)
      ? [['User-Agent', 'aws-sdk-js/3.900.0 ua/2.1 os/linux lang/js md/nodejs#20.20.2 api/s3'] as [string, string]]
      : []),
    ...(chance(random, 0.3)
      ? [['Accept-Encoding', 'gzip,  deflate'] as [string, string], ['amz-sdk-invocation-id', String(random())] as [string, string]]
      : []),
    ...headersOf(random, row),
  ]
  return {
    operation: row.name,
    bucket,
    key,
    isForm,
    method: pick(random, row.methods),
    target: path + (query.length === 0 ? '' : `?${query.join('&')}`),
    headers,
    body: bodyOf(random, row),
    time: NOW + between(random, -5000, 5000),
    secure: chance(random, 0.9),
  }
}

const frequent: ReadonlySet<string> = new Set([
  'GetObject',
  'HeadObject',
  'PutObject',
  'DeleteObject',
  'DeleteObjects',
  'ListObjectsV2',
  'CopyObject',
  'UploadPart',
  'UploadPartCopy',
  'PostObject',
  'PutObjectTagging',
  'CreateMultipartUpload',
  'WebsiteGetOrHead',
])

function addressOf(random: Random, row: OperationRow, bucket: string, key: string): { readonly host: string; readonly path: string } {
  const object = chance(random, 0.9) ? encodeKey(key) : encodeURI(key)
  const port = chance(random, 0.1) ? ':443' : ''
  if (row.path !== undefined) return { host: SERVICE, path: row.path }
  if (row.scope === 'website')
    return { host: `${bucket}.${WEBSITE}${port}`, path: `/${pick(random, [object, '', 'public/', 'public/a.jpg'])}` }
  if (row.scope === 'service') return { host: SERVICE + port, path: '/' }
  const rest = row.scope === 'object' ? `/${object}` : pick(random, ['', '/'])
  if (chance(random, 0.4)) return { host: `${bucket}.${SERVICE}${port}`, path: row.scope === 'object' ? rest : '/' }
  return { host: pick(random, [SERVICE, `localhost${port}`, '[::1]:9000', '127.0.0.1:9000']), path: `/${bucket}${rest}` }
}

function queryOf(random: Random, { subresource, requires = [], parameters = [] }: OperationRow): string[] {
  const query = subresource === undefined ? [] : [subresource + pick(random, ['', '', '=', '=x'])]
  for (const { name, value } of requires) query.push(`${name}=${encodeStrictly(value ?? pick(random, parameterValues.slice(1)))}`)
  for (const name of parameters) if (chance(random, 0.12)) query.push(`${name}=${encodeStrictly(pick(random, parameterValues))}`)
  if (chance(random, 0.1)) query.push('x-id=GetObject')
  return chance(random, 0.3) ? query.reverse() : query
}

function headersOf(random: Random, { requiresHeader, contentType, headers = [] }: OperationRow): [string, string][] {
  const names = [
    ...(requiresHeader === undefined ? [] : [requiresHeader]),
    ...headers.filter((name) => name !== requiresHeader && chance(random, 0.05)),
  ]
  return [
    ...(contentType === undefined ? [] : [['Content-Type', `${contentType}; boundary=${BOUNDARY}`] as [string, string]]),
    ...names.map((name): [string, string] => [name.replace('*', 'note'), pick(random, headerValues[name] ?? ['1', 'x'])]),
  ]
}

export const BOUNDARY = '----fuzz9051914041544843365972754266'

function bodyOf(random: Random, { methods, body }: OperationRow): Uint8Array {
  const texts = body === undefined ? undefined : documents[body.kind]
  if (texts !== undefined) return Buffer.from(pick(random, texts))
  if (methods[0] !== 'PUT' && methods[0] !== 'POST') return new Uint8Array(0)
  return Buffer.from(times(between(random, 0, 40), () => String.fromCharCode(between(random, 0, 255))).join(''), 'latin1')
}
