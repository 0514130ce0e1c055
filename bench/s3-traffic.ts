import { nodeHashing } from '../src/adapters/node-hashing.js'
import { fresh } from '../src/benchmark/fresh.js'
import { HeaderList, presignUrl, signRequest } from '../src/s3.js'
import { mulberry32 } from '../test/differential/random.js'
import { canonicalRequest, sha256 } from '../test/fuzz/oracle.js'

/** A request as a server gets it: names and values of its headers in turn, as Node's `rawHeaders` has them. */
export interface WireRequest {
  readonly method: string
  readonly target: string
  readonly rawHeaders: readonly string[]
}

/** A signed request with what is known of it. */
export interface TrafficRequest {
  readonly wire: WireRequest
  /** What is hashed and signed of it, by another implementation. */
  readonly canonical: string
  readonly toSign: string
  /** In hexadecimal. */
  readonly signature: string
  readonly action: string
  readonly key: string
}

export const ACCESS_KEY = 'DO00BENCHHTTP0000001'
export const SECRET = 'wJalrXUtnFEMIxK7MDENGxbPxRfiCYEXAMPLEKEY'
export const BUCKET = 'photos'
export const NOW = 1_790_000_000_000
const REGION = 'us-east-1'
const HOST = 's3.example.com'
const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

const random = mulberry32(20_261_123)
const hex = (digits: number): string => Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join('')

type Pairs = readonly (readonly [string, string])[]

/** What clients send, each by its name; the headers are those of recorded requests. */
export const clients: readonly { readonly name: string; readonly make: () => TrafficRequest }[] = [
  {
    name: 'GET by aws-sdk (10 headers)',
    make: () =>
      signed('GET', `${nextKey()}?x-id=GetObject`, EMPTY, [
        ['user-agent', 'aws-sdk-js/3.937.0 ua/2.1 os/linux#6.1.0 lang/js md/nodejs#20.20.2 api/s3#3.937.0 m/E,e'],
        ['x-amz-user-agent', 'aws-sdk-js/3.937.0'],
        ['amz-sdk-invocation-id', invocation()],
        ['amz-sdk-request', 'attempt=1; max=3'],
        ['accept', '*/*'],
        ['connection', 'keep-alive'],
      ]),
  },
  {
    name: 'GET by boto3 (9 headers)',
    make: () =>
      signed('GET', nextKey(), EMPTY, [
        ['Accept-Encoding', 'identity'],
        [
          'User-Agent',
          'Boto3/1.40.61 md/Botocore#1.40.61 ua/2.1 os/linux#6.1.0 md/arch#x86_64 lang/python#3.11.2 md/pyimpl#CPython m/b,Z,D cfg/retry-mode#legacy',
        ],
        ['AMZ-SDK-Invocation-ID', invocation()],
        ['AMZ-SDK-Request', 'attempt=1'],
        ['Connection', 'keep-alive'],
      ]),
  },
  { name: 'GET by presigned URL (3 headers)', make: presigned },
  {
    name: 'PUT in signed chunks (12 headers)',
    make: () =>
      signed('PUT', `${nextKey()}?x-id=PutObject`, 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD', [
        ['accept', '*/*'],
        ['user-agent', 'aws-sdk-java/2.38.2 md/io#sync md/http#Apache ua/2.1 api/S3#2.38.x os/Linux#6.1.0 lang/java#21.0.9 m/D,N'],
        ['amz-sdk-invocation-id', invocation()],
        ['amz-sdk-request', 'attempt=1; max=4'],
        ['content-encoding', 'aws-chunked'],
        ['content-length', '1197'],
        ['content-type', 'image/jpeg'],
        ['x-amz-decoded-content-length', '1024'],
      ]),
  },
]

function invocation(): string {
  return `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`
}

function nextKey(): string {
  return `/${BUCKET}/2026/${hex(6)}/${hex(10)}.jpg`
}

function signed(method: string, target: string, contentSha256: string, headers: Pairs): TrafficRequest {
  const all: Pairs = [['host', HOST], ...headers]
  const signer = { accessKey: ACCESS_KEY, secret: SECRET, region: REGION, time: NOW }
  // What clients sign was seen in recorded requests: what proxies may change is left out.
  const toSign = all.filter(([name]) => !/^(accept|accept-encoding|user-agent|connection|AMZ-SDK-.*)$/.test(name))
  const added = signRequest({ ...signer, method, target, headers: toSign, contentSha256 }, nodeHashing) as Pairs
  const [, signedHeaders = '', signature = ''] = /SignedHeaders=([^,]+), Signature=(.*)/.exec(added.at(-1)?.[1] ?? '') ?? []
  return described({ method, target, headers: [...all, ...added] }, signedHeaders, contentSha256, signature)
}

function presigned(): TrafficRequest {
  const signer = { accessKey: ACCESS_KEY, secret: SECRET, region: REGION, time: NOW }
  const url = presignUrl({ ...signer, method: 'GET', host: HOST, target: nextKey(), expires: 3600 }, nodeHashing) as string
  const target = url.slice(`https://${HOST}`.length)
  const headers: Pairs = [
    ['host', HOST],
    ['user-agent', 'curl/7.88.1'],
    ['accept', '*/*'],
  ]
  return described({ method: 'GET', target, headers }, 'host', 'UNSIGNED-PAYLOAD', target.slice(target.lastIndexOf('=') + 1))
}

interface Sent {
  readonly method: string
  readonly target: string
  readonly headers: Pairs
}

function described({ method, target, headers }: Sent, signedHeaders: string, payload: string, signature: string): TrafficRequest {
  const sent = {
    method,
    target,
    headers: headers.map(([name, value]): [string, string] => [name, value]),
    body: new Uint8Array(0),
    time: NOW,
    secure: true,
  }
  const canonical = canonicalRequest(sent, signedHeaders, payload)
  const hash = sha256(canonical)
  const date = new Date(NOW).toISOString().replace(/[-:]|\.\d+/g, '')
  const toSign = `AWS4-HMAC-SHA256\n${date}\n${date.slice(0, 8)}/${REGION}/s3/aws4_request\n${hash}`
  const key = target.slice(`/${BUCKET}/`.length).split('?')[0] as string
  return {
    wire: { method, target, rawHeaders: headers.flatMap((header) => [...header]) },
    canonical,
    toSign,
    signature,
    action: method === 'PUT' ? 's3:PutObject' : 's3:GetObject',
    key,
  }
}

/** The same in strings that nobody has hashed. Of methods servers have constants. */
export function freshWire({ method, target, rawHeaders }: WireRequest): WireRequest {
  return { method, target: fresh(target), rawHeaders: rawHeaders.map(fresh) }
}

export function headerListOf({ rawHeaders }: WireRequest): HeaderList {
  return HeaderList.ofRaw(rawHeaders)
}
