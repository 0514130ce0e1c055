import type { Snapshot } from '../../snapshot/snapshot.js'
import type { RequestToCome } from './request-to-come.js'

/**
 * Keys below a prefix that a policy or a grant may treat in a way of its own: one for each way in which a resource pattern can go on after the
 * prefix. `uploads/*.exe` after `uploads/anna/` is `anna/.exe`.
 */
export function keysToTry({ buckets, keys }: Snapshot, { bucket, facts }: RequestToCome, prefix: string): readonly string[] {
  const statements = buckets.get(bucket)?.policy?.policy?.Statement ?? []
  const patterns = statements.flatMap(({ Resource = [], NotResource = [] }) => [...Resource, ...NotResource].map(({ text }) => text))
  const start = `${ARN}${bucket}/${prefix}`
  const rests = patterns.flatMap((pattern) => restsAfter(pattern.startsWith('arn:') ? pattern : ARN + pattern, start))
  const { principal } = facts
  const grants = (principal.kind === 'key' ? keys.get(principal.accessKey)?.grants : undefined) ?? []
  const further = grants.flatMap((grant) => (grant.prefix?.startsWith(prefix) ? [`${grant.prefix.slice(prefix.length)}x`] : []))
  return [...new Set([...rests, ...further])].filter((rest) => prefix + rest !== '').map((rest) => prefix + rest)
}

const ARN = 'arn:aws:s3:::'

/** What may follow the start in a text that the pattern matches, the shortest of each kind. */
function restsAfter(pattern: string, start: string): readonly string[] {
  // A variable may stand for anything here: whether it does is decided afterwards.
  const tokens = pattern.replace(/\$\{[*?$]\}/g, '?').replace(/\$\{[^}]*\}/g, '*')
  let places = pastStars(tokens, [0])
  for (const character of start) {
    places = pastStars(
      tokens,
      [...places].flatMap((at) => {
        const token = tokens[at]
        if (token === '*') return [at]
        return token === '?' || token === character ? [at + 1] : []
      }),
    )
  }
  return [...places].map((at) => tokens.slice(at).replaceAll('*', '').replaceAll('?', 'x'))
}

/** A star may stand for nothing. */
function pastStars(tokens: string, from: readonly number[]): ReadonlySet<number> {
  const places = new Set(from)
  for (const at of places) if (tokens[at] === '*') places.add(at + 1)
  return places
}
