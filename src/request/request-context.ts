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

/** What a context holds, by place and by name. */
export interface ContextParts {
  /** By the key's place in the catalogue, `slotOfKey`. */
  readonly slots: readonly GivenValue[]
  /** By `canonicalKeyName`. */
  readonly others: ReadonlyMap<string, GivenValue>
  /** Families of which no key is known, as `family/*`. */
  readonly unknownFamilies: ReadonlySet<string>
}

/** Where the parts of a context come from that is made ready when it is first read. Asked at most once. */
export interface ContextSource {
  make(): ContextParts
}

/**
 * A request's condition keys made ready once for many decisions: a slot for each key of the catalogue, and the others (families such as
 * `s3:ExistingObjectTag/`, claims of identity providers) by name. Names may be in any spelling. It never changes.
 */
export class RequestContext implements ContextParts {
  readonly kind = CONTEXT

  private constructor(
    private parts: ContextParts | undefined,
    private source: ContextSource | undefined,
  ) {}

  get slots(): readonly GivenValue[] {
    return (this.parts ?? this.made()).slots
  }

  get others(): ReadonlyMap<string, GivenValue> {
    return (this.parts ?? this.made()).others
  }

  get unknownFamilies(): ReadonlySet<string> {
    return (this.parts ?? this.made()).unknownFamilies
  }

  /** A context that is made when a condition first reads it: most requests are decided without. */
  static lazy(source: ContextSource): RequestContext {
    return new RequestContext(undefined, source)
  }

  private made(): ContextParts {
    const parts = (this.source as ContextSource).make()
    this.parts = parts
    this.source = undefined
    return parts
  }

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
    return new RequestContext({ slots, others, unknownFamilies: new Set(names.filter((name) => name.endsWith('/*'))) }, undefined)
  }

  /** @param name as `canonicalKeyName` spells it */
  valueOf(name: string): GivenValue {
    const slot = slotOfKey(name)
    if (slot >= 0) return this.slots[slot]
    return this.unknownFamilies.has(familyOf(name)) ? UNKNOWN : this.others.get(name)
  }

  /**
   * A new context in which keys that were unknown have the values told. What the request itself supplied, or is known to lack, stays.
   * @param values an empty list is an absent key; of a family that was unknown, the keys that are not named stay unknown
   * @param unknown what could not be told either, by name or as `family/*`: it stays unknown, whatever `values` says
   */
  withValues(values: ContextRecord, unknown: readonly string[] = []): RequestContext {
    const untold = new Set(unknown.map(canonicalKeyName))
    const slots = [...this.slots]
    const others = PartlyKnownFamilies.from(this.others)
    const unknownFamilies = new Set(this.unknownFamilies)
    for (const [given, value] of Object.entries(values)) {
      const name = canonicalKeyName(given)
      const family = familyOf(name)
      const checked = checkedValue(given, value)
      if (untold.has(name) || untold.has(family) || this.valueOf(name) !== UNKNOWN) continue
      const slot = slotOfKey(name)
      if (slot >= 0) slots[slot] = checked
      else {
        if (unknownFamilies.delete(family)) others.open(family)
        others.set(name, checked)
      }
    }
    return new RequestContext({ slots, others, unknownFamilies }, undefined)
  }
}

function familyOf(name: string): string {
  return `${name.slice(0, name.indexOf('/') + 1)}*`
}

/** Keys by name, where of some families only the keys that are named are known. */
class PartlyKnownFamilies extends Map<string, GivenValue> {
  private readonly families = new Set<string>()

  static from(others: ReadonlyMap<string, GivenValue>): PartlyKnownFamilies {
    const own = new PartlyKnownFamilies()
    for (const [name, value] of others) own.set(name, value)
    if (others instanceof PartlyKnownFamilies) for (const family of others.families) own.families.add(family)
    return own
  }

  /** From now on keys of the family may be known one by one. What stood here of it was outweighed, and stays so. */
  open(family: string): void {
    for (const name of this.keys()) if (familyOf(name) === family) this.delete(name)
    this.families.add(family)
  }

  override get(name: string): GivenValue {
    if (this.families.size === 0 || this.has(name)) return super.get(name)
    return this.families.has(familyOf(name)) ? UNKNOWN : undefined
  }
}

function checkedValue(name: string, value: unknown): GivenValue {
  if (typeof value === 'string' || value === undefined) return value
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return Object.freeze([...value])
  throw new TypeError(`the value of ${JSON.stringify(name)} must be a text or a list of texts`)
}
