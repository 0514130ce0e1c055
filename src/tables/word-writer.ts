/** Words that are written one after another. A place that nobody has written yet holds 0, which refers to nothing. */
export class WordWriter {
  private buffer: Int32Array
  private length = 0

  /** @param room for so many words without another buffer */
  constructor(room = 1024) {
    this.buffer = new Int32Array(room)
  }

  /** The place of the next word. */
  get end(): number {
    return this.length
  }

  /** The words written so far, and room that nobody has used yet; other words once there has been more to write. */
  get words(): Int32Array {
    return this.buffer
  }

  /** Room for `count` words, and its place. */
  reserve(count: number): number {
    const at = this.length
    this.length += count
    if (this.length > this.buffer.length) {
      const larger = new Int32Array(Math.max(this.length, this.buffer.length * 2))
      larger.set(this.buffer)
      this.buffer = larger
    }
    return at
  }

  /** Writes a word where there is room for it. */
  set(at: number, word: number): void {
    this.buffer[at] = word
  }

  /** Writes words where there is room for them. */
  put(at: number, words: readonly number[]): void {
    // One by one: `Int32Array.set` takes 100 ns to start.
    for (let i = 0; i < words.length; i++) this.buffer[at + i] = words[i] as number
  }

  /** Adds a word. */
  readonly push = (word: number): void => {
    // `reserve` may put another buffer in place of this one.
    const at = this.reserve(1)
    this.buffer[at] = word
  }

  /** Adds words, and returns their place. */
  append(words: readonly number[]): number {
    const at = this.reserve(words.length)
    this.put(at, words)
    return at
  }

  /** Adds a copy of many words, and returns their place. */
  copy(words: Int32Array): number {
    const at = this.reserve(words.length)
    this.buffer.set(words, at)
    return at
  }

  /** Adds the code units of a text, and returns their place. */
  appendText(text: string): number {
    const at = this.reserve(text.length)
    for (let i = 0; i < text.length; i++) this.buffer[at + i] = text.charCodeAt(i)
    return at
  }

  /** Everything written so far. */
  finish(): Int32Array {
    return this.buffer.slice(0, this.length)
  }
}
