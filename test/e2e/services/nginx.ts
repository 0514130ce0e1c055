import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startDaemon } from './daemon.js'
import type { ProxyOptions } from './decider.js'
import { freePorts } from './free-ports.js'
import type { FrontProxy } from './front-proxy.js'
import { isListening } from './listening.js'
import { nginxConf } from './nginx-conf.js'

/** Starts nginx on free ports of loopback, http and https, with `nginxConf`. */
export async function startNginx(options: ProxyOptions): Promise<FrontProxy> {
  const { directory } = options
  const [httpPort, httpsPort] = (await freePorts(2)) as [number, number]
  mkdirSync(directory, { recursive: true })
  const conf = join(directory, 'nginx.conf')
  // Its workers must reach the decider's socket in this user's directory.
  const user = process.getuid?.() === 0 ? 'root' : undefined
  writeFileSync(conf, nginxConf({ ...options, httpPort, httpsPort, user }))
  const log = join(directory, 'nginx.out')
  const { stop } = await startDaemon({
    file: '/usr/sbin/nginx',
    args: ['-p', directory, '-e', join(directory, 'nginx-error.log'), '-c', conf],
    log,
    isReady: () => isListening(httpsPort),
  })
  return { httpUrl: `http://127.0.0.1:${httpPort}`, httpsUrl: `https://127.0.0.1:${httpsPort}`, stop }
}
