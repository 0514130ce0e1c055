import type { PositionedValue } from '../../policy/positioned-value.js'
import { isKnown, readable } from '../unknown-text.js'
import { madeUpName } from './bucket-name.js'

/** The bucket of a policy: its name, or one made up for it. */
export interface SettledBucket {
  readonly name: string
  /** The text that the name was made up for, marks and all. */
  readonly madeFrom?: string
}

/** What a policy's bucket is called by the value that names it; undefined if that is no name. */
export function settleBucket(value: PositionedValue | undefined): SettledBucket | undefined {
  if (value?.kind !== 'string' || value.text === '') return undefined
  const { text } = value
  return isKnown(text) ? { name: text } : { name: madeUpName(readable(text)), madeFrom: text }
}

/** A policy that speaks of its bucket by the same unknown name, `var.bucket`, with the name that was made up for it. */
export function withBucketName(value: PositionedValue, bucket: SettledBucket): PositionedValue {
  const { name, madeFrom } = bucket
  if (madeFrom === undefined) return value
  switch (value.kind) {
    case 'string':
      return { ...value, text: value.text.replaceAll(madeFrom, name) }
    case 'array':
      return { ...value, items: value.items.map((item) => withBucketName(item, bucket)) }
    case 'object':
      return { ...value, members: value.members.map((member) => ({ ...member, value: withBucketName(member.value, bucket) })) }
    default:
      return value
  }
}
