import { packText } from './packed-text.js'
import { ROW_SIZE } from './table.js'

/** Rows in the making, one after another. */
export class RowWriter {
  private buffer = new Int32Array(1024)
  private length = 0
  private readonly starts: number[] = []
  private readonly add = (word: number): void => this.push(word)

  /** Starts a row; what is written from here on is its record. */
  begin(name: string): void {
    this.starts.push(this.length)
    this.push(0)
    this.text(name)
  }

  push(word: number): void {
    if (this.length === this.buffer.length) this.grow(1)
    this.buffer[this.length++] = word
  }

  /** Room for a word, and its place. */
  reserve(): number {
    this.push(0)
    return this.length - 1
  }

  set(place: number, word: number): void {
    this.buffer[place] = word
  }

  text(text: string): void {
    packText(text, this.add)
  }

  /** Ends the row that was begun last. */
  end(): void {
    const row = this.starts.at(-1) as number
    this.buffer[row + ROW_SIZE] = this.length - row
  }

  /** Adds a copy of a whole row, and returns its place. */
  copy(words: Int32Array, row: number): number {
    const size = words[row + ROW_SIZE] as number
    if (this.length + size > this.buffer.length) this.grow(size)
    const place = this.length
    this.starts.push(place)
    this.buffer.set(words.subarray(row, row + size), place)
    this.length += size
    return place
  }

  /** How many words there are. */
  get size(): number {
    return this.length
  }

  /** The words written so far, and room that nobody has used yet. */
  get words(): Int32Array {
    return this.buffer
  }

  /** Where the rows start. */
  get rows(): readonly number[] {
    return this.starts
  }

  private grow(atLeast: number): void {
    const larger = new Int32Array(Math.max(this.length + atLeast, 2 * this.buffer.length))
    larger.set(this.buffer)
    this.buffer = larger
  }
}
