import { createServer, type RequestListener, type Server } from 'node:http'
import { join } from 'node:path'
import { type ForwardAuthOptions, forwardAuth } from '../../src/adapters/forward-auth.js'
import type { LogEntry } from '../../src/adapters/log-entry.js'
import { Authorizer } from '../../src/authorizer/authorizer.js'
import type { LookUp } from '../../src/gate/look-up.js'
import type { SnapshotJson } from '../../src/snapshot/snapshot-json.js'
import type { DeciderAddress } from './services/decider.js'
import type { Service } from './services/service.js'

export interface DecidersOptions extends Pick<ForwardAuthOptions, 'principalOf' | 'lookUp' | 'accessControlLists'> {
  /** For the sockets. */
  readonly directory: string
  readonly snapshot: SnapshotJson
  /** The secrets of access keys, by key. */
  readonly secrets: ReadonlyMap<string, string>
}

export interface Deciders extends Service {
  readonly addresses: Readonly<Record<'nginx' | 'caddy', DeciderAddress>>
  /** Decides by another snapshot from now on. */
  decideBy(snapshot: SnapshotJson): void
  /** What was decided since the last call. */
  takeLog(): readonly LogEntry[]
}

/**
 * Grantree's own forward-auth servers, one for nginx and one for Caddy, in this process. They listen on sockets: on a port, proxies and clients
 * would have the same address here.
 */
export async function startDeciders({ directory, snapshot, secrets, lookUp, ...more }: DecidersOptions): Promise<Deciders> {
  let authorizer = Authorizer.from(snapshot)
  let log: LogEntry[] = []
  const options = {
    ...more,
    server: 'ceph' as const,
    // Nothing that these tests store has tags; a copy would else need the permission to read and write them.
    lookUp: async (...asked: Parameters<LookUp>) => ({ 's3:ExistingObjectTag/*': null, ...(await lookUp?.(...asked)) }),
    authorizer: () => authorizer,
    secrets: { secretsFor: (accessKey: string) => [secrets.get(accessKey)].filter((secret) => secret !== undefined) },
    addressing: { baseDomains: ['localhost'] },
    trustedProxies: ['unix'],
    log: (entry: LogEntry) => log.push(entry),
  }
  const nginx = await listen(join(directory, 'for-nginx.sock'), forwardAuth({ ...options, proxy: 'nginx' }))
  const caddy = await listen(join(directory, 'for-caddy.sock'), forwardAuth({ ...options, proxy: 'caddy' }))
  return {
    addresses: { nginx: addressOf(nginx), caddy: addressOf(caddy) },
    decideBy: (next) => {
      authorizer = Authorizer.from(next)
    },
    takeLog: () => {
      const taken = log
      log = []
      return taken
    },
    stop: async () => {
      for (const server of [nginx, caddy]) await closed(server)
    },
  }
}

function listen(path: string, listener: RequestListener): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(listener)
    server.once('error', reject)
    server.listen(path, () => resolve(server))
  })
}

function addressOf(server: Server): DeciderAddress {
  const address = server.address()
  if (typeof address !== 'string') throw new Error('a server on a socket has a path')
  return { kind: 'socket', path: address }
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
