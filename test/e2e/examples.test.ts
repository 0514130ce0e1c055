import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import type { LogEntry } from '../../src/adapters/log-entry.js'
import { nodeHashing } from '../../src/adapters/node-hashing.js'
import { presignUrl } from '../../src/sigv4/presign-url.js'
import { allClients } from './clients/all-clients.js'
import { awsSdk } from './clients/aws-sdk.js'
import { type Curl, curl } from './clients/curl.js'
import { isAccessDenied, type S3Client } from './clients/s3-client.js'
import { runCommand, runOrThrow } from './run-command.js'
import { addKey } from './services/ceph.js'
import { startDaemon } from './services/daemon.js'
import { freePorts } from './services/free-ports.js'
import { isListening } from './services/listening.js'
import { openBucket } from './services/open-bucket.js'
import { type Recorder, startRecorder } from './services/recorder.js'
import { type Service, stopAll } from './services/service.js'

/** The configurations in examples/, as they are but for their ports, with the programs beside them. */
const { directory: parent, ceph } = inject('ground')
const root = fileURLToPath(new URL('../..', import.meta.url))
const EDITOR = { accessKey: 'EDITOR', secretKey: 'the-editors-secret' }
const VISITOR = { accessKey: 'VISITOR', secretKey: 'the-visitors-secret' }
const objects = ['albums/a.jpg', 'originals/a.raw', 'public/a.jpg', 'drafts/a.jpg']
const running: Service[] = []
const directory = join(parent, 'examples')
const behind = awsSdk({ endpoint: ceph.url, keys: ceph.owner, directory })
let upstream: Recorder

beforeAll(async () => {
  mkdirSync(directory)
  // The programs import the package by its name.
  await runOrThrow(process.execPath, ['node_modules/typescript/bin/tsc', '-b', 'src'], { cwd: root, timeout: 120_000 })
  expect(await behind.makeBucket('photos')).toMatchObject({ ok: true })
  await openBucket(ceph, 'photos')
  for (const keys of [EDITOR, VISITOR]) await addKey(ceph.conf, keys)
  upstream = await startRecorder(ceph.port)
  running.push(upstream)
})

afterAll(() => stopAll(running))

beforeEach(async () => {
  for (const key of objects) expect(await behind.put('photos', key, Buffer.from(`the photo ${key}`))).toMatchObject({ ok: true })
})

/** How each is started. */
const examples = {
  nginx: {
    file: 'nginx.conf',
    program: '/usr/sbin/nginx',
    args: (conf: string, prefix: string) => ['-p', prefix, '-e', 'stderr', '-c', conf],
  },
  caddy: { file: 'Caddyfile', program: '/usr/bin/caddy', args: (conf: string) => ['run', '--config', conf, '--adapter', 'caddyfile'] },
}

