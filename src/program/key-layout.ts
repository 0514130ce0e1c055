/**
 * Where things are in the words of a shard of access keys. The header: [keys, rows of keys]. Keys are in the order in which they were
 * given; the grants of a key in order of their buckets, `""` of `fullaccess` first.
 */
export const HEADER_KEYS = 0
export const HEADER_ROWS = 1
export const HEADER_SIZE = 2

/** A key: [access key, account, ARN or −1 for the default one, name or −1, flags, bounds or 0, grants, first grant]. */
export const KEY_ACCESS_KEY = 0
export const KEY_ACCOUNT = 1
export const KEY_ARN = 2
export const KEY_NAME = 3
export const KEY_FLAGS = 4
export const KEY_BOUNDS = 5
export const KEY_GRANTS = 6
export const KEY_FIRST_GRANT = 7
export const KEY_SIZE = 8
export const FLAG_SUSPENDED = 1
/** A `fullaccess` grant without limits: the key can rescue buckets of its account. */
export const FLAG_RESCUES = 2

/** Time bounds: [is there one, seconds high, seconds low, nanoseconds], for `notBefore` and then for `expiresAt`. */
export const BOUND_SIZE = 4

/** A grant: [bucket, terms, its place in the key's list]. */
export const GRANT_BUCKET = 0
export const GRANT_TERMS = 1
export const GRANT_INDEX = 2
export const GRANT_SIZE = 3

/**
 * What a grant allows, once for all grants that allow the same:
 * [permission or −1, action set, prefix or −1, patterns, ranges or −1, pattern..., ranges × (text, masked range)].
 * The action set has only what can be allowed: under a prefix, what a prefix limits.
 */
export const TERMS_PERMISSION = 0
export const TERMS_ACTIONS = 1
export const TERMS_PREFIX = 2
export const TERMS_PATTERNS = 3
export const TERMS_RANGES = 4
export const TERMS_SIZE = 5
/** A range: its text, and nine words. */
export const RANGE_SIZE = 10
