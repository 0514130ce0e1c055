/**
 * An image: 32-bit words, the lowest byte of each first. A header, and behind it the shards of keys and names as they are in memory, so that
 * opening it is a matter of views.
 */

/** `GRNTREE` and the number of the layout, which changes with every change to what words mean. */
export const MAGIC: readonly [number, number] = [0x544e5247, 0x01454552]

export const HEADER_MAGIC = 0
/** The catalogue that actions and condition keys are numbered by. */
export const HEADER_CATALOGUE = 2
/** Words of the whole image. */
export const HEADER_LENGTH = 3
export const HEADER_CHECKSUM = 4
export const CHECKSUM_SIZE = 2
export const HEADER_SEED = 6
export const HEADER_NAME_COUNT = 7
export const HEADER_USUAL_NAMES = 8
/** Where the table of keys is described, that of names, and the hashes of names by their numbers. */
export const HEADER_KEYS = 9
export const HEADER_NAMES = 10
export const HEADER_NAME_HASHES = 11
export const HEADER_SIZE = 12

/** A table: [bits, rows, shards, shards × (place, words, policies, place of the first policy's place), 2 ^ bits × number of a shard]. */
export const TABLE_BITS = 0
export const TABLE_COUNT = 1
export const TABLE_SHARDS = 2
export const TABLE_SIZE = 3
export const SHARD_PLACE = 0
export const SHARD_WORDS = 1
export const SHARD_POLICIES = 2
export const SHARD_FIRST_POLICY = 3
export const SHARD_SIZE = 4
