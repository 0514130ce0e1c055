import { existsSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { SnapshotJson } from '../../src/index.js'
import type { KeyPair } from '../../test/e2e/key-pair.js'
import { startDaemon } from '../../test/e2e/services/daemon.js'
import type { Service } from '../../test/e2e/services/service.js'

const script = fileURLToPath(new URL('server.mjs', import.meta.url))

export interface Grantree extends Service {
  /** The Unix socket on which it answers. */
  readonly socket: string
}

/** Starts a forward-auth server. It gets `GRANTREE_SERVER_OPTIONS` as Node's options, `--cpu-prof` for example. @param path what its files are called, without an ending */
export async function startGrantree(path: string, snapshot: SnapshotJson, keys: readonly KeyPair[]): Promise<Grantree> {
  const file = `${path}.json`
  const socket = `${path}.sock`
  writeFileSync(file, JSON.stringify({ snapshot, keys }))
  const { stop } = await startDaemon({
    file: process.execPath,
    args: [script, file, socket],
    log: `${path}.out`,
    env: { NODE_OPTIONS: process.env.GRANTREE_SERVER_OPTIONS ?? '' },
    isReady: async () => existsSync(socket),
  })
  return { socket, stop }
}
