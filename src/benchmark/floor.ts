import type { AuthorizationRequest } from '../request/authorization-request.js'
import type { Requests } from './decide-contender.js'
import { freshRequest } from './fresh.js'
import type { Contender } from './paired.js'

/** What the floor looks up. */
export interface GrantTable {
  /** Every access key with its buckets. */
  readonly rows: Iterable<readonly [accessKey: string, buckets: readonly string[]]>
  /** As many requests as asked for, and whether their key has a grant on their bucket; their strings may be old. */
  readonly questions: (count: number) => readonly { readonly request: AuthorizationRequest; readonly isGranted: boolean }[]
}

/**
 * The least that any engine of keys and buckets does: with the request's key and bucket, in fresh strings, two look-ups in nested Maps.
 * It knows no actions, conditions or policies.
 */
export function lookUpFloor(name: string, { rows, questions }: GrantTable, operations: number): Contender<Requests> {
  const keys = new Map<string, ReadonlyMap<string, number>>()
  for (const [accessKey, buckets] of rows) keys.set(accessKey, new Map(buckets.map((bucket, index) => [bucket, index])))
  const expected = new Uint8Array(operations)
  const found = new Uint8Array(operations)
  return {
    name,
    operations,
    prepare: () =>
      questions(operations).map(({ request, isGranted }, index) => {
        expected[index] = Number(isGranted)
        return freshRequest(request, 'plain')
      }),
    run: (requests) => {
      for (let index = 0; index < requests.length; index++) {
        const { principal, bucket } = requests[index] as AuthorizationRequest
        found[index] = principal.kind === 'key' && keys.get(principal.accessKey)?.get(bucket as string) !== undefined ? 1 : 0
      }
    },
    check: () => {
      if (found.some((answer, index) => answer !== expected[index]))
        throw new Error(`${name}: a look-up found what is not there, or missed it`)
      found.fill(0)
    },
  }
}

/** The names of a table of so many keys and buckets: of the lengths that real ones have. */
export function accessKeyName(key: number): string {
  return `DO00${String(key).padStart(16, 'Q')}`
}

/** As accessKeyName, of a bucket. */
export function bucketName(bucket: number): string {
  return `bucket-${bucket}`
}

const KEYS = 1000
const BUCKETS_PER_KEY = 3
const BUCKETS = 500

/** What `standardFloor` is called. */
export const STANDARD_FLOOR = 'two look-ups in Maps of 1,000 keys × 3 buckets'

/** The same floor for everybody: what is measured on one machine can be compared with the published figures. @param pick an integer from 0 up to a limit */
export function standardFloor(pick: (limit: number) => number, operations: number): Contender<Requests> {
  const bucketOf = (key: number, grant: number) => bucketName((key * 7 + grant * 131) % BUCKETS)
  const rows = Array.from({ length: KEYS }, (_, key): [string, string[]] => [
    accessKeyName(key),
    Array.from({ length: BUCKETS_PER_KEY }, (_, grant) => bucketOf(key, grant)),
  ])
  const questions = (count: number) =>
    Array.from({ length: count }, () => {
      const key = pick(KEYS)
      const principal = { kind: 'key', accessKey: accessKeyName(key) } as const
      return { request: { principal, action: 's3:GetObject', bucket: bucketOf(key, pick(BUCKETS_PER_KEY)), key: 'a.jpg' }, isGranted: true }
    })
  return lookUpFloor(STANDARD_FLOOR, { rows, questions }, operations)
}
