import { InputError } from '../exit-code.js'

/** What something is signed for: one object, or, of forms, all whose keys begin alike. */
export interface ObjectPlace {
  readonly bucket: string
  readonly key: string | { readonly prefix: string }
}

const SCHEME = 's3://'

/** Reads `bucket/key`, also as `s3://bucket/key`. */
export function parsePlace(text: string, isForm: boolean, prefix: string | undefined): ObjectPlace {
  const path = text.startsWith(SCHEME) ? text.slice(SCHEME.length) : text
  const slash = path.indexOf('/')
  const bucket = slash < 0 ? path : path.slice(0, slash)
  const key = slash < 0 ? '' : path.slice(slash + 1)
  if (bucket === '') throw new InputError(`\`${text}\` names no bucket; write BUCKET/KEY`)
  if (prefix !== undefined) {
    if (key !== '') throw new InputError(`--prefix takes the place of a key: POST ${bucket} --prefix ${prefix}`)
    return { bucket, key: { prefix } }
  }
  if (isForm && (key === '' || key.endsWith('/'))) {
    const beginning = key === '' ? 'uploads/' : key
    throw new InputError(`a form needs one key, BUCKET/KEY, or what all its keys begin with: POST ${bucket} --prefix ${beginning}`)
  }
  if (key === '') throw new InputError(`\`${text}\` names no object; write BUCKET/KEY`)
  return { bucket, key }
}
