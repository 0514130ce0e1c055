import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type KeyPair, keyPair } from '../key-pair.js'
import { runCommand, runOrThrow } from '../run-command.js'
import { cephConf } from './ceph-conf.js'
import { startDaemon } from './daemon.js'
import { freePorts } from './free-ports.js'
import { isListening } from './listening.js'
import { type Service, stopAll } from './service.js'

export interface Ceph extends Service {
  /** The gateway, bare: nothing decides in front of it. */
  readonly url: string
  readonly port: number
  /** A key of the user `main`, to whom all buckets belong. */
  readonly owner: KeyPair
  /** The configuration file, for `radosgw-admin` from another process. */
  readonly conf: string
}

/**
 * Starts a throw-away Ceph with an S3 gateway. Objects are in memory and gone when it stops.
 * @param directory an empty directory of its own; whoever made it removes it
 */
export async function startCeph(directory: string): Promise<Ceph> {
  const [monPort, gatewayPort] = (await freePorts(2)) as [number, number]
  const conf = join(directory, 'ceph.conf')
  const fsid = randomUUID()
  for (const name of ['mon', 'osd']) mkdirSync(join(directory, name), { recursive: true })
  writeFileSync(conf, cephConf({ directory, fsid, monPort, gatewayPort }))
  const daemons: Service[] = []
  try {
    daemons.push(await startMonitor(directory, conf, fsid, monPort))
    daemons.push(await startObjectStore(directory, conf))
    daemons.push(await startGateway(directory, conf, gatewayPort))
    const owner = keyPair('MAINKEY0000000000000')
    await createUser(conf, 'main', owner)
    return { url: `http://127.0.0.1:${gatewayPort}`, port: gatewayPort, owner, conf, stop: () => stopAll(daemons) }
  } catch (error) {
    await stopAll(daemons)
    throw error
  }
}

/** Another user, who owns nothing of `main`'s. */
export async function createUser(conf: string, uid: string, { accessKey, secretKey }: KeyPair): Promise<void> {
  const keys = [`--access-key=${accessKey}`, `--secret-key=${secretKey}`]
  await admin(conf, ['user', 'create', `--uid=${uid}`, `--display-name=${uid}`, '--max-buckets=0', ...keys])
}

/**
 * One more key of a user, `main` if none is named. The gateway takes requests signed with it as the owner's and allows them all, so the
 * decision is left to whoever stands in front.
 */
export async function addKey(conf: string, { accessKey, secretKey }: KeyPair, uid = 'main'): Promise<void> {
  const keys = [`--access-key=${accessKey}`, `--secret-key=${secretKey}`]
  await admin(conf, ['key', 'create', `--uid=${uid}`, '--key-type=s3', ...keys])
}

function admin(conf: string, args: readonly string[]): Promise<string> {
  return runOrThrow('/usr/bin/radosgw-admin', ['--conf', conf, ...args])
}

async function startMonitor(directory: string, conf: string, fsid: string, port: number): Promise<Service> {
  const keyring = join(directory, 'keyring')
  const map = join(directory, 'monmap')
  const caps = ['mon', 'osd', 'mgr'].flatMap((daemon) => ['--cap', daemon, 'allow *'])
  const entries: string[] = []
  for (const name of ['mon.', 'osd.0', 'client.admin', 'client.rgw']) {
    const file = join(directory, `keyring.${name}`)
    await runOrThrow('/usr/bin/ceph-authtool', ['--create-keyring', file, '--gen-key', '-n', name, ...caps])
    entries.push(readFileSync(file, 'utf8'))
  }
  writeFileSync(keyring, entries.join(''), { mode: 0o600 })
  const address = ['--addv', 'a', `[v2:127.0.0.1:${port}]`]
  await runOrThrow('/usr/bin/monmaptool', ['--create', '--clobber', '--fsid', fsid, ...address, map])
  await runOrThrow('/usr/bin/ceph-mon', ['--conf', conf, '-i', 'a', '--mkfs', '--monmap', map, '--keyring', keyring])
  return startDaemon({
    file: '/usr/bin/ceph-mon',
    args: ['--conf', conf, '-i', 'a', '-f'],
    log: join(directory, 'mon.out'),
    stopSignal: 'SIGKILL',
    isReady: () => isListening(port),
  })
}

async function startObjectStore(directory: string, conf: string): Promise<Service> {
  const uuid = randomUUID()
  await runOrThrow('/usr/bin/ceph', ['--conf', conf, 'osd', 'new', uuid])
  await runOrThrow('/usr/bin/ceph-osd', ['--conf', conf, '-i', '0', '--mkfs', '--osd-uuid', uuid])
  return startDaemon({
    file: '/usr/bin/ceph-osd',
    args: ['--conf', conf, '-i', '0', '-f'],
    log: join(directory, 'osd.out'),
    stopSignal: 'SIGKILL',
    isReady: async () => {
      const { stdout } = await runCommand('/usr/bin/ceph', ['--conf', conf, 'osd', 'stat'])
      return stdout.includes('1 up')
    },
  })
}

function startGateway(directory: string, conf: string, port: number): Promise<Service> {
  return startDaemon({
    file: '/usr/bin/radosgw',
    args: ['--conf', conf, '-n', 'client.rgw', '-f'],
    log: join(directory, 'rgw.out'),
    stopSignal: 'SIGKILL',
    isReady: () => answers(port),
  })
}

async function answers(port: number): Promise<boolean> {
  try {
    const { status } = await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(2_000) })
    return status === 200
  } catch {
    await sleep(100)
    return false
  }
}
