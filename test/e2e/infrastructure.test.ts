import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest'
import { allClients } from './clients/all-clients.js'
import { curl } from './clients/curl.js'
import { isAccessDenied, type S3Client } from './clients/s3-client.js'
import { keyPair } from './key-pair.js'
import { startCaddy } from './services/caddy.js'
import { addKey } from './services/ceph.js'
import type { DeciderAddress } from './services/decider.js'
import type { FrontProxy } from './services/front-proxy.js'
import { startNginx } from './services/nginx.js'
import { type Recorder, startRecorder } from './services/recorder.js'
import { type Service, stopAll } from './services/service.js'
import { nginxPath, plainPath, type StubDecider, startStubDecider } from './services/stub-decider.js'

const { directory: parent, ceph, tls } = inject('ground')
const directory = join(parent, 'infrastructure')
const keys = keyPair('INFRAKEY000000000000')
const denied = { status: 403, code: 'AccessDenied' }
const running: Service[] = []
let upstream: Recorder
let stub: StubDecider
let proxies: Record<'nginx' | 'caddy', FrontProxy>

beforeAll(async () => {
  mkdirSync(directory)
  await addKey(ceph.conf, keys)
  upstream = await startRecorder(ceph.port)
  running.push(upstream)
  stub = await startStubDecider()
  running.push(stub)
  proxies = { nginx: await startProxy('nginx', stub.address), caddy: await startProxy('caddy', stub.address) }
})

afterAll(() => stopAll(running))

afterEach(() => {
  stub.verdict = 'allow'
})

async function startProxy(kind: 'nginx' | 'caddy', decider: DeciderAddress, name: string = kind): Promise<FrontProxy> {
  const options = { decider, upstreamPort: upstream.port, ...tls, directory: join(directory, name) }
  const proxy =
    kind === 'nginx' ? await startNginx({ ...options, decisionPath: nginxPath }) : await startCaddy({ ...options, decisionPath: plainPath })
  running.push(proxy)
  return proxy
}

function endpointOf(proxy: 'nginx' | 'caddy', scheme: 'http' | 'https'): string {
  return scheme === 'http' ? proxies[proxy].httpUrl : proxies[proxy].httpsUrl
}

function clientsOf(proxy: 'nginx' | 'caddy', scheme: 'http' | 'https'): readonly S3Client[] {
  const certificate = scheme === 'https' ? { certificate: tls.certificate } : {}
  const folder = join(directory, `${proxy}-${scheme}-clients`)
  return allClients({ endpoint: endpointOf(proxy, scheme), keys, directory: folder, ...certificate })
}

const names = ['aws-sdk', 'awscli', 'boto3', 's3cmd', 'rclone', 'curl']
const ways = (['nginx', 'caddy'] as const).flatMap((proxy) => (['http', 'https'] as const).map((scheme) => ({ proxy, scheme })))
const rows = ways.flatMap((way) => names.map((name) => ({ ...way, name })))

function clientOf({ proxy, scheme, name }: (typeof rows)[number]): S3Client {
  const client = clientsOf(proxy, scheme).find((each) => each.name === name)
  if (client === undefined) throw new Error(`no client ${name}`)
  return client
}

describe.each(rows)('$name through $proxy over $scheme', (row) => {
  const bucket = `infra-${row.proxy}-${row.scheme}-${row.name}`
  const key = 'dir/näme with space+plus.txt'
  const body = Buffer.from('the body\n')
  const ok = { ok: true }

  test('does everything, if the decider allows', async () => {
    const client = clientOf(row)
    expect(await client.makeBucket(bucket)).toMatchObject(ok)
    expect(await client.put(bucket, key, body)).toMatchObject(ok)
    expect(await client.get(bucket, key)).toMatchObject({ ok: true, text: 'the body\n' })
    expect(await client.head(bucket, key)).toMatchObject(ok)
    expect(await client.copy(bucket, key, 'dir/copy.txt')).toMatchObject(ok)
    const listed = await client.list(bucket, 'dir/')
    expect(listed).toMatchObject(ok)
    expect(lines(listed.text)).toEqual(['dir/copy.txt', key])
    if (client.presignGet !== undefined) {
      const url = new URL(await client.presignGet(bucket, key))
      const browser = curl({ endpoint: url.origin, keys, directory, certificate: tls.certificate })
      expect(await browser.send({ target: url.pathname + url.search })).toMatchObject({ ok: true, text: 'the body\n' })
    }
    expect(await client.delete(bucket, key)).toMatchObject(ok)
    expect(lines((await client.list(bucket, 'dir/')).text)).toEqual(['dir/copy.txt'])
    expect(await client.put(bucket, 'dir/other.txt', body)).toMatchObject(ok)
    expect(await client.deleteMany(bucket, ['dir/copy.txt', 'dir/other.txt'])).toMatchObject(ok)
    const left = await client.list(bucket, 'dir/')
    expect(left.ok ? lines(left.text) : left.text).toEqual(row.name === 'rclone' ? expect.anything() : [])
  })

  test('uploads 12 MB in parts', async () => {
    const client = clientOf(row)
    if (client.putInParts === undefined) return
    upstream.take()
    expect(await client.putInParts(bucket, 'big', Buffer.alloc(12 << 20, 'x'))).toMatchObject(ok)
    const parts = upstream.take().filter(({ bytes }) => bytes.toString('latin1', 0, 2_000).includes('partNumber='))
    expect(parts.length).toBeGreaterThanOrEqual(2)
  })

  test('reports AccessDenied, and nothing gets through, if the decider denies', async () => {
    const client = clientOf(row)
    stub.verdict = denied
    upstream.take()
    const answers = {
      put: await client.put(bucket, key, body),
      get: await client.get(bucket, key),
      head: await client.head(bucket, key),
      list: await client.list(bucket, 'dir/'),
      copy: await client.copy(bucket, key, 'copy'),
      delete: await client.delete(bucket, key),
      deleteMany: await client.deleteMany(bucket, [key, 'other']),
      ...(client.putInParts === undefined ? {} : { putInParts: await client.putInParts(bucket, 'big', Buffer.alloc(12 << 20)) }),
    }
    expect(Object.entries(answers).filter(([, answer]) => !isAccessDenied(answer))).toEqual([])
    expect(upstream.take()).toEqual([])
  })
})

function lines(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .sort()
}
