import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build as bundle } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { build, root } from '../cli/build.js'

const directory = mkdtempSync(join(tmpdir(), 'grantree-package-'))
const consumer = join(directory, 'consumer')
const installed = join(consumer, 'node_modules/grantree')

interface PackageJson {
  readonly name: string
  readonly version: string
  readonly license: string
  readonly exports: Readonly<Record<string, Target>>
  readonly bin: { readonly grantree: string }
}

/** A path, or paths by condition. */
type Target = string | { readonly [condition: string]: Target }

function pathsOf(target: Target): readonly string[] {
  return typeof target === 'string' ? [target] : Object.values(target).flatMap(pathsOf)
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

describe('linting Terraform without the parser of HCL', () => {
  const policy = 'resource "aws_s3_bucket_policy" "p" {\n  bucket = "b"\n  policy = jsonencode({ Statement = [] })\n}\n'
  const lint = (...args: readonly string[]) =>
    spawnSync('npx', ['grantree', 'lint', '--format', 'json', ...args], { cwd: consumer, encoding: 'utf8' })

  test('a file with a bucket policy is a problem that says what to install; the other files are linted', () => {
    mkdirSync(join(consumer, 'infra'))
    writeFileSync(join(consumer, 'infra/main.tf'), policy)
    writeFileSync(join(consumer, 'infra/empty.json'), '{"Version": "2012-10-17", "Statement": []}')
    const { status, stdout } = lint('infra')
    expect(status).toBe(2)
    const { problems, findings } = JSON.parse(stdout)
    expect(problems).toMatchObject([
      {
        file: 'infra/main.tf',
        message: 'reading Terraform needs two more packages',
        help: expect.stringContaining('npm install web-tree-sitter'),
      },
    ])
    expect(findings).toMatchObject([{ file: 'infra/empty.json', rule: 'empty-statement-list' }])
  })

  test('files without one need no parser', () => {
    mkdirSync(join(consumer, 'other'))
    writeFileSync(join(consumer, 'other/main.tf'), 'resource "aws_s3_bucket" "b" {\n  bucket = "b"\n}\n')
    writeFileSync(join(consumer, 'other/empty.json'), '{"Version": "2012-10-17", "Statement": []}')
    const { status, stdout } = lint('other')
    expect(status).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({ problems: [] })
  })
})

describe('the tarball', () => {
  test.each([
    ...['LICENSE', 'README.md', 'package.json', 'docs/embedding.md', 'dist/cli/main.js'],
    ...['index', 's3', 'adapters', 'adapters-web'].flatMap((name) => [`dist/${name}.js`, `dist/${name}.d.ts`]),
  ])('has %s', (name) => {
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
      for (const path of pathsOf(target)) {
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

  test.each([
    [[], 'adapters.js'],
    [['workerd'], 'adapters-web.js'],
    [['edge-light'], 'adapters-web.js'],
    [['browser'], 'adapters-web.js'],
  ])('under the conditions %j, grantree/adapters is %s', (conditions, file) => {
    const code = "console.log(import.meta.resolve('grantree/adapters'))"
    const args = [...conditions.flatMap((condition) => ['--conditions', condition]), '--input-type=module', '-e', code]
    expect(run(process.execPath, args, consumer).trim()).toMatch(new RegExp(`/dist/${file}$`))
  })

  test('the adapters of the web need nothing of Node', async () => {
    const { metafile } = await bundle({
      stdin: { contents: "export * from 'grantree/adapters'; export * from 'grantree/s3'", resolveDir: consumer },
      ...{ bundle: true, write: false, metafile: true, platform: 'browser', conditions: ['workerd'], format: 'esm' },
    })
    const inputs = Object.keys(metafile.inputs)
    expect(inputs.some((name) => name.endsWith('dist/adapters-web.js'))).toBe(true)
    expect(inputs.filter((name) => name.includes('busboy') || name.includes('node-'))).toEqual([])
  })

  test('both faces of the adapters give what the platforms have in common', () => {
    const names = (conditions: readonly string[]): string[] =>
      run(
        process.execPath,
        [...conditions, '--input-type=module', '-e', "console.log(Object.keys(await import('grantree/adapters')).join())"],
        consumer,
      )
        .trim()
        .split(',')
    const web = names(['--conditions', 'workerd'])
    expect(web).toEqual(
      expect.arrayContaining(['BodyError', 'fetchAuthorizer', 'honoMiddleware', 'permittedFetch', 's3ErrorResponse', 'verifiedStream']),
    )
    expect(names([])).toEqual(
      expect.arrayContaining([...web, 'fastifyHook', 'forwardAuth', 'nodeMiddleware', 'sendS3Error', 'verifiedBody']),
    )
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

/** Programs of users: what they need of the platform's types, and whether what is not there is refused. */
const server = `
    import { createServer } from 'node:http'
    import express from 'express'
    import { Authorizer } from 'grantree'
    import { type AdapterOptions, fastifyHook, forwardAuth, type LogEntry, nodeMiddleware, permittedRequest, verifiedBody } from 'grantree/adapters'
    import { createGate, HeaderList, type Outcome, presignUrl } from 'grantree/s3'

    const options: AdapterOptions = {
      authorizer: Authorizer.from({ buckets: [] }),
      secrets: { secretsFor: async () => [] },
      lookUp: (question, keys) => Object.fromEntries(keys.map((key) => [key, question.key ?? null])),
      log: (entry: LogEntry) => console.log(entry.code),
    }
    const authorize = nodeMiddleware(options)
    express().use(authorize)
    createServer((request, response) => {
      authorize(request, response, () => {
        const permitted = permittedRequest(request)
        const key: string | undefined = permitted?.request.key
        verifiedBody(request).pipe(response)
        console.log(key, permitted?.objects?.[0]?.isAllowed)
      })
    })
    createServer(forwardAuth({ ...options, server: 'ceph', proxy: 'nginx', trustedProxies: ['unix'] }))
    // @ts-expect-error there is no such proxy
    forwardAuth({ ...options, server: 'ceph', proxy: 'apache', trustedProxies: [] })
    // @ts-expect-error secrets are needed
    nodeMiddleware({ authorizer: options.authorizer })
    const told = (outcome: Outcome): string => (outcome.kind === 'refused' ? outcome.error.code : outcome.request.operation.name)
    console.log(typeof fastifyHook, typeof createGate, typeof presignUrl, HeaderList.of([]), told)
  `

const worker = `
    import { Authorizer } from 'grantree'
    import { fetchAuthorizer, permittedFetch, verifiedStream } from 'grantree/adapters'
    const authorize = fetchAuthorizer({ authorizer: Authorizer.from({ buckets: [] }), secrets: { secretsFor: () => [] } })
    export default {
      async fetch(request: Request): Promise<Response> {
        const refusal = await authorize(request)
        return refusal ?? new Response(verifiedStream(request), { headers: { key: permittedFetch(request)?.request.key ?? '' } })
      },
    }
    // @ts-expect-error not on this platform
    import { nodeMiddleware } from 'grantree/adapters'
  `

describe('the types of its adapters', () => {
  const compile = (name: string, program: string, more: object): string => {
    const project = join(consumer, name)
    mkdirSync(project)
    writeFileSync(join(project, 'main.ts'), program)
    const strict = { strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, noEmit: true, target: 'ES2022' }
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions: { ...strict, ...more }, files: ['main.ts'] }))
    try {
      run(join(root, 'node_modules/.bin/tsc'), ['-p', project], consumer)
      return ''
    } catch (error) {
      return error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error)
    }
  }

  test.each([
    ['NodeNext', 'NodeNext'],
    ['ESNext', 'Bundler'],
  ])('in Node: module %s, resolution %s', (module, moduleResolution) => {
    for (const name of ['@types', 'express', 'undici-types']) {
      const link = join(consumer, 'node_modules', name)
      if (!existsSync(link)) symlinkSync(join(root, 'node_modules', name), link)
    }
    const more = { module, moduleResolution, lib: ['ES2022'], types: ['node'], skipLibCheck: true }
    expect(compile(`server-${moduleResolution.toLowerCase()}`, server, more)).toBe('')
  })

  test('in a worker, without the types of Node', () => {
    const more = {
      module: 'ESNext',
      moduleResolution: 'Bundler',
      customConditions: ['workerd'],
      lib: ['ES2022', 'DOM', 'DOM.Iterable'],
      types: [],
      skipLibCheck: false,
    }
    expect(compile('worker', worker, more)).toBe('')
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
