import { statSync } from 'node:fs'
import { InputError } from '../exit-code.js'
import { readTextFile } from '../read-input.js'
import { printable } from '../render/printable.js'
import type { Terminal } from '../terminal.js'

/** Where the secret is if no file is named. */
export const SECRET_VARIABLE = 'GRANTREE_SECRET'

const OTHERS_READ = 0o044

/** The secret to sign with, from a file (`-` for standard input) or the environment. No message tells it, or a part of it. */
export function readSecret(path: string | undefined, terminal: Terminal): string {
  const secret = path === undefined ? terminal.environment[SECRET_VARIABLE] : secretInFile(path, terminal)
  const source = path === undefined ? SECRET_VARIABLE : `\`${path}\``
  if (secret === undefined || (path === undefined && secret === '')) {
    throw new InputError(`no secret to sign with: give --secret-file FILE, or put it into the environment as ${SECRET_VARIABLE}`)
  }
  if (secret === '') throw new InputError(`${source} is empty; it must hold the access key's secret`)
  if (!isOneWord(secret))
    throw new InputError(`${source} holds no secret: a secret is one line of letters, digits and signs without blanks`)
  return secret
}

function secretInFile(path: string, { err, errColors }: Terminal): string {
  const text = readTextFile(path)
  if (path !== '-' && mayOthersRead(path)) {
    err.write(`${errColors.yellow('warning')}: others can read \`${printable(path)}\`; \`chmod 600\` keeps it to you\n`)
  }
  const line = text.endsWith('\n') ? text.slice(0, -1) : text
  return line.endsWith('\r') ? line.slice(0, -1) : line
}

/** Of systems with such permissions; elsewhere files have none to look at. */
function mayOthersRead(path: string): boolean {
  const { mode } = statSync(path)
  return process.platform !== 'win32' && (mode & OTHERS_READ) !== 0
}

/** Whoever names the wrong file signs with nonsense, and learns it only from the server. */
function isOneWord(secret: string): boolean {
  return /^[\x21-\x7e]+$/.test(secret)
}
