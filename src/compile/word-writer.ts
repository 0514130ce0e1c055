/** Words that are written one after another. A place that nobody has written yet holds 0, which refers to nothing. */
export class WordWriter {
  private words = new Int32Array(256)
  private length = 0

  /** Room for `count` words, and its place. */
  reserve(count: number): number {
    const at = this.length
    this.length += count
    if (this.length > this.words.length) {
      const larger = new Int32Array(Math.max(this.length, this.words.length * 2))
      larger.set(this.words)
      this.words = larger
    }
    return at
  }

  /** Writes words where there is room for them. */
  put(at: number, words: readonly number[]): void {
    this.words.set(words, at)
  }

  /** Adds words, and returns their place. */
  append(words: readonly number[]): number {
    const at = this.reserve(words.length)
    this.put(at, words)
    return at
  }

  /** Everything written so far. */
  finish(): Int32Array {
    return this.words.slice(0, this.length)
  }
}
