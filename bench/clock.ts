/** Nanoseconds. A reading costs about 50. */
export const clock = (): number => performance.now() * 1e6

/** Collects garbage, if Node was started with --expose-gc. */
export function collect(): void {
  globalThis.gc?.()
}

/** Progress on standard error, where a person or bench/run.ts reads it. @param share 0 to 1 */
export function progress(share: number, what: string): void {
  process.stderr.write(`${Math.floor(share * 100)} ${what}\n`)
}

/** Tells how far a run of rounds is, at most a hundred times. */
export function progressOf(rounds: number, what: string): (done: number) => void {
  return (done) => progress(done / rounds, what)
}
