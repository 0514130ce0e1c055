import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { ListObjectsV2Command } from '@aws-sdk/client-s3'
import { allClients } from './clients/all-clients.js'
import { type AwsSdk, awsSdk } from './clients/aws-sdk.js'
import { type Curl, curl } from './clients/curl.js'
import type { ClientOptions, S3Client } from './clients/s3-client.js'
import { type Deciders, type DecidersOptions, startDeciders } from './deciders.js'
import type { Ground } from './ground.js'
import { type KeyPair, keyPair } from './key-pair.js'
import { startCaddy } from './services/caddy.js'
import { addKey } from './services/ceph.js'
import type { FrontProxy } from './services/front-proxy.js'
import { startNginx } from './services/nginx.js'
import { openBucket } from './services/open-bucket.js'
import { type Recorder, startRecorder } from './services/recorder.js'
import { type Service, stopAll } from './services/service.js'

export interface StageOptions extends Omit<DecidersOptions, 'secrets' | 'directory'> {
  /** Of the stage's directory. */
  readonly name: string
  /** What is stored: a text for each `bucket/key`. */
  readonly objects: Readonly<Record<string, string>>
  /** Access keys beside the snapshot's: they are known to the gateway, and their signatures hold. */
  readonly otherKeys?: readonly string[]
}

export interface Way {
  readonly proxy: 'nginx' | 'caddy'
  readonly scheme: 'http' | 'https'
}

export interface Stage extends Service {
  readonly objects: Readonly<Record<string, string>>
  readonly deciders: Deciders
  /** Between the proxies and the gateway. */
  readonly upstream: Recorder
  /** The gateway itself, with its owner's key: nobody decides. */
  readonly behind: AwsSdk
  keysOf(accessKey: string): KeyPair
  /** A client with an access key at a proxy. */
  client(name: string, accessKey: string, way: Way, options?: Partial<ClientOptions>): S3Client
  /** curl without a key, or with one. */
  browser(way: Way, accessKey?: string): Curl
  /** What is stored now: the ETag of each `bucket/key`. */
  contents(): Promise<ReadonlyMap<string, string>>
  /** Makes what is stored `objects` again. */
  restore(): Promise<void>
}

/**
 * Puts a snapshot's buckets, keys and objects on the gateway, with nginx and Caddy before it and grantree to decide. The gateway itself
 * refuses nothing: all keys are its owner's, and everybody may do everything with the buckets. What is refused, grantree has refused.
 */
export async function startStage({ directory: parent, ceph, tls }: Ground, options: StageOptions): Promise<Stage> {
  const { name, snapshot, objects, otherKeys = [] } = options
  const directory = join(parent, name)
  mkdirSync(directory)
  const behind = awsSdk({ endpoint: ceph.url, keys: ceph.owner, directory })
  const buckets = (snapshot.buckets ?? []).map((bucket) => bucket.name)
  for (const bucket of buckets) {
    must(await behind.makeBucket(bucket))
    await openBucket(ceph, bucket)
  }
  const keys = new Map<string, KeyPair>()
  for (const accessKey of [...(snapshot.keys ?? []).map((key) => key.accessKey), ...otherKeys]) {
    const pair = keyPair(accessKey)
    keys.set(accessKey, pair)
    await addKey(ceph.conf, pair)
  }
  const running: Service[] = []
  const upstream = await startRecorder(ceph.port)
  running.push(upstream)
  const secrets = new Map([...keys].map(([accessKey, { secretKey }]) => [accessKey, secretKey]))
  const deciders = await startDeciders({ ...options, directory, secrets })
  running.push(deciders)
  const shared = { decisionPath: '/', upstreamPort: upstream.port, ...tls }
  const proxies: Record<'nginx' | 'caddy', FrontProxy> = {
    nginx: await startNginx({ ...shared, decider: deciders.addresses.nginx, directory: join(directory, 'nginx') }),
    caddy: await startCaddy({ ...shared, decider: deciders.addresses.caddy, directory: join(directory, 'caddy') }),
  }
  running.push(proxies.nginx, proxies.caddy)

  const keysOf = (accessKey: string): KeyPair => {
    const pair = keys.get(accessKey)
    if (pair === undefined) throw new Error(`no key ${accessKey}`)
    return pair
  }
  const at = ({ proxy, scheme }: Way) => ({
    endpoint: scheme === 'http' ? proxies[proxy].httpUrl : proxies[proxy].httpsUrl,
    ...(scheme === 'https' ? { certificate: tls.certificate } : {}),
  })
  const contents = async (): Promise<ReadonlyMap<string, string>> => {
    const found = new Map<string, string>()
    for (const bucket of buckets) {
      const { Contents = [] } = await behind.sdk.send(new ListObjectsV2Command({ Bucket: bucket }))
      for (const { Key, ETag } of Contents) found.set(`${bucket}/${Key}`, String(ETag))
    }
    return found
  }
  const restore = async (): Promise<void> => {
    const now = await contents()
    for (const path of now.keys()) if (initial?.get(path) !== now.get(path)) must(await behind.delete(...bucketAndKey(path)))
    for (const [path, text] of Object.entries(objects)) {
      if (initial === undefined || initial.get(path) !== now.get(path)) must(await behind.put(...bucketAndKey(path), Buffer.from(text)))
    }
  }
  let initial: ReadonlyMap<string, string> | undefined
  await restore()
  initial = await contents()
  return {
    objects,
    deciders,
    upstream,
    behind,
    keysOf,
    client: (client, accessKey, way, more = {}) => {
      const folder = join(directory, 'clients', accessKey, way.proxy, way.scheme)
      const found = allClients({ ...at(way), keys: keysOf(accessKey), directory: folder, ...more }).find((each) => each.name === client)
      if (found === undefined) throw new Error(`no client ${client}`)
      return found
    },
    browser: (way, accessKey) => curl({ ...at(way), keys: accessKey === undefined ? ceph.owner : keysOf(accessKey), directory }),
    contents,
    restore,
    stop: () => stopAll(running),
  }
}

/** `photos/a/b.jpg` is `a/b.jpg` in `photos`. */
export function bucketAndKey(path: string): [bucket: string, key: string] {
  const slash = path.indexOf('/')
  return [path.slice(0, slash), path.slice(slash + 1)]
}

function must({ ok, text }: { ok: boolean; text: string }): void {
  if (!ok) throw new Error(`the stage could not be set: ${text}`)
}
