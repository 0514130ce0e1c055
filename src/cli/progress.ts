import cliProgress from 'cli-progress'
import type { Terminal } from './terminal.js'

/** Shown only while a person watches, and only for work that takes longer than this. */
const DELAY_MS = 1000

export interface Progress {
  update(done: number): void
  stop(): void
}

/** A progress bar on standard error for long work, in units of the total. */
export function startProgress(total: number, terminal: Terminal): Progress {
  if (!terminal.isWatched || total === 0) return { update() {}, stop() {} }
  const bar = new cliProgress.SingleBar({
    stream: terminal.err,
    format: '{bar} {percentage}% | {eta_formatted} left',
    clearOnComplete: true,
  })
  const started = Date.now()
  let isShown = false
  return {
    update(done) {
      if (!isShown && Date.now() - started > DELAY_MS) {
        bar.start(total, done)
        isShown = true
      }
      if (isShown) bar.update(done)
    },
    stop() {
      if (isShown) bar.stop()
    },
  }
}
