import { isKnown } from '../unknown-text.js'

/** The resources that are buckets, and the attribute that names them. */
const nameAttributes: ReadonlyMap<string, string> = new Map([
  ['aws_s3_bucket', 'bucket'],
  ['digitalocean_spaces_bucket', 'name'],
])

/** The attributes of a bucket whose value is its name. */
const sameAsName: ReadonlySet<string> = new Set(['id', 'bucket', 'name'])

/** The attribute that names the bucket at an address, or undefined if it is no bucket's. */
export function nameAttributeOf(address: string): string | undefined {
  const parts = address.split('.')
  return nameAttributes.get((parts[0] === 'data' ? parts[1] : parts[0]) ?? '')
}

/** What an attribute of a bucket is; undefined if only the deployment tells. */
export function bucketAttribute(attribute: string, name: string): string | undefined {
  if (sameAsName.has(attribute)) return name
  return attribute === 'arn' ? `arn:aws:s3:::${name}` : undefined
}

/** What a bucket is called whose name is known only at deployment, `${var.name}-logs`. No bucket has an underscore in its name. */
export function madeUpName(spelled: string): string {
  const letters = Array.from(spelled.replaceAll('${', '').replaceAll('}', ''))
  return UNKNOWN + letters.map((letter) => (isPlain(letter) ? letter : '_')).join('')
}

const UNKNOWN = 'bucket_'

function isPlain(letter: string): boolean {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9') || '._-'.includes(letter)
}

/**
 * Whether a name was made from an address (`aws_s3_bucket.logs`) or an expression because the files do not tell the real one. Such names have an underscore,
 * which no name of a bucket has, so none is mistaken for a real one; equal addresses are equal names, which is all that most questions need.
 */
export function isMadeUp(name: string): boolean {
  if (name.startsWith(UNKNOWN)) return true
  const address = name.startsWith('data.') ? name.slice('data.'.length) : name
  return [...nameAttributes.keys()].some((type) => address.startsWith(`${type}.`))
}

/**
 * Whether a resource of a policy may or may not be in the bucket: one of the two names is made up and they differ. Two buckets of the same
 * files are two buckets.
 */
export function isPerhapsInBucket(resource: string, bucket: string): boolean {
  const name = resource.split(':').slice(5).join(':').split('/')[0] ?? ''
  if (name === '' || name === bucket || !isKnown(name)) return false
  if (isManaged(name) && isManaged(bucket)) return false
  return isMadeUp(name) || isMadeUp(bucket)
}

function isManaged(name: string): boolean {
  return isMadeUp(name) && !name.startsWith('data.') && !name.startsWith(UNKNOWN)
}
