/**
 * Where things are in the words of a policy's program: one Int32Array, in which every reference is the place of a record in the same
 * array, so that it can be written to a file, mapped, and shared between threads as it is.
 *
 *     header    → the action classes of Deny and Allow, condition keys, principals, statements
 *     class     → for the statements that ask the same of an action: everyone's node, and a hash table from principal to node
 *     node      → of a radix trie over object keys: a label, the rules that hold from here on, the nodes below
 *     rule      → what is still to be matched of the resource, and a body
 *     body      → a statement: its action set, its principal test (both 0 if the way here has decided them), its conditions
 *
 * A reference of 0 is none: the header is at 0, and nobody refers to it.
 */

/** Effects are numbered in the order in which they are searched. */
export const DENY = 0
export const ALLOW = 1

/** The header. By effect: HEADER_ACTIONS + effect, HEADER_CLASSES + effect. */
export const HEADER_ACTIONS = 0
export const HEADER_CLASSES = 2
export const HEADER_KEYS = 4
export const HEADER_PRINCIPALS = 5
export const HEADER_STATEMENTS = 6
export const HEADER_FLAGS = 7
export const HEADER_SIZE = 8

/** AWS calls the policy public: RestrictPublicBuckets concerns it. */
export const FLAG_PUBLIC = 1
/** Somebody is named by a canonical id. */
export const FLAG_CANONICAL_IDS = 2
/** There are principal tests that list principals: what they say of accounts, the index does not. */
export const FLAG_TESTED_ACCOUNTS = 4

/** Actions: the class of each action of the catalogue, four to a word, from the lowest byte on. 0 is no class: the search ends. */
export const ACTIONS_PER_WORD = 4
export const MOST_CLASSES = 255

/** A class: [everyone's node, slots of the hash table − 1 or −1, slots × (principal or 0, node)]. */
export const CLASS_EVERYONE = 0
export const CLASS_MASK = 1
export const CLASS_SLOTS = 2

/**
 * A node: [rules, children, label, rules × (rest, body), children × (first unit, node), children in order]. The label is a text as
 * tables/packed-text.ts packs it: what a node holds then lies in one or two lines of the processor's cache. Bodies stand behind the first node that has them.
 */
export const NODE_RULES = 0
export const NODE_CHILDREN = 1
export const NODE_LABEL = 2

/** What a rule asks of the key past its node: nothing, nothing more of it, or a resource test. */
export const REST_ANY = 0
export const REST_END = -1

/** A body: [statement, action set or 0, principal test or 0, conditions, condition...]. */
export const BODY_STATEMENT = 0
export const BODY_ACTIONS = 1
export const BODY_PRINCIPAL = 2
export const BODY_CONDITIONS = 3
export const BODY_SIZE = 4

/** A resource test: [kind, …]. */
export const TEST_UNKNOWN = 0
/** [kind, pattern]: against the rest of the key. */
export const TEST_PATTERN = 1
/** [kind, subject, variables, patterns, pattern...]: true if one matches. Its subject: the rest of the key, or the whole `bucket/key`. */
export const TEST_TEMPLATE = 2
/** [kind, tests, test...]: NotResource, not one of them. */
export const TEST_NONE_OF = 3
export const SUBJECT_REST = 0
export const SUBJECT_RESOURCE = 1

/** Variables: [how many, (key, default's string or −1)...]. */

/** A pattern: [runs, run...], cut at its stars. A run: [elements, (kind, a, b)...]. */
export const ELEMENT_SIZE = 3
/** `a` units at `b`. */
export const ELEMENT_TEXT = 0
/** One code point. */
export const ELEMENT_ONE = 1
/** The value of key `a`, or the string `b` where it has none. */
export const ELEMENT_VARIABLE = 2
/** As ELEMENT_TEXT, alone between two stars; the borders of Knuth, Morris and Pratt follow the units. */
export const ELEMENT_SOUGHT = 3

/** A condition: [family, flags, orders that hold, key, operator's name, operands, operand...]. */
export const CONDITION_FAMILY = 0
export const CONDITION_FLAGS = 1
export const CONDITION_ORDERS = 2
export const CONDITION_KEY = 3
export const CONDITION_OPERATOR = 4
export const CONDITION_OPERANDS = 5
export const CONDITION_SIZE = 6
export const FLAG_NEGATED = 1
export const FLAG_IF_EXISTS = 2
export const FLAG_ALL_VALUES = 4
export const FLAG_ANY_VALUE = 8
/** Orders of value and operand. */
export const ORDER_BELOW = 1
export const ORDER_EQUAL = 2
export const ORDER_ABOVE = 4

