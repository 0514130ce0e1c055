import { PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3'
import type { Ceph } from './ceph.js'

/**
 * Lets the gateway take anonymous requests for a bucket of `main`'s, all of them: it has no key to know them by. Whoever stands in front then
 * decides alone, as it does for signed ones; without it the gateway refuses what the decider allowed.
 */
export async function openBucket({ url, owner }: Pick<Ceph, 'url' | 'owner'>, bucket: string): Promise<void> {
  const credentials = { accessKeyId: owner.accessKey, secretAccessKey: owner.secretKey }
  const client = new S3Client({ endpoint: url, region: 'us-east-1', forcePathStyle: true, credentials })
  const resources = [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`]
  const statement = { Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: resources }
  await client.send(
    new PutBucketPolicyCommand({ Bucket: bucket, Policy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }) }),
  )
  client.destroy()
}
