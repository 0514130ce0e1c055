import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { limits } from './limits.js'
import type { Message, Outcome, Stage } from './outcome.js'

export interface Command {
  readonly file: string
  readonly args: readonly string[]
}

/** What a process may take until its next message, in milliseconds, and what is said of it if it takes longer. */
const patience: Readonly<Record<Stage | 'spawned', { readonly milliseconds: number; readonly reason: string }>> = {
  spawned: { milliseconds: 120_000, reason: 'did not start within 2 minutes' },
  started: { milliseconds: limits.loading, reason: `loading took more than ${limits.loading / 1000} s` },
  loaded: { milliseconds: 30_000, reason: 'the check of its answers took more than 30 s' },
  checked: { milliseconds: 60_000, reason: 'timing took more than 60 s' },
}

/** Runs a program that times a peer, and ends it where it goes past the limits. */
export function runProcess({ file, args }: Command, cwd: string): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(file, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    let outcome: Outcome | undefined
    let errors = ''
    const wait = (stage: Stage | 'spawned') =>
      setTimeout(() => {
        outcome = { status: 'slow', reason: patience[stage].reason }
        child.kill('SIGKILL')
      }, patience[stage].milliseconds)
    let timer = wait('spawned')
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors = (errors + text).slice(-2000)
    })
    createInterface({ input: child.stdout }).on('line', (line) => {
      const message = readMessage(line)
      if (message === undefined) return
      clearTimeout(timer)
      if ('stage' in message) timer = wait(message.stage)
      else outcome ??= message
    })
    child.on('error', (error) => {
      outcome ??= { status: 'failed', reason: error.message }
    })
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      resolve(outcome ?? { status: 'failed', reason: `ended with ${signal ?? code}: ${lastLine(errors)}` })
    })
  })
}

/** Undefined: something that a package prints, such as a warning. */
function readMessage(line: string): Message | undefined {
  if (!line.startsWith('{"')) return undefined
  return JSON.parse(line) as Message
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? ''
}
