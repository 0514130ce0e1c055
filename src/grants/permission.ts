/** What a grant may name instead of a list of actions. `write` is ours; the others are DigitalOcean's. */
export const permissions = ['read', 'write', 'readwrite', 'fullaccess'] as const

export type Permission = (typeof permissions)[number]

const read = [
  's3:ListBucket',
  's3:ListBucketVersions',
  's3:ListBucketMultipartUploads',
  's3:GetBucketLocation',
  's3:GetBucketVersioning',
  's3:GetObject',
  's3:GetObjectVersion',
  's3:GetObjectTagging',
  's3:GetObjectVersionTagging',
  's3:GetObjectAcl',
  's3:GetObjectVersionAcl',
  's3:ListMultipartUploadParts',
]

/**
 * The actions of each permission. Source: DigitalOcean's documentation of Spaces access keys, operation by operation, in terms
 * of the actions that S3 asks for. `write` neither reads nor deletes, but it can overwrite.
 */
export const permissionActions: Readonly<Record<Permission, readonly string[]>> = {
  read,
  write: ['s3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
  readwrite: [
    ...read,
    's3:PutObject',
    's3:DeleteObject',
    's3:DeleteObjectVersion',
    's3:PutObjectTagging',
    's3:PutObjectVersionTagging',
    's3:DeleteObjectTagging',
    's3:DeleteObjectVersionTagging',
    's3:PutObjectAcl',
    's3:PutObjectVersionAcl',
    's3:AbortMultipartUpload',
  ],
  fullaccess: ['s3:*'],
}

/**
 * What a grant with a prefix still allows on the bucket itself: listing what starts with the prefix, and the bucket's location.
 * Object actions are limited by the object's key.
 */
export const bucketActionsUnderPrefix: Readonly<Record<string, 'if-prefix-is-listed' | 'always'>> = {
  's3:ListBucket': 'if-prefix-is-listed',
  's3:ListBucketVersions': 'if-prefix-is-listed',
  's3:GetBucketLocation': 'always',
}
