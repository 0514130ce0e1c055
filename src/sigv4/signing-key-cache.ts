interface Entry {
  readonly secret: string
  readonly signingKey: Uint8Array
  /** The key of the other secret, while the key's secret is being rotated. */
  readonly other?: Entry
}

/**
 * Signing keys that were good for a signature, so that the next request of the same key, day and region needs one HMAC instead of five.
 * It holds at most `capacity` entries and forgets those that were not used for longest, in two generations: what is asked for again moves
 * to the younger one, and when that is full the older one is dropped.
 *
 * An entry is found only by the secret it was made from, so a secret that was taken back is of no use from then on. Secrets are kept as
 * they are, as the source hands them over: a digest would cost as much as it saves, and a signing key is as good as its secret for that
 * day. Only keys that verified a signature are put in, so that nobody without a secret can fill the cache.
 */
export class SigningKeyCache {
  private young = new Map<string, Entry>()
  private old = new Map<string, Entry>()

  /** @param capacity how many keys are kept, at least 2 */
  constructor(private readonly capacity: number = 10_000) {}

  get(accessKey: string, secret: string, date: string, region: string): Uint8Array | undefined {
    const name = `${date}/${region}/${accessKey}`
    let entry = this.young.get(name)
    if (entry === undefined) {
      entry = this.old.get(name)
      if (entry !== undefined) this.put(name, entry)
    }
    if (entry?.secret === secret) return entry.signingKey
    return entry?.other?.secret === secret ? entry.other.signingKey : undefined
  }

  set(accessKey: string, secret: string, date: string, region: string, signingKey: Uint8Array): void {
    const name = `${date}/${region}/${accessKey}`
    const earlier = this.young.get(name) ?? this.old.get(name)
    if (earlier === undefined || earlier.secret === secret) this.put(name, { secret, signingKey })
    else this.put(name, { secret, signingKey, other: { secret: earlier.secret, signingKey: earlier.signingKey } })
  }

  /** How many keys and days are remembered. */
  get size(): number {
    let size = this.young.size
    for (const name of this.old.keys()) if (!this.young.has(name)) size++
    return size
  }

  clear(): void {
    this.young.clear()
    this.old.clear()
  }

  private put(name: string, entry: Entry): void {
    if (this.young.size >= this.capacity / 2 && !this.young.has(name)) {
      this.old = this.young
      this.young = new Map()
    }
    this.young.set(name, entry)
  }
}
