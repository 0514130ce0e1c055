import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { SnapshotJson } from '../../src/index.js'
import type { KeyPair } from '../../test/e2e/key-pair.js'
import { startDaemon } from '../../test/e2e/services/daemon.js'
import { freePorts } from '../../test/e2e/services/free-ports.js'
import { isListening } from '../../test/e2e/services/listening.js'
import type { Service } from '../../test/e2e/services/service.js'

const script = fileURLToPath(new URL('server.mjs', import.meta.url))

export interface Grantree extends Service {
  readonly port: number
}

/** Starts a forward-auth server. It gets `GRANTREE_SERVER_OPTIONS` as Node's options, `--cpu-prof` for example. @param directory an existing one */
export async function startGrantree(directory: string, snapshot: SnapshotJson, keys: readonly KeyPair[]): Promise<Grantree> {
  const [port] = (await freePorts(1)) as [number]
  const file = join(directory, `grantree-${port}.json`)
  writeFileSync(file, JSON.stringify({ snapshot, keys }))
  const { stop } = await startDaemon({
    file: process.execPath,
    args: [script, file, String(port)],
    log: join(directory, `grantree-${port}.out`),
    env: { NODE_OPTIONS: process.env.GRANTREE_SERVER_OPTIONS ?? '' },
    isReady: () => isListening(port),
  })
  return { port, stop }
}
