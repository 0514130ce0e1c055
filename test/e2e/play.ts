import { expect } from 'vitest'
import { type Answer, isAccessDenied, type S3Client } from './clients/s3-client.js'
import { bucketAndKey, type Stage, type Way } from './stage.js'

/** Who tries what, and what comes of it. */
export type Row = readonly [
  client: 'aws-sdk' | 'awscli' | 'boto3' | 's3cmd' | 'rclone' | 'curl',
  proxy: Way['proxy'],
  scheme: Way['scheme'],
  /** An access key; empty for a request without a signature, which curl sends. */
  who: string,
  /** `get photos/a.jpg`, `list photos/albums/`, `copy photos/a.jpg to b.jpg`; see `acts`. */
  does: string,
  /** S3's error code if not `allowed`. */
  outcome: 'allowed' | 'AccessDenied' | 'InvalidAccessKeyId',
]

const NEW_BODY = 'a new body\n'
const BIG_BODY = Buffer.alloc(12 << 20, 'big')

interface Scene {
  readonly stage: Stage
  readonly client: S3Client
  readonly way: Way
  readonly who: string
  readonly bucket: string
  readonly key: string
  /** Of a copy: its key. */
  readonly to: string
}

interface Act {
  /** Does it. */
  act(scene: Scene): Promise<Answer>
  /** What the answer has to say, if it is allowed. */
  told?(scene: Scene): string
  /** What is stored then: a text for each key that changed, undefined for one that is gone. */
  becomes?(scene: Scene): Readonly<Record<string, string | undefined>>
}

const acts: Readonly<Record<string, Act>> = {
  get: {
    act: ({ client, who, stage, way, bucket, key }) =>
      who === '' ? stage.browser(way).send({ target: targetOf(bucket, key) }) : client.get(bucket, key),
    told: storedText,
  },
  // The client makes the URL, and anybody uses it.
  'presigned-get': {
    async act({ client, stage, way, bucket, key }) {
      if (client.presignGet === undefined) throw new Error(`${client.name} cannot presign`)
      const url = new URL(await client.presignGet(bucket, key))
      return stage.browser(way).send({ target: url.pathname + url.search })
    },
    told: storedText,
  },
  head: { act: ({ client, bucket, key }) => client.head(bucket, key) },
  put: {
    act: ({ client, who, stage, way, bucket, key }) =>
      who === ''
        ? stage.browser(way).send({ method: 'PUT', target: targetOf(bucket, key), body: Buffer.from(NEW_BODY) })
        : client.put(bucket, key, Buffer.from(NEW_BODY)),
    becomes: ({ key }) => ({ [key]: NEW_BODY }),
  },
  'put-in-parts': {
    async act({ client, bucket, key }) {
      if (client.putInParts === undefined) throw new Error(`${client.name} does not upload in parts`)
      return client.putInParts(bucket, key, BIG_BODY)
    },
    becomes: ({ key }) => ({ [key]: BIG_BODY.toString('latin1') }),
  },
  list: {
    act: ({ client, bucket, key }) => client.list(bucket, key),
    told: ({ stage, bucket, key }) =>
      Object.keys(stage.objects)
        .filter((path) => path.startsWith(`${bucket}/${key}`))
        .map((path) => path.slice(bucket.length + 1))
        .sort()
        .join('\n'),
  },
  delete: { act: ({ client, bucket, key }) => client.delete(bucket, key), becomes: ({ key }) => ({ [key]: undefined }) },
  copy: {
    act: ({ client, bucket, key, to }) => client.copy(bucket, key, to),
    becomes: (scene) => ({ [scene.to]: storedText(scene) }),
  },
}

/** Plays one row: the answer is right, what is stored is right, and the gateway got what grantree permitted and nothing else. */
export async function play(stage: Stage, [name, proxy, scheme, who, does, outcome]: Row): Promise<void> {
  const [verb = '', ...rest] = does.split(' ')
  const act = acts[verb]
  if (act === undefined) throw new Error(`nobody can \`${verb}\``)
  const [path = '', to = ''] = rest.join(' ').split(' to ')
  const [bucket, key] = bucketAndKey(path)
  const way = { proxy, scheme }
  const client = who === '' ? stage.browser(way) : stage.client(name, who, way)
  const scene: Scene = { stage, client, way, who, bucket, key, to }
  const before = await stage.contents()
  stage.upstream.take()
  stage.deciders.takeLog()

  const answer = await act.act(scene)

  const passed = stage.upstream.take().length
  const log = stage.deciders.takeLog()
  expect(passed, 'as many requests as were permitted').toBe(log.filter((entry) => entry.outcome === 'permitted').length)
  if (outcome === 'allowed') {
    expect(answer, JSON.stringify(log.at(-1)?.decision)).toMatchObject({ ok: true })
    if (act.told !== undefined) expect(plain(verb, answer.text)).toBe(act.told(scene))
  } else {
    const isRefused = outcome === 'AccessDenied' ? isAccessDenied(answer) : answer.code === outcome
    expect(isRefused, JSON.stringify(answer)).toBe(true)
    expect(log.at(-1)).toMatchObject({ outcome: 'refused', code: outcome })
  }
  const changes = outcome === 'allowed' ? (act.becomes?.(scene) ?? {}) : {}
  await expectChanges(stage, bucket, before, changes)
}

async function expectChanges(
  stage: Stage,
  bucket: string,
  before: ReadonlyMap<string, string>,
  changes: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const changed = Object.keys(changes).map((key) => `${bucket}/${key}`)
  const untouched = (contents: ReadonlyMap<string, string>) => [...contents].filter(([path]) => !changed.includes(path))
  const after = await stage.contents()
  expect(untouched(after)).toEqual(untouched(before))
  for (const [key, text] of Object.entries(changes)) {
    expect(after.has(`${bucket}/${key}`)).toBe(text !== undefined)
    // Not in one `expect`: nobody wants to read how 12 MB differ.
    if (text !== undefined) expect((await stage.behind.get(bucket, key)).text === text, `the body of ${key}`).toBe(true)
  }
}

function storedText({ stage, bucket, key }: Scene): string {
  const text = stage.objects[`${bucket}/${key}`]
  if (text === undefined) throw new Error(`${bucket}/${key} is not on the stage`)
  return text
}

/** Lists sorted, since clients differ. */
function plain(verb: string, text: string): string {
  if (verb !== 'list') return text
  return text
    .split('\n')
    .filter((line) => line !== '')
    .sort()
    .join('\n')
}

function targetOf(bucket: string, key: string): string {
  return `/${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`
}
