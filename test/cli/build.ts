import { execFileSync } from 'node:child_process'
import { mkdirSync, rmdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))
export const main = join(root, 'dist/cli/main.js')

const lock = join(root, '.cache/build.lock')

/** Brings dist/ up to date. Test files run side by side, and two compilers at once would read each other's half-written files. */
export function build(): void {
  takeLock(Date.now() + 60_000)
  try {
    execFileSync(join(root, 'node_modules/.bin/tsc'), ['-b', 'src', 'src/cli'], { cwd: root, stdio: 'pipe' })
  } finally {
    rmdirSync(lock)
  }
}

function takeLock(deadline: number): void {
  mkdirSync(join(root, '.cache'), { recursive: true })
  for (;;) {
    try {
      mkdirSync(lock)
      return
    } catch (error) {
      // A lock that nobody gives back was left by a run that was killed.
      if (!isTaken(error) || Date.now() > deadline) {
        if (isTaken(error)) return
        throw error
      }
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50)
    }
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST'
}