/** How a condition compares: the program's operators. */
export const FAMILY_EQUALS = 0
export const FAMILY_EQUALS_FOLDED = 1
export const FAMILY_LIKE = 2
export const FAMILY_NUMBER = 3
export const FAMILY_DATE = 4
export const FAMILY_BOOLEAN = 5
export const FAMILY_BINARY = 6
export const FAMILY_ADDRESS = 7
export const FAMILY_ARN = 8
export const FAMILY_PRESENCE = 9

/**
 * An operand: [its text, status, variables or 0, data...]. The data by family, of operands without variables: a string for EQUALS, EQUALS_FOLDED
 * and BINARY; a pattern for LIKE; [negative, digits, exponent] for NUMBER; [seconds high, seconds low, nanoseconds] for DATE; 0 or 1 for
 * BOOLEAN and PRESENCE; a masked range for ADDRESS; six patterns for ARN. With variables: a pattern, for ARN six.
 */
export const OPERAND_TEXT = 0
export const OPERAND_STATUS = 1
export const OPERAND_VARIABLES = 2
export const OPERAND_DATA = 3
export const OPERAND_READABLE = 0
/** The operator cannot read it: unknown, once the value is readable and its variables are set. */
export const OPERAND_UNREADABLE = 1
/** A malformed variable: unknown. */
export const OPERAND_UNKNOWN = 2

/** Condition keys: [how many, rows...]. A row: [name, catalogue slot or −1, `family/*` or −1, derivation, multi-valued]. */
export const KEY_NAME = 0
export const KEY_SLOT = 1
export const KEY_FAMILY = 2
export const KEY_DERIVATION = 3
export const KEY_MULTI_VALUED = 4
export const KEY_SIZE = 5

/**
 * Principals: [end of the accounts, of the roles, of the unique ids, of all, rows...], numbered from 1; number 0 is everyone. Accounts come
 * first, then roles, then ids, each in order of their texts, so that a part of a request's text finds them without becoming a string of its
 * own; users are in order of name and account. A row: [kind, text (of an account its id), account or −1, name or −1, end], where `end` is
 * the first principal after the users of the same name.
 */
export const PRINCIPALS_ACCOUNTS_END = 0
export const PRINCIPALS_ROLES_END = 1
export const PRINCIPALS_IDS_END = 2
export const PRINCIPALS_END = 3
export const PRINCIPALS_ROWS = 4
export const PRINCIPAL_KIND = 0
export const PRINCIPAL_TEXT = 1
export const PRINCIPAL_ACCOUNT = 2
export const PRINCIPAL_NAME = 3
export const PRINCIPAL_END = 4
export const PRINCIPAL_SIZE = 5
export const KIND_EVERYONE = 0
/** Whole ARN. */
export const KIND_ARN = 1
/** A user of the partition `aws`: whole ARN, and for access keys without an ARN of their own, account and the rest of the ARN. */
export const KIND_USER = 2
/** A role by account and the last part of its path: sessions that do not tell their role's ARN. */
export const KIND_ROLE = 3
export const KIND_ACCOUNT = 4
/** A unique id. */
export const KIND_ID = 5
export const KIND_SERVICE = 6
export const KIND_PROVIDER = 7
export const KIND_CANONICAL = 8
/** Of a principal test only: a text with wildcards, by what it names. */
export const KIND_AWS_PATTERN = 9
export const KIND_SERVICE_PATTERN = 10
export const KIND_PROVIDER_PATTERN = 11
export const KIND_CANONICAL_PATTERN = 12

/** A principal test: [how it reads its entries, entries, rows as those of principals...]. */
/** Principal. */
export const LISTED = 0
/** NotPrincipal of an Allow. */
export const NOT_LISTED = 1
/** NotPrincipal of a Deny. */
export const NOT_SPARED = 2

/** Statements: [how many, rows...]. A row: [effect, Sid's string or −1]. */
export const STATEMENT_EFFECT = 0
export const STATEMENT_SID = 1
export const STATEMENT_SIZE = 2

/** Action sets and instants: packed.ts. */
