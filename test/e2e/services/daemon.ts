import { spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Service } from './service.js'

export interface DaemonOptions {
  readonly file: string
  /** Such that it stays in the foreground. */
  readonly args: readonly string[]
  /** Where its output goes. */
  readonly log: string
  readonly env?: Readonly<Record<string, string>>
  /** Default: SIGTERM; SIGKILL follows after five seconds. */
  readonly stopSignal?: NodeJS.Signals
  /** Asked over and over until it says yes. */
  isReady(): Promise<boolean>
}

/**
 * Starts a daemon and waits until it is ready. It ends with the process that started it, even if that is killed: the kernel then sends it
 * SIGTERM. One that ends early, or is not ready within a minute, is an error which quotes its log.
 */
export async function startDaemon(options: DaemonOptions): Promise<Service> {
  const output = openSync(options.log, 'a')
  const child = spawn('/usr/bin/setpriv', ['--pdeathsig', 'TERM', options.file, ...options.args], {
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8', ...options.env },
    stdio: ['ignore', output, output],
  })
  closeSync(output)
  let ended: string | undefined
  const end = new Promise<void>((resolve) => {
    const note = (how: string) => {
      ended ??= how
      resolve()
    }
    child.once('error', (error) => note(error.message))
    child.once('exit', (status, signal) => note(`ended with ${signal ?? status}`))
  })

  const stop = async (): Promise<void> => {
    if (ended !== undefined) return
    child.kill(options.stopSignal ?? 'SIGTERM')
    const force = setTimeout(() => child.kill('SIGKILL'), 5_000)
    await end
    clearTimeout(force)
  }

  const deadline = Date.now() + 60_000
  while (!(await options.isReady())) {
    if (ended === undefined && Date.now() < deadline) {
      await Promise.race([sleep(100), end])
      continue
    }
    const reason = ended ?? 'was not ready after a minute'
    await stop()
    throw new Error(`${options.file} ${reason}\n${lastLines(options.log)}`)
  }
  return { stop }
}

function lastLines(log: string): string {
  return existsSync(log) ? readFileSync(log, 'utf8').split('\n').slice(-20).join('\n') : ''
}
