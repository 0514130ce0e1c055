const SEGMENT = 65_536

/**
 * Bytes that are held back until they are verified. They are copied, into segments: a client that sends single bytes then costs no more
 * memory than one that sends many at once, and nobody can change them between check and release.
 */
export class HeldBytes {
  private segments: Uint8Array[] = []
  private last: Uint8Array = new Uint8Array(0)
  private used = 0
  length = 0

  /** @param expected how many bytes will still come, these included; so that small chunks take little */
  add(bytes: Uint8Array, expected: number): void {
    let from = 0
    while (from < bytes.length) {
      if (this.used === this.last.length) this.grow(expected - from)
      const count = Math.min(bytes.length - from, this.last.length - this.used)
      this.last.set(bytes.subarray(from, from + count), this.used)
      this.used += count
      from += count
    }
    this.length += bytes.length
  }

  /** All bytes, which are held no longer. */
  take(): Uint8Array[] {
    const taken = this.used === 0 ? this.segments : [...this.segments, this.last.subarray(0, this.used)]
    this.segments = []
    this.last = new Uint8Array(0)
    this.used = 0
    this.length = 0
    return taken
  }

  /** All bytes in one piece; they stay held. */
  whole(): Uint8Array {
    if (this.segments.length === 0) return this.last.subarray(0, this.used)
    const whole = new Uint8Array(this.length)
    let at = 0
    for (const segment of this.segments) {
      whole.set(segment, at)
      at += segment.length
    }
    whole.set(this.last.subarray(0, this.used), at)
    return whole
  }

  private grow(expected: number): void {
    if (this.used > 0) this.segments.push(this.last)
    this.last = new Uint8Array(Math.max(1, Math.min(SEGMENT, expected)))
    this.used = 0
  }
}
