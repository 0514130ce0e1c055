import { foldAscii } from '../../../match/case.js'

/**
 * Operations of S3's API whose name is no action, and the actions that they need at the least. Source: S3 User Guide, "Required permissions
 * for Amazon S3 API operations".
 */
const operations: readonly (readonly [string, readonly string[]])[] = [
  ['s3:CompleteMultipartUpload', ['s3:PutObject']],
  ['s3:CopyObject', ['s3:GetObject', 's3:PutObject']],
  ['s3:CreateBucketMetadataConfiguration', ['s3:CreateBucketMetadataTableConfiguration']],
  ['s3:CreateMultipartUpload', ['s3:PutObject']],
  ['s3:DeleteBucketAnalyticsConfiguration', ['s3:PutAnalyticsConfiguration']],
  ['s3:DeleteBucketCors', ['s3:PutBucketCORS']],
  ['s3:DeleteBucketEncryption', ['s3:PutEncryptionConfiguration']],
  ['s3:DeleteBucketIntelligentTieringConfiguration', ['s3:PutIntelligentTieringConfiguration']],
  ['s3:DeleteBucketInventoryConfiguration', ['s3:PutInventoryConfiguration']],
  ['s3:DeleteBucketLifecycle', ['s3:PutLifecycleConfiguration']],
  ['s3:DeleteBucketMetadataConfiguration', ['s3:DeleteBucketMetadataTableConfiguration']],
  ['s3:DeleteBucketMetricsConfiguration', ['s3:PutMetricsConfiguration']],
  ['s3:DeleteBucketOwnershipControls', ['s3:PutBucketOwnershipControls']],
  ['s3:DeleteBucketReplication', ['s3:PutReplicationConfiguration']],
  ['s3:DeleteBucketTagging', ['s3:PutBucketTagging']],
  ['s3:DeleteObjects', ['s3:DeleteObject']],
  ['s3:DeletePublicAccessBlock', ['s3:PutBucketPublicAccessBlock']],
  ['s3:GetBucketAccelerateConfiguration', ['s3:GetAccelerateConfiguration']],
  ['s3:GetBucketAnalyticsConfiguration', ['s3:GetAnalyticsConfiguration']],
  ['s3:GetBucketCors', ['s3:GetBucketCORS']],
  ['s3:GetBucketEncryption', ['s3:GetEncryptionConfiguration']],
  ['s3:GetBucketIntelligentTieringConfiguration', ['s3:GetIntelligentTieringConfiguration']],
  ['s3:GetBucketInventoryConfiguration', ['s3:GetInventoryConfiguration']],
  ['s3:GetBucketLifecycle', ['s3:GetLifecycleConfiguration']],
  ['s3:GetBucketLifecycleConfiguration', ['s3:GetLifecycleConfiguration']],
  ['s3:GetBucketMetadataConfiguration', ['s3:GetBucketMetadataTableConfiguration']],
  ['s3:GetBucketMetricsConfiguration', ['s3:GetMetricsConfiguration']],
  ['s3:GetBucketNotificationConfiguration', ['s3:GetBucketNotification']],
  ['s3:GetBucketReplication', ['s3:GetReplicationConfiguration']],
  ['s3:GetObjectLockConfiguration', ['s3:GetBucketObjectLockConfiguration']],
  ['s3:GetPublicAccessBlock', ['s3:GetBucketPublicAccessBlock']],
  ['s3:HeadBucket', ['s3:ListBucket']],
  ['s3:HeadObject', ['s3:GetObject']],
  ['s3:ListBucketAnalyticsConfigurations', ['s3:GetAnalyticsConfiguration']],
  ['s3:ListBucketIntelligentTieringConfigurations', ['s3:GetIntelligentTieringConfiguration']],
  ['s3:ListBucketInventoryConfigurations', ['s3:GetInventoryConfiguration']],
  ['s3:ListBucketMetricsConfigurations', ['s3:GetMetricsConfiguration']],
  ['s3:ListBuckets', ['s3:ListAllMyBuckets']],
  ['s3:ListMultipartUploads', ['s3:ListBucketMultipartUploads']],
  ['s3:ListObjectVersions', ['s3:ListBucketVersions']],
  ['s3:ListObjects', ['s3:ListBucket']],
  ['s3:ListObjectsV2', ['s3:ListBucket']],
  ['s3:ListParts', ['s3:ListMultipartUploadParts']],
  ['s3:PostObject', ['s3:PutObject']],
  ['s3:PutBucketAccelerateConfiguration', ['s3:PutAccelerateConfiguration']],
  ['s3:PutBucketAnalyticsConfiguration', ['s3:PutAnalyticsConfiguration']],
  ['s3:PutBucketCors', ['s3:PutBucketCORS']],
  ['s3:PutBucketEncryption', ['s3:PutEncryptionConfiguration']],
  ['s3:PutBucketIntelligentTieringConfiguration', ['s3:PutIntelligentTieringConfiguration']],
  ['s3:PutBucketInventoryConfiguration', ['s3:PutInventoryConfiguration']],
  ['s3:PutBucketLifecycle', ['s3:PutLifecycleConfiguration']],
  ['s3:PutBucketLifecycleConfiguration', ['s3:PutLifecycleConfiguration']],
  ['s3:PutBucketMetricsConfiguration', ['s3:PutMetricsConfiguration']],
  ['s3:PutBucketNotificationConfiguration', ['s3:PutBucketNotification']],
  ['s3:PutBucketReplication', ['s3:PutReplicationConfiguration']],
  ['s3:PutObjectLockConfiguration', ['s3:PutBucketObjectLockConfiguration']],
  ['s3:PutPublicAccessBlock', ['s3:PutBucketPublicAccessBlock']],
  ['s3:SelectObjectContent', ['s3:GetObject']],
  ['s3:UploadPart', ['s3:PutObject']],
  ['s3:UploadPartCopy', ['s3:GetObject', 's3:PutObject']],
]

const byFoldedName = new Map(operations.map(([name, needed]) => [foldAscii(name), needed]))

/** The actions that an operation needs, by its name behind `s3:`; undefined if it is no operation, or is an action too. */
export function actionsForOperation(name: string): readonly string[] | undefined {
  return byFoldedName.get(foldAscii(name))
}
