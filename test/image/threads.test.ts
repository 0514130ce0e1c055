import { Worker } from 'node:worker_threads'
import { buildSync } from 'esbuild'
import { expect, test } from 'vitest'
import { type AuthorizationRequest, Authorizer, type SnapshotJson } from '../../src/index.js'

const OWNER = '111122223333'
const names = Array.from({ length: 5_000 }, (_, index) => index)

const snapshot: SnapshotJson = {
  buckets: names.map((index) => ({
    name: `bucket-${index}`,
    owner: OWNER,
    ...(index % 100 === 0 && {
      policy: {
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::bucket-${index}/*` },
      },
    }),
  })),
  keys: names.map((index) => ({
    accessKey: `AK-${index}`,
    account: OWNER,
    grants: [{ bucket: `bucket-${index}`, permission: 'read' as const }],
  })),
}

const requests = names.map(
  (index): AuthorizationRequest => ({
    principal: index % 2 === 0 ? { kind: 'anonymous' } : { kind: 'key', accessKey: `AK-${index}` },
    action: 's3:GetObject',
    bucket: `bucket-${index - (index % 3)}`,
    key: 'a',
  }),
)

/** Opens the image where it lies, decides, and says whether all words of the program are those of the image. */
const program = `
  import { parentPort, workerData } from 'node:worker_threads'
  import { Authorizer } from './src/index.ts'
  const authorizer = Authorizer.open(new Uint8Array(workerData.image))
  const reasons = workerData.requests.map((request) => authorizer.decide(request).reason)
  const { keys, names } = authorizer.program
  const words = [...keys.directory.flat(), ...names.directory.flat()].map((shard) => shard.words)
  const policies = names.directory.flat().flatMap((shard) => shard.policies).filter((policy) => policy.kind === 'program')
  const isShared = (each) => each.buffer === workerData.image
  parentPort.postMessage({ reasons, shared: words.every(isShared) && policies.every((policy) => isShared(policy.program.words)), policies: policies.length })
`

interface Report {
  readonly reasons: readonly string[]
  readonly shared: boolean
  readonly policies: number
}

function run(code: string, workerData: object): Promise<Report> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`), { workerData })
    worker.on('message', resolve)
    worker.on('error', reject)
  })
}

test('threads decide on one image, each on the words of the others', async () => {
  const authorizer = Authorizer.from(snapshot)
  const bytes = authorizer.toImage()
  const image = new SharedArrayBuffer(bytes.length)
  new Uint8Array(image).set(bytes)
  const built = buildSync({
    stdin: { contents: program, resolveDir: new URL('../..', import.meta.url).pathname },
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
  })
  const code = built.outputFiles[0]?.text ?? ''
  const reasons = requests.map((request) => authorizer.decide(request).reason)
  const reports = await Promise.all([1, 2, 3].map(() => run(code, { image, requests })))
  for (const report of reports) {
    expect(report.reasons).toEqual(reasons)
    expect(report.shared).toBe(true)
    expect(report.policies).toBeGreaterThan(10)
  }
  expect(Buffer.compare(new Uint8Array(image), bytes)).toBe(0)
})
