/** Bytes of UTF-8 that a normalised bucket policy may have. Source: S3 User Guide, "Bucket policies"; the message of S3 names it. */
export const MAX_POLICY_BYTES = 20_480
