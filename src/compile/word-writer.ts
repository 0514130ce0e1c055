/** Words that are written one after another. A place that nobody has written yet holds 0, which refers to nothing. */
export class WordWriter {
  private words = new Int32Array(1024)
  private length = 0

  /** The place of the next word. */
  get end(): number {
    return this.length
  }

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

  /** Writes a word where there is room for it. */
  set(at: number, word: number): void {
    this.words[at] = word
  }

  /** Writes words where there is room for them. */
  put(at: number, words: readonly number[]): void {
    // One by one: `Int32Array.set` takes 100 ns to start.
    for (let i = 0; i < words.length; i++) this.words[at + i] = words[i] as number
  }

  /** Adds words, and returns their place. */
  append(words: readonly number[]): number {
    const at = this.reserve(words.length)
    this.put(at, words)
    return at
  }

  /** Adds the code units of a text, and returns their place. */
  appendText(text: string): number {
    const at = this.reserve(text.length)
    for (let i = 0; i < text.length; i++) this.words[at + i] = text.charCodeAt(i)
    return at
  }

  /** Everything written so far. */
  finish(): Int32Array {
    return this.words.slice(0, this.length)
  }
}
