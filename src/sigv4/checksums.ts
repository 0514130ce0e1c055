import { crc32, crc32c } from './crc32.js'
import { crc64nvme } from './crc64nvme.js'
import type { Hashing, IncrementalHash } from './hashing.js'

/**
 * The trailing headers whose values are checked against the payload. SHA-256 needs hashing that is fed piece by piece; `x-amz-checksum-sha1`
 * is not checked at all. What is not checked is told in the result, never taken for checked.
 */
export const checksums: ReadonlyMap<string, (hashing: Hashing) => IncrementalHash | undefined> = new Map<
  string,
  (hashing: Hashing) => IncrementalHash | undefined
>([
  ['x-amz-checksum-crc32', crc32],
  ['x-amz-checksum-crc32c', crc32c],
  ['x-amz-checksum-crc64nvme', crc64nvme],
  ['x-amz-checksum-sha256', (hashing) => hashing.createSha256?.()],
])
