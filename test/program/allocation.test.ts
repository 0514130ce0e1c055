import { execFileSync } from 'node:child_process'
import { buildSync } from 'esbuild'
import { expect, test } from 'vitest'

const calls = 200_000

/** How the authorizer comes about: from a small snapshot, and among so many others that neither keys nor names stand in one shard. */
const authorizers = {
  'a few names': 'Authorizer.from(snapshot)',
  'many names': `
    Authorizer.from({
      buckets: Array.from({ length: 3_000 }, (_, at) => ({ name: 'other-' + at, owner: 'other' })),
      keys: Array.from({ length: 3_000 }, (_, at) => ({ accessKey: 'OTHER' + at, account: 'other', grants: [] })),
    }).with(snapshot)
  `,
} as const

/** A program that prints what deciding each workload allocates. Its young generation holds all of it, so that nothing is collected meanwhile. */
const programFor = (authorizer: string) => `
  import { Authorizer } from './src/authorizer/authorizer.ts'
  import { snapshot, workloads } from './test/program/workloads.ts'

  const authorizer = ${authorizer}
  const functions = { copy: [undefined, (request) => authorizer.decide({ ...request })] }
  for (const name of Object.keys(workloads)) functions[name] = [name, (request) => authorizer.decide(request)]

  // Requests of one shape, as a gateway makes them.
  const shaped = ({ principal, action, bucket, key, time, context, unknown }) => ({ principal, action, bucket, key, time, context, unknown })

  function run(call, request, reason, count) {
    let answered = 0
    for (let i = 0; i < count; i++) if (call(request).reason === reason) answered++
    return answered
  }

  const allocated = {}
  for (const [name, [workload, call]] of Object.entries(functions)) {
    const [reason, given] = workloads[workload ?? 'anonymous']
    const request = shaped(given)
    for (let i = 0; i < 30; i++) run(call, request, reason, 10_000)
    gc()
    const before = process.memoryUsage().heapUsed
    const answered = run(call, request, reason, ${calls})
    const bytes = process.memoryUsage().heapUsed - before
    if (answered !== ${calls}) throw new Error(name)
    allocated[name] = bytes
  }
  console.log(JSON.stringify(allocated))
`

/**
 * To read a time from a request, V8 may box the number. That is not ours to avoid, so it is read only for statements and keys that ask
 * for it.
 */
const NUMBER_BYTES = 16
const SPARE_BYTES = 4
const readClock: ReadonlySet<string> = new Set([
  'a key that a policy names',
  'a user through the account, with conditions and a variable',
  'the same with a context made ready',
])

function measure(authorizer: string): Record<string, number> {
  const root = new URL('../..', import.meta.url).pathname
  const built = buildSync({ stdin: { contents: programFor(authorizer), resolveDir: root }, bundle: true, format: 'esm', write: false })
  const flags = ['--expose-gc', '--min-semi-space-size=128', '--max-semi-space-size=128', '--input-type=module']
  const printed = execFileSync(process.execPath, flags, { encoding: 'utf8', input: built.outputFiles[0]?.text ?? '' })
  return JSON.parse(printed) as Record<string, number>
}

test.each(Object.entries(authorizers))('a decision allocates nothing, once it is compiled: %s', (_, authorizer) => {
  const { copy, ...allocated } = measure(authorizer)
  // The smallest object takes eight bytes a call; that this would be seen shows in the one that copies its request.
  expect(copy).toBeGreaterThan(calls * 8)
  // The compiler's own bookkeeping falls into the run at times: far less than an object for each call.
  const limitOf = (name: string) => calls * (readClock.has(name) ? NUMBER_BYTES + SPARE_BYTES : SPARE_BYTES)
  expect(Object.entries(allocated).filter(([name, bytes]) => bytes >= limitOf(name))).toEqual([])
})
