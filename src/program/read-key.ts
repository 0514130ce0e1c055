import type { AccessKey, Grant, SourceRange } from '../grants/access-key.js'
import { permissionActions, permissions } from '../grants/permission.js'
import { type IpRange, parseRange } from '../match/cidr.js'
import type { Instant } from '../match/date.js'
import { type CallerArn, callerArnOf } from '../request/caller.js'
import { readText } from '../tables/packed-text.js'
import { ROW_TEXT, recordOf } from '../tables/table.js'
import { bucketOfGrant, grantsOf, permissionOf, termsOf } from './find-grant.js'
import * as layout from './key-layout.js'
import { boundsOf } from './key-status.js'
import { nanosAt, secondsAt } from './packed.js'
import { patternsOf, prefixOf, rangesOf } from './terms.js'

/** The text of a name by its number. */
export type TextOf = (number: number) => string

/** The key at a row as it was before it was compiled. */
export function readKey(words: Int32Array, row: number, textOf: TextOf): AccessKey {
  const accessKey = readText(words, row + ROW_TEXT)
  const key = recordOf(words, row)
  const flags = words[key + layout.KEY_FLAGS] as number
  const account = textOf(words[key + layout.KEY_ACCOUNT] as number)
  const arn = flags & layout.FLAG_ARN ? textOf(words[key + layout.KEY_SIZE] as number) : `arn:aws:iam::${account}:user/${accessKey}`
  const bounds = boundsOf(words, key)
  const hasBounds = (flags & layout.FLAG_BOUNDS) !== 0
  const notBefore = hasBounds ? readBound(words, bounds) : undefined
  const expiresAt = hasBounds ? readBound(words, bounds + layout.BOUND_SIZE) : undefined
  return {
    accessKey,
    account,
    arn: callerArnOf(arn) as CallerArn,
    grants: grantsOf(words, key).map((grant) => readGrant(words, grant, textOf)),
    status: flags & layout.FLAG_SUSPENDED ? 'suspended' : 'active',
    ...(flags & layout.FLAG_NAME && { name: readText(words, hasBounds ? bounds + 2 * layout.BOUND_SIZE : bounds) }),
    ...(notBefore !== undefined && { notBefore }),
    ...(expiresAt !== undefined && { expiresAt }),
  }
}

function readBound(words: Int32Array, at: number): Instant | undefined {
  return words[at] === 0 ? undefined : { seconds: secondsAt(words, at + 1), nanos: nanosAt(words, at + 1) }
}

/** The grant at a place. */
export function readGrant(words: Int32Array, grant: number, textOf: TextOf): Grant {
  const number = bucketOfGrant(words, grant)
  const bucket = number === layout.EVERY_BUCKET ? '' : textOf(number)
  const permission = permissions[permissionOf(words, grant)]
  const terms = termsOf(words, grant)
  const actions = permission === undefined ? readPatterns(words, terms, textOf) : permissionActions[permission]
  const what = { bucket, actions, ...(permission !== undefined && { permission }) }
  if (terms === 0) return what
  const ranges = words[terms + layout.TERMS_RANGES] as number
  return {
    ...what,
    ...(words[terms + layout.TERMS_HAS_PREFIX] === 1 && { prefix: readText(words, prefixOf(words, terms)) }),
    ...(ranges >= 0 && {
      sourceIp: Array.from({ length: ranges }, (_, index): SourceRange => {
        const text = textOf(words[rangesOf(words, terms) + index * layout.RANGE_SIZE] as number)
        return { text, range: parseRange(text) as IpRange }
      }),
    }),
  }
}

function readPatterns(words: Int32Array, terms: number, textOf: TextOf): readonly string[] {
  return Array.from({ length: words[terms + layout.TERMS_PATTERNS] as number }, (_, index) =>
    textOf(words[patternsOf(terms) + index] as number),
  )
}
