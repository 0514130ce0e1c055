import { fileURLToPath } from 'node:url'
import { runOrThrow } from '../run-command.js'
import { bodyFile } from './body-file.js'
import { complaint } from './complaint.js'
import type { Answer, ClientOptions, S3Client } from './s3-client.js'

export interface Boto3 extends S3Client {
  /** Calls a method of boto3's client: `call('get_object_tagging', {Bucket, Key})`. The answer's text is the result as JSON. */
  call(method: string, params: object, body?: Buffer): Promise<Answer>
  /** `{url, fields}` of a POST form, as JSON. @param params of generate_presigned_post: Bucket, Key, Fields, Conditions, ExpiresIn */
  presignPost(params: object): Promise<string>
}

const program = fileURLToPath(new URL('boto3.py', import.meta.url))

interface Reply {
  readonly ok: boolean
  readonly status?: number
  readonly code?: string
  readonly message?: string
  readonly body?: string
  readonly result?: unknown
}

/** Debian's python3-boto3, one Python process a call. */
export function boto3(options: ClientOptions): Boto3 {
  const client = {
    endpoint_url: options.endpoint,
    region_name: options.region ?? 'us-east-1',
    aws_access_key_id: options.keys.accessKey,
    aws_secret_access_key: options.keys.secretKey,
    ...(options.certificate === undefined ? {} : { verify: options.certificate }),
  }
  const style = { addressing_style: options.addressing ?? 'path' }
  const config = { s3: style, signature_version: 's3v4', retries: { total_max_attempts: 1 } }
  const env = { HOME: options.directory, AWS_EC2_METADATA_DISABLED: 'true' }
  const ask = async (job: object): Promise<Reply> => {
    const input = JSON.stringify({ client, config, ...job })
    return JSON.parse(await runOrThrow('/usr/bin/python3', ['-I', program], { env, input })) as Reply
  }
  const call = async (method: string, params: object, body?: Buffer): Promise<Answer> => {
    const file = body === undefined ? {} : { body_file: bodyFile(options.directory, body) }
    return answerOf(await ask({ call: method, params, ...file }))
  }
  return {
    name: 'boto3',
    call,
    makeBucket: (Bucket) => call('create_bucket', { Bucket }),
    put: (Bucket, Key, body) => call('put_object', { Bucket, Key }, body),
    get: (Bucket, Key) => call('get_object', { Bucket, Key }),
    head: (Bucket, Key) => call('head_object', { Bucket, Key }),
    async list(Bucket, Prefix) {
      const answer = await call('list_objects_v2', { Bucket, Prefix })
      if (!answer.ok) return answer
      const { Contents } = JSON.parse(answer.text) as { Contents?: { Key: string }[] }
      return { ...answer, text: (Contents ?? []).map(({ Key }) => Key).join('\n') }
    },
    delete: (Bucket, Key) => call('delete_object', { Bucket, Key }),
    async deleteMany(Bucket, keys) {
      const answer = await call('delete_objects', { Bucket, Delete: { Objects: keys.map((Key) => ({ Key })) } })
      if (!answer.ok) return answer
      const { Errors } = JSON.parse(answer.text) as { Errors?: { Code: string }[] }
      const code = Errors?.[0]?.Code
      return code === undefined ? answer : { ok: false, code, text: answer.text }
    },
    copy: (Bucket, from, Key) => call('copy_object', { Bucket, Key, CopySource: { Bucket, Key: from } }),
    putInParts: (Bucket, Key, body) => call('upload_file', { Bucket, Key }, body),
    presignGet: async (Bucket, Key) => String((await ask({ call: 'get_object', params: { Bucket, Key }, presign: true })).result),
    presignPost: async (params) => JSON.stringify((await ask({ call: '', params, presign_post: true })).result),
  }
}

function answerOf({ ok, status, code, message, body, result }: Reply): Answer {
  const known = status === undefined ? {} : { status }
  if (ok) return { ok, ...known, text: body === undefined ? JSON.stringify(result ?? {}) : Buffer.from(body, 'base64').toString('latin1') }
  // What boto3 wraps (an upload in parts) has its code in the text alone; the code of a HEAD is its status.
  const { text, ...read } = complaint(message ?? '')
  return { ...read, ...known, ...(code === undefined || /^\d+$/.test(code) ? {} : { code }), text }
}
