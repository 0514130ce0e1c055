import { actions } from '../../catalog/actions.js'
import { actionsCoveredBy } from '../../catalog/lookup.js'
import { parseArn } from '../../match/arn.js'
import { hasWildcard } from '../../match/wildcard.js'
import { suggest } from '../../policy/suggestion.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import { InputError } from '../exit-code.js'
import { listNames } from '../render/list-names.js'

/** Refuses questions whose answer is "nobody" only because they are mistyped. @param snapshot undefined for a policy alone */
export function checkQuestion(action: string, resource: string, snapshot: Snapshot | undefined): void {
  const kinds = new Set(actionsCoveredBy(action).map(({ kind }) => kind))
  if (kinds.size === 0) throw new InputError(`there is no S3 action \`${action}\`${hint(suggestAction(action))}`)
  if (kinds.has('none') && kinds.size === 1 && resource !== '*')
    throw new InputError(`\`${action}\` is done to nothing in particular: ask about \`*\``)
  const name = parseArn(resource)?.[5] ?? resource
  const [bucket = ''] = name.split('/')
  if (snapshot !== undefined && !hasWildcard(bucket) && !snapshot.buckets.has(bucket)) {
    const nearest = suggest(bucket, snapshot.buckets.keys())
    throw new InputError(`there is no bucket \`${bucket}\`${choices(nearest, snapshot.buckets.keys())}`)
  }
  const isObject = name.includes('/')
  const [kind] = kinds
  if (kinds.size > 1) return
  if (kind === 'object' && !isObject && !hasWildcard(name))
    throw new InputError(`\`${action}\` is done to objects and \`${name}\` is a bucket: ask about \`${name}/*\` or one object`)
  if (kind === 'bucket' && isObject)
    throw new InputError(`\`${action}\` is done to buckets and \`${name}\` is about objects: ask about \`${bucket}\``)
}

/** Refuses a key that the snapshot does not have. */
export function checkAccessKey(accessKey: string, { keys }: Snapshot): void {
  if (keys.has(accessKey)) return
  throw new InputError(`there is no access key \`${accessKey}\`${choices(suggest(accessKey, keys.keys()), keys.keys())}`)
}

function suggestAction(action: string): string | undefined {
  const name = action.includes(':') ? action : `s3:${action}`
  return suggest(
    name,
    actions.map((row) => row.name),
  )
}

function hint(suggestion: string | undefined): string {
  return suggestion === undefined ? '' : `; ${suggestion}`
}

/** What there is instead, after the nearest of it. */
function choices(nearest: string | undefined, names: Iterable<string>): string {
  return nearest === undefined ? `; the snapshot has ${listNames(names)}` : `; ${nearest} The snapshot has ${listNames(names)}`
}
