import type { Colors } from 'picocolors/types.js'

/** Where a command reads and writes. Results go to `out`, everything else to `err`. */
export interface Terminal {
  readonly out: NodeJS.WritableStream
  readonly err: NodeJS.WritableStream
  readonly input: NodeJS.ReadableStream
  /** Colours for results; none where `out` is no terminal. */
  readonly outColors: Colors
  readonly errColors: Colors
  /** Whether a person is watching `err`. */
  readonly isWatched: boolean
  /** The working directory, an absolute path. */
  readonly directory: string
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly environment: Readonly<Record<string, string | undefined>>
}
