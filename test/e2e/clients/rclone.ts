import { writeFileSync } from 'node:fs'
import { type CommandResult, runCommand } from '../run-command.js'
import { bodyFile, freshFile } from './body-file.js'
import { complaint } from './complaint.js'
import type { Answer, ClientOptions, S3Client } from './s3-client.js'

export interface Rclone extends S3Client {
  /** Runs `rclone` with any arguments; the remote is `s3:`. Its output is the answer's text. */
  run(args: readonly string[]): Promise<Answer>
}

/** Debian's rclone. It looks before it acts: most of its commands begin with a HEAD or a list. It does not hash what it puts. */
export function rclone(options: ClientOptions): Rclone {
  const { directory } = options
  const env = {
    HOME: directory,
    RCLONE_CONFIG: '/dev/null',
    RCLONE_CONFIG_S3_TYPE: 's3',
    RCLONE_CONFIG_S3_PROVIDER: 'Ceph',
    RCLONE_CONFIG_S3_ACCESS_KEY_ID: options.keys.accessKey,
    RCLONE_CONFIG_S3_SECRET_ACCESS_KEY: options.keys.secretKey,
    RCLONE_CONFIG_S3_ENDPOINT: options.endpoint,
    RCLONE_CONFIG_S3_REGION: options.region ?? 'us-east-1',
    RCLONE_CONFIG_S3_FORCE_PATH_STYLE: options.addressing === 'virtual' ? 'false' : 'true',
    RCLONE_CONFIG_S3_NO_CHECK_BUCKET: 'true',
    RCLONE_CONFIG_S3_CHUNK_SIZE: '5M',
    RCLONE_CONFIG_S3_UPLOAD_CUTOFF: '5M',
    RCLONE_RETRIES: '1',
    RCLONE_LOW_LEVEL_RETRIES: '1',
    ...(options.certificate === undefined ? {} : { RCLONE_CA_CERT: options.certificate }),
  }
  const rclone = (args: readonly string[]): Promise<CommandResult> => runCommand('/usr/bin/rclone', args, { env })
  const run = async (args: readonly string[]): Promise<Answer> => answerOf(await rclone(args))
  const path = (bucket: string, key: string): string => `s3:${bucket}/${key}`
  const put = (bucket: string, key: string, body: Buffer): Promise<Answer> => run(['copyto', bodyFile(directory, body), path(bucket, key)])
  // It knows no DeleteObjects: a HEAD and a DELETE for each key.
  const deleteMany = (bucket: string, keys: readonly string[]): Promise<Answer> => {
    const list = freshFile(directory)
    writeFileSync(list, keys.map((key) => `${key}\n`).join(''))
    return run(['delete', `s3:${bucket}`, '--files-from-raw', list])
  }
  return {
    name: 'rclone',
    run,
    makeBucket: (bucket) => run(['mkdir', `s3:${bucket}`, '--s3-no-check-bucket=false']),
    put,
    async get(bucket, key) {
      const { status, stdout, stderr } = await rclone(['cat', path(bucket, key)])
      return status === 0 ? { ok: true, text: stdout.toString('latin1') } : answerOf({ status, stdout, stderr })
    },
    head: (bucket, key) => run(['lsjson', '--stat', path(bucket, key)]),
    // A prefix that ends in a slash is all it can ask for.
    async list(bucket, prefix) {
      const answer = await run(['lsf', '--recursive', '--files-only', path(bucket, prefix)])
      // Where there is nothing it has no directory either.
      if (answer.text.includes('directory not found')) return { ok: true, text: '' }
      if (!answer.ok || answer.text === '') return answer
      return {
        ok: true,
        text: answer.text
          .split('\n')
          .map((key) => prefix + key)
          .join('\n'),
      }
    },
    // Not `deletefile`: that one takes a HEAD's 403 for a key that is not there.
    delete: (bucket, key) => deleteMany(bucket, [key]),
    deleteMany,
    copy: (bucket, from, to) => run(['copyto', path(bucket, from), path(bucket, to)]),
    putInParts: put,
    async presignGet(bucket, key) {
      const { stdout } = await rclone(['link', '--expire', '5m', path(bucket, key)])
      return stdout.toString().trim()
    },
  }
}

function answerOf({ status, stdout, stderr }: CommandResult): Answer {
  return status === 0 ? { ok: true, text: stdout.toString().trim() } : complaint(stderr)
}
