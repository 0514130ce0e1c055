import { type S3Error, s3Error } from '../s3-error/s3-error.js'
import type { PostCondition, PostPolicy } from './post-policy.js'

/** How many bytes a form's file may have. */
export interface SizeRange {
  readonly min: number
  readonly max: number
}

/** Fields that no condition has to cover. */
const EXEMPT: ReadonlySet<string> = new Set(['x-amz-signature', 'file', 'policy'])
const IGNORED_PREFIX = 'x-ignore-'

/**
 * Whether a form keeps to its policy, its file's size apart, which is often known only at the end.
 * @param fields by name in lower case, with `${filename}` filled in
 * @param bucket that the form was sent to
 * @param time the server's clock, in milliseconds since 1970
 * @returns what the file's size must keep to
 */
export function checkPostPolicy(
  policy: PostPolicy,
  fields: ReadonlyMap<string, string>,
  bucket: string,
  time: number,
): { readonly kind: 'kept'; readonly size?: SizeRange } | S3Error {
  if (time >= policy.expiration) return unlike('Policy expired.')
  const covered = new Set<string>()
  let size: SizeRange | undefined
  for (const condition of policy.conditions) {
    if (condition.kind === 'size') {
      size = { min: Math.max(size?.min ?? 0, condition.min), max: Math.min(size?.max ?? condition.max, condition.max) }
      continue
    }
    if (!isMet(condition, fields, bucket)) return unlike(`Policy Condition failed: ${condition.shown}`)
    if (condition.kind !== 'never') covered.add(condition.field)
  }
  const extra = [...fields.keys()].filter((name) => !covered.has(name) && !EXEMPT.has(name) && !name.startsWith(IGNORED_PREFIX))
  if (extra.length > 0) return unlike(`Extra input fields: ${extra.join(', ')}`)
  return { kind: 'kept', ...(size === undefined ? {} : { size }) }
}

/** Whether a file of this many bytes is what the form's policy allows. */
export function checkFormSize(size: SizeRange, bytes: number): S3Error | undefined {
  if (bytes < size.min) return s3Error('EntityTooSmall', { detail: { ProposedSize: String(bytes), MinSizeAllowed: String(size.min) } })
  if (bytes > size.max) return s3Error('EntityTooLarge', { detail: { ProposedSize: String(bytes), MaxSizeAllowed: String(size.max) } })
  return undefined
}

function isMet(condition: Exclude<PostCondition, { readonly kind: 'size' }>, fields: ReadonlyMap<string, string>, bucket: string): boolean {
  if (condition.kind === 'never') return false
  const { field, value } = condition
  if (field === 'bucket') return meets(condition, bucket) && (fields.get('bucket') ?? bucket) === bucket
  const sent = fields.get(field)
  if (sent === undefined) return false
  // A browser that uploads several files lists their types.
  if (condition.kind === 'starts-with' && field === 'content-type') return sent.split(',').every((each) => each.trim().startsWith(value))
  return meets(condition, sent)
}

function meets({ kind, value }: { readonly kind: 'eq' | 'starts-with'; readonly value: string }, sent: string): boolean {
  return kind === 'eq' ? sent === value : sent.startsWith(value)
}

function unlike(what: string): S3Error {
  return s3Error('AccessDenied', { message: `Invalid according to Policy: ${what}` })
}
