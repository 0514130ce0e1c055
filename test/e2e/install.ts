import { spawnSync } from 'node:child_process'
import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CannotRun } from './cannot-run.js'
import { debianPackages } from './debian-packages.js'

/** Installs what is missing: Debian's packages and the npm packages of this folder. What is there is left alone. */
export function install(): void {
  installDebianPackages()
  checkNginx()
  installClients()
}

function installDebianPackages(): void {
  const names = debianPackages.filter(({ file }) => !existsSync(file)).map(({ name }) => name)
  if (names.length === 0) return
  const list = names.join(' ')
  if (!existsSync('/usr/bin/apt-get'))
    throw new CannotRun(`these packages of Debian 12 are missing, and there is no apt-get to install them: ${list}`)
  if (process.getuid?.() !== 0) throw new CannotRun(`these packages of Debian 12 are missing, and only root can install them: ${list}`)
  tell(`installing ${list}`)
  withoutStartingServices(() => {
    // A third party's repository that cannot be reached is no reason to stop: what matters is whether the packages can be had.
    run('/usr/bin/apt-get', ['update', '-qq'])
    const options = ['-qq', '-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=120', '-o', 'Dpkg::Use-Pty=0']
    if (!run('/usr/bin/apt-get', ['install', ...options, ...names])) throw new CannotRun(`apt-get could not install ${list}`)
  })
  const missing = debianPackages.filter(({ file }) => !existsSync(file))
  if (missing.length > 0)
    throw new CannotRun(`${missing.map(({ name, file }) => `${name} brought no ${file}`).join(', ')}: is this Debian 12?`)
}

/** Debian's packages start their daemons as they are installed, on their usual ports; a policy that says no to all prevents it. */
function withoutStartingServices(work: () => void): void {
  const policy = '/usr/sbin/policy-rc.d'
  const isOurs = !existsSync(policy)
  if (isOurs) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    work()
  } finally {
    if (isOurs) rmSync(policy, { force: true })
  }
}

function checkNginx(): void {
  const { stderr } = spawnSync('/usr/sbin/nginx', ['-V'], { encoding: 'utf8' })
  if (!stderr.includes('http_auth_request_module')) throw new CannotRun('this nginx was built without its auth_request module')
}

function installClients(): void {
  const here = fileURLToPath(new URL('.', import.meta.url))
  const installed = join(here, 'node_modules/.package-lock.json')
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(here, 'package-lock.json')).mtimeMs) return
  tell('installing the npm packages of test/e2e')
  if (!run('npm', ['ci'], here)) throw new CannotRun('`npm ci` in test/e2e failed')
}

/** Whether the program succeeded. What it said is shown only if not: apt has much to say. */
function run(file: string, args: readonly string[], cwd?: string): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
  const { status, stderr } = spawnSync(file, args, { cwd, env, stdio: ['ignore', 'ignore', 'pipe'], maxBuffer: 64 << 20 })
  if (status !== 0) process.stderr.write(stderr)
  return status === 0
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`)
}
