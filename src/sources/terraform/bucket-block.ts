import type { PublicAccessBlock } from '../../public-access/public-access-block.js'
import { terraformBlock } from '../blocked-access.js'
import type { Attribute, Block } from './block.js'
import type { Evaluator } from './evaluator.js'
import { settleBucket } from './settled-bucket.js'

/** What the module blocks of public access to a bucket; undefined if it does not say. */
export function bucketBlock(bucket: string, evaluator: Evaluator): PublicAccessBlock | undefined {
  const read = (attribute: Attribute | undefined) => attribute && evaluator.evaluate(attribute.value)
  const block = evaluator.module.resources.find(
    (each) => isPlain(each) && settleBucket(read(each.attributes.get('bucket')))?.name === bucket,
  )
  return block && terraformBlock((name) => read(block.attributes.get(name)))
}

/** Whether it is made once, and not as often as an expression says, which may be never. */
function isPlain({ labels: [type], attributes }: Block): boolean {
  return type === 'aws_s3_bucket_public_access_block' && !attributes.has('count') && !attributes.has('for_each')
}
