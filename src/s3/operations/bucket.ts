import { aclHeaders } from './names.js'
import type { OperationRow } from './operation-row.js'

/**
 * Buckets themselves: making and removing them, listing what is in them, removing many objects.
 * Source: Amazon S3 API Reference, the page of each operation; what it asks: Amazon S3 User Guide, "Required permissions for Amazon S3 API
 * operations".
 */
// biome-ignore format: one row an operation
export const bucketOperations: readonly OperationRow[] = [
  { name: 'CreateBucket', methods: ['PUT'], scope: 'bucket', headers: [...aclHeaders, 'x-amz-bucket-object-lock-enabled', 'x-amz-object-ownership', 'x-amz-bucket-namespace'], body: { kind: 'create-bucket', need: 'useful' }, asks: [{ action: 's3:CreateBucket' }, { action: 's3:PutBucketAcl', when: 'sets-bucket-acl' }, { action: 's3:PutBucketObjectLockConfiguration', when: 'enables-object-lock' }, { action: 's3:PutBucketVersioning', when: 'enables-object-lock' }, { action: 's3:PutBucketOwnershipControls', when: 'sets-ownership' }, { action: 's3:TagResource', when: 'body-has-tags' }] },
  { name: 'CreateSession', methods: ['GET'], scope: 'bucket', subresource: 'session', headers: ['x-amz-create-session-mode', 'x-amz-server-side-encryption', 'x-amz-server-side-encryption-aws-kms-key-id', 'x-amz-server-side-encryption-context', 'x-amz-server-side-encryption-bucket-key-enabled'], refusal: 'NotImplemented', asks: [] },
  { name: 'DeleteBucket', methods: ['DELETE'], scope: 'bucket', asks: [{ action: 's3:DeleteBucket' }] },
  { name: 'DeleteObjects', methods: ['POST'], scope: 'bucket', subresource: 'delete', headers: ['x-amz-mfa', 'x-amz-bypass-governance-retention'], body: { kind: 'delete', need: 'needed' }, asks: [{ action: 's3:DeleteObject', versionAction: 's3:DeleteObjectVersion', requirement: 'per-object' }, { action: 's3:BypassGovernanceRetention', when: 'bypasses-governance', requirement: 'per-object' }, { action: 's3:GetObject', when: 'if-match-etag', requirement: 'per-object' }] },
  { name: 'HeadBucket', methods: ['HEAD'], scope: 'bucket', asks: [{ action: 's3:ListBucket' }] },
  { name: 'ListMultipartUploads', methods: ['GET'], scope: 'bucket', subresource: 'uploads', parameters: ['delimiter', 'encoding-type', 'key-marker', 'max-uploads', 'prefix', 'upload-id-marker'], asks: [{ action: 's3:ListBucketMultipartUploads' }] },
  { name: 'ListObjectVersions', methods: ['GET'], scope: 'bucket', subresource: 'versions', parameters: ['delimiter', 'encoding-type', 'key-marker', 'max-keys', 'prefix', 'version-id-marker'], headers: ['x-amz-optional-object-attributes'], asks: [{ action: 's3:ListBucketVersions' }] },
  { name: 'ListObjects', methods: ['GET'], scope: 'bucket', parameters: ['delimiter', 'encoding-type', 'marker', 'max-keys', 'prefix'], headers: ['x-amz-optional-object-attributes'], asks: [{ action: 's3:ListBucket' }] },
  { name: 'ListObjectsV2', methods: ['GET'], scope: 'bucket', requires: [{ name: 'list-type', value: '2' }], parameters: ['delimiter', 'encoding-type', 'max-keys', 'prefix', 'continuation-token', 'fetch-owner', 'start-after'], headers: ['x-amz-optional-object-attributes'], asks: [{ action: 's3:ListBucket' }] },
]
