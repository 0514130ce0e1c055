import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { install } from './install.js'
import { keyPair } from './key-pair.js'
import { type Recording, writeRecording } from './recording-file.js'
import { runCommand } from './run-command.js'
import { addKey, startCeph } from './services/ceph.js'
import { type Recorder, startRecorder } from './services/recorder.js'
import { type Service, stopAll } from './services/service.js'
import { startSink } from './services/sink.js'
import { makeCertificate } from './services/tls.js'

/**
 * `npx tsx test/e2e/record.ts`: writes what real clients send to fixtures/recorded anew, one file a client and kind of work. What the
 * gateway answers does not matter, but a client that is refused would not go on: it is allowed everything.
 */
install()
// Only now: it was just installed.
const { PutObjectCommand } = await import('@aws-sdk/client-s3')
const { createPresignedPost } = await import('@aws-sdk/s3-presigned-post')
const { getSignedUrl } = await import('@aws-sdk/s3-request-presigner')
const { allClients } = await import('./clients/all-clients.js')
const { awsCli } = await import('./clients/awscli.js')
const { awsSdk } = await import('./clients/aws-sdk.js')
const { boto3 } = await import('./clients/boto3.js')
const { curl } = await import('./clients/curl.js')
const { s3cmd } = await import('./clients/s3cmd.js')

const target = new URL('../../fixtures/recorded/', import.meta.url)
const directory = mkdtempSync(join(tmpdir(), 'grantree-record-'))
const region = 'us-east-1'
const bucket = 'recorded'
const key = 'dir/näme with space+plus.txt'
const body = Buffer.from('the body\n')
const started: Service[] = []
const keys = keyPair('RECORDKEY00000000000')

for (const file of readdirSync(target)) if (/\.(http|json)$/.test(file)) rmSync(new URL(file, target))
try {
  await recordAll()
} finally {
  await stopAll(started)
  rmSync(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 })
}

