import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import vm from 'node:vm'
import { build as bundle } from 'esbuild'
import { beforeAll, describe, expect, test } from 'vitest'
import { parseDecisionTests } from '../../src/decision-test/parse-decision-tests.js'
import { runDecisionTests } from '../../src/decision-test/run-decision-tests.js'
import { root } from '../cli/build.js'

let code = ''

beforeAll(async () => {
  const { outputFiles, warnings } = await bundle({
    entryPoints: [join(root, 'src/index.ts')],
    bundle: true,
    minify: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    globalName: 'grantree',
    target: 'es2022',
  })
  expect(warnings).toEqual([])
  expect(outputFiles).toHaveLength(1)
  code = outputFiles[0]?.text ?? ''
})

/** What browsers and Node have beyond the language; the core needs none of it. */
const HOST = [
  'console',
  'process',
  'Buffer',
  'URL',
  'TextDecoder',
  'TextEncoder',
  'require',
  'setTimeout',
  'structuredClone',
  'crypto',
  'fetch',
]

/** A context that has the language, and nothing of its host. */
function bareContext(): vm.Context {
  const context = vm.createContext(Object.create(null), { codeGeneration: { strings: false, wasm: false } })
  vm.runInContext('delete globalThis.console; delete globalThis.WebAssembly', context)
  return context
}

describe('the core as a bundle for browsers', () => {
  test('is under 200 KB, minified', () => {
    expect(code.length).toBeGreaterThan(10_000)
    expect(Buffer.byteLength(code)).toBeLessThan(200_000)
  })

  test('imports nothing', () => {
    expect(code).not.toMatch(/["'`]node:|\brequire\(|\bimport\(|\bfrom\s*["']/)
  })

  test('makes no code from text', () => {
    expect(code).not.toMatch(/\bnew Function\b|\beval\(/)
  })

  test('decides the photography example in a bare context as it does here', () => {
    const context = bareContext()
    const text = readFileSync(join(root, 'fixtures/photography/tests.json'), 'utf8')
    expect(vm.runInContext(`${JSON.stringify(HOST)}.filter((name) => name in globalThis).join()`, context)).toBe('')
    vm.runInContext(code, context)
    vm.runInContext(`var text = ${JSON.stringify(text)}`, context)
    const there: unknown = JSON.parse(
      vm.runInContext(
        `JSON.stringify(grantree.runDecisionTests(grantree.parseDecisionTests(text).tests).results.map(({ case: { name }, passed, decision }) =>
          [name, passed, decision && decision.verdict, decision && decision.reason]))`,
        context,
      ),
    )
    const { tests } = parseDecisionTests(text)
    if (tests === undefined) throw new Error('the example is unreadable')
    const here = runDecisionTests(tests).results.map(({ case: { name }, passed, decision }) => [
      name,
      passed,
      decision?.verdict,
      decision?.reason,
    ])
    expect(here.length).toBeGreaterThan(50)
    expect(here.every(([, passed]) => passed)).toBe(true)
    expect(there).toEqual(here)
  })
})
