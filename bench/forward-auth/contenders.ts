import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SnapshotJson } from '../../src/index.js'
import { type KeyPair, keyPair } from '../../test/e2e/key-pair.js'
import { addKey, type Ceph, createUser } from '../../test/e2e/services/ceph.js'
import type { Service } from '../../test/e2e/services/service.js'
import { ACCOUNT, bucketPolicy, gatewayUser, grantreeUser, READER } from './bucket-policy.js'
import { forEachOf, put, urlOf } from './gateway-client.js'
import { startGrantree } from './start-grantree.js'
import { startNginx } from './start-nginx.js'

/** Somebody who answers the same requests: the gateway alone, or with others in front. */
export interface Contender {
  readonly id: string
  readonly what: string
  readonly origin: string
  /** A file with the targets of signed URLs, one a line. */
  readonly targets: string
  /** Signed URLs with what must be answered. */
  readonly samples: readonly Sample[]
}

export interface Sample {
  readonly url: string
  /** Undefined: it must be refused. */
  readonly body: string | undefined
}

/** Policies of so many statements are compared; 0 is none. */
export const sizes = [0, 20, 200] as const

const OBJECTS = 1000
const KEYS = 4
const SAMPLES = 50
const nameOf = (index: number): string => `photos/2026/${index}.jpg`
/** 1 KB, and not the same for two objects. */
const bodyOf = (index: number): string => `${index} `.repeat(1024).slice(0, 1024)
const bucketOf = (statements: number): string => (statements === 0 ? 'plain' : `policy-${statements}`)

interface Keys {
  /** The gateway takes them all for the owner of the buckets; to grantree they are `reader`'s. */
  readonly owners: readonly KeyPair[]
  /** The gateway takes this one for the owner's too; grantree gives it nothing. */
  readonly nobodys: KeyPair
  /** Of the gateway's user `reader`, who owns nothing. */
  readonly readers: readonly KeyPair[]
  /** Of a user whom no policy names. */
  readonly strangers: KeyPair
}

/**
 * Fills the gateway and starts what stands in front of it. Behind nginx all buckets are policy-free. The gateway alone with a policy is asked by
 * a user who is not the owner, so that the request hangs on the policy's last statement, as it does with grantree.
 * @param running gets what was started, to be stopped by the caller even if this throws
 */
export async function startContenders(ceph: Ceph, directory: string, running: Service[]): Promise<readonly Contender[]> {
  const keys = await makeKeys(ceph)
  await fill(ceph)
  const gateway = { origin: ceph.url, directory }
  const own = { bucket: bucketOf(0), keys: keys.owners }
  const contenders = [await contender({ ...gateway, ...own, id: 'gateway 0', what: 'the gateway alone, no policy' })]
  for (const size of sizes) {
    if (size === 0) continue
    const what = `the gateway alone, policy of ${size} statements`
    const asked = { bucket: bucketOf(size), keys: keys.readers, refused: keys.strangers }
    contenders.push(await contender({ ...gateway, ...asked, id: `gateway ${size}`, what }))
  }
  const proxy = await startNginx(directory, ceph.port, undefined)
  running.push(proxy)
  const origin = `http://${proxy.host}`
  contenders.push(await contender({ directory, origin, ...own, id: 'proxy', what: 'nginx that asks nobody, and the gateway' }))
  for (const size of sizes) {
    const grantree = await startGrantree(join(directory, `grantree-${size}`), snapshotOf(size, keys), [...keys.owners, keys.nobodys])
    running.push(grantree)
    const nginx = await startNginx(directory, ceph.port, grantree.socket)
    running.push(nginx)
    const what = `nginx, grantree ${size === 0 ? 'without a policy' : `with ${size} statements`}, and the gateway`
    const asked = { origin: `http://${nginx.host}`, ...own, refused: keys.nobodys }
    contenders.push(await contender({ directory, ...asked, id: `grantree ${size}`, what }))
  }
  return contenders
}

async function makeKeys({ conf }: Ceph): Promise<Keys> {
  const [nobodys, strangers] = [keyPair('NOBODY00000000000000'), keyPair('STRANGER000000000000')]
  const made = (prefix: string) => Array.from({ length: KEYS }, (_, index) => keyPair(`${prefix}${index}`.padEnd(20, '0')))
  const [owners, readers] = [made('OWNER'), made('READER')]
  for (const key of [...owners, nobodys]) await addKey(conf, key)
  const [first, ...others] = readers
  await createUser(conf, READER, first as KeyPair)
  for (const key of others) await addKey(conf, key, READER)
  await createUser(conf, 'stranger', strangers)
  return { owners, nobodys, readers, strangers }
}

async function fill({ owner, port }: Ceph): Promise<void> {
  const host = `127.0.0.1:${port}`
  for (const size of sizes) {
    const bucket = bucketOf(size)
    await put(await urlOf(owner, host, { method: 'PUT', path: [bucket] }), '')
    await forEachOf(indices, async (index) =>
      put(await urlOf(owner, host, { method: 'PUT', path: [bucket, nameOf(index)] }), bodyOf(index)),
    )
    if (size === 0) continue
    const policy = JSON.stringify(bucketPolicy(bucket, size, gatewayUser))
    await put(await urlOf(owner, host, { method: 'PUT', path: [bucket], query: [['policy', '']] }), policy)
  }
}

const indices = Array.from({ length: OBJECTS }, (_, index) => index)

/** Without a policy the keys may read by their grants; with one, its last statement lets them. */
function snapshotOf(statements: number, { owners, nobodys }: Keys): SnapshotJson {
  const bucket = bucketOf(0)
  const granted = statements === 0 ? bucket : 'elsewhere'
  const policy = statements === 0 ? {} : { policy: bucketPolicy(bucket, statements, grantreeUser) as Record<string, unknown> }
  const grants = [{ bucket: granted, permission: 'read' as const }]
  const keyOf = ({ accessKey }: KeyPair, user: string) => ({ accessKey, account: ACCOUNT, arn: grantreeUser(user) })
  return {
    buckets: [
      { name: bucket, owner: ACCOUNT, ...policy },
      { name: 'elsewhere', owner: ACCOUNT },
    ],
    keys: [...owners.map((key) => ({ ...keyOf(key, READER), grants })), { ...keyOf(nobodys, 'nobody'), grants: [] }],
  } as SnapshotJson
}

interface Asked {
  readonly id: string
  readonly what: string
  readonly directory: string
  readonly origin: string
  readonly bucket: string
  readonly keys: readonly KeyPair[]
  readonly refused?: KeyPair
}

async function contender({ id, what, directory, origin, bucket, keys, refused }: Asked): Promise<Contender> {
  const host = origin.slice('http://'.length)
  const urlFor = (key: KeyPair, index: number) => urlOf(key, host, { method: 'GET', path: [bucket, nameOf(index)] })
  const targets: string[] = []
  const samples: Sample[] = []
  for (const index of indices) {
    for (const key of keys) {
      const url = await urlFor(key, index)
      targets.push(url.slice(origin.length))
      if (index < SAMPLES) samples.push({ url, body: bodyOf(index) })
    }
  }
  if (refused !== undefined) samples.push({ url: await urlFor(refused, 0), body: undefined })
  const file = join(directory, `targets-${id.replace(' ', '-')}`)
  writeFileSync(file, `${targets.join('\n')}\n`)
  return { id, what, origin, targets: file, samples }
}