async function recordAll(): Promise<void> {
  const ceph = await startCeph(join(directory, 'ceph'))
  started.push(ceph)
  await addKey(ceph.conf, keys)
  const certificate = await makeCertificate(directory)
  const plain = await startRecorder(ceph.port)
  const sink = await startSink()
  const modern = await startRecorder(sink.port)
  const secure = await startRecorder(sink.port, certificate)
  started.push(plain, sink, modern, secure)
  const versions = await clientVersions()

  const record = async (client: string, what: string, work: () => Promise<unknown>, recorder: Recorder = plain): Promise<void> => {
    recorder.take()
    await work()
    const requests = recorder.take()
    const scheme = recorder === secure ? 'https' : 'http'
    const recording: Recording = { name: `${client}-${what}`, client: versions[client] ?? client, keys, region, scheme, requests }
    if (requests.length === 0) throw new Error(`${recording.name} sent nothing`)
    writeRecording(target, recording)
    process.stderr.write(`${recording.name}: ${requests.length}\n`)
  }

  const options = { endpoint: plain.url, keys, region, directory: join(directory, 'clients') }
  const browser = curl({ ...options, directory })
  for (const client of allClients(options)) {
    const { name } = client
    await record(name, 'make-bucket', () => client.makeBucket(bucket))
    await record(name, 'put', () => client.put(bucket, key, body))
    await record(name, 'get', () => client.get(bucket, key))
    await record(name, 'head', () => client.head(bucket, key))
    await record(name, 'list', () => client.list(bucket, 'dir/'))
    await record(name, 'copy', () => client.copy(bucket, key, 'dir/copy.txt'))
    await record(name, 'delete', () => client.delete(bucket, key))
    await client.put(bucket, key, body)
    await record(name, 'delete-many', () => client.deleteMany(bucket, [key, 'dir/copy.txt']))
    const { putInParts, presignGet } = client
    if (putInParts !== undefined) await record(name, 'put-in-parts', () => putInParts(bucket, 'big', Buffer.alloc(12 << 20, 'x')))
    if (presignGet !== undefined) {
      await client.put(bucket, key, body)
      const url = new URL(await presignGet(bucket, key))
      await record(name, 'presigned-get', () => browser.send({ target: url.pathname + url.search }))
    }
  }

  // What the SDK does of its own accord: checksums, in trailers for streams. The gateway is too old for it
  // and hangs up before it has heard all.
  const secureOptions = { ...options, endpoint: secure.url, certificate: certificate.certificate, directory: folder('extra') }
  const supported = { requestChecksumCalculation: 'WHEN_SUPPORTED' } as const
  const streamed = () => ({ Bucket: bucket, Key: key, Body: Readable.from([body]), ContentLength: body.length })
  for (const [suffix, recorder, each] of [
    ['', modern, { ...options, endpoint: modern.url, directory: folder('extra') }] as const,
    ['-https', secure, secureOptions] as const,
  ]) {
    const sdk = awsSdk(each, supported)
    await record('aws-sdk', `put-checksum${suffix}`, () => sdk.put(bucket, key, body), recorder)
    await record('aws-sdk', `put-stream${suffix}`, () => sdk.answer(sdk.sdk.send(new PutObjectCommand(streamed()))), recorder)
    const python = boto3(each)
    const checked = { Bucket: bucket, Key: key, ChecksumAlgorithm: 'SHA256' }
    await record('boto3', `put-checksum${suffix}`, () => python.call('put_object', checked, body), recorder)
    if (recorder === secure) await record('boto3', 'put-https', () => python.put(bucket, key, body), recorder)
  }

  const extra = { ...options, directory: folder('extra') }
  const sdk = awsSdk(extra)
  const putUrl = new URL(await getSignedUrl(sdk.sdk, new PutObjectCommand({ Bucket: bucket, Key: key }), { expiresIn: 300 }))
  await record('aws-sdk', 'presigned-put', () => browser.send({ method: 'PUT', target: putUrl.pathname + putUrl.search, body }))
  const conditions = [
    ['content-length-range', 1, 1000] as ['content-length-range', number, number],
    ['starts-with', '$key', 'dir/'] as ['starts-with', string, string],
  ]
  const post = await createPresignedPost(sdk.sdk, { Bucket: bucket, Key: 'dir/form.txt', Conditions: conditions, Expires: 300 })
  await record('aws-sdk', 'presigned-post', () => postForm(post.url, post.fields))
  const python = boto3(extra)
  const form = JSON.parse(
    await python.presignPost({ Bucket: bucket, Key: 'dir/${filename}', Conditions: conditions, ExpiresIn: 300 }),
  ) as typeof post
  await record('boto3', 'presigned-post', () => postForm(form.url, form.fields))

  const signV2 = (await s3cmd(extra).run(['signurl', `s3://${bucket}/dir/copy.txt`, '+300'])).text
  const oldUrl = new URL(signV2)
  await record('s3cmd', 'signed-v2', () => browser.send({ target: oldUrl.pathname + oldUrl.search }))

  await record('s3cmd', 'delete-recursive', () => s3cmd(extra).run(['rm', '--recursive', '--force', `s3://${bucket}/dir/`]))

  const cli = awsCli(extra)
  await cli.put(bucket, key, body)
  await record('awscli', 'put-tagging', () =>
    cli.run(['s3api', 'put-object-tagging', '--bucket', bucket, '--key', key, '--tagging', 'TagSet=[{Key=a b,Value=c+d}]']),
  )
  await record('awscli', 'put-with-headers', () =>
    cli.run([
      's3api',
      'put-object',
      '--bucket',
      bucket,
      '--key',
      'h',
      '--acl',
      'private',
      '--tagging',
      'a=1&b=2',
      '--metadata',
      'Name=two  spaces',
    ]),
  )
  const virtual = { ...extra, endpoint: `http://localhost:${plain.port}`, addressing: 'virtual' } as const
  await record('aws-sdk', 'virtual-put', () => awsSdk(virtual).put(bucket, key, body))
  await record('boto3', 'virtual-put', () => boto3(virtual).put(bucket, key, body))
  await record('curl', 'anonymous-get', () => browser.send({ target: `/${bucket}/dir/form.txt` }))
}

function folder(name: string): string {
  const path = join(directory, name)
  mkdirSync(path, { recursive: true })
  return path
}

async function postForm(url: string, fields: Readonly<Record<string, string>>): Promise<void> {
  const parts = Object.entries(fields).flatMap(([name, value]) => ['--form-string', `${name}=${value}`])
  await runCommand('/usr/bin/curl', ['-q', '--silent', ...parts, '--form', 'file=the body;filename=form.txt', url])
}

async function clientVersions(): Promise<Readonly<Record<string, string>>> {
  const asked: Readonly<Record<string, readonly [string, ...string[]]>> = {
    awscli: ['/usr/bin/aws', '--version'],
    boto3: ['/usr/bin/python3', '-Ic', 'import boto3; print("boto3", boto3.__version__)'],
    s3cmd: ['/usr/bin/s3cmd', '--version'],
    rclone: ['/usr/bin/rclone', 'version'],
    curl: ['/usr/bin/curl', '--version'],
  }
  const versions: Record<string, string> = { 'aws-sdk': `@aws-sdk/client-s3 ${sdkVersion()}` }
  for (const [client, [file, ...args]] of Object.entries(asked)) {
    const { stdout } = await runCommand(file, args)
    versions[client] = stdout.toString().split('\n', 1)[0] ?? client
  }
  return versions
}

function sdkVersion(): string {
  const { devDependencies } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'))
  return devDependencies['@aws-sdk/client-s3']
}
