import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { nodeHashing } from '../../src/adapters/node-hashing.js'
import { signRequest } from '../../src/sigv4/sign-request.js'
import { type Answer, askOver } from '../adapters/servers.js'
import { build, root } from '../cli/build.js'
import { sha256 } from '../gate/scene.js'

/** A folder in which the package is installed, as far as Node can tell. */
const folder = mkdtempSync(join(tmpdir(), 'grantree-embedding-'))

beforeAll(() => {
  build()
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(root, join(folder, 'node_modules/grantree'))
  symlinkSync(join(root, 'node_modules/express'), join(folder, 'node_modules/express'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const text = readFileSync(join(root, 'docs/embedding.md'), 'utf8')
const blocks = [...text.matchAll(/^```js\n([\s\S]*?)^```$/gm)].map(([, code = '']) => code)

function blockWith(words: string): string {
  const found = blocks.filter((code) => code.includes(words))
  expect(found).toHaveLength(1)
  return found[0] ?? ''
}

function signed(method: string, target: string, host: string, body: string): [string, string][] {
  const headers: [string, string][] = [['host', host]]
  const signer = { accessKey: 'EDITOR', secret: 'the-editors-secret', region: 'us-east-1', time: Date.now() }
  const added = signRequest({ ...signer, method, target, headers, contentSha256: sha256(body) }, nodeHashing)
  if (added instanceof Promise) throw new Error('node answers at once')
  return [...headers, ...added.map(([name, value]): [string, string] => [name, value])]
}

async function freePort(): Promise<number> {
  const server = net.createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as net.AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Runs a server of the page for as long as it is asked. */
async function running(
  code: string,
  use: (ask: (method: string, target: string, body?: string, claimed?: string) => Promise<Answer>) => Promise<void>,
): Promise<void> {
  const file = join(folder, 'server.mjs')
  writeFileSync(file, code)
  const port = await freePort()
  const child = spawn(process.execPath, [file], { cwd: folder, env: { ...process.env, PORT: String(port) }, stdio: 'ignore' })
  try {
    const host = `127.0.0.1:${port}`
    for (let tries = 0; ; tries++) {
      const answer = await askOver(port, { host }).catch(() => undefined)
      if (answer !== undefined) break
      if (tries > 100) throw new Error('the server does not answer')
      await wait(50)
    }
    await use((method, target, body, claimed = body ?? '') =>
      askOver(port, { method, target, ...(body === undefined ? {} : { body }) }, signed(method, target, host, claimed)),
    )
  } finally {
    child.kill()
  }
}

test('Express', async () => {
  await running(blockWith("from 'express'"), async (ask) => {
    expect(await ask('GET', '/photos/a.jpg')).toMatchObject({ status: 200, body: 'GetObject of a.jpg in photos' })
    expect(await ask('GET', '/other/a.jpg')).toMatchObject({ status: 404 })
    expect(await ask('DELETE', '/photos?policy')).toMatchObject({ status: 403 })
  })
})

test('a worker', async () => {
  const file = join(folder, 'worker.mjs')
  writeFileSync(file, blockWith('export default'))
  const { default: worker } = (await import(file)) as { default: { fetch(request: Request): Promise<Response> } }
  const host = 's3.example.test'
  const ask = (target: string): Promise<Response> =>
    worker.fetch(new Request(`https://${host}${target}`, { headers: signed('GET', target, host, '') }))
  expect(await (await ask('/photos/a.jpg')).text()).toBe('GetObject of a.jpg in photos')
  expect((await ask('/photos?policy')).status).toBe(403)
})

test('bodies', async () => {
  await running(blockWith('createWriteStream'), async (ask) => {
    expect(await ask('PUT', '/photos/a.jpg', 'pixels')).toMatchObject({ status: 200 })
    expect(readFileSync(join(folder, 'photos%2Fa.jpg'), 'utf8')).toBe('pixels')
    expect(await ask('PUT', '/photos/b.jpg', 'others', 'pixels')).toMatchObject({ status: 400 })
    expect(existsSync(join(folder, 'photos%2Fb.jpg'))).toBe(false)
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
    expect(await ask('GET', '/photos/c.jpg')).toMatchObject({ status: 404, body: expect.stringContaining('NoSuchKey') })
  })
})

test('lookUp tells tags, and what is absent', async () => {
  const readTags = async (_: string, key: string): Promise<Map<string, string>> => new Map(key === 'k' ? [['secret', 'no']] : [])
  const make = new Function('readTags', `${blockWith('const lookUp')}; return lookUp`) as (
    read: typeof readTags,
  ) => (question: object, names: string[]) => Promise<unknown>
  const lookUp = make(readTags)
  const names = ['s3:ExistingObjectTag/secret', 's3:ExistingObjectTag/other', 's3:ExistingObjectTag/*', 'aws:PrincipalOrgID']
  expect(await lookUp({ bucket: 'b', key: 'k' }, names)).toEqual({
    's3:ExistingObjectTag/secret': 'no',
    's3:ExistingObjectTag/other': null,
  })
  expect(await lookUp({ bucket: 'b', key: 'without' }, ['s3:ExistingObjectTag/*'])).toEqual({ 's3:ExistingObjectTag/*': null })
})

test('every option has a line', () => {
  const options = ['adapter-options.ts', 'fetch-authorizer.ts'].map((name) => join('src/adapters', name)).concat('src/gate/gate-options.ts')
  const names = options.flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, name = '']) => name),
  )
  const untold = names.filter((name) => !['options', 'hashing'].includes(name) && !text.includes(`\`${name}\``))
  expect(untold).toEqual([])
})
