import { spawn } from 'node:child_process'

export interface CommandResult {
  readonly status: number
  readonly stdout: Buffer
  readonly stderr: string
}

export interface CommandOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly input?: string
  readonly cwd?: string
  /** In milliseconds; then it is killed and its status is 124. Default: a minute. */
  readonly timeout?: number
}

/** Runs a program to its end. It sees no environment but what is given: somebody's profile, proxy or pyenv must not change a test. */
export function runCommand(file: string, args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8', ...options.env }
    const child = spawn(file, args, { env, cwd: options.cwd, stdio: 'pipe' })
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    let isTooLate = false
    const timer = setTimeout(() => {
      isTooLate = true
      child.kill('SIGKILL')
    }, options.timeout ?? 60_000)
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
    child.once('error', (error) => {
      clearTimeout(timer)
      reject(error)
    })
    child.once('close', (status) => {
      clearTimeout(timer)
      const note = isTooLate ? `\n${file} took too long` : ''
      resolve({ status: isTooLate ? 124 : (status ?? 1), stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() + note })
    })
    // A program that does not read its input ends before it is written.
    child.stdin.on('error', () => {})
    child.stdin.end(options.input ?? '')
  })
}

/** Runs a program that must succeed, and gives its output. */
export async function runOrThrow(file: string, args: readonly string[], options?: CommandOptions): Promise<string> {
  const { status, stdout, stderr } = await runCommand(file, args, options)
  if (status !== 0) throw new Error(`${[file, ...args].join(' ')} ended with ${status}: ${stderr.trim() || stdout.toString().trim()}`)
  return stdout.toString()
}
