import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { awsSdk } from './aws-sdk.js'
import { awsCli } from './awscli.js'
import { boto3 } from './boto3.js'
import { curl } from './curl.js'
import { rclone } from './rclone.js'
import type { ClientOptions, S3Client } from './s3-client.js'
import { s3cmd } from './s3cmd.js'

const makers: Readonly<Record<string, (options: ClientOptions) => S3Client>> = {
  'aws-sdk': (options) => awsSdk(options),
  awscli: awsCli,
  boto3,
  s3cmd,
  rclone,
  curl,
}

/** Every client, each with a folder of its own below `options.directory`, which is made. */
export function allClients(options: ClientOptions): readonly S3Client[] {
  return Object.entries(makers).map(([name, make]) => {
    const directory = join(options.directory, name)
    mkdirSync(directory, { recursive: true })
    return make({ ...options, directory })
  })
}
