import type { AccessKey, Grant, SourceRange } from '../grants/access-key.js'
import { permissions } from '../grants/permission.js'
import { type IpRange, parseRange } from '../match/cidr.js'
import type { Instant } from '../match/date.js'
import { type CallerArn, callerArnOf } from '../request/caller.js'
import * as layout from './key-layout.js'
import type { KeyProgram } from './key-program.js'
import { nanosAt, secondsAt } from './packed.js'

/** The keys of a shard as they were before they were compiled. */
export function readKeys(k: KeyProgram): readonly AccessKey[] {
  const first = k.words[layout.HEADER_ROWS] as number
  return Array.from({ length: k.words[layout.HEADER_KEYS] as number }, (_, index) => readKey(k, first + index * layout.KEY_SIZE))
}

/** The key at a row. */
export function readKey(k: KeyProgram, row: number): AccessKey {
  const { words } = k
  const accessKey = stringAt(k, row + layout.KEY_ACCESS_KEY) as string
  const account = stringAt(k, row + layout.KEY_ACCOUNT) as string
  const name = stringAt(k, row + layout.KEY_NAME)
  const bounds = words[row + layout.KEY_BOUNDS] as number
  const notBefore = readBound(k, bounds, 0)
  const expiresAt = readBound(k, bounds, 1)
  return {
    accessKey,
    account,
    arn: callerArnOf(stringAt(k, row + layout.KEY_ARN) ?? `arn:aws:iam::${account}:user/${accessKey}`) as CallerArn,
    grants: readGrants(k, row),
    status: (words[row + layout.KEY_FLAGS] as number) & layout.FLAG_SUSPENDED ? 'suspended' : 'active',
    ...(name !== undefined && { name }),
    ...(notBefore !== undefined && { notBefore }),
    ...(expiresAt !== undefined && { expiresAt }),
  }
}

function readBound({ words }: KeyProgram, bounds: number, which: number): Instant | undefined {
  const at = bounds + which * layout.BOUND_SIZE
  if (bounds === 0 || words[at] === 0) return undefined
  return { seconds: secondsAt(words, at + 1), nanos: nanosAt(words, at + 1) }
}

/** In the order in which the key lists them. */
function readGrants(k: KeyProgram, row: number): readonly Grant[] {
  const first = k.words[row + layout.KEY_FIRST_GRANT] as number
  const places = Array.from({ length: k.words[row + layout.KEY_GRANTS] as number }, (_, index) => first + index * layout.GRANT_SIZE)
  return places
    .sort((a, b) => (k.words[a + layout.GRANT_INDEX] as number) - (k.words[b + layout.GRANT_INDEX] as number))
    .map((place) => readGrant(k, place))
}

/** The grant at a place. */
export function readGrant(k: KeyProgram, grant: number): Grant {
  const { words, strings } = k
  const terms = words[grant + layout.GRANT_TERMS] as number
  const permission = permissions[words[terms + layout.TERMS_PERMISSION] as number]
  const prefix = stringAt(k, terms + layout.TERMS_PREFIX)
  const patterns = words[terms + layout.TERMS_PATTERNS] as number
  const ranges = words[terms + layout.TERMS_RANGES] as number
  const first = terms + layout.TERMS_SIZE
  return {
    bucket: stringAt(k, grant + layout.GRANT_BUCKET) as string,
    actions: Array.from({ length: patterns }, (_, index) => strings[words[first + index] as number] as string),
    ...(permission !== undefined && { permission }),
    ...(prefix !== undefined && { prefix }),
    ...(ranges >= 0 && {
      sourceIp: Array.from({ length: ranges }, (_, index) => readRange(k, first + patterns + index * layout.RANGE_SIZE)),
    }),
  }
}

function readRange(k: KeyProgram, at: number): SourceRange {
  const text = stringAt(k, at) as string
  return { text, range: parseRange(text) as IpRange }
}

/** The string whose number stands there; undefined for −1. */
function stringAt({ words, strings }: KeyProgram, at: number): string | undefined {
  return strings[words[at] as number]
}
