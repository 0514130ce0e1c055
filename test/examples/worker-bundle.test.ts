import { join } from 'node:path'
import vm from 'node:vm'
import { build as bundle } from 'esbuild'
import { beforeAll, expect, test } from 'vitest'
import { nodeHashing } from '../../src/adapters/node-hashing.js'
import { presignUrl } from '../../src/sigv4/presign-url.js'
import { build, root } from '../cli/build.js'

let code = ''

beforeAll(async () => {
  build()
  const { outputFiles, warnings } = await bundle({
    entryPoints: [join(root, 'examples/worker.mjs')],
    bundle: true,
    minify: true,
    write: false,
    platform: 'browser',
    conditions: ['workerd'],
    format: 'iife',
    globalName: 'worker',
    target: 'es2022',
  })
  expect(warnings).toEqual([])
  code = outputFiles[0]?.text ?? ''
})

/** What web platforms and edge workers have, and nothing of Node. */
const web = { Blob, Headers, ReadableStream, Request, Response, TextDecoder, TextEncoder, URL, console, crypto }

function load(): { fetch(request: Request): Promise<Response> } {
  const context = vm.createContext({ ...web }, { codeGeneration: { strings: false, wasm: false } })
  expect(
    vm.runInContext("['process', 'Buffer', 'require', 'setImmediate', 'global'].filter((name) => name in globalThis).join()", context),
  ).toBe('')
  vm.runInContext(code, context)
  return vm.runInContext('worker.default', context)
}

test('imports nothing of Node', () => {
  expect(code.length).toBeGreaterThan(10_000)
  expect(code).not.toMatch(/["'`]node:|\brequire\(|\bimport\(/)
})

test.each<[what: string, key: string, target: string, status: number]>([
  ['allowed', 'VISITOR', '/photos/albums/a.jpg', 200],
  ['outside the prefix', 'VISITOR', '/photos/drafts/a.jpg', 403],
])('decides in a context that has only what the web has: %s', async (_, key, target, status) => {
  const worker = load()
  const url = presignUrl(
    {
      accessKey: key,
      secret: 'the-visitors-secret',
      region: 'us-east-1',
      time: Date.now(),
      method: 'GET',
      host: 's3.example.test',
      target,
      expires: 60,
    },
    nodeHashing,
  )
  if (typeof url !== 'string') throw new Error('node answers at once')
  const response = await worker.fetch(new Request(url))
  expect(response.status).toBe(status)
  const tampered = await worker.fetch(new Request(`${url.slice(0, -1)}${url.endsWith('0') ? '1' : '0'}`))
  expect(await tampered.text()).toContain('SignatureDoesNotMatch')
})
