/** What keeps an owner from locking itself out for good. Source: Amazon S3 API Reference, PutBucketPolicy. */
export const rescuingActions: ReadonlySet<string> = new Set(['s3:GetBucketPolicy', 's3:PutBucketPolicy', 's3:DeleteBucketPolicy'])
