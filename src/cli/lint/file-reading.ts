import type { Reading } from '../../sources/found.js'

/** What a file holds. */
export interface FileReading extends Reading {
  /** The paths of other files in which policies of its resources stand. */
  readonly elsewhere: readonly string[]
}