describe.each(['nginx', 'caddy'] as const)('examples/%s', (name) => {
  const folder = join(directory, name)
  const logFile = join(folder, 'forward-auth.log')
  let forwardAuth: Service
  let endpoint: string
  let anybody: Curl
  let editor: Curl
  let visitor: Curl

  beforeAll(async () => {
    mkdirSync(folder)
    const [front, decider] = (await freePorts(2)) as [number, number]
    const { file, program, args } = examples[name]
    const conf = join(folder, file)
    writeFileSync(
      conf,
      withPorts(readFileSync(join(root, 'examples', name, file), 'utf8'), { 8080: front, 9000: decider, 7480: upstream.port }),
    )
    forwardAuth = await startDaemon({
      file: process.execPath,
      args: [join(root, 'examples', name, 'forward-auth.mjs')],
      log: logFile,
      env: { PORT: String(decider) },
      isReady: () => isListening(decider),
    })
    running.push(
      forwardAuth,
      await startDaemon({
        file: program,
        args: args(conf, folder),
        log: join(folder, 'out'),
        env: { HOME: folder, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder },
        isReady: () => isListening(front),
      }),
    )
    endpoint = `http://127.0.0.1:${front}`
    editor = curl({ endpoint, keys: EDITOR, directory: folder })
    visitor = curl({ endpoint, keys: VISITOR, directory: folder })
    anybody = visitor
  })

  beforeEach(() => {
    upstream.take()
  })

  const clientOf = (client: string, keys: typeof EDITOR): S3Client => {
    const found = allClients({ endpoint, keys, directory: join(folder, keys.accessKey) }).find((each) => each.name === client)
    if (found === undefined) throw new Error(`no client ${client}`)
    return found
  }
  const lastLog = (): LogEntry => JSON.parse(readFileSync(logFile, 'utf8').trim().split('\n').at(-1) ?? '{}') as LogEntry

  test.each(['aws-sdk', 's3cmd', 'rclone', 'curl'])('%s: the editor may write and read, the visitor read albums', async (client) => {
    const written = Buffer.from(`by ${client}`)
    expect(await clientOf(client, EDITOR).put('photos', 'albums/new + ä.jpg', written)).toMatchObject({ ok: true })
    expect(await clientOf(client, EDITOR).get('photos', 'albums/new + ä.jpg')).toMatchObject({ ok: true, text: `by ${client}` })
    expect(await clientOf(client, VISITOR).get('photos', 'albums/a.jpg')).toMatchObject({ ok: true, text: 'the photo albums/a.jpg' })
    expect(isAccessDenied(await clientOf(client, VISITOR).put('photos', 'albums/a.jpg', written))).toBe(true)
    expect(isAccessDenied(await clientOf(client, VISITOR).get('photos', 'drafts/a.jpg'))).toBe(true)
    expect((await behind.get('photos', 'albums/a.jpg')).text).toBe('the photo albums/a.jpg')
  })

  test('the policy holds for the editor too, and says so in the log', async () => {
    expect(await editor.delete('photos', 'originals/a.raw')).toMatchObject({ ok: false, status: 403, code: 'AccessDenied' })
    expect(lastLog()).toMatchObject({
      outcome: 'refused',
      accessKey: 'EDITOR',
      operation: 'DeleteObject',
      key: 'originals/a.raw',
      decision: { verdict: 'ExplicitDeny', statement: { sid: 'NobodyDeletesOriginals' } },
    })
    expect(upstream.take()).toEqual([])
    expect(await editor.delete('photos', 'drafts/a.jpg')).toMatchObject({ ok: true, status: 204 })
  })

  test('everybody sees what is public, and nothing else', async () => {
    expect(await anybody.send({ target: '/photos/public/a.jpg' })).toMatchObject({ ok: true, text: 'the photo public/a.jpg' })
    expect(await anybody.send({ target: '/photos/albums/a.jpg' })).toMatchObject({ ok: false, status: 403, code: 'AccessDenied' })
    expect(await anybody.send({ target: '/photos' })).toMatchObject({ ok: false, status: 403, code: 'AccessDenied' })
  })

  test('a refused HEAD is a bare 403', async () => {
    expect(await visitor.head('photos', 'drafts/a.jpg')).toEqual({ ok: false, status: 403, text: '' })
    expect(await visitor.head('photos', 'albums/a.jpg')).toMatchObject({ ok: true })
    // The connection can be used again.
    const asked = [
      '-q',
      '--silent',
      '--head',
      '--output',
      '/dev/null',
      '--write-out',
      '%{http_code} %{num_connects}\\n',
      '--max-time',
      '10',
    ]
    const both = [`${endpoint}/photos/drafts/a.jpg`, '--next', ...asked, `${endpoint}/photos/public/a.jpg`]
    expect((await runCommand('/usr/bin/curl', [...asked, ...both])).stdout.toString()).toBe('403 1\n200 0\n')
  })

  test('what is missing is 404 of the gateway to whom reading is allowed, else 403', async () => {
    expect(await visitor.get('photos', 'albums/missing')).toMatchObject({ status: 404, code: 'NoSuchKey' })
    // S3 would say 403, for anonymous callers may not list. The proxy passes the gateway's answer on.
    expect(await anybody.send({ target: '/photos/public/missing' })).toMatchObject({ status: 404, code: 'NoSuchKey' })
    expect(await visitor.get('photos', 'drafts/missing')).toMatchObject({ status: 403, code: 'AccessDenied' })
    expect(await editor.get('unknown', 'a')).toMatchObject({ status: 404, code: 'NoSuchBucket' })
  })

  test.each(['aws-sdk', 'curl'])('%s: DeleteObjects is refused, since nobody sees what is to be deleted', async (client) => {
    const answer = await clientOf(client, EDITOR).deleteMany('photos', ['drafts/a.jpg'])
    expect(answer).toMatchObject({ ok: false, code: 'AccessDenied' })
    expect(lastLog()).toMatchObject({ outcome: 'refused', operation: 'DeleteObjects', problem: expect.stringContaining('body') })
    expect(upstream.take()).toEqual([])
  })

  test('a form is refused, since nobody sees whose it is', async () => {
    const form = ['--form-string', 'key=public/form.txt', '--form', 'file=the body;filename=form.txt']
    const { stdout } = await runCommand('/usr/bin/curl', ['-q', '--silent', '--max-time', '10', ...form, `${endpoint}/photos`])
    expect(stdout.toString()).toContain('<Code>AccessDenied</Code>')
    expect(lastLog()).toMatchObject({ outcome: 'refused', operation: 'PostObject', problem: expect.stringContaining('form') })
    expect(upstream.take()).toEqual([])
  })

  test.each(['aws-sdk', 's3cmd', 'curl'])('%s: a large PUT that is refused does not hang', { timeout: 30_000 }, async (client) => {
    const large = Buffer.alloc(64 << 20)
    const before = Date.now()
    const answer = await clientOf(client, VISITOR).put('photos', 'drafts/large', large)
    // A client that still sends when the proxy hangs up may see that before it reads the answer.
    const isCutOff = !answer.ok && answer.status === undefined && /EPIPE|ECONNRESET/.test(answer.text)
    expect(isAccessDenied(answer) || isCutOff, JSON.stringify(answer)).toBe(true)
    expect(lastLog()).toMatchObject({ outcome: 'refused', key: 'drafts/large' })
    expect(Date.now() - before).toBeLessThan(20_000)
    expect(upstream.take()).toEqual([])
  })

  test('is refused before the body has come', async () => {
    const head = `PUT /photos/drafts/large HTTP/1.1\r\nHost: ${new URL(endpoint).host}\r\nContent-Length: 5000000000\r\n\r\n`
    expect(await firstLine(endpoint, head)).toBe('HTTP/1.1 403 Forbidden')
  })

  test.each(['x_amz_copy_source', 'x-amz_copy-source', 'x-amz-copy_source', 'X-AMZ_COPY_SOURCE'])(
    'the header %s, which the gateway would take for another, does not copy, signed or not',
    async (header) => {
      const target = '/photos/albums/copy.jpg'
      const source = '/photos/originals/a.raw'
      const { host } = new URL(endpoint)
      const signer = { accessKey: EDITOR.accessKey, secret: EDITOR.secretKey, region: 'us-east-1', time: Date.now() }
      for (const headers of [[], [[header.toLowerCase(), source]]] as [string, string][][]) {
        const url = String(presignUrl({ ...signer, method: 'PUT', scheme: 'http', host, target, expires: 300, headers }, nodeHashing))
        await anybody.send({
          method: 'PUT',
          target: url.slice(endpoint.length),
          headers: { [header]: source },
          body: Buffer.from('not a copy'),
        })
        for (const { bytes } of upstream.take()) expect(bytes.toString('latin1')).not.toMatch(/^x.amz.copy.source/im)
        const { ok, text } = await behind.get('photos', 'albums/copy.jpg')
        expect(ok ? text : 'not a copy').toBe('not a copy')
      }
    },
  )

  test('the client cannot say where it comes from, or what it asks for', async () => {
    const headers = {
      'x-forwarded-for': '203.0.113.7',
      'x-forwarded-uri': '/photos/public/a.jpg',
      'x-forwarded-method': 'GET',
      'x-forwarded-host': 'elsewhere',
      'x-s3-error': 'x',
    }
    expect(await anybody.send({ target: '/photos/drafts/a.jpg', headers })).toMatchObject({ ok: false, status: 403, code: 'AccessDenied' })
    expect(lastLog()).toMatchObject({ outcome: 'refused', key: 'drafts/a.jpg' })
    expect(lastLog().sourceIp).not.toBe('203.0.113.7')
  })

  test('lets nothing through while the program is down', async () => {
    await forwardAuth.stop()
    upstream.take()
    expect(await editor.get('photos', 'albums/a.jpg')).toMatchObject({ ok: false, status: name === 'nginx' ? 500 : 502 })
    expect(await anybody.send({ target: '/photos/public/a.jpg' })).toMatchObject({ ok: false })
    expect(upstream.take()).toEqual([])
  })
})

/** A configuration with other ports; all of them must be in it. */
function withPorts(text: string, ports: Readonly<Record<number, number>>): string {
  let changed = text
  for (const [from, to] of Object.entries(ports)) {
    if (!changed.includes(`:${from}`)) throw new Error(`the configuration has no port ${from}`)
    changed = changed.replaceAll(`:${from}`, `:${to}`)
  }
  return changed
}

/** What is answered to these bytes, up to the end of its first line. */
function firstLine(to: string, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port: Number(new URL(to).port) }, () => socket.write(bytes))
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
