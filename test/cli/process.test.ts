import { spawn, spawnSync } from 'node:child_process'
import { existsSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { build, main, root } from './build.js'
import { get, records, scratch, snapshot } from './grantree.js'

const { directory, file } = scratch()
const s = file('s.json', snapshot)
const allowed = file('allowed.json', get('public/x'))
const denied = file('denied.json', get('secret'))
const hasTerminal = spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') === true
const ESC = String.fromCharCode(27)

interface Options {
  readonly input?: string | Uint8Array
  readonly env?: NodeJS.ProcessEnv
}

beforeAll(() => build())

const { PATH, HOME } = process.env
const plainEnv = { PATH, HOME }

function grantree(args: readonly string[], { input, env = {} }: Options = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 24,
    env: { ...plainEnv, ...env },
    ...(input !== undefined && { input }),
  })
  return { code: status, out: stdout, err: stderr }
}

describe('the process', () => {
  test('tells the version of its package', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    expect(grantree(['--version'])).toEqual({ code: 0, out: `${version}\n`, err: '' })
  })

  test.each<[string, readonly string[], number]>([
    ['an allowed request', ['check', '-s', s, '-r', allowed], 0],
    ['a denied request', ['check', '-s', s, '-r', denied], 1],
    ['a denied request, explained', ['explain', '-s', s, '-r', denied], 0],
    ['help', ['check', '--help'], 0],
    ['no arguments', [], 2],
    ['wrong usage', ['check'], 2],
    ['a file that is not there', ['check', '-s', 'nowhere.json', '-r', allowed], 2],
    ['the worked example', ['test', 'fixtures/photography/tests.json'], 0],
    ['the worked example and a file that is not there', ['test', 'nowhere.json', 'fixtures/photography/tests.json'], 2],
  ])('%s', (_, args, code) => {
    expect(grantree(args).code).toBe(code)
  })

  test('reads requests from standard input', () => {
    const input = Buffer.concat([readFileSync(allowed), Buffer.of(0x0a, 0xff, 0x0a), readFileSync(denied)])
    const { code, out, err } = grantree(['check', '-s', s, '--requests', '-'], { input })
    expect({ code, err }).toEqual({ code: 2, err: '' })
    expect(records(out)).toMatchObject([
      { verdict: 'Allow' },
      { error: [{ message: 'the line is not UTF-8' }] },
      { verdict: 'ExplicitDeny' },
    ])
  })

  test('the example that `npm start` shows', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    const [, args] = String(scripts.start).split('dist/cli/main.js ')
    const { code, out, err } = grantree(args?.split(' ') ?? [])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain('statement 2 "DenyOutsideTheOffice"')
  })
})

describe('bad input never shows a stack trace', () => {
  const bad = [
    ['binary', Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))],
    ['deep', `${'['.repeat(100_000)}`],
    ['deep-object', '{"a":'.repeat(100_000)],
    ['null', 'null'],
    ['number', '1e999'],
    ['prototype', '{"__proto__": {"buckets": []}, "constructor": 1}'],
    ['wrong', '{"buckets": [null, {"policy": {"Statement": [null]}}], "keys": {}, "cases": [null, {"request": null, "expect": null}]}'],
    ['long', JSON.stringify({ ['x'.repeat(1_000_000)]: 1 })],
  ] as const
  test.each(bad.map(([name, content]) => [name, content] as const))('%s', (name, content) => {
    const path = file(`${name}.json`, content)
    const uses = [
      ['check', '-s', path, '-r', allowed],
      ['check', '-s', s, '-r', path],
      ['check', '-s', s, '--requests', path],
      ['test', path],
      ['compile', '-s', path],
    ]
    for (const args of uses) {
      const { code, out, err } = grantree(args)
      expect({ args, code }).toEqual({ args, code: 2 })
      expect(out + err).not.toMatch(/^\s+at .*:\d+:\d+\)?$|node:internal|fault of the program/m)
    }
  })

  test('a directory of requests', () => {
    const { code, err } = grantree(['check', '-s', s, '--requests', directory])
    expect(err).toContain('it is a directory')
    expect(code).toBe(2)
  })
})

describe('pipes that close', () => {
  const many = file('many.ndjson', `${readFileSync(allowed, 'utf8')}\n`.repeat(20_000))

  test('a reader that has seen enough of the output ends it quietly', async () => {
    const child = spawn(process.execPath, [main, 'check', '-s', s, '--requests', many], { stdio: ['ignore', 'pipe', 'pipe'] })
    let err = ''
    child.stderr.on('data', (chunk) => {
      err += String(chunk)
    })
    child.stdout.once('data', () => child.stdout.destroy())
    const ended = await new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal })))
    expect(err).toBe('')
    expect(ended).toEqual({ code: 0, signal: null })
  })

  test('a reader that closes standard error changes no answer', async () => {
    const buckets = Array.from({ length: 5000 }, (_, at) => ({ name: `x${at}`, owner: '1', policy: 'broken' }))
    const noisy = file('noisy.json', { ...snapshot, buckets: [...snapshot.buckets, ...buckets] })
    const child = spawn(process.execPath, [main, 'check', '-s', noisy, '-r', allowed], { stdio: ['ignore', 'pipe', 'pipe'] })
    child.stderr.destroy()
    child.stdout.resume()
    const ended = await new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal })))
    expect(ended).toEqual({ code: 0, signal: null })
  })

  test.skipIf(!existsSync('/dev/full'))('output that cannot be written is neither yes nor no', () => {
    const { status, stderr } = spawnSync(process.execPath, [main, 'check', '-s', s, '-r', allowed], {
      encoding: 'utf8',
      stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
    })
    expect(stderr).not.toMatch(/node:internal/)
    expect(status).toBeGreaterThan(1)
  })
})

describe('colours', () => {
  const args = ['explain', '-s', s, '-r', denied]
  /** Runs it on a terminal. */
  function onTerminal(env: NodeJS.ProcessEnv): string {
    const command = [process.execPath, main, ...args].map((part) => `'${part}'`).join(' ')
    const { stdout } = spawnSync('script', ['-qec', command, '/dev/null'], {
      encoding: 'utf8',
      env: { ...plainEnv, TERM: 'xterm-256color', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    return stdout
  }

  test.each<[string, NodeJS.ProcessEnv]>([
    ['by default', {}],
    ['even if the environment asks for them', { FORCE_COLOR: '1' }],
    ['in a build', { CI: 'true' }],
  ])('not into a pipe: %s', (_, env) => {
    const { out, err } = grantree(args, { env })
    expect(out).toContain('DENIED')
    expect(out + err).not.toContain(ESC)
  })

  test.skipIf(!hasTerminal)('on a terminal', () => {
    expect(onTerminal({})).toContain(`${ESC}[31mDENIED${ESC}[39m`)
  })

  test.skipIf(!hasTerminal)('not on a terminal under NO_COLOR', () => {
    const out = onTerminal({ NO_COLOR: '1' })
    expect(out).toContain('DENIED')
    expect(out).not.toContain(ESC)
  })
})
