import { hasWildcard } from '../match/wildcard.js'
import type { Policy, Text } from '../policy/ast.js'
import { isKnown } from '../sources/unknown-text.js'
import { partInS3 } from '../validate/check-resources.js'

/** The buckets that are named in full, each with the first resource that names it. */
export function namedBuckets({ Statement }: Policy): ReadonlyMap<string, Text> {
  const buckets = new Map<string, Text>()
  for (const { Resource, NotResource } of Statement) {
    for (const resource of Resource ?? NotResource ?? []) {
      const bucket = partInS3(resource.text)?.split('/')[0] ?? ''
      if (isKnown(bucket) && isFullName(bucket) && !buckets.has(bucket)) buckets.set(bucket, resource)
    }
  }
  return buckets
}

function isFullName(bucket: string): boolean {
  return bucket !== '' && !hasWildcard(bucket) && !bucket.includes('${')
}

/** The bucket that a policy must be for, if it names one: S3 stores it on no other. */
export function onlyBucket(policy: Policy): string | undefined {
  const [name, ...others] = namedBuckets(policy).keys()
  return others.length === 0 ? name : undefined
}
