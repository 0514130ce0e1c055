import { conditionKeys } from '../catalog/condition-keys.js'
import { canonicalKeyName, slotOfKey } from '../catalog/lookup.js'

/** There is a value, but it cannot be told from here. No text, because a user may be called anything. */
export const UNKNOWN: unique symbol = Symbol.for('grantree.unknown')

/** Condition keys and their values, as a request carries them; an empty list is an absent key. */
export type ContextRecord = Readonly<Record<string, string | readonly string[]>>

/** What a request has of one condition key; undefined if it does not carry the key. */
export type GivenValue = string | readonly string[] | typeof UNKNOWN | undefined

/**
 * What tells a context from a record. By symbol, not by class: a context that another copy of this package has made is one too. A value
 * that is a symbol cannot be cloned, so nobody takes a context's structured clone for a record in which every key is absent.
 */
const CONTEXT: unique symbol = Symbol.for('grantree.RequestContext')

export function isRequestContext(context: ContextRecord | RequestContext): context is RequestContext {
  return (context as { readonly kind?: unknown }).kind === CONTEXT
}

/**
 * A request's condition keys made ready once for many decisions: a slot for each key of the catalogue, and the others (families such as
 * `s3:ExistingObjectTag/`, claims of identity providers) by name. Names may be in any spelling. It never changes.
 */
export class RequestContext {
  readonly kind = CONTEXT

  private constructor(
    /** By the key's place in the catalogue, `slotOfKey`. */
    readonly slots: readonly GivenValue[],
    /** By `canonicalKeyName`. */
    readonly others: ReadonlyMap<string, GivenValue>,
    /** Families of which no key is known, as `family/*`. */
    readonly unknownFamilies: ReadonlySet<string>,
  ) {}

  /** The context itself, or one made of a record. */
  static from(context: ContextRecord | RequestContext | undefined): RequestContext {
    if (context === undefined) return RequestContext.of({})
    return isRequestContext(context) ? context : RequestContext.of(context)
  }

  /**
   * Throws a TypeError for a value that is neither a text nor a list of texts; undefined is an absent key.
   * @param unknown names of keys whose values are not known, or `family/*`
   */
  static of(context: ContextRecord, unknown: readonly string[] = []): RequestContext {
    const slots = new Array<GivenValue>(conditionKeys.length).fill(undefined)
    const others = new Map<string, GivenValue>()
    const set = (name: string, value: GivenValue): void => {
      const slot = slotOfKey(name)
      if (slot < 0) others.set(name, value)
      else slots[slot] = value
    }
    for (const [name, value] of Object.entries(context)) set(canonicalKeyName(name), checkedValue(name, value))
    const names = unknown.map(canonicalKeyName)
    for (const name of names) set(name, UNKNOWN)
    return new RequestContext(slots, others, new Set(names.filter((name) => name.endsWith('/*'))))
  }

  /** @param name as `canonicalKeyName` spells it */
  valueOf(name: string): GivenValue {
    const slot = slotOfKey(name)
    if (slot >= 0) return this.slots[slot]
    const family = name.slice(0, name.indexOf('/') + 1)
    return this.unknownFamilies.has(`${family}*`) ? UNKNOWN : this.others.get(name)
  }
}

function checkedValue(name: string, value: unknown): GivenValue {
  if (typeof value === 'string' || value === undefined) return value
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return Object.freeze([...value])
  throw new TypeError(`the value of ${JSON.stringify(name)} must be a text or a list of texts`)
}
