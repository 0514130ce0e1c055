import { createHash } from 'node:crypto'
import { nodeHashing } from '../../src/adapters/node-hashing.js'
import { Authorizer } from '../../src/authorizer/authorizer.js'
import { createGate } from '../../src/gate/gate.js'
import type { GateOptions } from '../../src/gate/gate-options.js'
import type { BodySource, IncomingRequest } from '../../src/gate/incoming-request.js'
import type { Outcome, Permitted, Refused } from '../../src/gate/outcome.js'
import { HeaderList } from '../../src/http/header-list.js'
import { presignUrl } from '../../src/sigv4/presign-url.js'
import { signRequest } from '../../src/sigv4/sign-request.js'
import type { SnapshotJson } from '../../src/snapshot/snapshot-json.js'
import { form } from '../adapters/forms.js'

export const owner = '111122223333'
export const stranger = '999988887777'
export const host = 's3.example.test'
export const region = 'eu-west-1'
/** The clock of the tests that have one of their own. */
export const time = Date.UTC(2026, 8, 21, 14, 13)

export const snapshot: SnapshotJson = {
  buckets: [
    {
      name: 'photos',
      owner,
      policy: {
        Version: '2012-10-17',
        Statement: [
          { Sid: 'Everyone', Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::photos/public/*' },
          { Sid: 'Originals', Effect: 'Deny', Principal: '*', Action: 's3:DeleteObject', Resource: 'arn:aws:s3:::photos/originals/*' },
          {
            Sid: 'Secret',
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:GetObject',
            Resource: 'arn:aws:s3:::photos/tagged/*',
            Condition: { StringEquals: { 's3:ExistingObjectTag/secret': 'yes' } },
          },
          {
            Sid: 'Partner',
            Effect: 'Allow',
            Principal: { AWS: stranger },
            Action: ['s3:GetBucketPolicy', 's3:ListBucket'],
            Resource: 'arn:aws:s3:::photos',
          },
          {
            Sid: 'Office',
            Effect: 'Allow',
            Principal: '*',
            Action: 's3:GetObject',
            Resource: 'arn:aws:s3:::photos/office/*',
            Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
          },
          { Sid: 'Drop', Effect: 'Allow', Principal: '*', Action: 's3:PutObject', Resource: 'arn:aws:s3:::photos/drop/*' },
        ],
      },
    },
    { name: 'plain', owner },
  ],
  keys: [
    {
      accessKey: 'EDITOR',
      account: owner,
      grants: [
        { bucket: 'photos', permission: 'readwrite' },
        { bucket: 'plain', permission: 'readwrite' },
      ],
    },
    { accessKey: 'VISITOR', account: owner, grants: [{ bucket: 'plain', permission: 'read', prefix: 'albums/' }] },
    {
      accessKey: 'COPIER',
      account: owner,
      grants: [{ bucket: 'plain', actions: ['s3:GetObject', 's3:PutObject'] }],
    },
    { accessKey: 'ADMIN', account: owner, grants: [{ bucket: '', permission: 'fullaccess' }] },
    { accessKey: 'PARTNER', account: stranger, grants: [{ bucket: '', permission: 'fullaccess' }] },
    { accessKey: 'GONE', account: owner, status: 'suspended', grants: [{ bucket: '', permission: 'fullaccess' }] },
  ],
}

export const authorizer = Authorizer.from(snapshot)

export const secretOf = (accessKey: string): string => `the-secret-of-${accessKey.toLowerCase()}`

/** `UNKNOWN` is the one key that has no secret; `NOBODY` has one, and is in no snapshot. */
export const secrets: GateOptions['secrets'] = {
  secretsFor: (accessKey) => (accessKey === 'UNKNOWN' ? [] : [secretOf(accessKey)]),
}

export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}

export interface Sent {
  readonly method?: string
  readonly target?: string
  readonly headers?: readonly (readonly [string, string])[]
  readonly body?: string | Uint8Array
  /** Left out: the request is anonymous. */
  readonly key?: string
  readonly host?: string
  readonly time?: number
  /** Default: the hash of the body. */
  readonly contentSha256?: string
  readonly sessionToken?: string
}

/** All headers of a request, signed by a key or not. */
export function headersOf(sent: Sent): [string, string][] {
  const { method = 'GET', target = '/photos/public/a.jpg', headers = [], body = '', key } = sent
  const all: [string, string][] = [['host', sent.host ?? host], ...headers.map(([name, value]): [string, string] => [name, value])]
  if (key === undefined) return all
  const signer = { accessKey: key, secret: secretOf(key), region, time: sent.time ?? time }
  const contentSha256 = sent.contentSha256 ?? sha256(body)
  const token = sent.sessionToken === undefined ? {} : { sessionToken: sent.sessionToken }
  const added = signRequest({ ...signer, ...token, method, target, headers: all, contentSha256 }, nodeHashing)
  if (added instanceof Promise) throw new Error('node answers at once')
  return [...all, ...added.map(([name, value]): [string, string] => [name, value])]
}

/** The target of a presigned URL. */
export function presigned({ method = 'GET', target = '/plain/a.jpg', key = 'EDITOR', ...sent }: Sent): string {
  const signer = { accessKey: key, secret: secretOf(key), region, time: sent.time ?? time }
  const url = presignUrl({ ...signer, method, host: sent.host ?? host, target, expires: 300 }, nodeHashing)
  if (typeof url !== 'string') throw new Error('node answers at once')
  return url.slice(`https://${sent.host ?? host}`.length)
}

/** A body that is there as a whole. */
export function bodySource(body: string | Uint8Array): BodySource {
  return {
    read: async () => (typeof body === 'string' ? Buffer.from(body) : body),
    readForm: () => Promise.reject(new Error('no form')),
  }
}

export function incomingOf(sent: Sent): IncomingRequest {
  const { method = 'GET', target = '/photos/public/a.jpg', body } = sent
  const length: [string, string][] = body === undefined ? [] : [['content-length', String(Buffer.byteLength(body))]]
  return {
    http: { method, target, headers: HeaderList.of([...headersOf(sent), ...length]) },
    time,
    connection: { sourceIp: '198.51.100.7', secureTransport: true, tlsVersion: '1.3' },
    body: bodySource(body ?? ''),
  }
}

export function gateOf(options: Partial<GateOptions> = {}): ReturnType<typeof createGate> {
  return createGate({ authorizer, secrets, hashing: nodeHashing, ...options })
}

export function ask(sent: Sent, options: Partial<GateOptions> = {}): Promise<Outcome> {
  return gateOf(options).authorize(incomingOf(sent))
}

/** `permitted`, or the code of the refusal. */
export async function said(sent: Sent, options: Partial<GateOptions> = {}): Promise<string> {
  const outcome = await ask(sent, options)
  return outcome.kind === 'permitted' ? 'permitted' : outcome.error.code
}

export async function permittedOf(sent: Sent, options: Partial<GateOptions> = {}): Promise<Permitted> {
  const outcome = await ask(sent, options)
  if (outcome.kind === 'refused') throw new Error(`refused: ${outcome.error.code} ${outcome.error.reason}`)
  return outcome
}

export async function refusedOf(sent: Sent, options: Partial<GateOptions> = {}): Promise<Refused> {
  const outcome = await ask(sent, options)
  if (outcome.kind === 'permitted') throw new Error('permitted')
  return outcome
}

export function deleteBody(...keys: readonly string[]): string {
  return `<Delete>${keys.map((key) => `<Object><Key>${key}</Key></Object>`).join('')}</Delete>`
}

export { form }
