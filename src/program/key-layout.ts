/**
 * Where things are in the record of an access key's row: the members below, then what the flags say is there, the grants in the order in
 * which the key lists them, and for many grants an index. Nothing in a row tells its place: rows move as they are.
 */
export const KEY_ACCOUNT = 0
export const KEY_FLAGS = 1
export const KEY_GRANTS = 2
/** Where the grants start, counted from the record. */
export const KEY_FIRST_GRANT = 3
export const KEY_SIZE = 4

export const FLAG_SUSPENDED = 1
/** A `fullaccess` grant without limits: the key can rescue buckets of its account. */
export const FLAG_RESCUES = 2
/** The number of its ARN follows; without it, the key has the default one. */
export const FLAG_ARN = 4
/** Time bounds follow: `notBefore` and `expiresAt`, each [is there one, seconds high, seconds low, nanoseconds]. */
export const FLAG_BOUNDS = 8
export const BOUND_SIZE = 4
/** A text follows, the key's own name. */
export const FLAG_NAME = 16
/** One of the grants has terms. */
export const FLAG_TERMS = 32
/** The grants are too many to be tried in turn: behind them stands where they are, in order of their buckets, `fullaccess` first. */
export const FLAG_INDEX = 64
export const MOST_TRIED = 16

/**
 * A grant: its bucket's number × 8, and a permission's place in `permissions`; nearly all grants are that, and take one word. Or its bucket's
 * number × 8 + WITH_TERMS, and the terms. The bucket's number is 0 for `fullaccess`: every bucket.
 */
export const BUCKET_SHIFT = 3
export const GRANT_CODE = 7
export const WITH_TERMS = 7
export const EVERY_BUCKET = 0
/** More names than a grant has room for. */
export const MOST_NAMES = 2 ** (32 - BUCKET_SHIFT) - 1

/**
 * Terms: [words they take, permission or −1, has a prefix, patterns, ranges or −1, action set, patterns × name's number, ranges × (number of its
 * text as a name, masked range), prefix's text]. The action set has only what can be allowed: under a prefix, what a prefix limits.
 */
export const TERMS_SIZE = 0
export const TERMS_PERMISSION = 1
export const TERMS_HAS_PREFIX = 2
export const TERMS_PATTERNS = 3
export const TERMS_RANGES = 4
export const TERMS_ACTIONS = 5
/** A range: the number of its text, and nine words. */
export const RANGE_SIZE = 10
