import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { caddyfile } from './caddyfile.js'
import { startDaemon } from './daemon.js'
import type { ProxyOptions } from './decider.js'
import { freePorts } from './free-ports.js'
import type { FrontProxy } from './front-proxy.js'
import { isListening } from './listening.js'

/** Starts Caddy on free ports of loopback, http and https, with `caddyfile`. */
export async function startCaddy(options: ProxyOptions): Promise<FrontProxy> {
  const { directory } = options
  const [httpPort, httpsPort] = (await freePorts(2)) as [number, number]
  mkdirSync(directory, { recursive: true })
  const file = join(directory, 'Caddyfile')
  writeFileSync(file, caddyfile({ ...options, httpPort, httpsPort }))
  const { stop } = await startDaemon({
    file: '/usr/bin/caddy',
    args: ['run', '--config', file, '--adapter', 'caddyfile'],
    log: join(directory, 'caddy.out'),
    env: { HOME: directory, XDG_CONFIG_HOME: directory, XDG_DATA_HOME: directory },
    isReady: async () => (await isListening(httpPort)) && (await isListening(httpsPort)),
  })
  return { httpUrl: `http://127.0.0.1:${httpPort}`, httpsUrl: `https://127.0.0.1:${httpsPort}`, stop }
}
