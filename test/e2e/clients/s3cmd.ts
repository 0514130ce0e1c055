import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CommandResult, runCommand } from '../run-command.js'
import { bodyFile, freshFile } from './body-file.js'
import { complaint } from './complaint.js'
import type { Answer, ClientOptions, S3Client } from './s3-client.js'

export interface S3cmd extends S3Client {
  /** Runs `s3cmd` with any arguments. Its output is the answer's text. */
  run(args: readonly string[]): Promise<Answer>
}

/** Debian's s3cmd. It presigns with signature version 2 alone, so it has no presignGet here, and uses DeleteObjects for `rm --recursive` alone. */
export function s3cmd(options: ClientOptions): S3cmd {
  const { directory } = options
  const { protocol, host } = new URL(options.endpoint)
  const config = join(directory, 's3cfg')
  const lines = {
    access_key: options.keys.accessKey,
    secret_key: options.keys.secretKey,
    bucket_location: options.region ?? 'us-east-1',
    host_base: host,
    host_bucket: options.addressing === 'virtual' ? `%(bucket)s.${host}` : host,
    use_https: protocol === 'https:' ? 'True' : 'False',
    ca_certs_file: options.certificate ?? '',
    max_retries: '1',
    multipart_chunk_size_mb: '5',
    progress_meter: 'False',
  }
  const text = Object.entries(lines).map(([name, value]) => `${name} = ${value}\n`)
  writeFileSync(config, `[default]\n${text.join('')}`)
  const run = async (args: readonly string[]): Promise<Answer> =>
    answerOf(await runCommand('/usr/bin/s3cmd', ['--config', config, ...args], { env: { HOME: directory } }))
  const url = (bucket: string, key: string): string => `s3://${bucket}/${key}`
  const put = (bucket: string, key: string, body: Buffer): Promise<Answer> => run(['put', bodyFile(directory, body), url(bucket, key)])
  return {
    name: 's3cmd',
    run,
    makeBucket: (bucket) => run(['mb', `s3://${bucket}`]),
    put,
    async get(bucket, key) {
      const file = freshFile(directory)
      const answer = await run(['get', url(bucket, key), file])
      return answer.ok ? { ok: true, text: readFileSync(file, 'latin1') } : answer
    },
    // HEAD, and then what the bucket says of policy, ACL and CORS.
    head: (bucket, key) => run(['info', url(bucket, key)]),
    async list(bucket, prefix) {
      const answer = await run(['ls', '--recursive', url(bucket, prefix)])
      if (!answer.ok) return answer
      const keys = answer.text.split('\n').map((line) => line.slice(line.indexOf('s3://') + `s3://${bucket}/`.length))
      return { ok: true, text: keys.join('\n') }
    },
    delete: (bucket, key) => run(['rm', url(bucket, key)]),
    deleteMany: (bucket, keys) => run(['rm', ...keys.map((key) => url(bucket, key))]),
    copy: (bucket, from, to) => run(['cp', url(bucket, from), url(bucket, to)]),
    putInParts: put,
  }
}

function answerOf({ status, stdout, stderr }: CommandResult): Answer {
  return status === 0 ? { ok: true, text: stdout.toString().trim() } : complaint(stderr)
}
