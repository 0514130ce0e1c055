import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CommandResult, runCommand } from '../run-command.js'
import { bodyFile, freshFile } from './body-file.js'
import { complaint } from './complaint.js'
import type { Answer, ClientOptions, S3Client } from './s3-client.js'

export interface AwsCli extends S3Client {
  /** Runs `aws` with any arguments: `['s3api', 'get-object-tagging', …]`. Its output is the answer's text. */
  run(args: readonly string[]): Promise<Answer>
}

/** Debian's `aws`, version 2. */
export function awsCli(options: ClientOptions): AwsCli {
  const { directory } = options
  const config = join(directory, 'aws-config')
  writeFileSync(config, `[default]\ns3 =\n  addressing_style = ${options.addressing ?? 'path'}\n`)
  const env = {
    HOME: directory,
    AWS_ACCESS_KEY_ID: options.keys.accessKey,
    AWS_SECRET_ACCESS_KEY: options.keys.secretKey,
    AWS_DEFAULT_REGION: options.region ?? 'us-east-1',
    AWS_CONFIG_FILE: config,
    AWS_SHARED_CREDENTIALS_FILE: join(directory, 'none'),
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_MAX_ATTEMPTS: '1',
    AWS_PAGER: '',
    ...(options.certificate === undefined ? {} : { AWS_CA_BUNDLE: options.certificate }),
  }
  const aws = (args: readonly string[]): Promise<CommandResult> =>
    runCommand('/usr/bin/aws', ['--endpoint-url', options.endpoint, '--output', 'text', ...args], { env })
  const run = async (args: readonly string[]): Promise<Answer> => answerOf(await aws(args))
  const object = (bucket: string, key: string): string[] => ['--bucket', bucket, '--key', key]
  return {
    name: 'awscli',
    run,
    makeBucket: (bucket) => run(['s3api', 'create-bucket', '--bucket', bucket]),
    put: (bucket, key, body) => run(['s3api', 'put-object', ...object(bucket, key), '--body', bodyFile(directory, body)]),
    async get(bucket, key) {
      const file = freshFile(directory)
      const answer = await run(['s3api', 'get-object', ...object(bucket, key), file])
      return answer.ok ? { ok: true, text: readFileSync(file, 'latin1') } : answer
    },
    head: (bucket, key) => run(['s3api', 'head-object', ...object(bucket, key)]),
    async list(bucket, prefix) {
      const asked = ['--bucket', bucket, '--prefix', prefix, '--query', 'Contents[].[Key]']
      const answer = await run(['s3api', 'list-objects-v2', ...asked])
      return answer.text === 'None' ? { ok: true, text: '' } : answer
    },
    delete: (bucket, key) => run(['s3api', 'delete-object', ...object(bucket, key)]),
    async deleteMany(bucket, keys) {
      const asked = JSON.stringify({ Objects: keys.map((Key) => ({ Key })) })
      // A key that may not be deleted is an error inside a 200.
      const answer = await run(['s3api', 'delete-objects', '--bucket', bucket, '--delete', asked, '--query', 'Errors[].[Code, Key]'])
      const code = /^([A-Z]\w+)\t/m.exec(answer.text)?.[1]
      return answer.ok && code !== undefined ? { ok: false, code, text: answer.text } : answer
    },
    copy: (bucket, from, to) => run(['s3api', 'copy-object', ...object(bucket, to), '--copy-source', `${bucket}/${from}`]),
    putInParts: (bucket, key, body) => run(['s3', 'cp', '--no-progress', bodyFile(directory, body), `s3://${bucket}/${key}`]),
    async presignGet(bucket, key) {
      const { stdout } = await aws(['s3', 'presign', `s3://${bucket}/${key}`, '--expires-in', '300'])
      return stdout.toString().trim()
    },
  }
}

function answerOf({ status, stdout, stderr }: CommandResult): Answer {
  return status === 0 ? { ok: true, text: stdout.toString().trim() } : complaint(stderr)
}
