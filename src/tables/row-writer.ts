import { packText } from './packed-text.js'
import { ROW_SIZE } from './table.js'
import { WordWriter } from './word-writer.js'

/** Rows in the making, one after another. */
export class RowWriter {
  private readonly writer: WordWriter
  private readonly starts: number[] = []
  /** Adds a word to the row that was begun last. */
  readonly push: (word: number) => void

  /** @param room how many words there will be, as far as is known */
  constructor(room?: number) {
    this.writer = new WordWriter(room)
    this.push = this.writer.push
  }

  /** Starts a row; what is written from here on is its record. */
  begin(name: string): void {
    this.starts.push(this.reserve())
    this.text(name)
  }

  text(text: string): void {
    packText(text, this.push)
  }

  /** Room for a word, and its place. */
  reserve(): number {
    return this.writer.reserve(1)
  }

  set(place: number, word: number): void {
    this.writer.set(place, word)
  }

  /** Ends the row that was begun last. */
  end(): void {
    const row = this.starts.at(-1) as number
    this.set(row + ROW_SIZE, this.size - row)
  }

  /** Adds a copy of a whole row, and returns its place. */
  copy(words: Int32Array, row: number): number {
    const place = this.writer.copy(words.subarray(row, row + (words[row + ROW_SIZE] as number)))
    this.starts.push(place)
    return place
  }

  /** How many words there are. */
  get size(): number {
    return this.writer.end
  }

  /** The words written so far, and room that nobody has used yet. */
  get words(): Int32Array {
    return this.writer.words
  }

  /** Where the rows start. */
  get rows(): readonly number[] {
    return this.starts
  }
}
