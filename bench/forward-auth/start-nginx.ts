import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startDaemon } from '../../test/e2e/services/daemon.js'
import { freePorts } from '../../test/e2e/services/free-ports.js'
import { isListening } from '../../test/e2e/services/listening.js'
import type { Service } from '../../test/e2e/services/service.js'

const example = fileURLToPath(new URL('../../examples/nginx/nginx.conf', import.meta.url))

export interface Nginx extends Service {
  /** With its port. */
  readonly host: string
}

/** Starts nginx with the documented configuration, on other ports, asking over a socket. @param decider grantree's socket; undefined: nginx passes everything on */
export async function startNginx(directory: string, storage: number, decider: string | undefined): Promise<Nginx> {
  const [port] = (await freePorts(1)) as [number]
  const own = join(directory, `nginx-${port}`)
  mkdirSync(own)
  const conf = join(own, 'nginx.conf')
  let text = readFileSync(example, 'utf8')
  const replace = (from: string, to: string): void => {
    if (text.split(from).length !== 2) throw new Error(`examples/nginx/nginx.conf does not say \`${from}\` once`)
    text = text.replace(from, to)
  }
  replace('listen 127.0.0.1:8080;', `listen 127.0.0.1:${port};`)
  replace('server 127.0.0.1:7480;', `server 127.0.0.1:${storage};`)
  if (decider === undefined) replace('auth_request /.decide;', '')
  else replace('server 127.0.0.1:9000;', `server unix:${decider};`)
  // Its workers must reach the socket in this user's directory.
  writeFileSync(conf, process.getuid?.() === 0 ? `user root;\n${text}` : text)
  const { stop } = await startDaemon({
    file: '/usr/sbin/nginx',
    args: ['-p', own, '-e', 'stderr', '-c', conf],
    log: join(own, 'nginx.out'),
    isReady: () => isListening(port),
  })
  return { host: `127.0.0.1:${port}`, stop }
}
