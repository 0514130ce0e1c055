import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import colors from 'picocolors'
import { afterAll } from 'vitest'
import type { ExitCode } from '../../src/cli/exit-code.js'
import { run } from '../../src/cli/program.js'

export interface Ended {
  readonly code: ExitCode
  readonly out: string
  readonly err: string
}

export interface Setting {
  /** What comes in on standard input, chunk by chunk. */
  readonly input?: readonly (string | Uint8Array)[]
  readonly colors?: boolean
  /** Bytes that the output takes before it asks to wait. */
  readonly highWaterMark?: number
  /** Milliseconds since 1970. */
  readonly time?: number
  readonly environment?: Readonly<Record<string, string>>
  /** The working directory; otherwise the repository's. */
  readonly directory?: string
}

/** 2026-09-21T12:00:00Z. */
export const NOON = 1_789_992_000_000

/** Runs the command line in this process. */
export async function grantree(args: readonly string[], setting: Setting = {}): Promise<Ended> {
  const out = new Collector(setting.highWaterMark)
  const err = new Collector(undefined)
  const painted = colors.createColors(setting.colors === true)
  const input = Readable.from((setting.input ?? []).map((chunk) => (typeof chunk === 'string' ? Buffer.from(chunk) : chunk)))
  const terminal = {
    out,
    err,
    input,
    outColors: painted,
    errColors: painted,
    isWatched: false,
    directory: setting.directory ?? process.cwd(),
  }
  const code = await run(args, '1.2.3', { ...terminal, now: () => setting.time ?? NOON, environment: setting.environment ?? {} })
  return { code, out: await out.whole(), err: await err.whole() }
}

/** Collects what is written, at its own pace. */
export class Collector extends Writable {
  private text = ''

  constructor(highWaterMark?: number) {
    super({ decodeStrings: false, ...(highWaterMark !== undefined && { highWaterMark }) })
  }

  override _write(chunk: string | Buffer, _: string, done: () => void): void {
    this.text += chunk.toString()
    setImmediate(done)
  }

  async whole(): Promise<string> {
    this.end()
    await finished(this)
    return this.text
  }
}

/** A directory of its own for the files of a test file, and how to write one. */
export function scratch() {
  const directory = mkdtempSync(join(tmpdir(), 'grantree-cli-'))
  afterAll(() => rmSync(directory, { recursive: true }))
  return {
    directory,
    /** Writes a file, an object as JSON, and returns its path. */
    file(name: string, content: string | Uint8Array | object): string {
      const path = join(directory, name)
      const isRaw = typeof content === 'string' || content instanceof Uint8Array
      writeFileSync(path, isRaw ? content : JSON.stringify(content))
      return path
    },
  }
}

/** Lines of JSON. */
export function records(out: string): readonly unknown[] {
  const lines = out.split('\n')
  if (lines.pop() !== '') throw new Error('the last line does not end')
  return lines.map((line) => JSON.parse(line))
}

export const OWNER = '111122223333'

export const snapshot = {
  buckets: [
    {
      name: 'b',
      owner: OWNER,
      policy: {
        Statement: [
          { Sid: 'Public', Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/public/*' },
          { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::b/secret' },
        ],
      },
    },
    { name: 'bare', owner: OWNER },
  ],
  keys: [{ accessKey: 'AK', account: OWNER, grants: [{ bucket: 'bare', permission: 'read' }] }],
}

/** A request for an object of `b`, allowed if the key is under `public/`. */
export const get = (key: string, rest: object = {}) => ({
  principal: { kind: 'anonymous' },
  action: 's3:GetObject',
  bucket: 'b',
  key,
  ...rest,
})
