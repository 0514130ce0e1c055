#!/usr/bin/env node
import { createRequire } from 'node:module'
import colors from 'picocolors'
import { exitCode } from './exit-code.js'
import { run } from './program.js'
import type { Terminal } from './terminal.js'

const { version } = createRequire(import.meta.url)('../../package.json') as { version: string }

function colorsFor(stream: NodeJS.WriteStream) {
  return colors.createColors(colors.isColorSupported && stream.isTTY === true)
}

const terminal: Terminal = {
  out: process.stdout,
  err: process.stderr,
  input: process.stdin,
  outColors: colorsFor(process.stdout),
  errColors: colorsFor(process.stderr),
  isWatched: process.stderr.isTTY === true,
  directory: process.cwd(),
  now: Date.now,
  environment: process.env,
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader that has seen enough (`| head`) closes the pipe: that is no fault.
  if (error.code === 'EPIPE') process.exit()
  process.stderr.write(`grantree: the output cannot be written: ${error.message}\n`)
  process.exit(exitCode.internal)
})
// Nobody reads the messages: the answer is still right.
process.stderr.on('error', () => {})

try {
  process.exitCode = await run(process.argv.slice(2), version, terminal)
} catch (error) {
  const message = error instanceof Error ? error.message : String(error)
  process.stderr.write(`grantree: a fault of the program itself: ${message}\nPlease report it with the command that shows it.\n`)
  process.exitCode = exitCode.internal
}
