/** Lists of header and parameter names that several operations share. Source: Amazon S3 API Reference. */

/** A checksum of the body, in one of the algorithms. */
export const checksums: readonly string[] = [
  'x-amz-checksum-crc32',
  'x-amz-checksum-crc32c',
  'x-amz-checksum-crc64nvme',
  'x-amz-checksum-sha1',
  'x-amz-checksum-sha256',
  'x-amz-checksum-sha512',
  'x-amz-checksum-md5',
  'x-amz-checksum-xxhash64',
  'x-amz-checksum-xxhash3',
  'x-amz-checksum-xxhash128',
]

/** Encryption with a key that the client brings. */
export const customerKey: readonly string[] = [
  'x-amz-server-side-encryption-customer-algorithm',
  'x-amz-server-side-encryption-customer-key',
  'x-amz-server-side-encryption-customer-key-md5',
]

/** The key that the client brings for the source of a copy. */
export const sourceCustomerKey: readonly string[] = [
  'x-amz-copy-source-server-side-encryption-customer-algorithm',
  'x-amz-copy-source-server-side-encryption-customer-key',
  'x-amz-copy-source-server-side-encryption-customer-key-md5',
]

/** How the object is encrypted at rest. Of an upload in parts its beginning says so, and counts for what follows. */
export const encryption: readonly string[] = ['x-amz-server-side-encryption', 'x-amz-server-side-encryption-aws-kms-key-id']

/** What the source of a copy must be like. */
export const sourceConditions: readonly string[] = [
  'x-amz-copy-source-if-match',
  'x-amz-copy-source-if-modified-since',
  'x-amz-copy-source-if-none-match',
  'x-amz-copy-source-if-unmodified-since',
]

/** The access control list of a new object or bucket. */
export const aclHeaders: readonly string[] = [
  'x-amz-acl',
  'x-amz-grant-full-control',
  'x-amz-grant-read',
  'x-amz-grant-read-acp',
  'x-amz-grant-write',
  'x-amz-grant-write-acp',
]

/** What is stored along with a new object. `x-amz-meta-*` stands for all names that begin so. */
export const objectSettings: readonly string[] = [
  'x-amz-meta-*',
  'x-amz-server-side-encryption',
  'x-amz-storage-class',
  'x-amz-website-redirect-location',
  'x-amz-server-side-encryption-aws-kms-key-id',
  'x-amz-server-side-encryption-context',
  'x-amz-server-side-encryption-bucket-key-enabled',
  'x-amz-tagging',
  'x-amz-object-lock-mode',
  'x-amz-object-lock-retain-until-date',
  'x-amz-object-lock-legal-hold',
  'x-amz-object-lock-event-hold',
  'x-amz-object-lock-event-hold-duration-days',
  'x-amz-object-lock-event-hold-duration-years',
]

/** Parameters of reading an object. */
export const responseParameters: readonly string[] = [
  'response-cache-control',
  'response-content-disposition',
  'response-content-encoding',
  'response-content-language',
  'response-content-type',
  'response-expires',
  'versionId',
  'partNumber',
]

/** Headers that any operation takes. They decide nothing, but presigned URLs may carry them as parameters. */
export const commonHeaders: readonly string[] = [
  'x-amz-checksum-mode',
  'x-amz-content-sha256',
  'x-amz-decoded-content-length',
  'x-amz-expected-bucket-owner',
  'x-amz-request-payer',
  'x-amz-sdk-checksum-algorithm',
  'x-amz-trailer',
  'x-amz-user-agent',
]
