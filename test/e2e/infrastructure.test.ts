import { mkdirSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { connect as connectTls } from 'node:tls'
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
import { openBucket } from './services/open-bucket.js'
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
/** Clients that start slowly go each proxy's way once. */
const rows = ways.flatMap((way) => names.filter((name) => isSwift(name) || isMain(way)).map((name) => ({ ...way, name })))

function clientOf({ proxy, scheme, name }: (typeof rows)[number]): S3Client {
  const client = clientsOf(proxy, scheme).find((each) => each.name === name)
  if (client === undefined) throw new Error(`no client ${name}`)
  return client
}

function isSwift(name: string): boolean {
  return name !== 'awscli' && name !== 'boto3'
}

function isMain({ proxy, scheme }: (typeof ways)[number]): boolean {
  return scheme === (proxy === 'nginx' ? 'http' : 'https')
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
    expect(left).toMatchObject(ok)
    expect(lines(left.text)).toEqual([])
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

describe.each(ways)('$proxy over $scheme', ({ proxy, scheme }) => {
  const bucket = `infra-plain-${proxy}-${scheme}`
  const browser = () => curl({ endpoint: endpointOf(proxy, scheme), keys, directory, certificate: tls.certificate })

  beforeAll(async () => {
    expect(await browser().makeBucket(bucket)).toMatchObject({ ok: true })
    expect(await browser().put(bucket, 'a', Buffer.from('a'))).toMatchObject({ ok: true })
  })

  test('asks about the request as it was sent, from where it came', async () => {
    stub.asked.length = 0
    const target = `/${bucket}//x/%2E%2e/a%2Fb%20c+d/../~!$&'()*,;=:@?b=%2F&a=+&a`
    const headers = {
      'X-Amz-Meta-Mixed': 'Case',
      'X-Forwarded-For': '10.1.1.1',
      'X-Forwarded-Uri': '/other',
      'X-Forwarded-Method': 'HEAD',
      'X-S3-Error': 'x',
    }
    await browser().send({ method: 'PUT', target, headers, body: Buffer.from('body') })
    expect(stub.asked).toHaveLength(1)
    expect(stub.asked[0]).toMatchObject({
      method: 'GET',
      target: proxy === 'nginx' ? nginxPath : plainPath,
      headers: {
        host: new URL(endpointOf(proxy, scheme)).host,
        'x-forwarded-method': 'PUT',
        'x-forwarded-uri': target,
        'x-forwarded-proto': scheme,
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-content-length': '4',
        'x-amz-meta-mixed': 'Case',
      },
    })
    expect(stub.asked[0]?.headers).not.toHaveProperty('content-length')
  })

  test('passes the target on as it was sent', async () => {
    upstream.take()
    const target = `/${bucket}//x/%2E%2e/a%2Fb%20c+d/../~!$&'()*,;=:@?b=%2F&a=+&a`
    await browser().send({ target })
    expect(upstream.take().map(({ bytes }) => bytes.toString('latin1').split('\r\n', 1)[0])).toEqual([`GET ${target} HTTP/1.1`])
  })

  test('takes buckets from the host', async () => {
    const host = `${bucket}.localhost:${new URL(endpointOf(proxy, scheme)).port}`
    expect(await browser().signed({ target: '/a', headers: { host } })).toMatchObject({ ok: true, text: 'a' })
  })

  test.each([
    { status: 400, code: 'InvalidArgument' },
    { status: 403, code: 'SignatureDoesNotMatch' },
    { status: 404, code: 'NoSuchBucket' },
    { status: 405, code: 'MethodNotAllowed' },
    { status: 411, code: 'MissingContentLength' },
    { status: 501, code: 'NotImplemented' },
    { status: 503, code: 'SlowDown' },
  ])('gives the client $status $code', async (verdict) => {
    stub.verdict = verdict
    expect(await browser().get(bucket, 'a')).toMatchObject({ ok: false, ...verdict })
    expect(await browser().head(bucket, 'a')).toEqual({ ok: false, status: verdict.status, text: '' })
  })

  test('leaves anonymous requests to the decider, once the gateway takes them', async () => {
    const target = `/${bucket}/a`
    expect(await browser().send({ target })).toMatchObject({ ok: false, status: 403, code: 'AccessDenied' })
    await openBucket(ceph, bucket)
    expect(await browser().send({ target })).toMatchObject({ ok: true, text: 'a' })
    stub.verdict = { status: 403, code: 'DeniedByTheDecider' }
    expect(await browser().send({ target })).toMatchObject({ ok: false, status: 403, code: 'DeniedByTheDecider' })
  })

  test('refuses before the body comes', async () => {
    stub.verdict = denied
    const head = `PUT /${bucket}/a HTTP/1.1\r\nHost: ${new URL(endpointOf(proxy, scheme)).host}\r\nContent-Length: 5000000000\r\n\r\n`
    expect(await firstLine(endpointOf(proxy, scheme), head)).toBe('HTTP/1.1 403 Forbidden')
  })

  test('drops the headers that the gateway would take for others', async () => {
    upstream.take()
    stub.asked.length = 0
    const headers = { x_amz_copy_source: `/${bucket}/a`, 'X-Amz_Copy-Source': `/${bucket}/a`, X_Amz_Acl: 'public-read' }
    await browser().signed({ method: 'PUT', target: `/${bucket}/copy`, headers, body: Buffer.from('not a copy') })
    expect(upstream.take().map(({ bytes }) => /^x.amz.(copy|acl)/im.test(bytes.toString('latin1')))).toEqual([false])
    expect(stub.asked.map((question) => question.rawHeaders.filter((name) => /^x.amz.(copy|acl)/i.test(name)))).toEqual([[]])
  })
})

describe.each(['nginx', 'caddy'] as const)('%s', (kind) => {
  test('lets nothing through without a decider, over a socket as over a port', async () => {
    const path = join(directory, `${kind}.sock`)
    const decider = await startStubDecider({ kind: 'socket', path })
    running.push(decider)
    const proxy = await startProxy(kind, decider.address, `${kind}-socket`)
    const client = curl({ endpoint: proxy.httpUrl, keys, directory })
    expect(await client.signed({ target: '/' })).toMatchObject({ ok: true })
    await decider.stop()
    upstream.take()
    expect(await client.signed({ target: '/' })).toMatchObject({ ok: false, status: kind === 'nginx' ? 500 : 502 })
    expect(upstream.take()).toEqual([])
  })
})

/** What is answered to these bytes, up to the end of its first line. */
function firstLine(endpoint: string, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { protocol, port } = new URL(endpoint)
    const to = { host: '127.0.0.1', port: Number(port) }
    const write = () => socket.write(bytes)
    const socket = protocol === 'http:' ? connect(to, write) : connectTls({ ...to, ca: readFileSync(tls.certificate) }, write)
    let answer = ''
    socket.setTimeout(10_000, () => socket.destroy(new Error('no answer')))
    socket.on('error', reject)
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1')
      if (!answer.includes('\r\n')) return
      resolve(answer.slice(0, answer.indexOf('\r\n')))
      socket.destroy()
    })
  })
}

function lines(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .sort()
}
