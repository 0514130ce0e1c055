import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { build, root } from '../cli/build.js'

const directory = mkdtempSync(join(tmpdir(), 'grantree-package-'))
const consumer = join(directory, 'consumer')
const installed = join(consumer, 'node_modules/grantree')

interface PackageJson {
  readonly name: string
  readonly version: string
  readonly license: string
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>
  readonly bin: { readonly grantree: string }
}

function packageJson(at: string): PackageJson {
  return JSON.parse(readFileSync(join(at, 'package.json'), 'utf8'))
}

function run(file: string, args: readonly string[], cwd: string): string {
  return execFileSync(file, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}

/** All files below a directory, as paths relative to it. */
function filesBelow(at: string): readonly string[] {
  const found = readdirSync(at, { recursive: true, encoding: 'utf8' })
  return found.filter((name) => statSync(join(at, name)).isFile() && !name.startsWith('node_modules/'))
}

beforeAll(() => {
  build()
  run('npm', ['pack', '--ignore-scripts', '--pack-destination', directory], root)
  const tarball = readdirSync(directory).find((name) => name.endsWith('.tgz'))
  if (tarball === undefined) throw new Error('no tarball')
  mkdirSync(consumer)
  writeFileSync(join(consumer, 'package.json'), JSON.stringify({ name: 'consumer', private: true, type: 'module' }))
  run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', join(directory, tarball)], consumer)
})

afterAll(() => rmSync(directory, { recursive: true }))

describe('the tarball', () => {
  test.each(['LICENSE', 'README.md', 'package.json', 'dist/index.js', 'dist/index.d.ts', 'dist/cli/main.js'])('has %s', (name) => {
    expect(filesBelow(installed)).toContain(name)
  })

  test('has every schema', () => {
    const schemas = ['policy', 'snapshot', 'decision-test'].map((name) => `schemas/${name}.schema.json`)
    expect(filesBelow(installed)).toEqual(expect.arrayContaining(schemas))
  })

  test('has nothing but what users need', () => {
    const known = /^(dist\/.*\.(js|d\.ts)|schemas\/.*\.json|docs\/.*\.md|package\.json|README\.md|LICENSE|CHANGELOG\.md)$/
    expect(filesBelow(installed).filter((name) => !known.test(name))).toEqual([])
  })

  test('has no tests, build information or source maps', () => {
    expect(filesBelow(installed).filter((name) => /(^|\/)(test|bench|fixtures|src)\/|\.test\.|\.tsbuildinfo$|\.map$/.test(name))).toEqual(
      [],
    )
  })

  test('names no file that it lacks as a source map', () => {
    const dangling = filesBelow(installed).filter((name) => {
      return /\.(js|d\.ts)$/.test(name) && /^\/\/# sourceMappingURL=/m.test(readFileSync(join(installed, name), 'utf8'))
    })
    expect(dangling.slice(0, 3)).toEqual([])
  })

  test('holds no path of the machine that made it', () => {
    const telling = filesBelow(installed).filter((name) => readFileSync(join(installed, name), 'utf8').includes(root))
    expect(telling).toEqual([])
  })

  test('says its licence', () => {
    expect(packageJson(installed).license).toBe('Apache-2.0')
    expect(readFileSync(join(installed, 'LICENSE'), 'utf8')).toContain('Apache License')
  })
})

describe('the installed package', () => {
  const script = (code: string) => run(process.execPath, ['--input-type=module', '-e', code], consumer)

  test('every subpath of its exports is there', () => {
    const { exports } = packageJson(installed)
    expect(Object.keys(exports)).toContain('.')
    for (const [subpath, target] of Object.entries(exports)) {
      for (const path of typeof target === 'string' ? [target] : Object.values(target)) {
        expect({ subpath, path, exists: existsSync(join(installed, path)) }).toEqual({ subpath, path, exists: true })
      }
    }
  })

  test('every subpath of its exports can be imported or read', () => {
    const subpaths = Object.keys(packageJson(installed).exports).map((subpath) => `grantree${subpath.slice(1)}`)
    const code = `
      import { readFileSync } from 'node:fs'
      import { createRequire } from 'node:module'
      const { resolve } = createRequire(process.cwd() + '/x.js')
      for (const subpath of ${JSON.stringify(subpaths)}) {
        const size = subpath.endsWith('.json')
          ? Object.keys(JSON.parse(readFileSync(resolve(subpath), 'utf8'))).length
          : Object.keys(await import(subpath)).length
        if (size === 0) throw new Error(subpath)
        console.log(subpath)
      }`
    expect(script(code).trim().split('\n')).toEqual(subpaths)
  })

  test('nothing else can be imported', () => {
    const code = `await import('grantree/dist/evaluate/evaluate.js').then(() => console.log('open'), ({ code }) => console.log(code))`
    expect(script(code).trim()).toBe('ERR_PACKAGE_PATH_NOT_EXPORTED')
  })

  test('importing it writes nothing and keeps nothing open', () => {
    expect(script("await import('grantree')")).toBe('')
  })

  test('npx grantree runs', () => {
    expect(run('npx', ['--no-install', 'grantree', '--version'], consumer).trim()).toBe(packageJson(root).version)
  })

  test('the command line decides', () => {
    writeFileSync(
      join(consumer, 's.json'),
      JSON.stringify({
        buckets: [{ name: 'b', owner: '1' }],
        keys: [{ accessKey: 'k', account: '1', grants: [{ bucket: 'b', permission: 'read' }] }],
      }),
    )
    writeFileSync(
      join(consumer, 'r.json'),
      JSON.stringify({ principal: { kind: 'key', accessKey: 'k' }, action: 's3:GetObject', bucket: 'b', key: 'x' }),
    )
    const out = run(
      process.execPath,
      [join(installed, packageJson(installed).bin.grantree), 'check', '-s', 's.json', '-r', 'r.json'],
      consumer,
    )
    expect(JSON.parse(out)).toEqual({ verdict: 'Allow', reason: 'grant', grant: { index: 0, bucket: 'b', permission: 'read' } })
  })
})

describe('its types, for a program of a user', () => {
  const program = `
    import {
      type AuthorizationRequest,
      type Decision,
      type Explanation,
      evaluate,
      hasError,
      type ParsedSnapshot,
      parsePolicy,
      parseRequest,
      parseSnapshot,
      permissionActions,
      type Policy,
      type Reason,
      runDecisionTests,
      parseDecisionTests,
    } from 'grantree'

    const parsed: ParsedSnapshot = parseSnapshot({ buckets: [] })
    const request: AuthorizationRequest = { principal: { kind: 'anonymous' }, action: 's3:GetObject', bucket: 'b', key: 'k' }
    if (parsed.snapshot !== undefined) {
      const explanation: Explanation = evaluate(parsed.snapshot, request)
      const decision: Decision = explanation
      const reason: Reason = decision.reason
      if (explanation.policy.kind === 'statements') for (const { sid } of explanation.policy.statements) console.log(sid?.length)
      console.log(reason, parseRequest('{}').diagnostics.map(({ code }) => code))
    }
    const policy: Policy | undefined = parsePolicy('{}').policy
    const { tests } = parseDecisionTests('{}')
    console.log(policy?.Statement.length, hasError([]), permissionActions.read.length, tests && runDecisionTests(tests).coverage.statements.total)
    // @ts-expect-error a request needs an action
    const wrong: AuthorizationRequest = { principal: { kind: 'anonymous' } }
    // @ts-expect-error there is no such reason
    const none: Reason = 'because'
    console.log(wrong, none)
    declare const console: { log(...values: unknown[]): void }
  `

  test.each([
    ['NodeNext', 'NodeNext'],
    ['ESNext', 'Bundler'],
  ])('module %s, resolution %s', (module, moduleResolution) => {
    const project = join(consumer, moduleResolution.toLowerCase())
    mkdirSync(project)
    writeFileSync(join(project, 'main.ts'), program)
    const compilerOptions = {
      module,
      moduleResolution,
      target: 'ES2022',
      lib: ['ES2022'],
      types: [],
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      skipLibCheck: false,
      noEmit: true,
    }
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['main.ts'] }))
    let problems = ''
    try {
      run(join(root, 'node_modules/.bin/tsc'), ['-p', project], consumer)
    } catch (error) {
      problems = error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error)
    }
    expect(problems).toBe('')
  })
})
