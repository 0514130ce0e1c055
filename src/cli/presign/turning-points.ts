import { canonicalKeyName } from '../../catalog/lookup.js'
import { millisecondsOfInstant, parseInstant } from '../../match/date.js'
import type { Condition } from '../../policy/ast.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import type { RequestToCome } from './request-to-come.js'

/**
 * The instants, in order, between which the answer to a request cannot change by time alone: its first and last, the bounds of the key, and every
 * date and signature age that the bucket's policy names, with the milliseconds before and after.
 */
export function turningPoints({ keys, buckets }: Snapshot, { facts, bucket, end }: RequestToCome): readonly number[] {
  const { principal, signedAt } = facts
  const key = principal.kind === 'key' ? keys.get(principal.accessKey) : undefined
  const bounds = [key?.notBefore, key?.expiresAt].flatMap((bound) => (bound === undefined ? [] : [millisecondsOfInstant(bound)]))
  const conditions = buckets.get(bucket)?.policy?.policy?.Statement.flatMap(({ Condition }) => Condition) ?? []
  const named = [...bounds, ...conditions.flatMap((condition) => instantsOf(condition, signedAt))]
  const around = named.flatMap((time) => [time - 1, time, time + 1])
  return [...new Set([signedAt, ...around.filter((time) => time > signedAt && time < end), end])].sort((a, b) => a - b)
}

const clocks: ReadonlySet<string> = new Set(['aws:CurrentTime', 'aws:EpochTime'])

function instantsOf({ key, values }: Condition, signedAt: number): readonly number[] {
  const name = canonicalKeyName(key.text)
  if (name === 's3:signatureAge')
    return values.flatMap(({ text }) => (/^[0-9]{1,12}(\.[0-9]+)?$/.test(text) ? [signedAt + Math.floor(Number(text))] : []))
  if (!clocks.has(name)) return []
  return values.flatMap(({ text }) => {
    const instant = parseInstant(text)
    return instant === undefined ? [] : [millisecondsOfInstant(instant)]
  })
}
