/**
 * Where things are in the record of a name's row. Buckets, accounts, canonical user ids and whatever else rows of keys name stand in one
 * table: a name has one number, by which grants and owners are compared, and of which the number 0 is no name.
 */
export const NAME_NUMBER = 0
/** What the name is: the flags below. */
export const NAME_FLAGS = 1
/** Of a bucket: the number of the account that owns it. */
export const NAME_OWNER = 2
/** Of a bucket: its policy's place in the shard's list, counted from 1; 0 is none. */
export const NAME_POLICY = 3
/** Of an account: the number of its canonical user id, or 0. */
export const NAME_CANONICAL_ID = 4
/** Of a canonical user id: the number of its account, or 0. */
export const NAME_ACCOUNT = 5

export const FLAG_BUCKET = 1
/** RestrictPublicBuckets of the bucket itself. */
export const FLAG_BUCKET_RESTRICTS = 2
export const FLAG_ACCOUNT = 4
/** RestrictPublicBuckets of all buckets of the account. */
export const FLAG_ACCOUNT_RESTRICTS = 8
