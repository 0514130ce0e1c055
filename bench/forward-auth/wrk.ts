import { fileURLToPath } from 'node:url'
import { runOrThrow } from '../../test/e2e/run-command.js'

export interface Load {
  readonly perSecond: number
  readonly requests: number
  /** Microseconds in which half of the requests were answered. */
  readonly p50: number
  readonly p99: number
}

const script = fileURLToPath(new URL('walk-urls.lua', import.meta.url))

/** Asks for the targets of a file over 16 connections for some seconds. Throws if only one answer is not 2xx or 3xx. */
export async function wrk(origin: string, targets: string, seconds: number): Promise<Load> {
  const printed = await runOrThrow('/usr/bin/wrk', ['-t2', '-c16', `-d${seconds}s`, '-s', script, origin, '--', targets])
  const line = printed.split('\n').find((each) => each.startsWith('{"requests"'))
  if (line === undefined) throw new Error(`wrk said nothing of its requests:\n${printed}`)
  const { requests, microseconds, refused, failed, p50, p99 } = JSON.parse(line) as Record<string, number>
  if (refused !== 0 || failed !== 0 || !requests || !microseconds) throw new Error(`wrk met errors at ${origin}: ${line}`)
  return { perSecond: requests / (microseconds / 1e6), requests, p50: p50 as number, p99: p99 as number }
}
