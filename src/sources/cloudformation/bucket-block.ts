import type { PublicAccessBlock } from '../../public-access/public-access-block.js'
import { cloudFormationBlock } from '../blocked-access.js'
import { memberOf, textOf, valueAt } from '../members.js'
import { nameOf } from './resource-names.js'
import type { Scope } from './scope.js'

/** What the template blocks of public access to the bucket of a name; undefined if it does not say, or of several buckets with that name. */
export function bucketBlock(name: string, scope: Scope): PublicAccessBlock | undefined {
  const buckets = [...scope.template.resources].filter(
    ([logicalId, resource]) => textOf(resource, 'Type') === 'AWS::S3::Bucket' && nameOf(logicalId, scope) === name,
  )
  const [bucket, ...others] = buckets
  if (bucket === undefined || others.length > 0) return undefined
  const given = valueAt(bucket[1], 'Properties', 'PublicAccessBlockConfiguration')
  const block = given && scope.resolve(given, scope)
  return block && cloudFormationBlock((setting) => memberOf(block, setting))
}
