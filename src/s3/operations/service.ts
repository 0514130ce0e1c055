import type { OperationRow } from './operation-row.js'

/**
 * What is asked of the service itself, and of the website endpoint.
 * Source: Amazon S3 API Reference, the page of each operation; what it asks: Amazon S3 User Guide, "Required permissions for Amazon S3 API
 * operations".
 */
// biome-ignore format: one row an operation
export const serviceOperations: readonly OperationRow[] = [
  { name: 'ListBuckets', methods: ['GET'], scope: 'service', parameters: ['max-buckets', 'continuation-token', 'prefix', 'bucket-region'], asks: [{ action: 's3:ListAllMyBuckets' }] },
  { name: 'ListDirectoryBuckets', methods: ['GET'], scope: 'service', requires: [{ name: 'max-directory-buckets' }], parameters: ['continuation-token'], refusal: 'NotImplemented', asks: [] },
  { name: 'WebsiteGetOrHead', methods: ['GET', 'HEAD'], scope: 'website', isAnonymous: true, ignoresUnknownParameters: true, asks: [{ action: 's3:GetObject' }, { action: 's3:ListBucket', requirement: 'error-shape' }] },
  { name: 'WriteGetObjectResponse', methods: ['POST'], scope: 'service', path: '/WriteGetObjectResponse', refusal: 'NotImplemented', asks: [] },
]
