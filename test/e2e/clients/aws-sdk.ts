import { readFileSync } from 'node:fs'
import type { AgentOptions } from 'node:https'
import type { LookupFunction } from 'node:net'
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3ClientConfig,
  S3ServiceException,
  S3Client as Sdk,
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { encodePath } from './encode-path.js'
import type { Answer, ClientOptions, S3Client } from './s3-client.js'

export interface AwsSdk extends S3Client {
  /** The SDK's own client, for any other command. */
  readonly sdk: Sdk
  /** What came of a command: the answer's text is the result as JSON. */
  answer(work: Promise<object>): Promise<Answer>
}

/** @aws-sdk/client-s3, in this process. @param more of the SDK's own configuration */
export function awsSdk(options: ClientOptions, more: Partial<S3ClientConfig> = {}): AwsSdk {
  const sdk = new Sdk({
    endpoint: options.endpoint,
    region: options.region ?? 'us-east-1',
    credentials: { accessKeyId: options.keys.accessKey, secretAccessKey: options.keys.secretKey },
    forcePathStyle: options.addressing !== 'virtual',
    maxAttempts: 1,
    // The gateway knows no trailing checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { httpAgent: agentOf(options), httpsAgent: agentOf(options) },
    // A body of 2 MB announced with `Expect` would go through another agent, one that does not know the certificate.
    ...(options.certificate === undefined ? {} : { expectContinueHeader: false }),
    ...more,
  })
  return {
    name: 'aws-sdk',
    sdk,
    answer,
    makeBucket: (Bucket) => answer(sdk.send(new CreateBucketCommand({ Bucket }))),
    put: (Bucket, Key, Body) => answer(sdk.send(new PutObjectCommand({ Bucket, Key, Body }))),
    get: (Bucket, Key) =>
      answer(sdk.send(new GetObjectCommand({ Bucket, Key })), async ({ Body }) => (await Body?.transformToString('latin1')) ?? ''),
    head: (Bucket, Key) => answer(sdk.send(new HeadObjectCommand({ Bucket, Key }))),
    list: (Bucket, Prefix) =>
      answer(sdk.send(new ListObjectsV2Command({ Bucket, Prefix })), ({ Contents }) => (Contents ?? []).map(({ Key }) => Key).join('\n')),
    delete: (Bucket, Key) => answer(sdk.send(new DeleteObjectCommand({ Bucket, Key }))),
    async deleteMany(Bucket, keys) {
      const work = sdk.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: keys.map((Key) => ({ Key })) } }))
      const answered = await answer(work, ({ Errors }) => JSON.stringify(Errors ?? []))
      if (!answered.ok) return answered
      const code = (JSON.parse(answered.text) as { Code: string }[])[0]?.Code
      return code === undefined ? answered : { ...answered, ok: false, code }
    },
    copy: (Bucket, from, Key) => answer(sdk.send(new CopyObjectCommand({ Bucket, Key, CopySource: `${Bucket}/${encodePath(from)}` }))),
    putInParts: (Bucket, Key, Body) => answer(new Upload({ client: sdk, params: { Bucket, Key, Body } }).done()),
    presignGet: (Bucket, Key) => getSignedUrl(sdk, new GetObjectCommand({ Bucket, Key }), { expiresIn: 300 }),
  }
}

function agentOf({ certificate, addressing }: ClientOptions): AgentOptions {
  return {
    ...(certificate === undefined ? {} : { ca: readFileSync(certificate) }),
    ...(addressing === 'virtual' ? { lookup: loopback } : {}),
  }
}

const loopback: LookupFunction = (_name, options, callback) =>
  options.all === true ? callback(null, [{ address: '127.0.0.1', family: 4 }]) : callback(null, '127.0.0.1', 4)

async function answer<T extends object>(
  work: Promise<T>,
  textOf: (result: T) => string | Promise<string> = JSON.stringify,
): Promise<Answer> {
  try {
    const result = await work
    return { ok: true, text: await textOf(result) }
  } catch (error) {
    if (!(error instanceof S3ServiceException)) return { ok: false, text: String(error) }
    const status = error.$metadata.httpStatusCode
    // The SDK's names for an error without a document are no codes of S3.
    const isCode = !['Forbidden', 'Unknown', 'UnknownError', String(status)].includes(error.name)
    return { ok: false, ...(status === undefined ? {} : { status }), ...(isCode ? { code: error.name } : {}), text: error.message }
  }
}
